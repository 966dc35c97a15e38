"""The pages for people beside the chat: addresses to pages, files and pictures.

Knows no web framework: a visit comes in, a reply goes out. What the pages show is written in the
modules named ``…_page``; here stands which of them answers which address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Protocol
from urllib.parse import quote

from corpus.schema import Clause, Document, Place, Policy, Segment
from ui.clause_page import clause_page, missing_page
from ui.document_head import Opened
from ui.document_view import document_html
from ui.library_page import library_page
from ui.library_rows import LibraryFilter
from ui.page_shell import Dress, Page
from ui.replies import Reply, Visit
from ui.standing import standings
from ui.target_rows import TargetFilter, target_rows
from ui.targets_page import targets_page, targets_sheet
from ui.text import WORDINGS, Language
from ui.unit_rows import unit_rows, units_of
from ui.units_page import unit_page, unit_sheet, units_page
from ui.workbooks import EXCEL, workbook

ROOTS = ("clauses", "library", "units", "targets", "pages")
"""The first parts of the addresses that are answered here."""

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_EVERYWHERE = ("tokens.css", "masthead.css", "standing.css", "tables.css")
_MAX_DIGITS = 7  # of the number of a page
_MAX_VALUE = 200  # characters of a filter that are looked at


class SiteService(Protocol):
    """What the pages need of the library; every method may be called from many threads."""

    def policies(self) -> Sequence[Policy]:
        """The policies of the library in the order to list them."""

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with this id; None where there is none."""

    def document(self, name: str) -> Document | None:
        """The document with this file name; None where there is none."""


PageImage = Callable[[Document, int, Sequence[Place]], bytes | None]
"""Draws a page of a document with places framed, as PNG; None where the original is not kept."""


def no_image(_document: Document, _number: int, _places: Sequence[Place]) -> bytes | None:
    """Where no originals are kept."""
    return None


