"""The widget in a real browser: on the pages of the example portal, which is of another origin."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

from assistant.events import EndEvent, Event
from assistant.schema import Answer, Question, Statement
from assistant.secret import Secret
from assistant.settings import Settings
from tests.page_checks import (
    FLAGS,
    PATIENCE_MS,
    all_readable,
    browser_path,
    comes_to,
    nothing_sticks_out,
    wait_for_machines,
)
from tests.sample_service import COMPARE_QUESTION, RATIO_QUESTION, SampleService
from tests.serving import serving
from ui.api import WebSettings, create_app
from ui.channel_tokens import TOKEN_SECONDS, Claim, channel_key, issue_token
from ui.records import Records, open_records
from ui.text import EN, ZH, Wording

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EXAMPLE = Path(__file__).parent.parent / "examples" / "portal"
SECRET = "a secret of the tests, long enough"
OFFICE: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{x}}$& {title}'
SLOW_QUESTION = "医护比，请慢慢说"
BOX = "wenzheng-widget textarea"
FOOT = ".turn:last-child .foot .link"
# What a page may do to everything on it; the widget stands on it untouched.
RUDE_STYLE = """
  * { color: rgb(1, 2, 3) !important; font: italic 9px cursive !important; }
  wenzheng-widget, div, section, button { display: none !important; }
  :root { direction: rtl; } .panel, .answer, .mark, textarea { opacity: 0 !important; }
"""
# What docs/embedding.md gives to a portal that shows the frame.
RENEWS = """<script>
  window.given = 0;
  addEventListener('message', async ({ data, origin, ports }) => {
    if (origin !== document.querySelector('iframe').src.split('/embed')[0]) return;
    if (!data || data.wenzheng !== 'token') return;
    const answer = await fetch('/wenzheng-token', { method: 'POST' });
    window.given += 1;
    ports[0].postMessage(answer.ok ? await answer.json() : {});
  });
</script>"""
IN_WIDGET = "document.querySelector('wenzheng-widget').shadowRoot"
HOST_STYLES = """() => [...document.querySelectorAll('body, body *:not(wenzheng-widget)')].map(
  (node) => [node.tagName, ...['color', 'font', 'display', 'width', 'height', 'margin', 'overflow']
    .map((name) => getComputedStyle(node)[name])].join(' '))"""


class WidgetService(SampleService):
    """Answers with what somebody hostile wrote, and one question slowly."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def ask(self, question: Question) -> Answer:
        answer = super().ask(question)
        if HOSTILE not in question.text:
            return answer
        bad = replace(
            self.cite(1, "anqiu-2024-21/2.4.1", "增加护士配备"),
            title=HOSTILE,
            label=HOSTILE,
            path=(HOSTILE,),
            quote=HOSTILE,
            clause_text=HOSTILE,
            url="javascript:window.hacked=1",
        )
        said = f"{HOSTILE}[1][2]"
        statements = (Statement(HOSTILE, (1,)),)
        return replace(
            answer,
            status="answered",
            text=said,
            statements=statements,
            citations=(bad,),
            reason=None,
        )

    def stream(self, question: Question) -> Iterator[Event]:
        for event in super().stream(question):
            if question.text == SLOW_QUESTION and isinstance(event, EndEvent):
                self.go_on.wait(120)
            yield event


@dataclass(frozen=True)
class Portal:
    """A portal with a channel, a portal without one, and the server that they ask."""

    url: str
    stranger: str
    wenzheng: str
    channel: str
    service: WidgetService
    folders: tuple[Path, ...]

    def put(self, name: str, html: str) -> None:
        """Add a page to both portals."""
        for folder in self.folders:
            (folder / "static" / name).write_text(html, "utf-8")

    def token(self, *, ago: float = 0) -> str:
        """A token for a page of the portal, as it was issued some seconds ago."""
        at = time.time() - ago
        return issue_token(SECRET, Claim(self.channel, "anna", self.url, int(at)), at=at)


def free_ports() -> tuple[int, int]:
    with closing(socket.socket()) as one, closing(socket.socket()) as other:
        for probe in (one, other):  # both at once, or they could be the same
            probe.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        wait_for_machines()
        yield browser
        browser.close()


