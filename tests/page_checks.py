"""What holds of every page of ours in a browser: nothing reached for, nothing run, all readable."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import Page, expect

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_LOOK_EVERY_MS = 50
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Whether some text has less contrast with what lies behind it than WCAG 2 asks for (4.5 : 1);
# half-transparent backgrounds are laid over each other, the colour of SVG text is its fill.
LOW_CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(n).backgroundColor);
      layers.push([r, g, b, a]);
      if (a === 1) break;
    }
    return layers.reverse().reduce((base, [r, g, b, a]) =>
      [r, g, b].map((v, i) => v * a + base[i] * (1 - a)), [255, 255, 255]);
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.textContent.trim() || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const ink = numbers(node.closest('svg') ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${node.className}: ${text.textContent.slice(0, 20)} ${ratio}`);
  }
  return low;
}"""
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > innerWidth"
PATIENCE_MS = 120_000  # what a machine that is busy with something else may need


def comes_to(page: Page, expression: str, expected: object = True) -> None:  # noqa: FBT002
    """Wait until an expression has this value on the page; what it has instead is said."""
    value = None
    for _ in range(PATIENCE_MS // _LOOK_EVERY_MS):
        if (value := page.evaluate(expression)) == expected:
            return
        page.wait_for_timeout(_LOOK_EVERY_MS)
    assert value == expected, expression


def all_readable(page: Page, root: str = "document.body") -> None:
    """Wait until what moves and fades is at rest: then every text can be told from its ground."""
    comes_to(page, LOW_CONTRAST.replace("document.body", root), [])


def nothing_sticks_out(page: Page) -> None:
    """Wait until the page is as wide as its window."""
    comes_to(page, WIDER_THAN_THE_WINDOW, expected=False)


def in_sight(page: Page, selector: str) -> None:
    """Wait until the first of these stands in the window; scrolling takes its time."""
    place = f"document.querySelector({selector!r})?.getBoundingClientRect().y"
    comes_to(page, f"0 <= {place} && {place} < innerHeight")


def wait_for_machines() -> None:
    """Have what is expected of a page waited for as long as anything else."""
    expect.set_options(timeout=PATIENCE_MS)


def browser_path() -> str:
    """A Chromium on this machine; without one the test is not run."""
    found = [os.environ.get("WENZHENG_BROWSER"), *map(shutil.which, NAMES)]
    path = next((name for name in found if name), None)
    if path is None:
        pytest.skip("no browser: set WENZHENG_BROWSER to a Chromium")
    return path
