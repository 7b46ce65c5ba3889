"""Names from a cloud are text and nothing else; the page loads and runs nothing of theirs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.scanner.report.html.conftest import Opener, html
from tests.scanner.report.html.example import HOSTILE, TURNED, example

PARTS = ("overview", "items", "findings", "checks", "missed")


@pytest.mark.parametrize("part", PARTS)
def test_no_name_becomes_an_element(part: str, open_page: Opener) -> None:
    """`open_page` fails on a dialog, a request, an error."""
    page = open_page(f"#{part}")
    for button in page.locator("tr.finding button").all():
        button.click()
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, object, embed, base').length") == 0
    )
    assert page.evaluate("document.scripts.length") == 2
    handlers = "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
    assert page.evaluate(f"{handlers}.filter(a => /^(on|style)/.test(a.name)).length") == 0


def test_names_are_shown_as_they_are(open_page: Opener) -> None:
    page = open_page("#findings")
    for name in HOSTILE:
        row = page.locator("tr.finding").filter(has=page.get_by_text(name, exact=True))
        assert row.count() == 1, name[:40]
        assert f"port {name} is open to {name}" in row.inner_text()


def test_marks_of_direction_are_written_out(open_page: Opener) -> None:
    page = open_page("#findings")
    expect(page.locator("tr.finding", has_text="safe\\u202egnp.exe")).to_have_count(1)
    assert TURNED not in html(example())


def test_a_long_name_does_not_widen_the_page(open_page: Opener) -> None:
    page = open_page("#findings")
    assert _overflow(page) <= 0
    page.set_viewport_size({"width": 375, "height": 800})
    assert _overflow(page) <= 0


def _overflow(page: Page) -> int:
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    width: int = page.evaluate(wide)
    return width


def test_the_data_cannot_end_its_element() -> None:
    text = html(example())
    (data,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL
    )
    assert not set("<>&") & set(data)
    assert text.count("</script>") == 2
    assert text.count("<!--") == 0


def test_the_policy_refuses_what_an_attacker_would_do(
    chromium: Browser, example_file: Path
) -> None:
    """Were a name to become markup, the browser would not run it: a page that is damaged on purpose
    tells that the policy is in force."""
    page = chromium.new_page()
    page.goto(example_file.as_uri())
    refused = page.evaluate(
        """async () => {
          const refused = [];
          const add = (event) => refused.push(event.effectiveDirective);
          document.addEventListener("securitypolicyviolation", add);
          const script = document.createElement("script");
          try { script.textContent = "window.owned = 1"; } catch { refused.push("trusted-types"); }
          try { document.body.innerHTML += "<img src=x>"; } catch { refused.push("trusted-types"); }
          const image = document.createElement("img");
          image.src = "http://127.0.0.1:9/x.png";
          document.body.append(image);
          const style = document.createElement("style");
          style.textContent = "body { display: none }";
          document.head.append(style);
          await fetch("http://127.0.0.1:9/").catch(() => {});
          await new Promise((done) => setTimeout(done, 100));
          return [...new Set(refused)].sort();
        }"""
    )
    assert page.evaluate("window.owned") is None
    assert set(refused) >= {"trusted-types", "img-src", "connect-src", "style-src-elem"}
    page.close()
