"""What RAM policies amount to: full administration and ways to raise rights."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.policy_rights import allowed_on_all, escalation_paths, full_admin
from collectors.document import Unknown
from collectors.policy_clauses import Clause, clauses

EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def parsed(*statements: dict[str, Any]) -> list[Clause]:
    found = clauses({"Version": "1", "Statement": list(statements)})
    assert not isinstance(found, Unknown)
    return found


def allow(action: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


@pytest.mark.parametrize(
    "statement",
    [
        EVERYTHING,
        allow(["*"], ["*"]),
        allow("*:*", "acs:*:*:*:*"),
        allow(["ecs:Describe*", "*"], ["acs:ecs:*:*:instance/i-1", "*"]),
        {"Effect": "Allow", "NotAction": "bss:*", "Resource": "*"},
        {"Effect": "Allow", "NotAction": ["ram:DeleteUser"], "Resource": "*"},
        # Conditions that every request meets.
        allow("*", Condition={"StringLike": {"acs:SourceVpc": ["*"]}}),
        allow("*", Condition={"IpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}),
        allow("*", Condition={"IpAddress": {"acs:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}),
        allow("*", Condition={"NotIpAddress": {"acs:SourceIp": ["192.0.2.1"]}}),
        allow("*", Condition={"Bool": {"acs:SecureTransport": "true"}}),
        allow("*", Condition={"Bool": {"acs:MFAPresent": ["true", "false"]}}),
        allow("*", Condition={"StringNotEquals": {"acs:SourceVpc": ["vpc-1"]}}),
        allow("*", Condition={"ForAllValues:StringEquals": {"acs:TagKeys": ["a"]}}),
    ],
)
def test_full_administration(statement: dict[str, Any]) -> None:
    assert full_admin(parsed(statement)) is True


@pytest.mark.parametrize(
    "statements",
    [
        [allow("ecs:*")],
        [allow("*", "acs:ecs:*:*:*")],
        [allow("*", "acs:*:cn-hangzhou:*:*")],
        [allow("*", Condition={"IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}})],
        [allow("*", Condition={"Bool": {"acs:MFAPresent": "true"}})],
        [allow("*", Condition={"Bool": {"acs:SecureTransport": "false"}})],
        [allow("*", Condition={"StringNotLike": {"acs:SourceVpc": ["*"]}})],
        [allow("*", Condition={"StringLike": {"acs:SourceVpc": ["vpc-*"]}})],
        [allow("*", Condition={"DateLessThan": {"acs:CurrentTime": "2020-01-01T00:00:00Z"}})],
        [
            allow(
                "*",
                Condition={
                    "Bool": {"acs:SecureTransport": "true"},
                    "IpAddress": {"acs:SourceIp": "203.0.113.0/24"},
                },
            )
        ],
        # PowerUserAccess.
        [{"Effect": "Allow", "NotAction": ["ram:*", "ims:*"], "Resource": "*"}],
        [EVERYTHING, {"Effect": "Deny", "Action": "ram:*", "Resource": "*"}],
        [{**EVERYTHING, "Effect": "Deny"}],
        [],
    ],
)
def test_less_than_full_administration(statements: list[dict[str, Any]]) -> None:
    assert full_admin(parsed(*statements)) is False


def test_a_deny_that_leaves_a_way_open_takes_nothing_away() -> None:
    narrow = {"Effect": "Deny", "Action": "ram:*", "Resource": "acs:ram:*:*:user/boss"}
    conditional = {
        "Effect": "Deny",
        "Action": "ram:*",
        "Resource": "*",
        "Condition": {"Bool": {"acs:MFAPresent": "false"}},
    }
    assert full_admin(parsed(EVERYTHING, narrow, conditional)) is True


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow("ram:AttachPolicyToUser")], ["ram:AttachPolicyToUser"]),
        ([allow("RAM:attachpolicytouser")], ["ram:AttachPolicyToUser"]),
        ([allow("ram:CreatePolicyVersion", "acs:ram:*:1:policy/a")], ["ram:CreatePolicyVersion"]),
        ([allow("ram:CreateAccessKey", "acs:ram:*:1:user/bot")], ["ram:CreateAccessKey"]),
        (
            [allow("ram:Update*")],
            ["ram:UpdateLoginProfile", "ram:UpdateRole"],
        ),
        ([allow("sts:AssumeRole")], ["sts:AssumeRole"]),
        ([allow("sts:AssumeRole", "acs:ram:*:1234567890123456:role/*")], ["sts:AssumeRole"]),
        ([allow("sts:AssumeRole", "acs:ram:*:1234567890123456:role/app")], []),
        ([allow("sts:AssumeRole", "acs:ram:*:1234567890123456:role/app-*")], []),
        ([allow("ecs:RunInstances")], []),
        (
            [allow("ecs:RunInstances"), allow("ram:PassRole")],
            ["ecs:RunInstances+ram:PassRole"],
        ),
        (
            [allow("ecs:RunInstances"), allow("ram:PassRole", "acs:ram:*:*:role/app")],
            [],
        ),
        ([allow(["ram:Get*", "ram:List*", "ecs:Describe*"])], []),
        ([allow("ram:*"), {"Effect": "Deny", "Action": "ram:*", "Resource": "*"}], []),
        (
            [
                {
                    "Effect": "Allow",
                    "NotAction": ["ecs:*", "fc:*", "sts:*", "ros:*"],
                    "Resource": "*",
                },
                {"Effect": "Deny", "Action": ["ram:*", "oos:*"], "Resource": "*"},
            ],
            [],
        ),
    ],
)
def test_ways_to_raise_rights(statements: list[dict[str, Any]], expected: list[str]) -> None:
    assert escalation_paths(parsed(*statements)) == expected


def test_full_administration_has_every_way() -> None:
    found = escalation_paths(parsed(EVERYTHING))
    assert len(found) == 21
    assert found == sorted(set(found))


def test_allowed_on_all() -> None:
    found = parsed(allow("ecs:RunInstances"), allow("ecs:Start*", "acs:ecs:*:*:instance/i-1"))
    assert allowed_on_all(found, "ecs:RunInstances") is True
    assert allowed_on_all(found, "ecs:StartInstance") is False
