"""One document to its policies: a compilation is cut into its parts, each is outlined; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from corpus.clauses import clauses_of
from corpus.cleaning import Paragraph, clean_paragraphs
from corpus.document_region import page_issuers, region_around
from corpus.manifest import Entry
from corpus.metadata import (
    basis_of,
    dates_of,
    document_numbers_of,
    issuers_of,
    level_of,
    period_of,
    publicity_of,
    region_of,
    relations_of,
    title_of,
    validity_of,
)
from corpus.numerals import CHINESE_NUMERAL
from corpus.outline import grow_outline
from corpus.past_figures import own_year, without_past
from corpus.schema import Document, Fact, Policy

# Web compilations count their parts at the end of a repeated title: …方案篇一, …范文（二）.
_PART_TITLE = re.compile(
    rf"(?P<stem>.{{2,60}}?)(?:[（(]?(?:第)?(?:篇|范文|之)?(?:{CHINESE_NUMERAL}{{1,3}}|\d{{1,2}})(?:篇)?[）)]?)"
)
_MAX_PART_TITLE = 80
_UNSAFE = re.compile(r"[^\w.-]+")


def read_policies(document: Document, entries: Sequence[Entry] = ()) -> list[Policy]:
    """Policies of a document in reading order, with what the manifest adds.

    Args:
        document: the decoded file.
        entries: manifest entries of this file.
    """
    parts = _parts(clean_paragraphs(document.text))
    by_part = {entry.part: entry for entry in entries}
    stem = safe_id(document.stem)
    return [
        _policy(
            document,
            paragraphs,
            f"{stem}-{number}" if len(parts) > 1 else stem,
            by_part.get(number),
        )
        for number, paragraphs in enumerate(parts, start=1)
    ]


def safe_id(text: str) -> str:
    """A name fit for ids and addresses: letters, digits, dots and dashes of any script."""
    return _UNSAFE.sub("-", unicodedata.normalize("NFKC", text)).strip("-.") or "document"


def _parts(paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
    """The paragraphs of each policy; what stands before the first part's title is left out."""
    heads: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if len(text) > _MAX_PART_TITLE or ("篇" not in text and "范文" not in text):
            continue
        match = _PART_TITLE.fullmatch(text)
        if match and ("篇" in text[len(match["stem"]) :] or "范文" in text):
            heads.setdefault(match["stem"], []).append(index)
    starts = max(heads.values(), key=len, default=[])
    if len(starts) < 2:
        return [paragraphs] if paragraphs else []
    return [paragraphs[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _policy(
    document: Document, paragraphs: list[Paragraph], policy_id: str, entry: Entry | None
) -> Policy:
    entry = entry or Entry(document.name)
    policy_id = entry.id or policy_id
    clauses = clauses_of(grow_outline(paragraphs), policy_id, document.text)
    dates = dates_of(clauses)
    read_title = title_of(clauses)
    title = _fact(entry.title) or read_title or Fact(document.stem, origin="file name")
    issuers = issuers_of(clauses)
    numbers = document_numbers_of(clauses)
    number = _fact(entry.document_number) or next(iter(numbers), None)
    period = period_of(title)
    region = _fact(entry.region) or region_of(title, issuers)
    region = region or region_around(clauses, number, issuers, title)
    issuers = issuers or page_issuers(clauses, region)
    issued = [fact for kind, fact in dates if kind in ("成文", "印发", "公布", "发布")]
    year = own_year([number, period, *issued])
    return Policy(
        policy_id=policy_id,
        source=document.name,
        title=title,
        document_number=number,
        issuers=issuers,
        dates=dates,
        region=region,
        basis=basis_of(clauses),
        period=period,
        start=paragraphs[0].start,
        end=paragraphs[-1].end,
        clauses=without_past(clauses, year),
        numbers=numbers,
        validity=validity_of(clauses),
        publicity=publicity_of(clauses),
        level=level_of(title, issuers, region),
        relations=relations_of(clauses),
    )


def _fact(value: str) -> Fact | None:
    return Fact(value, origin="manifest") if value else None
