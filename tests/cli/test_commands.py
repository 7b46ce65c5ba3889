"""The commands as a user calls them, over a real AWS API on loopback and real templates."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collectors.journal import Header
from collectors.snapshot import open_snapshot
from tests.cli.conftest import Mlps

ROOT = Path(__file__).parent.parent.parent
TERRAFORM = ROOT / "examples" / "terraform"
REGIONS = ("--region", "cn-north-1", "--region", "cn-northwest-1")


@pytest.fixture(scope="module")
def company(company_endpoint: str) -> str:
    """The endpoint of the example company's account."""
    return company_endpoint


def test_scan_is_collect_evaluate_report(mlps: Mlps, company: str, tmp_path: Path) -> None:
    snapshot, verdicts = tmp_path / "snapshot.zst", tmp_path / "verdicts.ndjson.zst"
    aws = ("--endpoint-url", company, *REGIONS)

    collected = mlps("collect", "aws", *aws, "-o", snapshot)
    assert collected.returncode == 0, collected.stderr
    evaluated = mlps("evaluate", snapshot, "-o", verdicts)
    assert evaluated.returncode == 0, evaluated.stderr
    stepwise = mlps("report", verdicts, "-f", "json")
    at_once = mlps("scan", "aws", *aws, "--snapshot", tmp_path / "again", "-f", "json")

    assert stepwise.returncode == at_once.returncode == 1
    first, second = (_comparable(done.stdout) for done in (stepwise, at_once))
    assert first == second
    failed = {result["check"] for result in first["results"] if result["status"] == "fail"}
    # What examples/README.md says is bad on purpose.
    assert {
        "boundary-admin-ports",
        "boundary-any-port",
        "boundary-database-public",
        "data-bucket-public",
        "data-database-encryption",
        "identity-admin-policy",
        "identity-external-trust",
        "identity-user-mfa",
        "intrusion-detector",
        "intrusion-flow-logs",
    } <= failed


def _comparable(report: str) -> dict[str, Any]:
    """The assessment without the times and the names of files."""
    assessment: dict[str, Any] = json.loads(report)["assessment"]
    for name in ("now", "snapshot"):
        assessment.pop(name)
    for result in assessment["results"]:
        result["resource"].pop("file", None)
    return assessment


def test_levels_are_reported_side_by_side(mlps: Mlps) -> None:
    done = mlps("check", TERRAFORM, "--level", "2", "--level", "3", "-f", "json")
    assert done.returncode == 1, done.stderr
    levels = json.loads(done.stdout)["assessment"]["levels"]
    assert [level["level"] for level in levels] == [2, 3]
    extension = [[i for i in level["items"] if not i["key"].startswith("g:")] for level in levels]
    assert [len(items) for items in extension] == [29, 46]


def test_exit_codes(mlps: Mlps, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "main.tf").write_text(
        'provider "aws" {\n  region = "cn-north-1"\n}\n\n'
        'resource "aws_ebs_volume" "data" {\n'
        '  availability_zone = "cn-north-1a"\n  size = 10\n  encrypted = false\n}\n'
    )
    assert mlps("check", bad).returncode == 1
    assert mlps("check", bad, "--fail-on", "critical").returncode == 0
    assert mlps("check", bad, "--fail-on", "never").returncode == 0
    (bad / "main.tf").write_text(
        'variable "key" {}\n\nresource "aws_ebs_volume" "data" {\n'
        '  availability_zone = "cn-north-1a"\n  size = 10\n  encrypted = var.key\n}\n'
    )
    assert mlps("check", bad).returncode == 0
    assert mlps("check", bad, "--strict").returncode == 3


def test_own_checks_and_waivers(mlps: Mlps, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "team_tag.rego").write_text(_OWN_CHECK)
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.tf").write_text('resource "aws_kms_key" "k" {\n  tags = {}\n}\n')
    waivers = tmp_path / "mlps.yaml"

    def run(until: str) -> dict[str, Any]:
        waivers.write_text(
            "waivers:\n  - check: own-team-tag\n    resource: '*aws_kms_key.k'\n"
            f"    reason: being tagged\n    approver: wang.fang\n    expires: {until}\n"
        )
        config = ("--config", waivers, "--policies", own)
        done = mlps("check", project, *config, "-f", "json", "--save", "sarif=out.sarif")
        found: dict[str, Any] = json.loads(done.stdout)["assessment"]
        return found

    valid = run("2999-01-01")
    [result] = [r for r in valid["results"] if r["check"] == "own-team-tag"]
    assert result["status"] == "fail"
    assert result["waiver"]["approver"] == "wang.fang"
    sarif = json.loads((tmp_path / "work" / "out.sarif").read_text())
    [waived] = [r for r in sarif["runs"][0]["results"] if r["ruleId"] == "own-team-tag"]
    assert (
        waived["suppressions"][0]["justification"] == "being tagged (wang.fang, until 2999-01-01)"
    )

    expired = run("2020-01-01")
    [result] = [r for r in expired["results"] if r["check"] == "own-team-tag"]
    assert result["waiver"] is None
    assert [w["check"] for w in expired["expired_waivers"]] == ["own-team-tag"]


