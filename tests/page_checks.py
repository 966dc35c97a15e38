"""What holds of every page of ours in a browser: nothing reached for, nothing run, all readable."""

from __future__ import annotations

import os
import shutil

import pytest

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
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


def browser_path() -> str:
    """A Chromium on this machine; without one the test is not run."""
    found = [os.environ.get("WENZHENG_BROWSER"), *map(shutil.which, NAMES)]
    path = next((name for name in found if name), None)
    if path is None:
        pytest.skip("no browser: set WENZHENG_BROWSER to a Chromium")
    return path
