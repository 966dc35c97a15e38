"""The pages beside the chat, as a browser gets them: filters, links, sheets, and hostile text."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.schema import Clause, Document, Fact, Place, Policy, Target, Unit
from tests.factories import make_policy
from tests.page_reader import read
from tests.sample_service import SampleService
from ui.document_head import Opened
from ui.document_view import document_html
from ui.library_rows import LibraryFilter, find_spellings, find_words, shelved
from ui.quotes import slice_of
from ui.replies import Reply, Visit
from ui.site import Site
from ui.target_rows import TargetFilter, comparable, target_rows
from ui.text import EN, ZH
from ui.unit_rows import unit_rows, units_of
from ui.workbooks import workbook

CLAUSE_ID = "anqiu-2024-21/2.4.1"
HOSTILE = """<img src=x onerror="alert(1)">'</a><script>alert(2)</script>=1+1"""
words = st.text(max_size=12) | st.just(HOSTILE)


@pytest.fixture(scope="module")
def service() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def site(service: SampleService) -> Site:
    return Site(service)


def page(site: Site, path: str, **parameters: str) -> str:
    reply = site.reply(Visit(path, parameters))
    assert reply.status == 200
    return reply.body.decode()


def sheet(reply: Reply) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(reply.body))
    return list(book.worksheets[0].iter_rows(values_only=True))


def rich_policy(
    policy_id: str, region: str, value: str, *, text: str = "就诊率达到九成。"
) -> Policy:
    """A policy of one clause with a unit, a target and a region."""
    policy = make_policy([text], policy_id=policy_id)
    clause = replace(
        policy.clauses[0],
        units=(
            Unit("卫健局", "市卫生健康局", "牵头", 0, 2),
            Unit("财政局", "市财政局", "责任", 0, 2),
        ),
        targets=(Target("就诊率", "不低于", value, "%", "2025年", "医院", 0, 3),),
    )
    return replace(policy, clauses=(clause,), region=Fact(region), level="市")


def test_a_clause_opens_in_its_whole_document(site: Site, service: SampleService) -> None:
    clause = service.clause(CLAUSE_ID)
    assert clause is not None
    at = clause.text.index("医护比总体")
    start, end = clause.source_span(at, at + 5)
    html = page(site, f"/clauses/{CLAUSE_ID}", span=f"{start}-{end}")
    assert "<mark>医护比总体</mark>" in html
    assert "第二部分第（四）项第1点" in html  # as officials cite it
    assert 'aria-current="true">1.改革人事管理制度' in html
    for label in ("上一条", "下一条", "市委编办", "1:2左右", "目录"):
        assert label in html
    panel = page(site, f"/clauses/{CLAUSE_ID}", view="panel")
    assert panel.startswith('<article class="doc">')
    assert "masthead" not in panel


def test_every_address_speaks_both_languages(site: Site) -> None:
    for path in ("/library", "/units", "/targets", f"/clauses/{CLAUSE_ID}"):
        assert '<html lang="zh-CN">' in page(site, path)
        english = page(site, path, lang="en")
        assert '<html lang="en">' in english
        own = re.findall(r'href="(/(?:library|units|targets)[^"]*)"', english)
        assert all("lang=en" in link or link == path for link in own)


@pytest.mark.parametrize(
    "path",
    [
        *("/clauses/nothing/1", "/units/没有这个单位", "/pages/x/1", "/pages/anqiu-2024-21/1"),
        *("/pages/anqiu-2024-21/x", "/nowhere", "/"),
    ],
)
def test_what_is_not_there_is_a_sentence(site: Site, path: str) -> None:
    reply = site.reply(Visit(path))
    assert reply.status == 404
    assert ZH.clause_missing in reply.body.decode()


@settings(max_examples=20)
@given(st.dictionaries(st.sampled_from(["q", "region", "level", "year", "unit", "state"]), words))
def test_no_parameter_becomes_markup(parameters: dict[str, str]) -> None:
    service = _Shelf([rich_policy("a", HOSTILE, "90", text=HOSTILE)])
    for path in ("/library", "/units", "/targets"):
        reply = Site(service).reply(Visit(path, parameters))
        body = reply.body.decode().split("<main", 1)[1]
        assert read(f"<main{body}").foreign == []


