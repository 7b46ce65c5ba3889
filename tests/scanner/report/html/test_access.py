"""The page for everyone: by keyboard, in both colour schemes, on paper, by assistive technology."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scanner.report._html.build import texts
from scanner.report._html.page import FOLDER, SCRIPTS
from tests.scanner.report.html.conftest import Opener
from tests.scanner.report.html.example import example

PARTS = ("overview", "items", "findings", "checks", "missed")

CONTRASTS = """() => {
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const colour = numbers(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = {};
  for (const node of document.body.querySelectorAll("*")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || /SCRIPT|STYLE/.test(node.tagName)) continue;
    const [a, b] = [light(numbers(getComputedStyle(node).color)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const key = `${node.tagName}.${node.className}`;
    found[key] = Math.min(found[key] ?? 99, ratio);
  }
  return found;
}"""
"""The lowest contrast of text in each kind of element, as WCAG 2.1 computes it."""

UNNAMED = """() => [...document.querySelectorAll("button, a, input, select, summary, [role=img]")]
  .filter((e) => !(e.ariaLabel || e.textContent.trim() || (e.labels && e.labels.length)))
  .map((e) => e.outerHTML)"""

TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}"""


def opened(page: Page, part: str) -> None:
    """A part of the page with everything in it opened."""
    page.evaluate(f"location.hash = '{part}'")
    expect(page.locator(f"#part-{part}")).to_be_visible()
    page.evaluate(
        """() => {
          for (const one of document.querySelectorAll("details")) one.open = true;
          for (const one of document.querySelectorAll("main .toggle[aria-expanded=false]"))
            one.click();
        }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_and_names(scheme: str, open_page: Opener) -> None:
    page = open_page(color_scheme=scheme)
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (back == "rgb(255, 255, 255)") == (scheme == "light")
    for part in PARTS:
        opened(page, part)
        contrasts: dict[str, float] = page.evaluate(CONTRASTS)
        assert len(contrasts) > 10
        assert {key: ratio for key, ratio in contrasts.items() if ratio < 4.5} == {}, part
        assert page.evaluate(UNNAMED) == [], part
        assert page.evaluate(TWICE) == [], part


def test_the_colour_switch(open_page: Opener) -> None:
    page = open_page(color_scheme="light")
    button = page.get_by_role("button", name="Dark")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 23, 29)"
    button.click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def focused(page: Page) -> str:
    text: str = page.evaluate(
        "document.activeElement.ariaLabel || document.activeElement.innerText"
    )
    return text


def test_by_keyboard_alone(open_page: Opener) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(page.url.split("#")[0])
    for _ in range(20):
        page.keyboard.press("Tab")
        if focused(page) == "Findings":
            break
    page.keyboard.press("Enter")
    expect(page.locator("h2", has_text="Findings")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).startswith("Details of"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus is seen"
    page.keyboard.press("Enter")
    assert page.locator("tr.detail:visible").count() == 1
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("Space")
    assert page.locator("tr.detail:visible").count() == 0


def test_the_tree_that_assistive_technology_sees(open_page: Opener) -> None:
    page = open_page("#findings")
    expect(page.get_by_role("navigation", name="Parts of the report")).to_be_visible()
    expect(page.get_by_role("link", name="Findings", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    expect(page.get_by_role("search", name="Filters")).to_be_visible()
    expect(page.get_by_role("group", name="Severity")).to_be_visible()
    expect(page.get_by_role("table", name="Findings")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("12 of 12")
    assert page.locator("h1").count() == 1


def test_paper_shows_the_tables_whole(open_page: Opener) -> None:
    page = open_page("#findings", color_scheme="dark")
    page.emulate_media(media="print")
    expect(page.locator(".assessor")).to_have_count(3)
    items = sum(len(level.items) for level in example().levels)
    assert page.locator("tr.item").count() == items
    assert page.locator("tr.item + tr.detail:visible").count() == items
    assert page.locator("tr.finding").count() == 12
    assert page.locator("main").inner_text().count("Approved by wang.fang") == 1
    assert page.locator(".settings, .parts, .controls").filter(visible=True).count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    contrasts: dict[str, float] = page.evaluate(CONTRASTS)
    assert {key: ratio for key, ratio in contrasts.items() if ratio < 4.5} == {}
    page.emulate_media(media="screen")
    expect(page.locator("#findings-shown")).to_have_text("12 of 12")
    assert page.locator(".assessor").count() == 0


def boxes(data: bytes) -> list[bytes]:
    """The sizes of a PDF's pages."""
    return re.findall(rb"/MediaBox ?\[([^]]+)\]", data)


def test_it_prints_on_pages(open_page: Opener) -> None:
    page = open_page()
    data = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type /Page\b", data))
    assert pages > 5
    sizes = {box.split()[2:] == [b"841.91998", b"594.95996"] for box in boxes(data)}
    assert sizes == {True}, "A4, landscape"


def test_motion_is_not_forced_on_anyone(open_page: Opener) -> None:
    page = open_page(reduced_motion="reduce")
    moving: list[Any] = page.evaluate("document.getAnimations()")
    assert moving == []
    assert "smooth" not in (FOLDER / "style.css").read_text()


def test_every_text_is_used_and_has_both_languages() -> None:
    script = "\n".join((FOLDER / f"{name}.js").read_text() for name in SCRIPTS)
    assert sorted(path.stem for path in FOLDER.glob("*.js")) == sorted(SCRIPTS)
    named = set(re.findall(r'"([\w.]+)"', script))
    families = {word.rstrip(".") for word in named}
    for key, (english, chinese) in texts().items():
        assert key in named or ("." in key and key.split(".")[0] in families), key
        assert english, key
        assert chinese, key
        assert english != chinese, key
        holes = {text: set(re.findall(r"\{(\w+)\}", text)) for text in (english, chinese)}
        assert holes[english] - {"zh"} <= holes[chinese] | {"n"}, key