class Site:
    """The pages of one library."""

    def __init__(
        self,
        service: SiteService,
        *,
        language: Language = "zh",
        page_image: PageImage = no_image,
        has_image: Callable[[Document], bool] = lambda _: False,
    ) -> None:
        """Bind the pages to a library.

        Args:
            service: knows the policies.
            language: of pages whose address names none.
            page_image: draws pages of originals.
            has_image: whether the original of a document is kept.
        """
        self._service = service
        self._language: Language = language
        self._page_image = page_image
        self._has_image = has_image
        self._answers: Mapping[str, Callable[[list[str], Visit], Reply]] = {
            "clauses": self._clause,
            "library": self._library,
            "units": self._units,
            "targets": self._targets,
            "pages": self._page,
        }

    def reply(self, visit: Visit) -> Reply:
        """The page at an address, or the page that says that there is none."""
        root, *rest = visit.path.strip("/").split("/")
        answer = self._answers.get(root)
        return answer(rest, visit) if answer else self._missing(visit)

    def _dress(self, visit: Visit) -> Dress:
        named = visit.parameters.get("lang", "")
        language: Language = "en" if named == "en" else "zh" if named == "zh" else self._language
        return Dress(
            style_of("document.css", "page.css"), asset("page.js"), WORDINGS[language], visit.guest
        )

    def _missing(self, visit: Visit) -> Reply:
        return _html(missing_page(self._dress(visit)), status=404)

    def _clause(self, rest: list[str], visit: Visit) -> Reply:
        found = self._service.clause("/".join(rest))
        policy = self._policy(found.policy_id) if found else None
        if found is None or policy is None:
            return self._missing(visit)
        span = _span(visit.parameters.get("span", ""))
        dress, today = self._dress(visit), date.today()
        opened = Opened(
            policy,
            found,
            span,
            self._places(policy, span or (found.start, found.end)),
            standings(self._service.policies(), today=today)[policy.policy_id],
            is_text_only=self._is_text_only(policy),
        )
        if visit.parameters.get("view") == "panel":
            html = document_html(opened, wording=dress.wording, level=2)
            return Reply(200, "text/html; charset=utf-8", html.encode())
        return _html(clause_page(opened, dress), status=200)

    def _policy(self, policy_id: str) -> Policy | None:
        found = (policy for policy in self._service.policies() if policy.policy_id == policy_id)
        return next(found, None)

    def _places(self, policy: Policy, span: Segment) -> tuple[Place, ...]:
        document = self._service.document(policy.source)
        if document is None or not document.places or not self._has_image(document):
            return ()
        return document.places_of(*span)

    def _is_text_only(self, policy: Policy) -> bool:
        """Whether the original has pages, and they cannot be shown."""
        document = self._service.document(policy.source)
        return document is not None and bool(document.places) and not self._has_image(document)

    def _page(self, rest: list[str], visit: Visit) -> Reply:
        """A page of an original as a picture."""
        policy = self._policy(rest[0]) if len(rest) == 2 and rest[1].isdecimal() else None
        document = self._service.document(policy.source) if policy else None
        if document is None:
            return self._missing(visit)
        number, span = int(rest[1]), _span(visit.parameters.get("span", ""))
        places = [p for p in document.places_of(*span) if p.page == number] if span else []
        known = any(place.page == number for place in document.places)
        image = self._page_image(document, number, places) if known else None
        cached = {"Cache-Control": "private, max-age=3600"}
        return Reply(200, "image/png", image, cached) if image else self._missing(visit)

    def _library(self, _rest: list[str], visit: Visit) -> Reply:
        chosen = LibraryFilter(**_fields(LibraryFilter, visit))
        given = visit.parameters.get("page", "")
        number = int(given) if given.isdecimal() and len(given) < _MAX_DIGITS else 1
        policies, dress = self._service.policies(), self._dress(visit)
        return _html(library_page(policies, chosen, dress, number=number), status=200)

    def _units(self, rest: list[str], visit: Visit) -> Reply:
        dress, policies = self._dress(visit), self._service.policies()
        name = "/".join(rest)
        if not name:
            words = visit.parameters.get("q", "")[:_MAX_VALUE]
            return _html(units_page(units_of(policies), words, dress), status=200)
        rows = unit_rows(policies, name)
        if not rows:
            return self._missing(visit)
        region = visit.parameters.get("region", "")[:_MAX_VALUE]
        if visit.parameters.get("format") == "xlsx":
            return _file(unit_sheet(rows, region, dress.wording), f"{name}.xlsx")
        return _html(unit_page(name, rows, region, dress), status=200)

    def _targets(self, _rest: list[str], visit: Visit) -> Reply:
        dress = self._dress(visit)
        rows = target_rows(self._service.policies())
        chosen = TargetFilter(**_fields(TargetFilter, visit))
        if visit.parameters.get("format") == "xlsx":
            name = dress.wording.group("places")["targets"]
            return _file(targets_sheet(rows, chosen, dress.wording), f"{name}.xlsx")
        return _html(targets_page(rows, chosen, dress), status=200)


def style_of(*names: str) -> str:
    """A style sheet: what all pages share, and these files."""
    return "".join(map(asset, (*_EVERYWHERE, *names)))


@cache
def asset(name: str) -> str:
    """A file that comes with the pages, as text."""
    return (resources.files("ui") / "assets" / name).read_text("utf-8")


def _fields(kind: type, visit: Visit) -> dict[str, str]:
    """The parameters that a filter knows, cut to a length that is looked at."""
    names: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]
    return {name: visit.parameters.get(name, "")[:_MAX_VALUE].strip() for name in names}


def _span(text: str) -> Segment | None:
    match = _SPAN.fullmatch(text)
    return (int(match[1]), int(match[2])) if match and int(match[1]) < int(match[2]) else None


def _html(page: Page, *, status: int) -> Reply:
    headers = {"Content-Security-Policy": page.security_policy}
    return Reply(status, "text/html; charset=utf-8", page.html.encode("utf-8", "replace"), headers)


def _file(lines: Sequence[Sequence[str]], name: str) -> Reply:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Reply(200, EXCEL, workbook(lines), headers)