def test_no_document_becomes_markup() -> None:
    policy = rich_policy("a", "某市", "90", text=HOSTILE)
    unit = Unit(HOSTILE, HOSTILE, HOSTILE, 0, 1)
    target = Target(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, 1)
    clause = replace(policy.clauses[0], units=(unit,), targets=(target,), label=HOSTILE)
    policy = replace(policy, clauses=(clause,), title=Fact(HOSTILE), issuers=(Fact(HOSTILE),))
    html = document_html(Opened(policy, clause, (0, 5)), wording=ZH, level=2)
    assert read(html).foreign == []
    site = Site(_Shelf([policy]))
    for path in ("/library", "/units", f"/units/{HOSTILE}", "/targets", "/clauses/a/1"):
        reply = site.reply(Visit(path))
        assert reply.status == 200, path
        assert "<img src" not in reply.body.decode()
    lines = sheet(site.reply(Visit(f"/units/{HOSTILE}", {"format": "xlsx"})))
    assert all(not isinstance(cell, int | float) for line in lines for cell in line)


def test_the_library_filters_and_finds_words(site: Site, service: SampleService) -> None:
    html = page(site, "/library", q="医护比 护士")
    assert "<mark>医护比</mark>" in html
    assert "安丘市推动公立医院高质量发展实施方案" in html
    only = page(site, "/library", region="吉林省吉林市")
    assert only.count('<li class="policy">') == 1
    assert ZH.nothing_found in page(site, "/library", q="月球基地")
    assert page(site, "/library").count('<li class="policy">') == len(service.policies())


@given(
    st.text("医护比ABab１ \n", min_size=1, max_size=30),
    st.text("医护比abＡ1", min_size=1, max_size=4),
)
def test_words_are_found_however_they_are_printed(text: str, word: str) -> None:
    policy = make_policy([text or "空"])
    chosen = LibraryFilter(q=word)
    found = find_words(policy, chosen.words)
    if word in text:
        assert found or find_spellings(policy, chosen.words)
    for item in found:
        assert all(0 <= start < end <= len(text) for start, end in item.spans)


def test_a_policy_has_a_state() -> None:
    plain = make_policy(["一。"], policy_id="a", title="甲办法")
    ended = replace(plain, policy_id="b", validity=Fact("2020-01-01/2022-12-31"))
    valid = replace(plain, policy_id="c", period=Fact("2026–2028"), numbers=())
    names = replace(plain, policy_id="d", relations=(("废止", Fact("《乙办法》")),))
    gone = replace(plain, policy_id="e", title=Fact("乙办法"))
    states = [
        item.state for item in shelved([plain, ended, valid, names, gone], today=date(2027, 1, 1))
    ]
    assert states == ["unknown", "ended", "in_force", "unknown", "repealed"]


def test_a_large_library_comes_page_by_page_and_is_found_by_parts_of_names() -> None:
    class Large(SampleService):
        def policies(self) -> list[Policy]:
            return [
                replace(rich_policy(f"p{n}", f"青禾省第{n}市", "90"), issuers=(Fact(f"第{n}局"),))
                for n in range(120)
            ]

    site = Site(Large())
    first, last = page(site, "/library"), page(site, "/library", page="3")
    assert (first.count('class="policy"'), last.count('class="policy"')) == (50, 20)
    assert 'href="/library?page=2"' in first
    assert "下一页" not in last
    assert page(site, "/library", page="99") == last
    assert page(site, "/library", page="-1") == first
    assert 'list="known-region"' in first  # too many to be read from the top
    some = page(site, "/library", region="第11")
    assert some.count('class="policy"') == 11
    for path in ("/targets", "/units/市卫生健康局"):
        assert 'value="第11"' in page(site, path, region="第11")


def test_an_original_that_cannot_be_drawn_is_said_to_be_text() -> None:
    class Printed(SampleService):
        def document(self, name: str) -> Document | None:
            found = super().document(name)
            places = (Place(0, 40, 1, (0.0, 0.0, 1.0, 1.0)),)
            return replace(found, format="ofd", places=places) if found else None

    assert ZH.no_picture in page(Site(Printed()), f"/clauses/{CLAUSE_ID}")
    assert ZH.no_picture not in page(Site(SampleService()), f"/clauses/{CLAUSE_ID}")


