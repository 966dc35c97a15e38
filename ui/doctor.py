"""`wenzheng doctor`: what of a deployment is as it must be, what is not, and what to do."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant.settings import Settings
from ui.asking import dump
from ui.doctor_index import (
    as_facts,
    look_at_data,
    look_at_embedding,
    look_at_index,
    look_at_judge,
    look_at_program,
)
from ui.doctor_schema import Finding, Status
from ui.doctor_services import (
    look_at_language_model,
    look_at_office,
    look_at_recognition,
    look_at_records,
    look_at_telemetry,
    look_at_vectors,
)
from ui.status import FAILED, Print
from ui.text import EN, ZH, Wording


def doctor(options: argparse.Namespace, settings: Settings, line: Print) -> int:
    """Look at every part, and say each in a line; failed where a part is."""
    wording = EN if options.english else ZH
    if options.json:
        findings = list(examined(settings))
        line(dump(as_json(findings, wording)))
    else:
        findings = []
        for finding in examined(settings):
            findings.append(finding)
            for text in lines_of(finding, wording):
                line(text)
    return FAILED if overall(findings) == "fail" else 0


def examined(settings: Settings) -> Iterator[Finding]:
    """What is found, part by part."""
    yield look_at_program()
    yield look_at_data(settings)
    embedding, embedder = look_at_embedding(settings)
    yield look_at_index(settings, embedder)
    yield embedding
    yield look_at_judge(settings)
    yield look_at_vectors(settings, embedder)
    yield look_at_language_model(settings)
    yield look_at_office()
    yield look_at_recognition()
    yield look_at_records(settings)
    yield look_at_telemetry()


def overall(findings: Sequence[Finding]) -> Status:
    """The worst of all."""
    found = {finding.status for finding in findings}
    return "fail" if "fail" in found else "warn" if "warn" in found else "ok"


def lines_of(finding: Finding, wording: Wording) -> Iterator[str]:
    """A finding in words, and below it what to do."""
    part = wording.group("doctor_parts")[finding.part]
    yield f"{finding.status:<5}{wording.doctor_line.format(part=part, said=said(finding, wording))}"
    advice = to_do(finding, wording)
    if advice:
        yield f"     → {advice}"


def said(finding: Finding, wording: Wording) -> str:
    """How it is."""
    return wording.group("doctor_said")[finding.key].format(**as_facts(finding.facts))


def to_do(finding: Finding, wording: Wording) -> str:
    """What to do about it; nothing where all is well."""
    advice = wording.group("doctor_do").get(finding.key, "")
    return advice.format(**as_facts(finding.facts))


def as_json(findings: Sequence[Finding], wording: Wording) -> dict[str, Any]:
    """All findings as data."""
    checks = [
        {
            "part": finding.part,
            "status": finding.status,
            "message": said(finding, wording),
            "advice": to_do(finding, wording) or None,
            "facts": dict(finding.facts),
        }
        for finding in findings
    ]
    return {"status": overall(findings), "checks": checks}


DOCTOR_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings, Print], int]] = {
    "doctor": doctor
}
