"""Reports: figures as measured, every failed question, and nothing in them but text."""

from __future__ import annotations

import csv
import html
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from eval.errors import EvaluationMisused, RunUnusable
from eval.failures import KINDS, failures_of, kinds_of
from eval.highlight import marked_html
from eval.plots import Axis, IntervalRow, Line, Mark, interval_plot, line_plot
from eval.report import write_report
from eval.report_tables import GROUPS, grouped
from eval.report_text import markdown_table, plain
from eval.run_folder import MANIFEST, read_manifest, read_measures, write_manifest
from eval.schema import TYPES, Estimate, GoldRecord, Json, Reply
from eval.summary import MEASURES, estimates
from eval.wording import LANGUAGES, load_wording
from tests.page_checks import FLAGS, LOW_CONTRAST, WIDER_THAN_THE_WINDOW, browser_path
from tests.sample_gold import RECORDS, empty, make_run, perfect, silent, wrong

HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>|`*[a](javascript:b)'
)
OFFICE: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
SVG = "{http://www.w3.org/2000/svg}"
shares = st.floats(0, 1)
texts = st.text(max_size=60)


def hostile(record: GoldRecord) -> Reply:
    """Wrong, and with code in all that it says."""
    answer, hits, seconds = wrong(record)
    bad: Json = {
        **answer,
        "text": HOSTILE,
        "standalone_question": HOSTILE,
        "engine": HOSTILE,
        "table": {"columns": [HOSTILE], "rows": [[HOSTILE]], "citations": [[1]]},
        "citations": [
            {**each, "title": HOSTILE, "label": HOSTILE, "path": [HOSTILE], "clause_text": HOSTILE}
            for each in answer["citations"]
        ],
    }
    found = [{**hit, "title": HOSTILE, "clause_text": HOSTILE} for hit in hits or []]
    return bad, found, seconds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with failures of several kinds."""
    folder = tmp_path_factory.mktemp("runs") / "wrong"
    make_run(folder, wrong)
    return folder


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "hostile"
    make_run(folder, hostile, system=HOSTILE, commit=HOSTILE, settings={HOSTILE: HOSTILE})
    return write_report(folder, folder / "report")[0]


def report(folder: Path, name: str = "report.html", *, language: str = "zh") -> str:
    files = write_report(folder, folder / language, language=language)
    return next(path for path in files if path.name == name).read_text("utf-8")


# What is in it


def test_all_figures_of_the_run_are_in_the_page(folder: Path) -> None:
    text = report(folder)
    for found in estimates(read_measures(folder)["overall"]).values():
        assert f"{found.value:.3f}" in text or f"{found.value:.0f}" in text


def test_every_failed_question_is_in_the_page_with_its_gold(folder: Path) -> None:
    text = report(folder)
    shown = re.findall(r'<details class="failure" id="(.*?)"', text)
    assert shown == ["q1", "q2", "q3", "q4", "q5", "q6"]
    for record in RECORDS:
        assert html.escape(record.question) in text
        for item in record.evidence:
            assert html.escape(item.quote) in text
    assert "<mark>每半年公开财务信息。</mark>" in text


def test_a_run_without_failures_says_so(tmp_path: Path) -> None:
    make_run(tmp_path / "run", perfect)
    text = report(tmp_path / "run")
    assert load_wording("zh").say("no_failures") in text
    assert 'class="failure"' not in text


@pytest.mark.parametrize("reply", [empty, silent], ids=["empty", "silent"])
def test_systems_that_give_nothing_have_a_report_too(tmp_path: Path, reply: object) -> None:
    make_run(tmp_path / "run", reply)  # type: ignore[arg-type]
    assert load_wording("en").say("nothing_found") in report(tmp_path / "run", language="en")


def test_the_same_run_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_report(folder, tmp_path / "a")]
    assert first == [path.read_bytes() for path in write_report(folder, tmp_path / "b")]


def test_a_run_that_is_not_complete_has_no_report(tmp_path: Path) -> None:
    make_run(tmp_path / "run", perfect)
    manifest = read_manifest(tmp_path / "run")
    write_manifest(tmp_path / "run", replace(manifest, complete=False))
    with pytest.raises(RunUnusable, match="not complete"):
        write_report(tmp_path / "run", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    (tmp_path / "run" / MANIFEST).unlink()
    with pytest.raises(RunUnusable, match="no run"):
        write_report(tmp_path / "run", tmp_path / "out")


def test_a_language_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(EvaluationMisused, match="no reports in 'fr'; use zh or en"):
        write_report(folder, folder / "fr", language="fr")


def test_csv_holds_what_was_measured(folder: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(report(folder, "measures.csv").removeprefix("\ufeff"))))
    overall = estimates(read_measures(folder)["overall"])
    written = {line["measure"]: float(line["value"]) for line in lines if line["type"] == "all"}
    assert written == pytest.approx(
        {name: found.value for name, found in overall.items()}, rel=1e-5
    )
    questions = report(folder, "questions.csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(questions)))
    assert [row["id"] for row in rows] == [record.id for record in RECORDS]
    assert rows[0]["failed"] == "not_found not_cited incomplete"
    assert rows[4]["failed"] == "not_refused"


def test_markdown_names_figures_and_failures(folder: Path) -> None:
    text = report(folder, "report.md", language="en")
    assert "| hit@10 |" in text.replace("\\", "")
    assert "| q5 | unanswerable | should have refused | answered |" in text.replace("\\", "")


# Wording


def test_both_languages_say_the_same_things() -> None:
    chinese, english = (load_wording(language) for language in LANGUAGES)
    assert chinese.words.keys() == english.words.keys()
    assert chinese.groups.keys() == english.groups.keys()
    for group, words in chinese.groups.items():
        assert words.keys() == english.groups[group].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name(language: str) -> None:
    wording = load_wording(language)
    assert set(TYPES) <= set(wording.groups["types"])
    assert set(KINDS) <= set(wording.groups["kinds"])
    assert set(GROUPS) <= set(wording.groups["groups"])
    assert [name for name in MEASURES if not wording.measure(name)[1]] == []


def test_every_measure_stands_in_one_group() -> None:
    overall = dict.fromkeys([*MEASURES, "new"], Estimate(0, 0, 0, 1))
    groups = dict(grouped(overall))
    assert sorted(name for names in groups.values() for name in names) == sorted(overall)
    assert groups["other"] == ["new"]


# Failures


def test_kinds_of_failures(tmp_path: Path) -> None:
    rows = {reply: make_run(tmp_path / reply.__name__, reply).rows for reply in (perfect, silent)}
    assert failures_of(rows[perfect]) == []
    assert [failure.kinds for failure in failures_of(rows[silent])] == [
        ("false_refusal", "not_found")
    ] * 4
    failed = replace(rows[silent][0], answer={"status": "error"})
    assert kinds_of(failed) == ("error", "not_found")


# Marks, text, plots


@given(texts, st.lists(texts, max_size=3))
def test_marks_add_nothing_and_take_nothing(text: str, quotes: list[str]) -> None:
    marked = marked_html(text, quotes)
    assert html.unescape(re.sub(r"</?mark>", "", marked)) == text
    assert re.sub(r"</?mark>", "", marked) == html.escape(text)


@given(texts, st.integers(0, 60), st.integers(1, 20))
def test_a_quote_of_the_text_is_marked(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", marked_html(text, [quote]), re.DOTALL))
    assert len("".join(html.unescape(marked).split())) == len("".join(quote.split()))


def test_a_quote_is_marked_across_lines_and_marks() -> None:
    assert marked_html("达到\n1：2左右", ["到1：2"]) == "达<mark>到\n1：2</mark>左右"
    assert (
        marked_html("医护比总体达到—3—1：2", ["医护比总体达到1：2"])
        == "<mark>医护比总体达到</mark>—3—1：2"
    )
    assert marked_html("医护比", ["床位数"]) == "医护比"


@given(texts)
def test_plain_markdown_is_one_line_of_that_text(text: str) -> None:
    escaped = plain(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == " ".join(text.split())
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<>`*\[]", escaped)


