"""Guardrails: what a control policy says of regions, and which hold for an account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aliyun.control_policies import guardrail
from collectors.aliyun.resource_directory import guardrails
from collectors.document import Unknown
from collectors.facts.account import Guardrail
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import ACCOUNT_ID
from tests.collectors.aliyun.world import Answers, load

EXEMPT = {
    "StringNotLike": {"acs:PrincipalARN": "acs:ram:*:*:role/resourcedirectoryaccountaccessrole"}
}


def deny(resource: str | list[str], action: Any = "*", **more: Any) -> str:
    statement = {"Effect": "Deny", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "1", "Statement": [statement]})


@pytest.mark.parametrize(
    ("content", "denies"),
    [
        (deny("acs:*:cn-hongkong:*:*"), ["cn-hongkong"]),
        (deny(["acs:*:us-west-1:*:*", "acs:*:cn-hongkong:*:*"]), ["cn-hongkong", "us-west-1"]),
        (deny("acs:*:us-*:*:*"), ["us-east-1", "us-west-1"]),
        (deny("acs:*:cn-hongkong:*:*", Condition=EXEMPT), ["cn-hongkong"]),
        (
            deny("acs:*:cn-hongkong:*:*", ["ecs:*", "oss:*", "rds:*", "ots:*"]),
            ["cn-hongkong"],
        ),
        # Less than everything.
        (deny("acs:ecs:cn-hongkong:*:*"), None),
        (deny("acs:*:cn-hongkong:1234567890123456:*"), None),
        (deny("acs:*:cn-hongkong:*:*", "ecs:*"), None),
        (deny("*", ["actiontrail:DeleteTrail"]), None),
        (deny("acs:*:cn-hongkong:*:*", Condition={"Bool": {"acs:MFAPresent": "false"}}), None),
        (
            deny(
                "acs:*:cn-hongkong:*:*",
                Condition={"StringNotLike": {"acs:PrincipalARN": "acs:ram:*:*:role/*"}},
            ),
            None,
        ),
        (deny("acs:*:cn-hongkong:*:*").replace("Deny", "Allow"), None),
    ],
)
def test_regions_that_a_policy_denies(content: str, denies: list[str] | None) -> None:
    expected = Guardrail(kind="control-policy", id="cp-1", denies_regions=denies, only_regions=None)
    assert guardrail("cp-1", content) == expected


def test_what_cannot_be_read_is_unknown() -> None:
    assert guardrail("cp-1", Unknown("denied")).denies_regions == Unknown("denied")
    assert isinstance(guardrail("cp-1", "?").denies_regions, Unknown)


def directory(**more: Any) -> dict[str, Answers]:
    world = load("resourcemanager")
    world["resourcemanager"]["GetResourceDirectory"][0]["body"]["ResourceDirectory"] |= more
    return world


@pytest.mark.parametrize(
    "more", [{"MasterAccountId": ACCOUNT_ID}, {"ControlPolicyStatus": "Disabled"}]
)
def test_no_policy_binds_the_management_account_or_while_they_are_off(
    serve: Serve, open_account: OpenAccount, more: dict[str, str]
) -> None:
    assert guardrails(open_account(serve(world=directory(**more)))) == []


def test_policies_of_all_folders_bind(serve: Serve, open_account: OpenAccount) -> None:
    found = guardrails(open_account(serve(world=directory())))
    assert not isinstance(found, Unknown)
    assert [one.id for one in found] == ["cp-regions", "cp-trail"]


def test_a_folder_that_cannot_be_read_leaves_a_place(
    serve: Serve, open_account: OpenAccount
) -> None:
    world = directory()
    attachments = world["resourcemanager"]["ListControlPolicyAttachmentsForTarget"]
    for entry in attachments:
        if entry["when"]["TargetId"] == "fd-prod":
            entry |= {
                "status": 403,
                "body": {"Code": "NoPermission", "Message": "", "RequestId": "1"},
            }
    found = guardrails(open_account(serve(world=world)))
    assert not isinstance(found, Unknown)
    assert [getattr(one, "id", one) for one in found] == [
        "cp-regions",
        Unknown("NoPermission: resourcemanager:ListControlPolicyAttachmentsForTarget"),
    ]
