"""Takes a picture of every page of a running server, in both languages and both sizes.

    .venv/bin/wenzheng serve &
    .venv/bin/python scripts/screenshots.py http://127.0.0.1:7860 docs/screenshots [PART]

With PART, only those with it in their names.

Needs a Chromium: the one that WENZHENG_BROWSER names, or one on the PATH. Questions and pages are
those of the shipped corpus.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES: dict[str, ViewportSize] = {
    "office": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
}
BOX = "#question textarea"
FIGURE = "安丘市公立医院医护比要达到多少？"
COMPARE = "对比各地的医护比"
UNKNOWN = "上海市有多少床位？"
COLOURS = 160  # of a palette: text stays sharp, a picture takes a third of the room
PATIENCE_MS = 240_000  # the machine may be busy with something else
PAGES = {
    "library": "/library",
    "library-search": "/library?q=医护比",
    "units": "/units",
    "unit": "/units/市卫生健康委员会",
    "targets": "/targets",
    "targets-compared": "/targets?q=医护比",
    "documents": "/admin/documents",
    "clause": "/clauses/anqiu-2024-21/2.1.3",
    "missing": "/clauses/nothing/1",
}


def ask(page: Page, question: str) -> None:
    """Ask in the chat and wait for the whole answer."""
    turns = page.locator(".turn .turn-foot").count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    page.wait_for_function(f"document.querySelectorAll('.turn .turn-foot').length > {turns}")


def answer(page: Page) -> None:
    """An answer with its sources."""
    ask(page, FIGURE)


def document(page: Page) -> None:
    """The document beside the answer, opened at the clause."""
    ask(page, FIGURE)
    page.locator(".turn .mark").first.click()
    page.wait_for_selector(".doc .is-target")


def comparison(page: Page) -> None:
    """A table over several documents."""
    ask(page, COMPARE)


def refusal(page: Page) -> None:
    """A question that the documents do not answer."""
    ask(page, UNKNOWN)


def history(page: Page) -> None:
    """The conversations of the person who is there."""
    for question in (FIGURE, COMPARE):
        ask(page, question)
        page.click("[data-action=restart]")
        page.wait_for_selector(".welcome")
    page.click(".masthead [data-action=history]")
    page.wait_for_selector(".drawer-item")


def feedback(page: Page) -> None:
    """What was wrong with an answer, and which clause would be right."""
    ask(page, FIGURE)
    page.locator(".vote-down").first.click()
    page.wait_for_selector(".pick")


def welcome(_: Page) -> None:
    """The chat before the first question."""


SCENES: dict[str, Callable[[Page], None]] = {
    scene.__name__: scene
    for scene in (welcome, answer, document, comparison, refusal, history, feedback)
}


@contextmanager
def window(
    browser: Browser, size: ViewportSize, scheme: Literal["light", "dark"]
) -> Iterator[Page]:
    """A page in a window of its own, with nobody's conversations."""
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def keep(page: Page, path: Path) -> None:
    """Save the picture, once everything has come to rest."""
    page.wait_for_timeout(700)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS).save(path, optimize=True)


def take_all(url: str, folder: Path, part: str) -> None:
    """Every scene of the chat, light and dark, and every other page."""
    found = [os.environ.get("WENZHENG_BROWSER"), *map(shutil.which, NAMES)]
    path = next(name for name in found if name)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for size_name, size in SIZES.items():
            for language, home in (("zh", "/"), ("en", "/en/")):
                for scheme in ("light", "dark"):
                    for name, scene in SCENES.items():
                        file = f"chat-{name}-{language}-{size_name}-{scheme}.png"
                        if part not in file:
                            continue
                        with window(browser, size, scheme) as page:  # type: ignore[arg-type]
                            page.goto(url + home)
                            page.wait_for_selector(".welcome")
                            scene(page)
                            keep(page, folder / file)
                for name, address in PAGES.items():
                    file = f"{name}-{language}-{size_name}.png"
                    if part not in file:
                        continue
                    with window(browser, size, "light") as page:
                        mark = "&" if "?" in address else "?"
                        page.goto(f"{url}{address}{mark}lang={language}")
                        keep(page, folder / file)
        browser.close()


if __name__ == "__main__":
    take_all(sys.argv[1].rstrip("/"), Path(sys.argv[2]), "".join(sys.argv[3:4]))
