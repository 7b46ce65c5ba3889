"""What the page says: results, items with their evidence, findings, what was not assessed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from scanner.assessment import Assessment, BaselineUse
from scanner.report import Options
from scanner.report._html.build import payload
from scanner.report.html import render
from scanner.trend import TrendPoint
from tests.scanner.made import assessed, catalogue, line, ref, verdict
from tests.scanner.report.html.conftest import Opener, html
from tests.scanner.report.html.example import example


def rows(page: Page) -> list[list[str]]:
    """Severity, status with system, check, resource and problem of each finding that is shown."""
    lines = page.locator("tr.finding").all()
    return [[cell.inner_text() for cell in line.locator("td").all()] for line in lines]


def card(page: Page, system: str) -> str:
    return page.locator(".card", has=page.locator("h3", has_text=system)).inner_text()


def test_the_overview_has_each_system_at_its_level(open_page: Opener) -> None:
    page = open_page()
    assert page.title() == "MLPS 2.0 self-check"
    expect(page.locator("header")).to_contain_text("not the result of an official MLPS assessment")
    expect(page.locator("header")).to_contain_text("The scan is incomplete")
    bank = example().levels[0].conformity
    text = card(page, "core-bank")
    assert "core-bank · Level 3" in text
    assert "Responsible: 零售部" in text
    assert f"{bank.lowest:g}–{bank.highest:g} %" in text
    assert "self-check, not official" in text
    assert "? undecided" in text
    assert "▲▲ critical 7" in text, "those that are not waived: six hostile names, one web"
    assert "oa · Level 2" in card(page, "oa")
    assert "Not one verdict was reached" in card(page, "empty")
    systems = page.get_by_role("table", name="Systems").locator("tbody tr")
    assert systems.count() == 3
    risky = [item for item in example().levels[0].items if item.major_risk]
    expect(systems.first).to_contain_text(f"⚠ Major risk {len(risky)}")


def test_a_bar_says_in_words_what_it_draws(open_page: Opener) -> None:
    page = open_page()
    level = example().levels[0]
    (boundary,) = (one.items for one in level.domains if one.domain == "boundary")
    words = ", ".join(
        f"{name.replace('_', ' ')} {number}" for name, number in boundary.items() if number
    )
    bar = page.locator(".card").first.get_by_role("img", name=f"Area boundary: {words}", exact=True)
    expect(bar).to_have_count(1)


def test_an_item_tells_its_evidence(open_page: Opener) -> None:
    page = open_page("#item=boundary.access-control&scope=core-bank%403")
    row = page.locator("tr.item.target")
    assert row.locator("th").inner_text() == "▸ 8.2.3.1.a".replace("▸ ", "")
    expect(row).to_contain_text("✗ not met")
    expect(row).to_contain_text("1 check · 8 of 9 verdicts fail · 1 unknown")
    expect(row).to_contain_text("customer")
    detail = row.locator("xpath=following-sibling::tr[1]")
    expect(detail).to_be_visible()
    assert detail.locator("table tbody tr").inner_text().split("\t") == [
        "Administration ports are closed (Findings)", "7", "1", "1"
    ]  # fmt: skip
    assert detail.locator("table thead tr").inner_text().split("\t") == [
        "Check", "fail", "waived", "in error"
    ]  # fmt: skip


def test_what_a_person_attests_is_evidence(open_page: Opener) -> None:
    page = open_page("#item=supply-chain.suppliers&scope=core-bank%403")
    detail = page.locator("tr.item.target + tr")
    expect(detail).to_contain_text(
        "wang.fang stated on 2026-03-01 that it is met, until 2027-02-28:"
        " </script><script>alert(2)</script>"
    )


def test_a_risk_that_assessors_name_is_marked(open_page: Opener) -> None:
    page = open_page("#item=g:boundary.external-attacks&scope=core-bank%403")
    expect(page.locator("tr.item.target")).to_contain_text("⚠ Major risk A-13")
    expect(page.locator("tr.item.target")).to_contain_text("⚠ High risk 6.3.3.1")
    expect(page.locator("tr.item.target + tr")).to_contain_text(
        f"A-13: {catalogue().major_risk['A-13'].en}"
    )


def test_findings_come_worst_first(open_page: Opener) -> None:
    page = open_page("#findings")
    expect(page.locator("#findings-shown")).to_have_text("12 of 12")
    found = rows(page)
    assert [row[0].split()[-1] for row in found] == ["critical"] * 9 + [
        "medium",
        "critical",
        "high",
    ]
    web = next(row for row in found if row[3].startswith("web"))
    assert web[1:] == [
        "✗ fail\ncore-bank · Level 3",
        "Administration ports are closed\nboundary-admin-ports",
        "web\n111122223333 · cn-north-1 · network.firewall",
        "port 22 is open to 0.0.0.0/0",
    ]
    assert found[9][4] == "the disk data is not encrypted: false"
    assert found[10][1].startswith("! in error")
    assert found[11][4] == "rules: AccessDenied: ec2:DescribeSecurityGroups"


def test_a_finding_tells_what_to_do_in_its_cloud(open_page: Opener) -> None:
    page = open_page("#findings")
    page.locator("tr.finding", has_text="port 3389").get_by_role("button").click()
    detail = page.locator("tr.detail:visible").inner_text()
    assert "infra/main.tf:12 aws_security_group.web" in detail
    assert "rules/1" in detail
    assert "Why it matters." in detail
    assert "Close the port." in detail
    assert "Use Session Manager." in detail
    assert "Bastionhost" not in detail, "another cloud's"
    assert "8.2.3.1.a" in detail


def test_a_waived_finding_says_why_and_until_when(open_page: Opener) -> None:
    page = open_page("#findings")
    row = page.locator("tr.finding", has_text="bastion")
    expect(row).to_contain_text("≈ waived")
    row.get_by_role("button").click()
    expect(page.locator("tr.detail:visible")).to_contain_text(
        "the only way in <img src=x onerror=alert(1)>. Approved by wang.fang, until 2027-01-31."
    )


def test_what_was_not_assessed_is_told_with_its_reason(open_page: Opener) -> None:
    text = open_page("#missed").locator("main").inner_text()
    for said in (
        "AccessDenied: ec2:DescribeSecurityGroups",
        "s3:GetBucketPolicy",
        "AccessDenied: Access Denied",
        "aws_lb_target_group",
        "Resources in no declared system, not judged (1)",
        "1 resource could not be assigned for certain",
        "Declared systems of which nothing was found (1)",
        "Not there.",
        "Waivers that count (1)",
        "Waivers that expired and no longer count (1)",
        "Waivers that matched no failure (1)",
        "Attestations that expired and no longer count (1)",
    ):
        assert said in text, said


def test_remediation_stands_in_the_file_once() -> None:
    assert html(example()).count("Use Session Manager.") == 1


def test_a_check_shows_every_cloud_and_follows_no_script(open_page: Opener) -> None:
    page = open_page("#check=boundary-admin-ports")
    block = page.locator("details.target")
    expect(block).to_contain_text("Use Session Manager.")
    expect(block).to_contain_text("Use Bastionhost.")
    expect(block.get_by_role("link", name="https://example.com/ports")).to_have_count(1)
    expect(block).to_contain_text("javascript:alert(4)")
    assert page.locator('a[href^="javascript"]').count() == 0


def test_why_a_verdict_is_unknown_is_said_in_both_languages() -> None:
    found = payload(assessed([line(ref(), verdict("unknown"))]), catalogue(), "en")
    (english,), (chinese,) = (
        [found.strings[place] for place in found.lists[column[0]]]
        for column in (found.rows.en, found.rows.zh)
    )
    assert english == "rules: AccessDenied: ec2:DescribeSecurityGroups"
    assert chinese == "rules：无权限：需要 ec2:DescribeSecurityGroups（AccessDenied）"


def test_nothing_judged_does_not_look_like_good_news(open_page: Opener, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_text(html(assessed([], [])))
    page = open_page("#findings", file=file)
    expect(page.locator("#findings-shown")).to_contain_text("this is no good news")
    page.goto(file.as_uri() + "#overview")
    expect(page.locator(".card")).to_contain_text("Not one verdict was reached")


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert html(example()) == html(example())


def test_earlier_runs_are_a_trend_and_none_is_drawn_without_them(
    open_page: Opener, tmp_path: Path
) -> None:
    assert open_page().locator(".trend").count() == 0
    points = [
        TrendPoint(
            system="",
            level=3,
            now=f"2026-0{month}-01T00:00:00Z",
            lowest=month * 10,
            highest=90,
            failed=9 - month,
            new=0,
            reopened=0,
            fixed=month - 1,
            unseen=month // 2,
        )
        for month in (1, 2, 3)
    ]
    file = tmp_path / "trend.html"
    file.write_text(render(_plain(), catalogue(), Options(trend=tuple(points))))
    page = open_page(file=file)
    name = "Rate of conforming items in 3 runs, from 2026-01-01 to 2026-03-01"
    expect(page.get_by_role("img", name=name)).to_be_visible()
    row = page.locator(".history tbody tr").nth(1)
    assert row.locator("th, td").all_text_contents() == [
        *("2026-02-01T00:00:00Z", "20–90 %", "7", "0", "0", "1", "1"),
    ]
    expect(page.locator(".history")).to_contain_text("not judged by that run. That is not fixed.")


def test_a_finding_says_since_when_it_is_there(open_page: Opener, tmp_path: Path) -> None:
    file = tmp_path / "since.html"
    plain = _plain()
    plain.results[0].findings[0].first_seen = "2026-01-02T03:04:05Z"
    file.write_text(html(plain))
    page = open_page("#findings", file=file)
    page.locator("button.toggle").click()
    expect(page.locator(".detail")).to_contain_text("First seen2026-01-02T03:04:05Z")
    file.write_text(html(_plain()))
    page.reload()
    page.locator("button.toggle").click()
    expect(page.locator(".detail")).to_contain_text("Why")
    expect(page.locator(".detail")).not_to_contain_text("First seen")


def test_what_does_not_count_is_said(open_page: Opener, tmp_path: Path) -> None:
    found = _plain()
    found.results[0].findings[0].known = True
    found.baseline = BaselineUse(file="old.json", known=1, new=0, gone=2, undecided=0)
    file = tmp_path / "known.html"
    file.write_text(html(found))
    page = open_page(file=file)
    expect(page.locator("main")).to_contain_text("Baseline old.json: 1 of its findings are")
    page = open_page("#findings", file=file)
    expect(page.locator("tr.finding")).to_contain_text("Known: in the baseline")


def _plain() -> Assessment:
    return assessed([line(ref(), verdict("fail"))])
