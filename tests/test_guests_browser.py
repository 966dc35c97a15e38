"""Who looks at a page: links for administrators, the way out, and a login that ends meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from assistant.settings import Settings
from tests.page_checks import (
    FLAGS,
    PATIENCE_MS,
    all_readable,
    browser_path,
    nothing_sticks_out,
    wait_for_machines,
)
from tests.sample_service import COMPARE_QUESTION, RATIO_QUESTION, SampleService
from tests.serving import serving
from ui.api import WebSettings, create_app
from ui.records import open_records

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "words for a test"
ADMINISTRATOR, READER = "文管", "reader"
BOX = "#question textarea"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server where people log in."""
    folder = tmp_path_factory.mktemp("guests")
    records = open_records(Settings(data=str(folder)))
    records.users.add(ADMINISTRATOR, PASSWORD, role="administrator")
    records.users.add(READER, PASSWORD)
    settings = WebSettings(login=True, data_folder=str(folder), examples=(RATIO_QUESTION,))
    app = create_app(SampleService(), settings=settings, records=records)
    with serving(app) as url:
        yield url
    records.close()


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.set_default_timeout(PATIENCE_MS)
        wait_for_machines()
        yield context.new_page()
        browser.close()


def log_in(page: Page, name: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def test_an_administrator_finds_the_documents_and_the_way_out(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.fill("[name=name]", ADMINISTRATOR)
    page.fill("[name=password]", "wrong")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert]")).to_contain_text("不对")
    all_readable(page)
    log_in(page, ADMINISTRATOR)
    expect(page.locator(".masthead .who")).to_have_text(ADMINISTRATOR)
    page.click(".masthead a[href='/admin/documents']")
    expect(page.locator("[aria-current=page]")).to_have_text("文件管理")
    page.goto(f"{site}/library")
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{site}/")
    page.wait_for_url("**/login?next=/")


def test_a_reader_is_told_in_words_what_is_not_open(page: Page, site: str) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(f"{site}/")
    log_in(page, READER)
    expect(page.locator(".leave")).to_be_visible()
    expect(page.locator("a[href='/admin/documents']")).to_have_count(0)
    nothing_sticks_out(page)
    answer = page.goto(f"{site}/admin/documents")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator(".missing")).to_contain_text("联系管理员")
    answer = page.goto(f"{site}/nothing")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator(".missing")).to_be_visible()


def test_a_login_that_ends_meanwhile_leads_back_with_the_question(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    log_in(page, READER)
    page.wait_for_selector(".welcome")
    page.context.clear_cookies()
    page.fill(BOX, RATIO_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_url("**/login?next=**")
    log_in(page, READER)
    page.wait_for_selector(".welcome")
    expect(page.locator(BOX)).to_have_value(RATIO_QUESTION)


def test_a_table_fits_a_phone_whole(page: Page, site: str) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(f"{site}/")
    log_in(page, READER)
    page.fill(BOX, COMPARE_QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".turn .turn-foot")
    frame = page.locator(".answer .table-frame")
    assert frame.evaluate("node => node.scrollWidth <= node.clientWidth")
    cells = frame.locator("tbody tr >> nth=1 >> td")
    box = cells.first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= PHONE["width"]
    label = cells.first.evaluate("node => getComputedStyle(node, '::before').content")
    assert label == '"要求"'