def running_portal(folder: Path, wenzheng: str, key: str, port: int) -> subprocess.Popen[bytes]:
    """The example as its README starts it, with its page naming the right server."""
    shutil.copytree(EXAMPLE, folder)
    page = folder / "static" / "index.html"
    page.write_text(page.read_text("utf-8").replace("http://127.0.0.1:7860", wenzheng), "utf-8")
    (folder / "key").write_text(key, "utf-8")
    command = [sys.executable, str(folder / "server.py"), wenzheng, str(folder / "key"), str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    return process


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    records = open_records(Settings(data=str(tmp_path_factory.mktemp("records"))))
    yield records
    records.close()


@pytest.fixture(scope="module")
def portal(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    service, folder = WidgetService(), tmp_path_factory.mktemp("portals")
    settings = WebSettings(pages=False, require_key=True, channel_secret=Secret(SECRET))
    ports = free_ports()
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    channel = records.channels.create("portal", origins=[urls[0]]).id
    key, folders = channel_key(SECRET, channel), tuple(folder / str(port) for port in ports)
    with serving(create_app(service, settings=settings, records=records)) as wenzheng:
        # The second one has the key, and still no right to it.
        portals = [
            running_portal(to, wenzheng, key, port) for to, port in zip(folders, ports, strict=True)
        ]
        yield Portal(urls[0], urls[1], wenzheng, channel, service, folders)
        for process in portals:
            process.terminate()
            process.wait(timeout=30)
        service.go_on.set()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window that fails the test if it reached out, or if text or a script went wrong in it."""
    context = browser.new_context(viewport=OFFICE, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    requests: list[Request] = []
    errors: list[str] = []
    context.on("request", lambda request: requests.append(request))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    hosts = {urlsplit(request.url).hostname for request in requests}
    failed = [frame.evaluate("window.hacked") for page in context.pages for frame in page.frames]
    context.close()
    assert hosts <= {"127.0.0.1", None}  # None: data: addresses
    assert errors == []
    assert not any(failed), "text that somebody wrote ran as a script"


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.click("wenzheng-widget .launcher")
    page.wait_for_selector(".welcome, .turn")
    return page


def ask(page: Page, question: str) -> None:
    turns = page.locator(".turn").count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    page.wait_for_function(f"{IN_WIDGET}.querySelectorAll('.turn .foot .link').length > {turns}")


def is_focused(page: Page, selector: str) -> None:
    comes_to(page, f"{IN_WIDGET}.activeElement?.matches('{selector}') ?? false")


def test_a_question_is_answered_with_its_clause(context: BrowserContext, portal: Portal) -> None:
    page = opened(context, portal.url)
    ask(page, RATIO_QUESTION)
    assert page.inner_text(".answer strong") == "1：2"
    page.hover(".mark")
    tip = page.inner_text(".tip:visible")
    for words in ("《安丘市推动公立医院高质量发展实施方案》", "安政办〔2024〕21号", "二（四）1"):
        assert words in tip
    page.click(".mark")
    page.wait_for_selector(".clause .beside .chip")
    assert "医护比" in page.inner_text(".clause mark")
    assert len(page.inner_text(".clause .words")) > len(page.inner_text(".clause mark"))
    whole = page.get_attribute(".clause a", "href")
    assert whole == f"{portal.wenzheng}/clauses/anqiu-2024-21/2.4.1"
    before = page.inner_text(".clause h3")
    page.click(".clause .beside .chip >> nth=1")
    page.wait_for_function(f"{IN_WIDGET}.querySelector('.clause h3').textContent !== {before!r}")
    page.keyboard.press("Escape")
    is_focused(page, ".mark")
    page.click(f".next .chip >> text={RATIO_QUESTION}")
    page.wait_for_selector(".turn >> nth=1")


def test_tables_choices_and_refusals(context: BrowserContext, portal: Portal) -> None:
    page = opened(context, portal.url)
    ask(page, COMPARE_QUESTION)
    heads = page.locator(".table th[scope=col]").all_inner_texts()
    assert heads == ["目标", "要求", "期限", "依据"]
    expect(page.locator(".table tbody tr")).to_have_count(3)
    ask(page, "护士怎么配备")
    page.click(f".choices >> text={RATIO_QUESTION}")
    page.wait_for_selector(".turn >> nth=2 >> .mark")
    ask(page, "上海市有多少床位？")
    assert page.inner_text(".turn:last-child .notice h4") == ZH.reasons["not_in_corpus"]
    page.click(".turn:last-child .source >> nth=0")
    expect(page.locator(".clause mark")).to_be_visible()


def test_page_and_widget_leave_each_other_alone(context: BrowserContext, portal: Portal) -> None:
    page = context.new_page()
    page.route("**/widget.js", lambda route: route.abort())
    page.goto(portal.url)
    before = page.evaluate(HOST_STYLES)
    page.unroute("**/widget.js")
    page.close()
    page = opened(context, portal.url)
    ask(page, RATIO_QUESTION)
    comes_to(page, HOST_STYLES, before)
    assert page.evaluate("document.querySelectorAll('style, link[rel=stylesheet]').length") == 1
    look = f"""() => [...{IN_WIDGET}.querySelectorAll('*')].map((node) => {{
        const style = getComputedStyle(node);
        return [node.tagName, style.color, style.font, style.display, style.opacity,
                style.direction, style.width].join(' ');
    }})"""
    untouched = page.evaluate(look)
    page.add_style_tag(content=RUDE_STYLE)
    comes_to(page, look, untouched)


def test_hostile_text_is_only_text(context: BrowserContext, portal: Portal) -> None:
    page = opened(context, portal.url)
    ask(page, HOSTILE)
    assert page.inner_text(".question") == HOSTILE
    assert HOSTILE in page.inner_text(".answer p >> nth=0")
    page.hover(".mark")
    assert HOSTILE in page.inner_text(".tip:visible")
    page.click(".mark")
    page.wait_for_selector(".clause h3")
    page.wait_for_timeout(300)
    assert page.locator("wenzheng-widget >> img, script").count() == 0
    assert page.locator(".clause a[href^=javascript]").count() == 0
    page.reload()
    page.click("wenzheng-widget .launcher")
    page.wait_for_selector(".turn")
    assert page.inner_text(".question") == HOSTILE


def test_only_the_pages_of_the_channel_may_ask(context: BrowserContext, portal: Portal) -> None:
    page = opened(context, portal.stranger)
    ask(page, RATIO_QUESTION)
    assert page.inner_text(".is-problem") == ZH.group("widget_problems")["no_token"]
    steal = f"""(token) => fetch('{portal.wenzheng}/api/ask', {{method: 'POST', body: '{{}}',
        headers: {{authorization: `Bearer ${{token}}`, 'content-type': 'application/json'}}}})
        .then(() => 'read', (error) => error.name)"""
    assert page.evaluate(steal, portal.token()) == "TypeError"
    own = context.new_page()
    own.goto(portal.url)
    assert own.evaluate(steal, portal.token()) == "read"


def test_a_token_that_has_ended_is_renewed(context: BrowserContext, portal: Portal) -> None:
    given: list[str] = []

    def first_an_old_one(route: Route) -> None:
        token = portal.token(ago=0 if given else 3_600)
        given.append(token)
        route.fulfill(json={"token": token, "expires_in": 1_800})

    page = context.new_page()
    page.route("**/wenzheng-token", first_an_old_one)
    page.goto(portal.url)
    page.click("wenzheng-widget .launcher")
    page.wait_for_selector(".welcome")
    ask(page, RATIO_QUESTION)
    expect(page.locator(".mark")).to_have_count(1)
    assert len(given) == 2


def test_the_frame_needs_no_script_of_the_portal(context: BrowserContext, portal: Portal) -> None:
    frame = f"{portal.wenzheng}/embed?channel={portal.channel}&lang=en#token={portal.token()}"
    portal.put("frame.html", f'<!doctype html><iframe src="{frame}" width="420"></iframe>')
    for url in (portal.url, portal.stranger):
        page = context.new_page()
        page.goto(f"{url}/frame.html")
        inside = page.frame_locator("iframe")
        if url == portal.stranger:
            page.wait_for_timeout(500)
            assert inside.locator("textarea").count() == 0
            continue
        inside.locator("textarea").fill(RATIO_QUESTION)
        inside.locator("textarea").press("Enter")
        inside.locator(FOOT).wait_for()
        assert inside.locator(".mark").count() == 1
        inside.locator(".mark").click()
        inside.locator(".clause .beside .chip").first.wait_for()
        assert "token" not in page.frames[1].evaluate("location.href")


def with_patience(route: Route) -> None:
    """The widget, which gives a page on a busy machine more than five seconds for a token."""
    response = route.fetch()
    script = response.text()
    assert "REPLY_MS = 5000;" in script
    patient = script.replace("REPLY_MS = 5000;", f"REPLY_MS = {PATIENCE_MS};")
    route.fulfill(response=response, body=patient)


@pytest.mark.parametrize("ago", [TOKEN_SECONDS - 30, TOKEN_SECONDS + 5], ids=["soon", "over"])
def test_the_frame_gets_its_next_token_from_the_page_around_it(
    context: BrowserContext, portal: Portal, ago: float
) -> None:
    frame = f"{portal.wenzheng}/embed?channel={portal.channel}#token={portal.token(ago=ago)}"
    portal.put("renews.html", f'<!doctype html><iframe src="{frame}"></iframe>{RENEWS}')
    page = context.new_page()
    page.route("**/widget.js", with_patience)
    page.goto(f"{portal.url}/renews.html")
    inside = page.frame_locator("iframe")
    for number in range(1, 3):
        inside.locator("form.form textarea").fill(RATIO_QUESTION)
        inside.locator("form.form textarea").press("Enter")
        inside.locator(f".turn:nth-of-type({number}) .mark").wait_for()
    assert page.evaluate("window.given") == 1  # it lasts for the second question, too
    assert list(portal.service.asked[-1].history) == [RATIO_QUESTION]


def test_a_frame_whose_page_gives_no_token_says_that_it_is_over(
    context: BrowserContext, portal: Portal
) -> None:
    old = portal.token(ago=TOKEN_SECONDS + 5)
    frame = f"{portal.wenzheng}/embed?channel={portal.channel}#token={old}"
    portal.put("silent.html", f'<!doctype html><iframe src="{frame}"></iframe>')
    page = context.new_page()
    page.goto(f"{portal.url}/silent.html")
    inside = page.frame_locator("iframe")
    inside.locator("form.form textarea").fill(RATIO_QUESTION)
    inside.locator("form.form textarea").press("Enter")
    over = ZH.group("widget_problems")["session_over"]
    inside.locator(".is-problem", has_text=over).wait_for()


def test_a_thumb_down_asks_for_the_reason(
    context: BrowserContext, portal: Portal, records: Records
) -> None:
    page = opened(context, portal.url)
    ask(page, RATIO_QUESTION)
    page.click(".vote-down")
    page.keyboard.press("Escape")
    expect(page.locator(".why")).to_have_count(0)
    is_focused(page, ".vote-down")
    page.keyboard.press("Enter")
    first, *_ = ZH.group("feedback_reasons").values()
    page.click(f".why .chip >> text={first}")
    page.fill(".why textarea", HOSTILE)
    page.wait_for_selector(".picks label >> nth=1")
    page.fill(".picks [type=search]", "医护比总体达到")
    page.locator(".picks label", has_text="医护比").first.click()
    right = page.locator(".picks :checked").get_attribute("value")
    page.click(".why [type=submit]")
    page.wait_for_selector(f"text={ZH.group('widget')['thanks']}")
    expect(page.locator(".why")).to_have_count(0)
    *_, last = records.feedback.export(verdict="down")
    assert last.reason == f"{first}：{HOSTILE}"
    assert last.owner.startswith("portal:")
    assert last.clause_id == right
    assert last.answer is not None
    assert [citation.clause_id for citation in last.answer.citations] == ["anqiu-2024-21/2.4.1"]


def test_the_keyboard_alone_suffices(context: BrowserContext, portal: Portal) -> None:
    page = context.new_page()
    page.goto(portal.url)
    pressed = "window.pressed = 0; document.addEventListener('keydown', () => { window.pressed++ })"
    page.evaluate(pressed)
    page.focus("wenzheng-widget .launcher")
    page.keyboard.press("Enter")
    page.wait_for_selector(".welcome .chip")
    is_focused(page, "textarea")
    page.keyboard.type("医护比")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn .mark")
    assert page.inner_text(".question") == "医护比\n多少？"
    for key in ("Tab", "Shift+Tab"):
        for _ in range(20):
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.tagName") == "WENZHENG-WIDGET"
    page.focus(".mark")
    expect(page.locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_selector(".clause .beside .chip")
    is_focused(page, ".back")
    page.keyboard.press("Escape")
    is_focused(page, ".mark")
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    is_focused(page, ".launcher")
    assert page.evaluate("window.pressed") == 0


def test_stopping_losing_and_asking_again(context: BrowserContext, portal: Portal) -> None:
    problems = ZH.group("widget_problems")
    page = opened(context, portal.url)
    page.fill(BOX, SLOW_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".turn .mark")  # the first statement is there before the end
    expect(page.locator(".waiting")).to_be_visible()
    page.click(".send")
    page.wait_for_selector(f"text={problems['stopped']}")
    expect(page.locator(".turn .mark")).to_have_count(1)
    portal.service.go_on.set()
    page.click(FOOT)
    page.wait_for_selector(".turn:last-child .vote")
    expect(page.locator(".turn")).to_have_count(1)
    context.set_offline(True)
    ask(page, RATIO_QUESTION)
    assert page.inner_text(".is-problem") == problems["lost"]
    context.set_offline(False)
    page.click(FOOT)
    page.wait_for_selector(".turn:last-child .vote")
    expect(page.locator(".is-problem")).to_have_count(0)


def test_the_history_is_of_the_window_and_of_one_user(
    context: BrowserContext, portal: Portal
) -> None:
    page = opened(context, portal.url)
    ask(page, RATIO_QUESTION)
    page.click(".vote-up")
    page.wait_for_selector(f"text={ZH.group('widget')['thanks']}")
    page.reload()
    page.click("wenzheng-widget .launcher")
    page.wait_for_selector(".turn .mark")
    ask(page, "由谁负责？")
    assert list(portal.service.asked[-1].history) == [RATIO_QUESTION]
    page.route(
        "**/wenzheng-token",  # somebody else has logged in
        lambda route: route.fulfill(json={"token": portal.token(), "expires_in": 1_800}),
    )
    page.reload()
    page.click("wenzheng-widget .launcher")
    page.wait_for_selector(".welcome")
    page.wait_for_timeout(300)
    assert page.locator(".turn").count() == 0
    ask(page, RATIO_QUESTION)
    page.click("wenzheng-widget header .tool >> nth=0")
    page.wait_for_selector(".welcome")
    ask(page, RATIO_QUESTION)
    assert portal.service.asked[-1].history == ()


def page_in(portal: Portal, wording: Wording) -> str:
    """The address of the portal's page with the widget in this language."""
    html = (portal.folders[0] / "static" / "index.html").read_text("utf-8")
    marked = html.replace("></script>", f' data-lang="{wording.language}"></script>')
    portal.put(f"{wording.language}.html", marked)
    return f"{portal.url}/{wording.language}.html"


def fills_a_phone(page: Page, viewport: ViewportSize) -> None:
    """The panel is inside the window, and is all of it where that is small."""
    box = page.locator(".panel").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    if viewport is PHONE:
        assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])