def test_markdown_tables_keep_their_columns() -> None:
    lines = markdown_table(["a", "b"], [["x|y", "z\nw"]])
    assert lines == ["| a | b |", "| --- | ---: |", "| x\\|y | z w |"]


def svg(text: str) -> ET.Element:
    return ET.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


@given(st.lists(st.tuples(texts, shares, shares, shares), min_size=1, max_size=5))
def test_intervals_stay_in_their_frame(rows: list[tuple[str, float, float, float]]) -> None:
    names = [re.sub(r"[^\w<&>]", "", row[0]) for row in rows]  # XML 1.0 has no \x00
    shown = [IntervalRow(name, *row[1:], "n") for name, row in zip(names, rows, strict=True)]
    drawn = svg(interval_plot(shown, title="t"))
    height = float(drawn.attrib["viewBox"].split()[3])
    circles = drawn.findall(f"{SVG}circle")
    assert len(circles) == len(rows)
    for circle, (_, value, *_rest) in zip(circles, rows, strict=True):
        assert float(circle.attrib["cx"]) == pytest.approx(132 + value * (560 - 132 - 116), abs=0.1)
        assert 0 < float(circle.attrib["cy"]) < height
    assert {e.text for e in drawn.findall(f"{SVG}text")} >= {name or None for name in names}


