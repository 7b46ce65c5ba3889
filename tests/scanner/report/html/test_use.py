"""Filters, search, order, links, languages: what a reader does with the page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from bench.findings import many_findings
from scanner.report import Options
from scanner.report.html import render
from tests.scanner.report.html.conftest import Opener


def shown(page: Page) -> str:
    return page.locator("#findings-shown").inner_text()


def hash_of(page: Page) -> str:
    return unquote(page.evaluate("location.hash"))


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({"severity": "critical"}, 10),
        ({"severity": "critical,medium"}, 11),
        ({"status": "waived"}, 1),
        ({"status": "unknown,error"}, 2),
        ({"severity": "critical", "status": "error"}, 1),
        ({"scope": "oa@2"}, 0),
        ({"scope": "core-bank@3"}, 12),
        ({"account": "444455556666"}, 1),
        ({"region": "cn-northwest-1"}, 1),
        ({"type": "compute.disk"}, 3),
        ({"check": "audit-trail"}, 1),
        ({"domain": "compute"}, 1),
        ({"domain": "boundary"}, 11),
        ({"q": "3389"}, 1),
        ({"q": "PORT web 3389"}, 1),
        ({"q": "8.2.3.1.a"}, 10),
        ({"q": "no such thing"}, 0),
        ({"check": "no-such-check"}, 12),
        ({"region": "no-such-region"}, 12),
        ({"severity": "nonsense"}, 12),
    ],
    ids=str,
)
def test_filters_of_a_link(filters: dict[str, str], number: int, shared: Page) -> None:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    shared.evaluate(f"location.hash = 'findings&{query}'")
    shared.wait_for_function("text => location.hash.includes(text)", arg=query.split(" ")[0])
    expect(shared.locator("tr.finding")).to_have_count(number)
    if number:
        expect(shared.locator("#findings-shown")).to_have_text(f"{number} of 12")
    else:
        expect(shared.locator("#findings-shown")).to_have_text("Nothing matches the filters.")


def test_controls_filter_and_the_link_keeps_the_filters(open_page: Opener) -> None:
    page = open_page("#findings")
    page.get_by_label("◆ medium").check()
    expect(page.locator("#findings-shown")).to_have_text("1 of 12")
    page.get_by_label("▲▲ critical").check()
    expect(page.locator("#findings-shown")).to_have_text("11 of 12")
    page.get_by_label("Region").select_option("cn-northwest-1")
    expect(page.locator("#findings-shown")).to_have_text("1 of 12")
    assert hash_of(page) == "#findings&region=cn-northwest-1&severity=critical,medium"
    page.reload()
    assert shown(page) == "1 of 12"
    expect(page.get_by_label("◆ medium")).to_be_checked()
    page.get_by_role("button", name="Reset filters").click()
    assert shown(page) == "12 of 12"
    page.get_by_label("Search").fill("vol-1")
    expect(page.locator("#findings-shown")).to_have_text("3 of 12")
    expect(page.get_by_label("Search")).to_be_focused()


def test_headings_sort(open_page: Opener) -> None:
    page = open_page("#findings&q=cn-north")
    heading = page.locator("th", has=page.locator("#sort-severity"))
    worst = page.locator("tr.finding").first.inner_text()
    page.locator("#sort-severity").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    page.locator("#sort-severity").click()
    assert heading.get_attribute("aria-sort") == "descending"
    expect(page.locator("tr.finding").first).to_contain_text("◆ medium")
    expect(page.locator("#sort-severity")).to_be_focused()
    page.locator("#sort-severity").click()
    assert heading.get_attribute("aria-sort") == "none"
    assert page.locator("tr.finding").first.inner_text() == worst


def test_a_link_opens_and_marks_its_finding(open_page: Opener) -> None:
    page = open_page("#findings")
    page.locator("tr.finding", has_text="3389").get_by_role("button").click()
    link = page.locator("tr.detail:visible").get_by_role("link", name="Link to this")
    target = link.get_attribute("href")
    assert target is not None
    link.click()
    marked = page.locator("tr.finding.target")
    expect(marked).to_contain_text("port 3389 is open")
    expect(marked.get_by_role("button")).to_be_focused()
    elsewhere = open_page(target)
    expect(elsewhere.locator("tr.finding.target")).to_contain_text("port 3389 is open")
    expect(elsewhere.locator("tr.finding.target + tr")).to_be_visible()


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("finding=000000000000", "Findings"),
        ("item=no-such", "Requirement items"),
        ("check=no-such", "Checks and remediation"),
        ("items&scope=no-such", "Requirement items"),
        ("nonsense", "Overview"),
    ],
)
def test_links_to_nothing_show_the_part(target: str, title: str, shared: Page) -> None:
    shared.evaluate(f"location.hash = '{target}'")
    expect(shared.locator("main h2")).to_have_text(title)


def test_from_the_overview_to_an_item_to_its_findings(open_page: Opener) -> None:
    page = open_page()
    page.locator(".card").first.get_by_role("link", name="Items of this system").click()
    page.get_by_label("Result", exact=True).select_option("not_met")
    expect(page.locator("tr.item")).to_have_count(3)
    page.get_by_role("button", name="Details of 8.2.3.1.a").click()
    page.locator("tr.detail:visible").get_by_role("link", name="(Findings)").click()
    expect(page.locator("#findings-shown")).to_have_text("10 of 12")
    page.go_back()
    expect(page.locator("tr.item")).to_have_count(3)


def test_the_language_switches_everywhere(open_page: Opener) -> None:
    page = open_page("#findings")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.title() == "等级保护 2.0 自查报告"
    expect(page.get_by_role("button", name="中文")).to_be_focused()
    expect(page.locator("tr.finding", has_text="data-disk-encryption")).to_contain_text(
        "云盘 data 未加密：否"
    )
    expect(page.locator("#findings-shown")).to_have_text("共 12 条，当前 12 条")
    for part in ("overview", "items", "findings", "checks", "missed"):
        page.evaluate(f"location.hash = '{part}'")
        expect(page.locator(f"#part-{part}")).to_be_visible()
        words = page.locator("main").inner_text()
        assert " of " not in words.replace("Title of", ""), part
    page.get_by_role("button", name="English").click()
    expect(page.locator("main h2")).to_have_text("Not assessed")


def test_it_starts_in_the_language_that_was_asked_for(
    open_page: Opener, chinese_file: Path
) -> None:
    page = open_page(file=chinese_file)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.locator(".card").first).to_contain_text("core-bank · 第三级")


def test_fifty_thousand_findings(open_page: Opener, tmp_path: Path) -> None:
    """Sizes and times are measured by bench/report_size.py; here it is only that it works."""
    assessment, catalogue = many_findings(50_000)
    text = render(assessment, catalogue, Options())
    assert len(text) < 10_000_000
    file = tmp_path / "many.html"
    file.write_text(text, encoding="utf-8")
    page = open_page("#findings", file=file)
    expect(page.locator("#findings-shown")).to_have_text("50,000 of 50,000")
    assert page.locator("tr.finding").count() == 100
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".pager")).to_contain_text("Page 2 of 500")
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    seconds = page.evaluate(
        """() => {
          const start = performance.now();
          document.getElementById("filter-severity-low").click();
          return (performance.now() - start) / 1000;
        }"""
    )
    assert seconds < 2, "milliseconds on a quiet machine"
    expect(page.locator(".pager")).to_contain_text("Page 1 of")
    assert page.locator("tr.finding").first.inner_text().startswith("▽ low")