@pytest.mark.parametrize("viewport", [OFFICE, PHONE], ids=["office", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wording", [ZH, EN], ids=["zh", "en"])
def test_it_looks_right(
    browser: Browser,
    portal: Portal,
    viewport: ViewportSize,
    scheme: Literal["light", "dark"],
    wording: Wording,
    tmp_path: Path,
) -> None:
    context = browser.new_context(
        viewport=viewport, color_scheme=scheme, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(page_in(portal, wording))
    page.click("wenzheng-widget .launcher")
    page.wait_for_selector(".welcome .chip")
    assert page.inner_text(".welcome h3") == wording.group("widget")["welcome_title"]
    pictures = Path(os.environ.get("SCREENSHOTS", tmp_path))
    name = f"widget-{'office' if viewport is OFFICE else 'phone'}-{wording.language}-{scheme}"
    for scene, question in (
        ("welcome", ""),
        ("table", COMPARE_QUESTION),
        ("choices", "护士怎么配备"),
        ("refusal", "上海市有多少床位？"),
        ("answer", RATIO_QUESTION),
        ("clause", ""),
    ):
        if question:
            ask(page, question)
        expect(page.locator(".is-problem")).to_have_count(0)
        if scene == "clause":
            page.click(".turn:last-child .mark")
            page.wait_for_selector(".clause .beside .chip")
        all_readable(page, IN_WIDGET)
        nothing_sticks_out(page)
        page.screenshot(path=pictures / f"{name}-{scene}.png")
    fills_a_phone(page, viewport)
    context.close()
