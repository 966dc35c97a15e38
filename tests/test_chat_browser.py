"""The chat in a real browser, as a person uses it: asked, read, hovered, clicked, looked at."""

from __future__ import annotations

import os
import shutil
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
    sync_playwright,
)

from tests.sample_service import (
    BROKEN_QUESTION,
    BUSY_QUESTION,
    COMPARE_QUESTION,
    RATIO_QUESTION,
    SampleService,
)
from ui.api import AssistantService, WebSettings, create_app
from ui.chat import build_chat
from ui.text import ZH

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OFFICE: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{x}}${window.hacked=1}'
)
SETTINGS = WebSettings(examples=(RATIO_QUESTION, COMPARE_QUESTION))
BOX = "#question textarea"
# The contrast of every piece of text with what lies behind it, by the formula of WCAG 2.
LOW_CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let n = node; n; n = n.parentElement) {
      const c = numbers(getComputedStyle(n).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.textContent.trim() || !node.checkVisibility() || node.closest('.unseen')) continue;
    const [a, b] = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${node.className}: ${text.textContent.slice(0, 20)} ${ratio}`);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = [os.environ.get("WENZHENG_BROWSER"), *map(shutil.which, NAMES)]
    path = next((name for name in found if name), None)
    if path is None:
        pytest.skip("no browser: set WENZHENG_BROWSER to a Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class Served:
    """A service behind a real server on a free port of this machine."""

    def __init__(self, service: AssistantService) -> None:
        app = create_app(service, settings=SETTINGS)
        config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> str:
        self._thread.start()
        deadline = time.monotonic() + 60
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.05)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=30)


@pytest.fixture(scope="module")
def site(service: AssistantService) -> Iterator[str]:
    with Served(service) as url:
        yield url


@pytest.fixture(scope="module")
def sample() -> SampleService:
    return SampleService()


@pytest.fixture(scope="module")
def sample_site(sample: SampleService) -> Iterator[str]:
    with Served(sample) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window that fails the test if it reached out, or if a script of the page failed."""
    context = browser.new_context(viewport=OFFICE, locale="zh-CN")
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
    assert page.input_value(BOX) == ""
    assert page.evaluate("document.activeElement.matches('#question textarea')")

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
    assert page.locator(".card.is-active mark").is_visible()
    assert page.evaluate("document.activeElement.matches('.card')")


def test_a_card_leads_to_the_clause_in_its_document(context: BrowserContext, site: str) -> None:
    page = opened(context, site)
    ask(page, RATIO_QUESTION)
    with context.expect_page() as opening:
        page.locator(".card .open-clause").first.click()
    clause = opening.value
    clause.wait_for_load_state()
    assert "医护比" in clause.inner_text("#clause")
    box = clause.locator("#clause").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < OFFICE["height"]


def test_a_follow_up_is_answered_below(context: BrowserContext, site: str) -> None:
    page = opened(context, site)
    ask(page, RATIO_QUESTION)
    ask(page, "这件事由谁负责？")
    assert page.locator(".turn").count() == 2
    page.locator(".turn").first.locator("[data-action=sources]").click()
    assert page.locator(".turn.is-shown").count() == 1
    assert "医护比" in page.inner_text("#panel-sources mark >> nth=0")


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
    assert page.inner_text(".turn >> nth=1 >> .understood").startswith("理解为：安丘市")
    page.reload()
    page.wait_for_selector(".turn >> nth=1")
    page.locator(".turn").first.locator(".mark").click()
    assert "医护比" in page.inner_text(".card.is-active mark")
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
    assert page.locator(".table-frame th[scope=col]").all_inner_texts() == [
        "目标",
        "要求",
        "期限",
        "依据",
    ]
    ask(page, "护士怎么配备")
    page.click(f".choice >> text={RATIO_QUESTION}")
    page.wait_for_selector(".turn:nth-of-type(3) .mark")
    assert page.locator(".question p").last.inner_text() == RATIO_QUESTION


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
    assert page.locator(".tip").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".tip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.card.is-active')")
    page.focus("#tab-sources")
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel-library").is_visible()


def test_failures_are_sentences_and_lose_nothing(context: BrowserContext, sample_site: str) -> None:
    page = opened(context, sample_site)
    ask(page, RATIO_QUESTION)
    page.fill(BOX, BROKEN_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".answer-error")
    assert page.inner_text(".answer-error") == ZH.failed
    assert page.input_value(BOX) == BROKEN_QUESTION

    context.set_offline(True)
    page.fill(BOX, "断网时问的")
    page.press(BOX, "Enter")
    page.wait_for_selector(f"text={ZH.lost}")
    context.set_offline(False)
    page.wait_for_selector(f"text={ZH.lost}", state="detached")  # the page comes back by itself
    page.wait_for_selector(".turn .mark")
    assert page.input_value(BOX) == "断网时问的"
    page.press(BOX, "Enter")
    page.wait_for_selector(".answer-refused")


def test_answering_leaves_no_sums_behind(sample: SampleService) -> None:
    queue = build_chat(sample.ask, list)._queue
    queue.events_recorded = 10_000
    summary = queue.compute_analytics_summary([{"function": "typed"}])  # type: ignore[no-untyped-call]
    assert summary == {"functions": {}}


def test_an_answer_can_be_copied(browser: Browser, sample_site: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
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
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.inner_text("#send") == "Ask"
    ask(page, RATIO_QUESTION)
    assert page.inner_text(".tab[aria-selected=true]") == "Sources"


@pytest.mark.parametrize("viewport", [OFFICE, PHONE], ids=["office", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_right(
    browser: Browser,
    sample_site: str,
    viewport: ViewportSize,
    scheme: Literal["light", "dark"],
    tmp_path: Path,
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = opened(context, sample_site)
    pictures = Path(os.environ.get("SCREENSHOTS", tmp_path))
    pictures.mkdir(exist_ok=True)
    name = f"{'office' if viewport is OFFICE else 'phone'}-{scheme}"
    for scene, question in (
        ("empty", None),
        ("answer", RATIO_QUESTION),
        ("table", COMPARE_QUESTION),
        ("question-back", "护士怎么配备"),
        ("refusal", "上海市有多少床位？"),
        ("long", "问" * 2_000),
        ("error", BUSY_QUESTION),
    ):
        if question:
            ask(page, question)
        page.wait_for_timeout(700)  # until scrolling and fading have come to rest
        page.screenshot(path=pictures / f"{name}-{scene}.png")
        assert page.evaluate(LOW_CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.locator(BOX).is_visible()
        assert page.locator("#send").is_visible()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.answer p, .clause, #question textarea')]"
        ".map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    context.close()
    assert min(sizes) >= 15