@given(
    st.lists(st.tuples(st.floats(-1, 20), st.floats(-1, 2)), min_size=1, max_size=8), st.booleans()
)
def test_lines_stay_in_their_frame(
    points: list[tuple[float, float]],
    is_stepped: bool,  # noqa: FBT001 — drawn by hypothesis
) -> None:
    line = Line("<b>", tuple(points), is_stepped=is_stepped)
    axes = {"across": Axis("x", 0, 10), "up": Axis("", 0, 1, is_share=True)}
    drawn = svg(line_plot([line, line], title='"', marks=[Mark("p50", 3)], **axes))
    for path in drawn.findall(f"{SVG}path"):
        numbers = [float(number) for number in re.findall(r"[\d.]+", path.attrib["d"])]
        assert min(numbers) >= 12
        assert max(numbers) <= 560 - 74
    names = [e for e in drawn.findall(f"{SVG}text") if "end-name" in e.attrib["class"]]
    first, second = (float(name.attrib["y"]) for name in names)
    assert abs(first - second) >= 16.9


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_ticks_are_few_and_inside(low: float, span: float) -> None:
    axis = Axis("", low, low + span)
    ticks = axis.ticks()
    assert 1 <= len(ticks) <= 7 or span < 1e-9 * abs(low)
    assert all(low - span * 1e-3 <= tick <= low + span * 1.001 for tick in ticks)


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window that fails the test if the page reached out, or if one of its scripts failed."""
    context = browser.new_context(viewport=OFFICE)
    page = context.new_page()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    yield page
    hacked = page.evaluate("window.hacked")
    context.close()
    assert messages == []
    assert hacked is None
    assert len(set(requests)) == 1, "the page reaches for more than itself"


@pytest.mark.browser
@pytest.mark.slow
def test_a_person_finds_a_failed_question(page: Page, folder: Path) -> None:
    page.goto((folder / "zh" / "report.html").as_uri() if report(folder) else "")
    assert page.title() == "replies　6 题评测结果"
    page.click("nav >> text=未通过的问题 (6)")
    page.select_option("select[name=kind]", label="该拒未拒")
    assert page.inner_text("output") == "2 / 6"
    page.select_option("select[name=kind]", label="全部")
    page.select_option("select[name=type]", label="追问")
    assert page.inner_text("output") == "1 / 6"
    shown = page.locator(".failure:visible")
    assert shown.get_attribute("id") == "q3"
    shown.locator("summary").first.click()
    inside = shown.inner_text()
    for words in ("谁负责？", "安丘怎么增加护士？", "增加护士配备，由市卫健局负责", "✗ 市卫健局"):
        assert words in inside
    hit = shown.locator(".hit").first
    hit.locator("summary").click()
    assert hit.locator("mark").inner_text() == "每半年公开财务信息。"
    page.fill("input[name=words]", "nothing like this")
    assert page.inner_text("output") == "0 / 6"
    assert page.locator("svg.plot").count() == 4


@pytest.mark.browser
@pytest.mark.slow
def test_a_link_opens_its_question(page: Page, folder: Path) -> None:
    report(folder)
    page.goto((folder / "zh" / "report.html").as_uri() + "#q4")
    assert page.locator("#q4").get_attribute("open") is not None
    page.evaluate("location.hash = 'q5'")
    page.wait_for_selector("#q5[open]")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("viewport", [OFFICE, PHONE], ids=["office", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(
    page: Page, folder: Path, viewport: ViewportSize, scheme: str
) -> None:
    report(folder)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size(viewport)
    page.goto((folder / "zh" / "report.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate(LOW_CONTRAST) == []
    assert not page.evaluate(WIDER_THAN_THE_WINDOW)


@pytest.mark.browser
@pytest.mark.slow
def test_hostile_text_is_only_text(page: Page, hostile_page: Path) -> None:
    page.goto(hostile_page.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.locator("img").count() == 0
    assert page.locator("body script").count() == 1
    assert HOSTILE in page.inner_text("h1")
    assert page.locator(".said").first.inner_text() == HOSTILE


@pytest.mark.browser
@pytest.mark.slow
def test_even_text_that_was_not_escaped_would_not_run(browser: Browser, hostile_page: Path) -> None:
    bad = hostile_page.with_name("bad.html")
    text = hostile_page.read_text("utf-8")
    bad.write_text(text.replace("<main>", f"<main>{HOSTILE}", 1), "utf-8")
    page = browser.new_page()
    page.goto(bad.as_uri())
    assert page.locator("main > img").count() == 1
    assert page.evaluate("window.hacked") is None
    page.close()