_OWN_CHECK = """# METADATA
# title: Keys carry a team tag
# description: Everything has an owner.
# custom:
#   id: own-team-tag
#   title_zh: 密钥带有团队标签
#   description_zh: 资源均应有责任人。
#   targets: [key.encryption_key]
#   facts: [tags]
#   severity: high
#   items: [management.resource-scheduling]
#   message: "{name} has no team tag"
#   message_zh: "{name} 没有团队标签"
#   remediation:
#     en: Add the tag.
#     zh: 添加标签。
package mlps.checks.own.team_tag

deny contains {"at": "tags", "args": {"name": input.name}} if {
	not input.tags.team
}
"""


def test_a_check_that_breaks_the_contract_judges_nothing(mlps: Mlps, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    broken = _OWN_CHECK.replace("facts: [tags]", "facts: [rotation_days]")
    (own / "team_tag.rego").write_text(broken)
    done = mlps("check", TERRAFORM, "--policies", own)
    assert (done.returncode, done.stdout) == (2, "")
    assert "team_tag.rego:" in done.stderr
    assert "mlps policies lint DIR" in done.stderr


def test_chinese_report(mlps: Mlps) -> None:
    done = mlps("check", TERRAFORM, "--lang", "zh")
    for words in (
        "等级保护 2.0 自查",
        "第三级",
        "安全区域边界",
        "不符合",
        "不是等级测评机构出具的测评结论",
    ):
        assert words in done.stdout
    # Nothing of the English report's own words is left.
    for words in ("not met", "Severity", "What is wrong", "Verdicts"):
        assert words not in done.stdout


def test_checks_and_items(mlps: Mlps) -> None:
    listed = mlps("checks")
    assert listed.returncode == 0
    assert "boundary-admin-ports" in listed.stdout
    shown = mlps("checks", "show", "boundary-admin-ports", "--lang", "zh")
    assert "整改建议" in shown.stdout
    assert "\n  阿里云:\n    ECS 控制台 > " in shown.stdout
    assert (
        "\n  Alibaba Cloud:\n    ECS console > "
        in mlps("checks", "show", "boundary-admin-ports").stdout
    )
    assert "boundary.access-control" in shown.stdout
    near = mlps("checks", "show", "boundary-admin")
    assert near.returncode == 2
    assert "boundary-admin-ports" in near.stderr

    for level, number in ((1, 11), (2, 29), (3, 46), (4, 49)):
        items = json.loads(mlps("items", "--level", str(level), "-f", "json").stdout)["items"]
        assert len([i for i in items if not i["key"].startswith("g:")]) == number
    assert "| 8.2.1.1 | physical.location |" in mlps("items", "-f", "markdown").stdout


def test_bundled_policies_keep_the_contract(mlps: Mlps) -> None:
    done = mlps("policies", "lint")
    assert done.returncode == 0, done.stdout
    assert done.stderr.endswith(" 0 problems\n")


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("collect",),
        ("collect", "aws"),
        ("evaluate",),
        ("report",),
        ("scan",),
        ("scan", "aws"),
        ("check",),
        ("checks",),
        ("checks", "show"),
        ("items",),
        ("policies", "lint"),
        ("schemas",),
    ],
    ids=" ".join,
)
def test_help(command: tuple[str, ...], mlps: Mlps) -> None:
    done = mlps(*command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: python -m scanner {' '.join(command)}".rstrip())


def test_scan_of_declared_systems(mlps: Mlps, company: str) -> None:
    """Three levels in one account: three results, each by the items of its own level."""
    done = mlps(
        *("scan", "aws", "--endpoint-url", company, *REGIONS, "-f", "json"),
        *("--config", ROOT / "examples" / "company" / "mlps.yaml"),
    )
    assert done.returncode == 1, done.stderr
    found = _comparable(done.stdout)
    levels = {one["system"]: one for one in found["levels"]}
    assert {name: one["level"] for name, one in levels.items()} == {
        "core-bank": 4,
        "internet-mall": 3,
        "log-archive": 3,
        "oa": 2,
    }
    assert all(one["resources"] > 5 for one in levels.values())
    items = {
        name: {item["key"]: item["status"] for item in one["items"]} for name, one in levels.items()
    }
    assert len(items["oa"]) < len(items["internet-mall"]) < len(items["core-bank"])
    # The platform is certified for level 3.
    assert items["core-bank"]["network.platform-level"] == "not_met"
    assert items["internet-mall"]["network.platform-level"] == "met"
    assert items["core-bank"]["network.dedicated-pool"] in {"not_met", "partly_met"}
    assert "network.dedicated-pool" not in items["internet-mall"]
    assert all(one["construction.sla-terms"] == "met" for one in items.values())
    failures = {
        (result["system"], result["check"], result["resource"]["name"])
        for result in found["results"]
        if result["status"] == "fail"
    }
    # Retention rises with the level: 90 days of logs are enough for nobody here.
    assert {system for system, check, _ in failures if check == "network-platform-level"} == {
        "core-bank"
    }
    assert found["uncertain"] == 0
    assert found["outside"], "the default networks of the account carry no tag"


def test_config_init_and_check(mlps: Mlps, company_snapshot: Path, tmp_path: Path) -> None:
    """A starter from a snapshot is valid as it is, and knows the systems by their tags."""
    file = tmp_path / "mlps.yaml"
    made = mlps("config", "init", company_snapshot, "-o", file)
    assert made.returncode == 0, made.stderr
    for name in ("core-bank", "internet-mall", "log-archive", "oa"):
        assert f"name: {name}" in file.read_text()

    checked = mlps("config", "check", file, "--snapshot", company_snapshot)
    assert checked.returncode == 0, checked.stderr
    assert "is valid: 4 systems" in checked.stdout
    assert "oa (level 3)" in checked.stdout
    assert "in no system" in checked.stdout

    again = mlps("config", "init", company_snapshot, "-o", file)
    assert again.returncode == 2
    assert "exists; it was left as it is" in again.stderr


def test_config_init_without_a_snapshot(mlps: Mlps, tmp_path: Path) -> None:
    made = mlps("config", "init")
    file = tmp_path / "mlps.yaml"
    file.write_text(made.stdout)
    checked = mlps("config", "check", file)
    assert checked.returncode == 0, checked.stderr
    assert "1 systems" in checked.stdout


WRONG_CONFIGS = {
    "an item that does not exist": (
        (
            "attestations:\n  - {item: construction.sla-term, evidence: x, by: y, date: 2026-01-01,"
            " expires: 2027-01-01}\n"
        ),
        ":2: the catalogue has no item 'construction.sla-term'.",
        "Did you mean construction.sla-terms",
    ),
    "a level that does not exist": (
        "systems:\n  - name: x\n    level: 5\n    select: [{ids: ['*']}]\n",
        ":3: Expected `int` <= 4",
        "",
    ),
    "a selector of nothing": (
        "systems:\n  - name: x\n    level: 3\n    select: [{}]\n",
        ":4: a selector without conditions would select everything.",
        'ids: ["*"]',
    ),
    "two systems of one name": (
        (
            "systems:\n  - {name: x, level: 3, select: [{ids: [a]}]}\n"
            "  - {name: x, level: 2, select: [{ids: [b]}]}\n"
        ),
        ":3: the system 'x' is declared above.",
        "",
    ),
    "no address range": ("admin_ranges: [10.0.0.1/8]\n", ":1: '10.0.0.1/8' is not an", "host bits"),
}


@pytest.mark.parametrize(
    ("text", "message", "hint"), WRONG_CONFIGS.values(), ids=list(WRONG_CONFIGS)
)
def test_a_wrong_configuration_is_named_with_its_line(
    text: str, message: str, hint: str, mlps: Mlps, tmp_path: Path
) -> None:
    file = tmp_path / "mlps.yaml"
    file.write_text(text)
    done = mlps("config", "check", file)
    assert done.returncode == 2
    assert f"{file}{message}" in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


def test_levels_and_systems_do_not_go_together(mlps: Mlps, tmp_path: Path) -> None:
    file = tmp_path / "mlps.yaml"
    file.write_text("systems:\n  - {name: x, level: 3, select: [{ids: ['*']}]}\n")
    done = mlps("check", TERRAFORM, "--config", file, "--level", "2")
    assert done.returncode == 2
    assert f"{file} declares systems, which have levels of their own." in done.stderr
    assert "--level" in done.stderr


def test_a_killed_process_goes_on(company: str, tmp_path: Path) -> None:
    """Killed at some moment, then gone on with: the snapshot is the one of an undisturbed run."""
    command = [
        sys.executable,
        "-m",
        "scanner",
        "collect",
        "aws",
        "--endpoint-url",
        company,
    ]
    command += ["--region", "cn-north-1", "--concurrency", "4"]
    environment = os.environ | {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    path, folder = tmp_path / "s", tmp_path / "s.part"
    first = subprocess.Popen([*command, "-o", str(path)], env=environment, stderr=subprocess.PIPE)
    while first.poll() is None and len(list(folder.glob("*"))) < 8:
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert first.returncode == -signal.SIGKILL
    assert not path.exists()
    kept = sorted(file.name for file in folder.iterdir() if len(file.name) == 32)
    assert kept
    journal = msgspec.json.decode((folder / "journal.json").read_bytes(), type=Header)

    before = {name: (folder / name).stat().st_mtime_ns for name in kept}
    done = subprocess.run(
        [*command, "-o", str(path), "--resume"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert before
    found = open_snapshot(path)
    assert found.manifest.started == journal.started
    whole = {each.document.id for each in found}
    assert len(whole) == sum(1 for _ in found)
    assert not folder.exists()
