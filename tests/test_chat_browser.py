"""The chat in a real browser, as a person uses it: asked, read, hovered, clicked, looked at."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from assistant.settings import Settings
from tests.page_checks import (
    FLAGS,
    PATIENCE_MS,
    all_readable,
    browser_path,
    comes_to,
    in_sight,
    nothing_sticks_out,
    wait_for_machines,
)
from tests.sample_service import (
    BROKEN_QUESTION,
    BUSY_QUESTION,
    COMPARE_QUESTION,
    RATIO_QUESTION,
    SLOW_QUESTION,
    SampleService,
)
from ui.api import AssistantService, WebSettings, create_app
from ui.chat import build_chat
from ui.preparing import LateAssistant
from ui.records import open_records
from ui.text import ZH
from ui.turns import Talking
from ui.waiting_room import Preparing, is_ready

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OFFICE: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{x}}${window.hacked=1}'
)
SCRIPT = ZH.group("script")
SETTINGS = WebSettings(examples=(RATIO_QUESTION, COMPARE_QUESTION))
BOX = "#question textarea"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        wait_for_machines()
        yield browser
        browser.close()


class Served:
    """A service behind a real server on a free port of this machine."""

    def __init__(
        self, service: AssistantService, folder: Path, *, preparing: Preparing = is_ready
    ) -> None:
        self._records = open_records(Settings(data=str(folder)))
        app = create_app(service, settings=SETTINGS, records=self._records, preparing=preparing)
        config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.05)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=120)
        self._records.close()


@pytest.fixture(scope="module")
def site(service: AssistantService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Served(service, tmp_path_factory.mktemp("site")) as url:
        yield url


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def sample_site(sample: SampleService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Served(sample, tmp_path_factory.mktemp("sample")) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window that fails the test if it reached out, or if a script of the page failed."""
    # What scrolls smoothly takes away the tip of a mark that was hovered meanwhile.
    context = browser.new_context(viewport=OFFICE, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    requests: list[Request] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    hosts = {urlsplit(request.url).hostname for request in requests}
    failed = [page.evaluate("window.hacked") for page in context.pages]
    context.close()
    assert hosts <= {"127.0.0.1", None}  # None: data: addresses
    assert errors == []
    assert not any(failed), "text that somebody wrote ran as a script"


def opened(context: BrowserContext, site: str, path: str = "/") -> Page:
    page = context.new_page()
    page.goto(site + path)
    page.wait_for_selector(".welcome, .turn")
    return page


def ask(page: Page, question: str) -> None:
    turns = page.locator(".turn .turn-foot").count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    page.wait_for_function(f"document.querySelectorAll('.turn .turn-foot').length > {turns}")


def history(sample: SampleService) -> list[str]:
    """The earlier questions that came with the last one."""
    return list(sample.asked[-1].history)


def test_a_question_is_answered_with_its_clause(context: BrowserContext, site: str) -> None:
    page = opened(context, site)
    ask(page, RATIO_QUESTION)
    answer = page.locator(".turn").last
    assert "1：2" in answer.locator(".answer-body strong").all_inner_texts()
    assert "安政办〔2024〕21号" in page.inner_text("#panel-sources .card >> nth=0")
    quoted = page.locator("#panel-sources .card mark").first
    assert "医护比" in quoted.inner_text()
    assert len(quoted.locator("xpath=..").inner_text()) > len(quoted.inner_text())
    expect(page.locator(BOX)).to_have_value("")
    is_focused(page, BOX)

    mark = answer.locator(".mark").first
    assert mark.inner_text() == "[1]"
    mark.hover()
    tip = page.inner_text(".tip:visible")
    for words in (
        "《安丘市推动公立医院高质量发展实施方案》",
        "安政办〔2024〕21号",
        "二（四）1",
        "医护比",
    ):
        assert words in tip

    page.click("text=收录文件")
    mark.click()
    page.wait_for_selector("#panel-document .is-target mark")
    assert "医护比" in page.inner_text("#panel-document .is-target mark")
    is_focused(page, ".is-target")
    in_sight(page, "#panel-document .is-target mark")


def is_focused(page: Page, selector: str) -> None:
    expect(page.locator(f"{selector}:focus")).to_have_count(1)


def test_the_document_is_read_beside_the_answer(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    page.locator(".card .open-clause").first.click()
    page.wait_for_selector(".doc .is-target mark")
    assert "第二部分第（四）项第1点" in page.inner_text(".doc .official")
    before = page.inner_text(".doc .is-target .label")
    page.click(".doc .steps [rel=next]")
    page.wait_for_function(
        "before => document.querySelector('.doc .is-target .label').textContent !== before",
        arg=before,
    )
    page.locator(".doc-outline summary a").last.click()
    page.wait_for_selector(".doc .is-target")
    in_sight(page, ".doc .is-target")
    page.keyboard.press("Escape")
    expect(page.locator("#panel-sources .card").first).to_be_visible()
    with context.expect_page() as opening:
        page.click(".card .open-clause", modifiers=["Control"])
    alone = opening.value
    alone.wait_for_selector("#clause mark")
    in_sight(alone, "#clause mark")


def test_names_that_were_understood_can_be_changed(
    context: BrowserContext, sample: SampleService, sample_site: str
) -> None:
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    page.select_option(".chip select", label="聊城市")
    page.wait_for_selector(".turn >> nth=1 >> .turn-foot")
    assert sample.asked[-1].text == RATIO_QUESTION.replace("安丘市", "聊城市")
    assert history(sample) == []
    page.locator(".chip-remove").first.click()
    page.wait_for_selector(".turn >> nth=2 >> .turn-foot")
    assert sample.asked[-1].text == RATIO_QUESTION.removeprefix("安丘市")
    page.locator(".follow-up:visible").first.click()
    page.wait_for_selector(".turn >> nth=3 >> .turn-foot")
    assert sample.asked[-1].text == RATIO_QUESTION


def test_conversations_are_kept_found_renamed_and_deleted(
    context: BrowserContext, sample_site: str
) -> None:
    page = opened(context, sample_site)
    ask(page, COMPARE_QUESTION)
    with page.expect_download() as downloading:
        page.click(".menu summary")
        page.click(".menu a >> nth=0")
    assert downloading.value.suggested_filename.endswith(".docx")
    page.click("[data-action=restart]")
    page.wait_for_selector(".welcome")
    page.click(".masthead [data-action=history]")
    page.click(f".drawer-open >> text={COMPARE_QUESTION}")
    page.wait_for_selector(".turn .table-frame")
    page.locator(".turn .mark").first.click()
    page.wait_for_selector(".doc .is-target mark")
    page.click("[data-action=rename-conversation] >> nth=0")
    page.fill(".drawer-form input", HOSTILE)
    page.keyboard.press("Enter")
    expect(page.locator(".drawer-list")).to_contain_text(HOSTILE[:20])
    page.fill(".drawer-search", "没有这样的对话")
    page.wait_for_selector(f"text={ZH.group('script')['historyNone']}")
    page.fill(".drawer-search", "")
    page.click("[data-action=delete-conversation] >> nth=0")
    page.click("[data-action=delete-conversation] >> nth=0")
    page.wait_for_selector(".welcome")


def test_an_answer_is_judged_with_the_right_clause(
    context: BrowserContext, sample_site: str
) -> None:
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    page.click(".vote-down")
    page.check(".reason >> nth=1 >> input")
    page.check(".pick input >> nth=0")
    page.click(".feedback-send")
    page.wait_for_selector(f"text={ZH.group('script')['thanks']}")
    expect(page.locator(".vote-down")).to_have_attribute("aria-pressed", "true")


def test_an_answer_can_be_stopped(
    context: BrowserContext, sample: SampleService, sample_site: str
) -> None:
    sample.go_on.clear()
    page = opened(context, sample_site)
    page.fill(BOX, SLOW_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".answer-pending .answer-body")  # the first statement is there
    page.click("#stop")
    page.wait_for_selector(".answer-stopped")
    expect(page.locator("#send")).to_be_visible()
    sample.go_on.set()
    expect(page.locator(".turn .turn-foot")).to_have_count(0)
    page.click("[data-action=ask-again]")
    page.wait_for_selector(".turn .turn-foot")


def test_an_answer_stays_in_sight_while_it_comes(
    context: BrowserContext, sample: SampleService, sample_site: str
) -> None:
    sample.go_on.clear()
    page = opened(context, sample_site)
    page.emulate_media(reduced_motion="reduce")  # the way there takes no time of its own
    for _ in range(3):
        ask(page, COMPARE_QUESTION)
    page.fill(BOX, SLOW_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_function(
        """() => {
            const coming = document.querySelector(".turn:last-child .pending");
            const box = document.querySelector("#composer").getBoundingClientRect();
            return coming && coming.getBoundingClientRect().bottom <= box.top;
        }"""
    )
    sample.go_on.set()


def test_the_pages_beside_the_chat(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    page.click(".way >> text=文件库")
    page.fill("input[name=q]", "医护比")
    page.keyboard.press("Enter")
    page.wait_for_selector(".snippets mark")
    page.select_option("select[name=level]", index=1)  # applies at once
    page.wait_for_url("**level=%*")
    page.goto(f"{sample_site}/targets?q=医护比")
    expect(page.locator(".bars li").nth(1)).to_be_visible()
    page.locator("tbody a").first.click()
    page.wait_for_selector("#clause mark")
    page.click("[data-action=theme]")
    page.click(".units a >> nth=0")
    page.wait_for_selector(".tasks li")
    comes_to(page, "document.documentElement.classList.contains('dark')")
    with page.expect_download() as downloading:
        page.click(".download")
    assert downloading.value.suggested_filename.endswith(".xlsx")


def test_the_page_waits_for_the_first_index_and_goes_on_by_itself(
    context: BrowserContext, sample: SampleService, tmp_path: Path
) -> None:
    late = LateAssistant(
        opens=lambda: sample, builds=lambda _: [], wording=ZH, tells=lambda _: None
    )
    with Served(late, tmp_path, preparing=late.preparing) as url:
        page = opened(context, url)
        reading = ZH.group("preparing")["reading"]
        expect(page.locator(".welcome-text")).to_have_text(reading)
        page.fill(BOX, RATIO_QUESTION)
        page.press(BOX, "Enter")
        expect(page.locator(".turn .answer")).to_contain_text(reading)
        page.reload()
        page.wait_for_selector(".turn, .welcome")
        page.click("[data-action=restart]")
        expect(page.locator(".welcome-text")).to_have_text(reading)
        late.start()
        expect(page.locator(".welcome-text")).to_contain_text("份文件")
        ask(page, RATIO_QUESTION)
        assert page.locator(".turn .mark").count() == 1


def test_a_follow_up_is_answered_below(context: BrowserContext, site: str) -> None:
    page = opened(context, site)
    ask(page, RATIO_QUESTION)
    ask(page, "这件事由谁负责？")
    assert page.locator(".turn").count() == 2
    page.locator(".turn").first.locator("[data-action=sources]").click()
    expect(page.locator(".turn").first).to_have_class(re.compile("is-shown"))
    expect(page.locator(".turn.is-shown")).to_have_count(1)
    expect(page.locator("#panel-sources mark").first).to_contain_text("医护比")


def test_hostile_text_is_only_text(context: BrowserContext, site: str) -> None:
    page = opened(context, site)
    ask(page, HOSTILE)
    assert page.inner_text(".question p") == HOSTILE
    assert page.locator(".log img, .log script, .panel img, .panel script").count() == 0


def test_history_goes_along(
    context: BrowserContext, sample: SampleService, sample_site: str
) -> None:
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    ask(page, "由谁负责？")
    assert history(sample) == [RATIO_QUESTION]
    expect(page.locator(".turn").nth(1).locator(".understood")).to_contain_text("理解为：安丘市")
    page.reload()
    page.wait_for_selector(".turn >> nth=1")
    page.locator(".turn").first.locator(".mark").click()
    page.wait_for_selector(".doc .is-target mark")
    assert "医护比" in page.inner_text(".doc .is-target mark")
    ask(page, "负责的还有谁？")
    assert history(sample) == [RATIO_QUESTION, "由谁负责？"]
    page.click("[data-action=restart]")
    page.wait_for_selector(".welcome")
    ask(page, RATIO_QUESTION)
    assert history(sample) == []
    assert page.locator(".turn").count() == 1


def test_examples_and_choices_ask(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    page.click(f".example >> text={COMPARE_QUESTION}")
    page.wait_for_selector(".table-frame")
    heads = page.locator(".table-frame th[scope=col]")
    expect(heads).to_have_text(["目标", "要求", "期限", "依据"])
    ask(page, "护士怎么配备")
    page.click(f".choice >> text={RATIO_QUESTION}")
    page.wait_for_selector(".turn:nth-of-type(3) .mark")
    expect(page.locator(".question p").last).to_have_text(RATIO_QUESTION)


def test_the_keyboard_alone_suffices(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    page.focus(BOX)
    page.keyboard.type("医护比")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn .mark")
    assert page.inner_text(".question p") == "医护比\n多少？"
    page.focus(".turn .mark")
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_selector(".doc .is-target")
    is_focused(page, ".doc .is-target")
    page.keyboard.press("Escape")
    is_focused(page, ".turn .mark")
    page.focus(".turn .menu summary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".menu[open] a")
    page.keyboard.press("Escape")
    expect(page.locator(".menu[open]")).to_have_count(0)
    is_focused(page, ".menu summary")
    page.focus("#tab-document")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel-library")).to_be_visible()


def test_failures_are_sentences_and_lose_nothing(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    page.fill(BOX, BROKEN_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".answer-error")
    expect(page.locator(".answer-error")).to_contain_text(SCRIPT["failed"])
    expect(page.locator(BOX)).to_have_value(BROKEN_QUESTION)

    context.set_offline(True)
    page.fill(BOX, "断网时问的")
    page.press(BOX, "Enter")
    page.wait_for_selector(f"text={SCRIPT['lost']}")
    context.set_offline(False)
    page.wait_for_selector(
        f"text={SCRIPT['lost']}", state="detached"
    )  # the page comes back by itself
    page.wait_for_selector(".turn .mark")
    expect(page.locator(BOX)).to_have_value("断网时问的")
    page.press(BOX, "Enter")
    page.wait_for_selector(".answer-refused")


def test_answering_leaves_no_sums_behind(sample: SampleService) -> None:
    queue = build_chat(Talking(sample, ZH), ())._queue
    queue.events_recorded = 10_000
    summary = queue.compute_analytics_summary([{"function": "typed"}])  # type: ignore[no-untyped-call]
    assert summary == {"functions": {}}


def test_an_answer_can_be_copied(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE_MS)
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    page.click("[data-action=copy]")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert "[1] 《安丘市推动公立医院高质量发展实施方案》（安政办〔2024〕21号）二（四）1" in copied


def test_the_other_language_is_a_click_away(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    page.click("text=English")
    page.wait_for_url("**/en/")
    page.wait_for_selector(".welcome")
    comes_to(page, "document.documentElement.lang", "en")
    expect(page.locator("#send")).to_have_text("Ask")
    ask(page, RATIO_QUESTION)
    expect(page.locator(".tab[aria-selected=true]")).to_have_text("Sources")


@pytest.mark.parametrize("viewport", [OFFICE, PHONE], ids=["office", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_right(
    browser: Browser,
    sample_site: str,
    viewport: ViewportSize,
    scheme: Literal["light", "dark"],
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    context.set_default_timeout(PATIENCE_MS)
    page = opened(context, sample_site)
    for question in (
        *(None, RATIO_QUESTION, COMPARE_QUESTION, "护士怎么配备", "上海市有多少床位？"),
        *("问" * 2_000, BUSY_QUESTION),
    ):
        if question:
            ask(page, question)
        all_readable(page)
        nothing_sticks_out(page)
        expect(page.locator(BOX)).to_be_visible()
        expect(page.locator("#send")).to_be_visible()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.answer p, .clause, #question textarea')]"
        ".map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert min(sizes) >= 15
    page.locator(".turn .mark").first.click()
    page.wait_for_selector(".doc .is-target")
    all_readable(page)
    page.goto(sample_site)
    for path in (
        "/library?q=医护比",
        "/units",
        "/targets?q=医护比",
        "/clauses/anqiu-2024-21/2.4.1",
    ):
        page.goto(sample_site + path)
        all_readable(page)
        nothing_sticks_out(page)
    context.close()
