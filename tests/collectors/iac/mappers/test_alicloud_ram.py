"""RAM: users, groups, roles, policies and the settings of the account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")


def _text(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "1", "Statement": list(statements)})


ALL = _text({"Effect": "Allow", "Action": "*", "Resource": "*"})
READ = _text({"Effect": "Allow", "Action": "oss:Get*", "Resource": "*"})
PASSES = _text({"Effect": "Allow", "Action": ["ram:AttachPolicyToUser"], "Resource": "*"})
USER = block("alicloud_ram_user.u", {"name": "li.si"})


def _system(name: str, **to: Any) -> Block:
    (kind,) = to
    values = {f"{kind}_name": to[kind], "policy_name": name, "policy_type": "System"}
    return block(f"alicloud_ram_{kind}_policy_attachment.{name}", values)


def _custom(value: Any, **to: Any) -> Block:
    (kind,) = to
    values = {f"{kind}_name": to[kind], "policy_name": value, "policy_type": "Custom"}
    return block(f"alicloud_ram_{kind}_policy_attachment.custom", values)


def _policy(text: Any, name: str = "mine") -> Block:
    return block("alicloud_ram_policy.p", {"policy_name": name, "policy_document": text})


def test_a_user_alone() -> None:
    document = the(USER)
    assert (document.name, document.region) == ("li.si", "global")
    assert document.facts == {
        "groups": [],
        "direct_policies": [],
        "privileged": False,
        "escalation_paths": [],
        "external": False,
        "enabled": True,
    }
    assert {"console", "mfa", "keys", "password_changed"} <= set(unknown(document))


def test_a_user_with_a_key_a_password_and_every_right() -> None:
    document = the(
        USER,
        block("alicloud_ram_login_profile.l", {"user_name": "li.si"}),
        block("alicloud_ram_access_key.k", {"user_name": Reference(USER.address, "name")}),
        _system("AdministratorAccess", user=Reference(USER.address, "name")),
    )
    assert document.facts["console"] is True
    assert document.facts["keys"] == [{"id": "main.tf#alicloud_ram_access_key.k", "active": True}]
    assert document.facts["direct_policies"] == ["acs:ram::system:policy/AdministratorAccess"]
    assert document.facts["privileged"] is True


@pytest.mark.parametrize("by", ["membership", "attachment"])
@pytest.mark.parametrize("name", ["name", "group_name"])
def test_rights_through_a_group(by: str, name: str) -> None:
    group = block("alicloud_ram_group.g", {name: "admins"})
    link = block(
        "alicloud_ram_user_group_attachment.m", {"user_name": "li.si", "group_name": "admins"}
    )
    if by == "membership":
        values = {"user_names": ["li.si", "wang.wu"], "group_name": Reference(group.address, name)}
        link = block("alicloud_ram_group_membership.m", values)
    found = documents(USER, group, link, _policy(ALL), _custom("mine", group="admins"))
    user, members = found[0], found[1]
    assert user.facts["privileged"] is True
    assert user.facts["direct_policies"] == []
    assert members.facts["members"] == (2 if by == "membership" else 1)


@pytest.mark.parametrize(
    ("policy", "link", "privileged"),
    [
        (_policy(READ), _custom("mine", user="li.si"), False),
        (_policy(ALL), _custom(Reference("alicloud_ram_policy.p", "id"), user="li.si"), True),
        (_policy(APPLY), _custom("mine", user="li.si"), None),
        (_policy(ALL), _custom("another", user="li.si"), None),
        (_policy(ALL), _system("AliyunOSSFullAccess", user="li.si"), None),
        (_policy(ALL), _custom("mine", user="wang.wu"), False),
        (_policy(ALL), _custom("mine", user=APPLY), None),
        (_policy(ALL), _custom(APPLY, user="li.si"), None),
    ],
)
def test_what_a_policy_makes_of_a_user(policy: Block, link: Block, privileged: bool | None) -> None:
    assert the(USER, policy, link).facts.get("privileged") is privileged


@pytest.mark.parametrize(
    ("values", "privileged"),
    [
        ({"principal_name": "li.si@example.onaliyun.com", "resource_group_id": "1234567"}, True),
        ({"principal_name": "li.si@example.onaliyun.com", "resource_group_id": "rg-1"}, False),
        ({"principal_name": "li.si@example.onaliyun.com", "resource_group_id": APPLY}, None),
        ({"principal_name": "wang.wu@example.onaliyun.com"}, False),
        ({"principal_name": APPLY}, None),
    ],
)
def test_an_attachment_by_resource_manager(values: dict[str, Any], privileged: bool | None) -> None:
    whole = {"policy_name": "AdministratorAccess", "policy_type": "System", **values}
    link = block(
        "alicloud_resource_manager_policy_attachment.a", {"principal_type": "IMSUser", **whole}
    )
    assert the(USER, link).facts.get("privileged") is privileged


def _trust(principal: Any, **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return _text({**statement, **more})


def test_a_role_that_a_service_takes_on() -> None:
    document = the(
        block(
            "alicloud_ram_role.r",
            {
                "role_name": "web",
                "assume_role_policy_document": _trust({"Service": ["ecs.aliyuncs.com"]}),
                "max_session_duration": 7200,
                "tags": {"system": "oa"},
            },
        ),
        _policy(PASSES),
        _custom("mine", role="web"),
    )
    assert (document.name, document.tags) == ("web", {"system": "oa"})
    (grant,) = document.facts["trust"]
    assert (grant["kind"], grant["principal"]) == ("service", "ecs.aliyuncs.com")
    assert document.facts["max_session_minutes"] == 120
    assert document.facts["privileged"] is False
    assert document.facts["escalation_paths"] == ["ram:AttachPolicyToUser"]


def test_a_role_that_anyone_takes_on() -> None:
    document = the(block("alicloud_ram_role.r", {"name": "r", "document": _trust({"RAM": ["*"]})}))
    (grant,) = document.facts["trust"]
    assert (grant["kind"], grant["narrows"]) == ("anyone", False)
    assert document.facts["max_session_minutes"] == 60


def test_a_role_by_a_data_source_and_by_the_lists_of_older_providers() -> None:
    principal = {"entity": "RAM", "identifiers": ["acs:ram::1234567890123456:root"]}
    source = block(
        "data.alicloud_ram_policy_document.d",
        {"statement": [{"action": ["sts:AssumeRole"], "principal": [principal]}]},
    )
    by_source = block("alicloud_ram_role.r", {"document": Reference(source.address, "document")})
    older = block("alicloud_ram_role.r", {"ram_users": ["acs:ram::1234567890123456:root"]})
    assert the(by_source, source).facts["trust"] == the(older).facts["trust"]
    assert the(older).facts["trust"][0]["kind"] == "account"


def test_a_role_of_which_nothing_is_known() -> None:
    arguments = ("role_name", "assume_role_policy_document", "max_session_duration")
    document = the(block("alicloud_ram_role.r", dict.fromkeys(arguments, APPLY)))
    assert document.facts == {"policies": [], "privileged": False, "escalation_paths": []}
    assert document.unknown["trust"] == APPLY.reason
    assert "trust" in the(block("alicloud_ram_role.r", {"name": "r"})).unknown


def test_a_policy_of_statements() -> None:
    blocks = [
        {
            "effect": "Allow",
            "action": ["*"],
            "resource": ["*"],
            "condition": [
                {"operator": "IpAddress", "variable": "acs:SourceIp", "values": ["10.0.0.1"]}
            ],
        }
    ]
    source = block("data.alicloud_ram_policy_document.d", {"statement": blocks})
    policy = _policy(Reference(source.address, "document"))
    document = the(policy, source, USER, _custom("mine", user="li.si"))
    assert document.facts["attached"] == 1
    assert document.facts["full_admin"] is False
    assert document.facts["statements"][0]["conditions"] == ["acs:SourceIp"]


def test_a_policy_for_one_bucket_that_the_template_makes() -> None:
    resource = [Reference("alicloud_oss_bucket.b", "bucket")]
    statement = {"action": ["*"], "resource": resource}
    document = the(block("alicloud_ram_policy.p", {"name": "p", "statement": [statement]}))
    assert document.facts["full_admin"] is False
    assert "attached" in document.unknown


def test_a_policy_of_which_nothing_is_known() -> None:
    document = the(_policy(APPLY))
    assert document.facts == {"managed_by": "customer"}
    assert {"full_admin", "statements", "escalation_paths"} <= set(document.unknown)


def _settings(document: Document) -> dict[str, Any]:
    assert (document.type, document.region) == ("account.identity", "global")
    return document.facts


def test_password_policies_and_their_defaults() -> None:
    old = _settings(the(block("alicloud_ram_account_password_policy.p", {})))
    assert old["password_policy"] == {
        "minimum_length": 12,
        "character_kinds": 4,
        "max_age_days": None,
        "reuse_prevention": 0,
        "lockout_attempts": 5,
        "hard_expiry": False,
    }
    new = _settings(the(block("alicloud_ram_password_policy.p", {"max_password_age": 90})))
    assert new["password_policy"] == {
        "minimum_length": 8,
        "character_kinds": 0,
        "max_age_days": 90,
        "reuse_prevention": 0,
        "lockout_attempts": 0,
        "hard_expiry": False,
    }
    open_ = the(block("alicloud_ram_password_policy.p", {"require_numbers": APPLY}))
    assert "password_policy/character_kinds" in open_.unknown


def test_rules_for_signing_in() -> None:
    kind = "alicloud_ram_security_preference.p"
    found = _settings(the(block(kind, {"login_network_masks": "10.0.0.0/8;192.168.0.1"})))
    assert found["admin_source_ranges"] == ["10.0.0.0/8", "192.168.0.1/32"]
    assert _settings(the(block(kind, {})))["admin_source_ranges"] == []
    assert _settings(the(block(kind, {})))["session_max_minutes"] == 360
    assert "admin_source_ranges" in the(block(kind, {"login_network_masks": APPLY})).unknown
