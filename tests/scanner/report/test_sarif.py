"""SARIF 2.1.0: valid by the official schema, of use in code scanning, honest about the unknown."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from scanner.checks import SEVERITIES, Remediation
from scanner.config import Waiver
from scanner.policies import bundled, load
from scanner.report import Language, Options, load_format, text_of
from tests.scanner.made import DENIED, assessed, catalogue, check, line, ref, verdict
from tests.scanner.report.sarif_log import (
    everything,
    failing,
    only_run,
    rendered,
    strings,
    validator,
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_valid_by_the_official_schema(language: Language) -> None:
    log = rendered(everything(), language)
    assert next(iter(log)) == "$schema"
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 2


def test_with_nothing_to_say_it_is_valid_too() -> None:
    run = only_run(assessed([], []))
    assert run["results"] == []


def test_the_schema_would_tell() -> None:
    """The validator is a real one: it refuses what consumers refuse."""
    log = rendered(everything())
    for damage in ({"level": "fatal"}, {"message": "text"}, {"locations": [{"x": 1}]}):
        result = log["runs"][0]["results"][0]
        broken = log | {"runs": [{**log["runs"][0], "results": [result | damage]}]}
        assert not validator().is_valid(broken), damage
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    region["startLine"] = 0
    assert not validator().is_valid(log)


def test_the_same_assessment_gives_the_same_bytes() -> None:
    sarif = load_format("sarif")
    texts = {text_of(sarif.render(everything(), catalogue(), Options())) for _ in range(3)}
    assert len(texts) == 1
    assert texts.pop().endswith("}\n")


def test_a_level_is_a_run_of_its_own() -> None:
    runs = rendered(everything())["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == ["mlps/level-2/", "mlps/level-3/"]
    assert [run["properties"]["level"] for run in runs] == [2, 3]
    for run in runs:
        levels = {result["properties"]["level"] for result in run["results"]}
        assert levels == {run["properties"]["level"]}


def test_a_rule_says_what_to_do() -> None:
    remediation = Remediation(
        en="Close the port.",
        zh="关闭端口。",
        aws="Use Session Manager.",
        terraform="Set cidr_blocks.",
    )
    made = check(remediation=remediation, references=["https://example.com/a_(b)"])
    (rule,) = only_run(assessed([], [made]))["tool"]["driver"]["rules"]
    assert rule["id"] == "boundary-admin-ports"
    assert rule["name"] == "BoundaryAdminPorts"
    assert rule["shortDescription"] == {"text": "Title of boundary-admin-ports"}
    assert rule["fullDescription"] == {"text": "Why it matters."}
    (item,) = [one for one in catalogue().at_level(3) if one.key == "boundary.access-control"]
    clause = f"- 8.2.3.1.a {item.control_point.en}: {item.summary.en}"
    assert rule["help"] == {
        "text": "Close the port. (GB/T 22239-2019: 8.2.3.1.a)",
        "markdown": "## What to do\n\nClose the port.\n\n**AWS**: Use Session Manager.\n\n"
        f"**Terraform**: Set cidr_blocks.\n\n## GB/T 22239-2019\n\n{clause}\n\n## References\n\n- <https://example.com/a_(b)>\n",
    }


def test_a_cloud_without_chinese_is_told_in_english() -> None:
    remediation = Remediation(
        en="Close the port.",
        zh="关闭端口。",
        aliyun="ECS console > Security Groups",
        aliyun_zh="ECS 控制台 > 安全组",
        terraform="alicloud_security_group_rule.cidr_ip",
    )
    (rule,) = only_run(assessed([], [check(remediation=remediation)]), "zh")["tool"]["driver"][
        "rules"
    ]
    assert rule["help"]["markdown"].startswith(
        "## 整改建议\n\n关闭端口。\n\n**阿里云**: ECS 控制台 > 安全组\n\n"
        "**Terraform**: alicloud_security_group_rule.cidr_ip\n"
    )


def test_a_rule_is_told_in_chinese() -> None:
    run = only_run(assessed([failing(ref(), "rules/0")], [check()]), "zh")
    driver = run["tool"]["driver"]
    (rule,) = driver["rules"]
    assert driver["language"] == "zh-CN"
    assert rule["shortDescription"] == {"text": "boundary-admin-ports 的标题"}
    assert rule["help"]["text"] == "关闭端口。（GB/T 22239-2019：8.2.3.1.a）"
    assert rule["help"]["markdown"].startswith("## 整改建议\n")
    assert run["results"][0]["message"] == {"text": "web: 端口 22 对 0.0.0.0/0 开放"}
    assert "入侵" in json.dumps(run["taxonomies"], ensure_ascii=False)


def test_severities_are_levels_and_numbers() -> None:
    run = only_run(
        assessed(
            [line(ref(), *(verdict("fail", severity) for severity in SEVERITIES))],
            [check(severity, severity=severity) for severity in SEVERITIES],
        )
    )
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    expected = {
        "low": ("note", 0.1, 3.9),
        "medium": ("warning", 4.0, 6.9),
        "high": ("error", 7.0, 8.9),
        "critical": ("error", 9.0, 10.0),
    }
    for severity, (level, least, most) in expected.items():
        rule = rules[severity]
        assert rule["defaultConfiguration"] == {"level": level}
        number = rule["properties"]["security-severity"]
        assert isinstance(number, str)
        assert least <= float(number) <= most
        assert {"security", "mlps", f"severity/{severity}"} <= set(rule["properties"]["tags"])
    assert {r["ruleId"]: r["level"] for r in run["results"]} == {
        severity: level for severity, (level, _, _) in expected.items()
    }


def test_rules_of_all_bundled_checks_fit_code_scanning() -> None:
    checks = load(bundled()).checks
    rules = only_run(assessed([], checks))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [made.id for made in checks]
    for rule in rules:
        assert rule["help"]["text"] and rule["help"]["markdown"].startswith("## ")
        assert len(rule["properties"]["tags"]) <= 20
        assert len(rule["name"]) <= 255


def test_results_point_to_their_rules() -> None:
    checks = [check("b"), check("a"), check("c")]
    lines = [line(ref(), *(verdict("fail", made.id) for made in checks))]
    run = only_run(assessed(lines, checks))
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_rules_relate_to_items_that_the_taxonomy_has() -> None:
    late = next(key for key, item in catalogue().items.items() if min(item.clauses) == 3)
    made = check(items=["boundary.access-control", late])
    for level, related in (
        (2, ["boundary.access-control"]),
        (3, ["boundary.access-control", late]),
    ):
        run = only_run(assessed([], [made], levels=[level]))
        (rule,) = run["tool"]["driver"]["rules"]
        targets = [relation["target"] for relation in rule["relationships"]]
        assert [target["id"] for target in targets] == related
        (taxonomy,) = run["taxonomies"]
        taxa = {taxon["id"] for taxon in taxonomy["taxa"]}
        for target in targets:
            assert target["id"] in taxa
            assert target["toolComponent"] == {"name": taxonomy["name"], "index": 0}
        assert set(related) <= set(rule["properties"]["tags"])
        assert run["tool"]["driver"]["supportedTaxonomies"] == [
            {"name": taxonomy["name"], "index": 0}
        ]


def test_the_taxonomy_carries_every_item_with_clause_and_result() -> None:
    found = assessed([failing(ref(), "rules/0")])
    (taxonomy,) = only_run(found)["taxonomies"]
    assert taxonomy["name"] == "GB/T 22239-2019"
    assert {
        taxon["id"]: (taxon["properties"]["clause"], taxon["properties"]["status"])
        for taxon in taxonomy["taxa"]
    } == {item.key: (item.clause, item.status) for item in found.levels[0].items}
    statuses = {taxon["properties"]["status"] for taxon in taxonomy["taxa"]}
    assert statuses == {"not_met", "not_assessed"}


def test_a_waiver_is_a_suppression() -> None:
    waiver = Waiver(
        check="*", resource="web", reason="VPN 未建成", approver="wang", expires=date(2027, 1, 31)
    )
    run = only_run(
        assessed([failing(ref(), "rules/0"), failing(ref("b"), "rules/0")], waivers=[waiver])
    )
    suppressed = {
        result["locations"][0]["logicalLocations"][0]["name"]: result.get("suppressions")
        for result in run["results"]
    }
    assert suppressed == {
        "web": [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "VPN 未建成 (wang, until 2027-01-31)",
            }
        ],
        "b": None,
    }


def test_a_suppression_is_told_in_chinese() -> None:
    waiver = Waiver(
        check="*", resource="*", reason="整改中", approver="王芳", expires=date(2027, 1, 31)
    )
    found = assessed([failing(ref(), "rules/0")], waivers=[waiver])
    (result,) = only_run(found, "zh")["results"]
    (suppression,) = result["suppressions"]
    assert suppression["justification"] == "整改中（王芳，有效期至 2027-01-31）"


def test_an_expired_waiver_suppresses_nothing() -> None:
    waiver = Waiver(check="*", resource="*", reason="r", approver="a", expires=date(2020, 1, 1))
    (result,) = only_run(assessed([failing(ref(), "rules/0")], waivers=[waiver]))["results"]
    assert "suppressions" not in result


def notifications(run: dict[str, Any]) -> list[tuple[str, str, str]]:
    (invocation,) = run["invocations"]
    kinds = run["tool"]["driver"]["notifications"]
    found = []
    for notification in invocation.get("toolExecutionNotifications", []):
        descriptor = notification["descriptor"]
        assert kinds[descriptor["index"]]["id"] == descriptor["id"]
        found.append((descriptor["id"], notification["level"], notification["message"]["text"]))
    return found


def test_what_is_unknown_is_told_and_is_no_result() -> None:
    lines = [line(ref(str(i)), verdict("unknown")) for i in range(3)]
    lines.append(line(ref("x"), verdict("error")))
    run = only_run(assessed(lines, failed_calls=[DENIED]))
    assert run["results"] == []
    assert run["properties"]["incomplete"] is True
    assert notifications(run) == [
        (
            "failed-call",
            "warning",
            "s3:GetBucketPolicy cn-north-1 private AccessDenied: Access Denied",
        ),
        (
            "unknown-verdict",
            "warning",
            "3 verdicts unknown: AccessDenied: ec2:DescribeSecurityGroups",
        ),
        ("unknown-verdict", "warning", "1 verdict unknown: the engine stopped: no memory"),
        (
            "nothing-judged",
            "error",
            "Not one verdict was reached: this report shows nothing to be in order.",
        ),
    ]
    assert run["invocations"][0]["executionSuccessful"] is False
    statuses = {taxon["properties"]["status"] for taxon in run["taxonomies"][0]["taxa"]}
    assert statuses == {"not_assessed"}


def test_what_is_unknown_is_told_in_chinese() -> None:
    run = only_run(assessed([line(ref(), verdict("unknown"))], failed_calls=[DENIED]), "zh")
    assert notifications(run) == [
        (
            "failed-call",
            "warning",
            (
                "s3:GetBucketPolicy cn-north-1 private"
                " 无权限：需要 s3:GetBucketPolicy（AccessDenied）；原文：Access Denied"
            ),
        ),
        (
            "unknown-verdict",
            "warning",
            "1 项判定未知：无权限：需要 ec2:DescribeSecurityGroups（AccessDenied）",
        ),
        ("nothing-judged", "error", "未得出任何判定：本报告不能说明任何项目符合要求。"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "aws_sqs_queue: this version does not read the type; 2 not looked at."),
        ("zh", "aws_sqs_queue 类型的资源有 2 个，本版本尚不支持，未纳入检查。"),
    ],
)
def test_what_nothing_reads_is_told(language: Language, text: str) -> None:
    found = assessed([line(ref(), verdict("pass"))], unmapped={"aws_sqs_queue": 2})
    run = only_run(found, language)
    assert notifications(run) == [("unread-type", "note", text)]
    assert run["properties"]["incomplete"] is False


def test_a_complete_scan_says_that_it_is() -> None:
    run = only_run(assessed([line(ref(), verdict("pass"))]))
    assert run["properties"]["incomplete"] is False
    assert notifications(run) == []
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["endTimeUtc"] == "2026-06-15T08:30:00Z"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("[click](https://evil.example)", r"\[click\](https://evil.example)"),
        (r"\[x](y)", r"\\\[x\](y)"),
        ("web[0]", "web[0]"),
        ("a\nb\x1b[31m", r"a\x0ab\x1b[31m"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("核心 <b>系统</b>", "核心 <b>系统</b>"),
    ],
)
def test_a_name_is_shown_and_not_obeyed(name: str, shown: str) -> None:
    run = only_run(assessed([failing(ref(name), "rules/0")]))
    text = run["results"][0]["message"]["text"]
    assert text == f"{shown}: port 22 is open to 0.0.0.0/0"


def test_nothing_of_this_machine_or_of_null_is_in_the_log() -> None:
    log = rendered(everything())
    assert not [text for text in strings(log) if "None" in text]