def test_a_unit_has_all_its_clauses_by_role(site: Site, service: SampleService) -> None:
    units = units_of(service.policies())
    name = next(iter(units))
    rows = unit_rows(service.policies(), name)
    assert len(rows) == units[name].total()
    html = page(site, f"/units/{name}")
    assert html.count('class="snippet-label"') == len(rows)
    region = rows[0].region
    reply = site.reply(Visit(f"/units/{name}", {"format": "xlsx", "region": region}))
    lines = sheet(reply)
    assert len(lines) == 1 + sum(row.region == region for row in rows)
    assert reply.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


def test_targets_can_be_compared() -> None:
    policies = [rich_policy("a", "甲市", "90"), rich_policy("b", "乙市", "60–70")]
    policies.append(rich_policy("c", "丙市", "三级"))
    rows = target_rows(policies)
    assert [row.interval for row in rows] == [(90, 90), (60, 70), None]
    assert len(comparable(rows)) == 2
    site = Site(_Shelf(policies))
    html = page(site, "/targets", q="就诊率")
    assert html.count('<rect class="bar"') == 2
    assert html.count('class="bar-low"') == 1
    assert '<ol class="bars"' not in page(site, "/targets")
    assert not any(TargetFilter(year="2030").holds(row) for row in rows)
    lines = sheet(site.reply(Visit("/targets", {"format": "xlsx", "region": "乙市"})))
    assert [line[3] for line in lines[1:]] == ["60–70"]


def test_a_ratio_is_compared_by_its_second_part() -> None:
    rows = target_rows([rich_policy("a", "甲市", "1:0.6"), rich_policy("b", "乙市", "1：2")])
    assert [row.interval for row in rows] == [(0.6, 0.6), (2, 2)]
    assert {row.unit for row in rows} == {"1:"}


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
def test_a_workbook_holds_text_only(lines: list[list[str]]) -> None:
    content = workbook([["甲", "乙"], *lines])
    cells = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows())
    assert all(cell.data_type != "f" for row in cells for cell in row)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.data())
def test_a_span_of_the_source_leads_to_the_words_of_the_clause(
    lengths: list[int], data: st.DataObject
) -> None:
    segments, position, source = [], 0, ""
    for length in lengths:
        source += "×" * 2
        segments.append((len(source), len(source) + length))
        source += "".join(chr(0x4E00 + position + i) for i in range(length))
        position += length
    text = "".join(source[a:b] for a, b in segments)
    clause = replace(make_policy([text]).clauses[0], segments=tuple(segments))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert slice_of(clause, clause.source_span(start, end)) == (start, end)
    assert slice_of(clause, (0, 1)) is None


def test_a_page_of_the_original_is_shown_where_it_is_kept() -> None:
    policy = rich_policy("a", "甲市", "90")
    place = Place(0, 8, 3, (10, 10, 90, 20))
    document = Document("a.txt", policy.clauses[0].text, "0" * 64, "pdf", (place,))
    drawn: list[tuple[int, int]] = []

    def draw(_: Document, number: int, places: object) -> bytes:
        assert isinstance(places, list)
        drawn.append((number, len(places)))
        return b"PNG"

    service = _Shelf([policy], document)
    site = Site(service, page_image=draw, has_image=lambda _: True)
    assert "/pages/a/3?span=0-8" in page(site, "/clauses/a/1")
    reply = site.reply(Visit("/pages/a/3", {"span": "0-8"}))
    assert (reply.content_type, reply.body, drawn) == ("image/png", b"PNG", [(3, 1)])
    assert site.reply(Visit("/pages/a/4", {"span": "0-8"})).status == 404
    assert "/pages/a/" not in page(Site(service), "/clauses/a/1")


def test_the_policy_of_a_page_names_what_it_holds(site: Site) -> None:
    reply = site.reply(Visit("/library"))
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2
    assert EN.library_heading in site.reply(Visit("/library", {"lang": "en"})).body.decode()


class _Shelf:
    """Policies without an index."""

    def __init__(self, policies: list[Policy], document: Document | None = None) -> None:
        self._policies = policies
        self._document = document

    def policies(self) -> list[Policy]:
        return self._policies

    def clause(self, clause_id: str) -> Clause | None:
        clauses = (clause for policy in self._policies for clause in policy.clauses)
        return next((clause for clause in clauses if clause.clause_id == clause_id), None)

    def document(self, name: str) -> Document | None:
        del name
        return self._document
