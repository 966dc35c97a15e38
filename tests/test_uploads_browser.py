"""Documents added in a real browser, on a real index: sent, looked at, put live, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, Request, expect, sync_playwright

from assistant.opening import open_assistant, open_index
from assistant.settings import Settings
from tests.page_checks import (
    FLAGS,
    PATIENCE_MS,
    all_readable,
    browser_path,
    nothing_sticks_out,
    wait_for_machines,
)
from tests.serving import serving
from ui.api import WebSettings, create_app
from ui.cli import main
from ui.records import open_records

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = (
    "青禾市社区食堂建设方案\n\n一、总体要求\n\n"
    "（一）每个街道建成2个社区食堂。\n\n（二）市民政局牵头。\n"
)
SECOND = "青禾市校车管理办法\n\n第一条 校车限速每小时60公里。\n\n第二条 校车每半年检验一次。\n"
HOSTILE = (
    "<img src=x onerror=window.hacked=1>青禾市公园开放方案\n\n一、公园每日6时开放。\n\n二、免费。\n"
)
SPEED = {"question": "青禾市校车限速每小时多少公里？"}
BUILD_MS = 240_000  # a model is loaded, on a machine that may be busy


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A server with logins off over an index of one document."""
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "canteens.txt").write_text(FIRST, encoding="utf-8")
    settings = Settings(data=str(tmp_path / "data"))
    assert main(["--data", settings.data, "build", str(folder)]) == 0
    assistant = open_assistant(open_index(settings), settings)
    records = open_records(settings)
    app = create_app(assistant, settings=WebSettings.of(settings, examples=()), records=records)
    with serving(app) as url:
        yield url
    records.close()


@pytest.fixture
def page() -> Iterator[Page]:
    """A page that fails the test if it reached out, or if a script of it failed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(PATIENCE_MS)
        wait_for_machines()
        requests: list[Request] = []
        errors: list[str] = []
        context.on("request", lambda request: requests.append(request))
        context.on("weberror", lambda error: errors.append(str(error.error)))
        page = context.new_page()
        yield page
        hacked = page.evaluate("window.hacked")
        hosts = {urlsplit(request.url).hostname for request in requests}
        browser.close()
    assert hosts <= {"127.0.0.1", None}
    assert errors == []
    assert not hacked


def send(page: Page, **texts: str) -> None:
    """Choose files as a person does, several at once."""
    files: list[FilePayload] = [
        {"name": name.replace("_", "."), "mimeType": "text/plain", "buffer": text.encode()}
        for name, text in texts.items()
    ]
    page.set_input_files("#files", files)


def put_live(page: Page) -> None:
    page.click(".put-live button")
    expect(page.locator("[role=status]")).to_contain_text("索引已更新", timeout=BUILD_MS)


def test_documents_are_added_replaced_and_withdrawn(site: str, page: Page) -> None:
    chat = page.context.new_page()
    chat.goto(site)
    expect(chat.locator("#panel-library")).to_contain_text("已收录 1 份文件")
    page.goto(f"{site}/admin/documents")
    send(page, buses_txt=SECOND, parks_txt=HOSTILE, broken_pdf="no pdf")
    expect(page.locator("#sending li")).to_have_count(3)
    expect(page.locator("#sending .is-bad")).to_contain_text("文件已损坏")
    expect(page.locator(".waiting")).to_have_count(2)
    expect(page.locator(".waiting").first).to_contain_text("没有找到日期")
    all_readable(page)
    nothing_sticks_out(page)

    put_live(page)
    expect(page.locator(".files tbody tr")).to_have_count(3)
    answer = page.request.post(f"{site}/api/ask", data=SPEED)
    assert "60公里" in answer.json()["text"]
    chat.click("#tab-library")  # without a reload
    expect(chat.locator("#panel-library")).to_contain_text("已收录 3 份文件")
    expect(chat.locator("#panel-library")).to_contain_text("校车")
    expect(chat.locator(".welcome-text")).to_contain_text("3 份文件")
    chat.close()

    send(page, buses_txt=SECOND.replace("60", "50"))
    expect(page.locator(".change del")).to_have_text("60")
    expect(page.locator(".change ins")).to_have_text("50")
    put_live(page)
    answer = page.request.post(f"{site}/api/ask", data=SPEED)
    assert "50公里" in answer.json()["text"]

    row = page.locator(".files tr", has_text="buses.txt")
    row.locator("summary").click()
    row.get_by_role("button", name="确认撤下").click()
    expect(page.locator(".files tr", has_text="buses.txt")).to_contain_text("待更新索引后撤下")
    page.get_by_role("button", name="更新索引").click()
    expect(page.locator("[role=status]")).to_contain_text("索引已更新", timeout=BUILD_MS)
    expect(page.locator(".files tr", has_text="buses.txt")).to_contain_text("已撤下")
    page.goto(f"{site}/library")
    expect(page.locator(".shelf")).to_contain_text("社区食堂")
    expect(page.locator(".shelf")).not_to_contain_text("校车")


def test_files_are_dropped_and_the_page_speaks_english(site: str, page: Page) -> None:
    page.goto(f"{site}/admin/documents?lang=en")
    transfer = page.evaluate_handle(
        "(text) => { const t = new DataTransfer();"
        " t.items.add(new File([text], 'buses.txt')); return t; }",
        SECOND,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
    expect(page.locator(".waiting")).to_have_count(1)
    expect(page.locator("h1")).to_have_text("Manage documents")
    expect(page.locator(".waiting")).to_contain_text("No date found")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("#documents")).to_contain_text("No file is waiting")
    page.set_viewport_size({"width": 390, "height": 844})
    nothing_sticks_out(page)
