"""The pages about checks are made from the metadata, and are those in docs/checks."""

from __future__ import annotations

from pathlib import Path

from scanner.check_docs import export, pages
from scanner.checks import Remediation
from scanner.policies import bundled, load
from tests.scanner.made import catalogue, check

DOCS = Path(__file__).parent.parent.parent / "docs" / "checks"


def test_the_pages_are_current() -> None:
    wanted = pages(load(bundled()).checks, catalogue())
    found = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert sorted(found) == sorted(wanted), "run: make docs"
    for name, text in wanted.items():
        assert found[name] == text, f"{name} is not current, run: make docs"


def test_every_check_is_told_in_both_languages() -> None:
    made = pages([check(), check("finance-ledger", title="A | B")], catalogue())
    assert set(made) == {
        *("README.md", "README.zh-CN.md", "boundary.md", "boundary.zh-CN.md"),
        *("finance.md", "finance.zh-CN.md"),
    }
    assert "[boundary-admin-ports](boundary.md#boundary-admin-ports) | high |" in made["README.md"]
    assert "| A \\| B |" in made["README.md"]
    assert "| 1 2 3 4 |" in made["README.md"]
    assert "Close the port." in made["boundary.md"]
    assert "关闭端口。" in made["boundary.zh-CN.md"]
    assert "`boundary.access-control` (访问控制, 6.2.3.1 / 7.2.3.1.a /" in made["boundary.zh-CN.md"]


def test_what_to_do_in_a_cloud_is_told_in_the_language_of_the_page() -> None:
    remediation = Remediation(
        en="Close the port.",
        zh="关闭端口。",
        aliyun="ECS console >\nSecurity Groups",
        aliyun_zh="ECS 控制台 >\n安全组",
        terraform="alicloud_security_group_rule.cidr_ip",
    )
    made = pages([check(remediation=remediation)], catalogue())
    assert "- Alibaba Cloud: ECS console > Security Groups\n" in made["boundary.md"]
    assert "- 阿里云: ECS 控制台 > 安全组\n" in made["boundary.zh-CN.md"]
    for page in (made["boundary.md"], made["boundary.zh-CN.md"]):
        assert "- Terraform: alicloud_security_group_rule.cidr_ip\n" in page
        assert "AWS" not in page


def test_pages_of_checks_that_are_no_more_go_and_others_stay(tmp_path: Path) -> None:
    export(tmp_path, [check("finance-ledger")], catalogue())
    (tmp_path / "mine.md").write_text("my own")
    export(tmp_path, [check()], catalogue())
    assert {path.name for path in tmp_path.glob("*.md")} == {
        *("README.md", "README.zh-CN.md", "boundary.md", "boundary.zh-CN.md", "mine.md"),
    }
