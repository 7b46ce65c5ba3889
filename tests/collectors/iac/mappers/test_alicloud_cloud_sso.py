"""CloudSSO: directories, users, groups and access configurations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
SSO = "alicloud_cloud_sso"
OF = {"directory_id": Reference(f"{SSO}_directory.d")}
ALL = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
READ = {"Statement": [{"Effect": "Allow", "Action": "oss:Get*", "Resource": "*"}]}
IDP = {"saml_identity_provider_configuration": [{"sso_status": "Enabled"}]}


def _directory(**values: Any) -> Block:
    return block(f"{SSO}_directory.d", {"directory_name": "people"} | values)


def _user(**values: Any) -> Block:
    return block(f"{SSO}_user.u", OF | {"user_name": "li.si"} | values)


def _configuration(*policies: Any, name: str = "c", **values: Any) -> Block:
    written = [
        {
            "permission_policy_type": "System" if isinstance(each, str) else "Inline",
            "permission_policy_name": each if isinstance(each, str) else "own",
            "permission_policy_document": None if isinstance(each, str) else json.dumps(each),
        }
        for each in policies
    ]
    own = {"access_configuration_name": name, "permission_policies": written}
    return block(f"{SSO}_access_configuration.{name}", OF | own | values)


def _assignment(principal: Any, name: str = "c") -> Block:
    values = {
        "principal_id": principal,
        "access_configuration_id": Reference(
            f"{SSO}_access_configuration.{name}", "access_configuration_id"
        ),
    }
    return block(f"{SSO}_access_assignment.{name}", OF | values)


TO_USER = Reference(f"{SSO}_user.u", "user_id")
TO_GROUP = Reference(f"{SSO}_group.g", "group_id")
GROUP = block(f"{SSO}_group.g", OF | {"group_name": "operators"})
MEMBER = block(f"{SSO}_user_attachment.m", OF | {"user_id": TO_USER, "group_id": TO_GROUP})


def test_a_directory() -> None:
    found = the(
        _directory(
            password_policy=[
                {
                    "min_password_length": 12,
                    "max_password_age": 90,
                    "password_reuse_prevention": 5,
                    "max_login_attempts": 5,
                }
            ],
            login_preference=[{"login_network_masks": "10.0.0.0/8;192.0.2.1"}],
        ),
        _configuration("ReadOnlyAccess", session_duration=1800),
        _configuration("ReadOnlyAccess", name="longer"),
    )
    facts = found.facts
    assert (found.name, facts["federated"]) == ("people", False)
    assert (facts["root_mfa"], facts["root_access_keys"]) == (None, 0)
    assert facts["password_policy"] == {
        "minimum_length": 12,
        "max_age_days": 90,
        "reuse_prevention": 5,
        "lockout_attempts": 5,
    }
    assert facts["session_max_minutes"] == 60
    assert facts["admin_source_ranges"] == ["10.0.0.0/8", "192.0.2.1/32"]


@pytest.mark.parametrize(
    ("values", "unknown"),
    [
        ({}, {"password_policy", "session_max_minutes", "admin_source_ranges"}),
        (IDP | {"password_policy": [{"min_password_length": 32}]}, {"password_policy"}),
        ({"saml_identity_provider_configuration": APPLY}, {"federated", "password_policy"}),
        ({"login_preference": APPLY}, {"admin_source_ranges"}),
    ],
)
def test_what_a_directory_leaves_open(values: dict[str, Any], unknown: set[str]) -> None:
    assert unknown <= set(the(_directory(**values)).unknown)


@pytest.mark.parametrize(
    ("directory", "user", "console", "mfa"),
    [
        ({"mfa_authentication_status": "Disabled"}, {}, True, False),
        (IDP | {"mfa_authentication_status": "Disabled"}, {}, False, False),
        ({"mfa_authentication_status": "Enabled"}, {}, True, None),
        ({}, {}, True, None),
        ({"saml_identity_provider_configuration": APPLY}, {}, None, None),
        (
            {
                "mfa_authentication_setting_info": [
                    {"mfa_authentication_advance_settings": "OnlyRiskyLogin"}
                ]
            },
            {},
            True,
            False,
        ),
        (
            {
                "mfa_authentication_setting_info": [
                    {"mfa_authentication_advance_settings": "Byuser"}
                ]
            },
            {"mfa_authentication_settings": "Disabled"},
            True,
            False,
        ),
        (
            {
                "mfa_authentication_setting_info": [
                    {"mfa_authentication_advance_settings": "Byuser"}
                ]
            },
            {},
            True,
            None,
        ),
    ],
)
def test_how_a_user_signs_in(
    directory: dict[str, Any], user: dict[str, Any], console: bool | None, mfa: bool | None
) -> None:
    facts = the(_user(**user), _directory(**directory)).facts
    assert (facts.get("console"), facts.get("mfa")) == (console, mfa)
    assert (facts["keys"], facts["external"], facts["enabled"]) == ([], False, True)


def test_a_user_whose_directory_is_elsewhere() -> None:
    found = the(_user(directory_id="d-1"))
    assert {"console", "mfa", "mfa_kinds"} <= set(found.unknown)


def _privileged(*blocks: Block) -> tuple[Document, bool | None]:
    found = the(_user(), _directory(), *blocks)
    return found, found.facts.get("privileged")


def test_rights_of_a_user() -> None:
    assert _privileged()[1] is False
    found, yes = _privileged(_configuration(ALL), _assignment(TO_USER))
    assert (yes, found.facts["direct_policies"]) == (True, ["c"])
    assert _privileged(_configuration("AdministratorAccess"), _assignment(TO_USER))[1] is True
    assert _privileged(_configuration(READ), _assignment(TO_USER))[1] is False
    assert _privileged(_configuration("AliyunOSSFullAccess"), _assignment(TO_USER))[1] is None
    assert _privileged(_configuration(ALL), _assignment(APPLY))[1] is None
    assert _privileged(_assignment(TO_USER))[1] is None


def test_rights_through_a_group() -> None:
    found, yes = _privileged(GROUP, MEMBER, _configuration(ALL), _assignment(TO_GROUP))
    assert (yes, found.facts["groups"]) == (True, ["operators"])
    assert found.facts["direct_policies"] == []
    assert _privileged(MEMBER)[1] is None


def test_groups_and_access_configurations() -> None:
    group, policy, vendors = documents(
        GROUP,
        _configuration(READ, ALL),
        _configuration("ReadOnlyAccess", name="vendors"),
        MEMBER,
        _assignment(TO_GROUP),
    )
    assert (group.name, group.facts["members"]) == ("operators", 1)
    facts = policy.facts
    assert (facts["attached"], facts["managed_by"], facts["full_admin"]) == (1, "customer", True)
    assert len(facts["statements"]) == 2
    assert vendors.facts["managed_by"] == "provider"
    assert {"attached", "statements", "full_admin"} <= set(vendors.unknown)


def test_policies_that_are_open() -> None:
    values = OF | {"access_configuration_name": "c"}
    kind = f"{SSO}_access_configuration.c"
    opened: list[Any] = [APPLY, [{"permission_policy_type": APPLY}], [{}]]
    for written in opened:
        found = the(block(kind, values | {"permission_policies": written}))
        assert {"managed_by", "statements", "full_admin"} <= set(found.unknown)
    empty = [{"permission_policy_type": "Inline", "permission_policy_name": "own"}]
    found = the(block(kind, values | {"permission_policies": empty}))
    assert {"statements", "full_admin"} <= set(found.unknown)
    assert the(block(kind, values)).facts["full_admin"] is False
