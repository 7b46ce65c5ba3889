"""The reader of OSS and KMS policies: who gets what, whether everyone does, whether TLS must be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.facts.shared import Grant
from collectors.iac.mappers.alicloud import policy

ALLOW: dict[str, Any] = {
    "Effect": "Allow",
    "Action": ["oss:GetObject"],
    "Principal": ["*"],
    "Resource": ["acs:oss:*:*:b/*"],
}
DENY_PLAIN: dict[str, Any] = {
    "Effect": "Deny",
    "Action": ["oss:*"],
    "Principal": ["*"],
    "Resource": ["acs:oss:*:*:b", "acs:oss:*:*:b/*"],
    "Condition": {"Bool": {"acs:SecureTransport": ["false"]}},
}


def statements(*values: dict[str, Any]) -> list[policy.Statement]:
    found = policy.parse(json.dumps({"Version": "1", "Statement": list(values)}))
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("principal", "kind", "account"),
    [
        ("*", "anyone", None),
        ("1234567890123456", "account", "1234567890123456"),
        ("acs:ram::1234567890123456:user/ann", "account", "1234567890123456"),
        ("arn:sts::1234567890123456:assumed-role/reader/*", "account", "1234567890123456"),
        ("log.aliyuncs.com", "service", None),
    ],
)
def test_who_a_principal_is(principal: str, kind: str, account: str | None) -> None:
    (grant,) = policy.grants(statements({**ALLOW, "Principal": [principal]}))
    assert (grant.principal, grant.kind, grant.account) == (principal, kind, account)


def test_a_ram_users_id_does_not_tell_its_account() -> None:
    (grant,) = policy.grants(statements({**ALLOW, "Principal": ["2771234567890123"]}))
    assert grant.kind == "account"
    assert grant.account == Unknown("the id 2771234567890123 does not tell its account")


def test_a_grant_for_each_statement_and_principal() -> None:
    one = {**ALLOW, "Principal": ["*", "1234567890123456"], "Action": "oss:*"}
    narrowed = {**ALLOW, "Condition": {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}}}
    assert policy.grants(statements(one, DENY_PLAIN, narrowed)) == [
        Grant(principal="*", account=None, kind="anyone", actions=["oss:*"], conditions=[],
              narrows=False),
        Grant(principal="1234567890123456", account="1234567890123456", kind="account",
              actions=["oss:*"], conditions=[], narrows=False),
        Grant(principal="*", account=None, kind="anyone", actions=["oss:GetObject"],
              conditions=["acs:sourceip"], narrows=True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "public"),
    [
        (None, True),
        ({"IpAddress": {"acs:SourceIp": "203.0.113.7"}}, False),
        ({"IpAddress": {"acs:SourceIp": ["203.0.113.7", "0.0.0.0/0"]}}, True),
        ({"NotIpAddress": {"acs:SourceIp": "203.0.113.7"}}, True),
        ({"StringEquals": {"acs:SourceVpc": "vpc-1"}}, False),
        ({"StringLike": {"acs:SourceVpc": "*"}}, True),
        ({"StringNotLike": {"acs:SourceVpc": "vpc-*"}}, True),
        ({"Bool": {"acs:SecureTransport": "true"}}, True),
        ({"StringLike": {"oss:Prefix": "public/"}}, True),
        ({"stringEQUALS": {"ACS:sourceVPC": "vpc-1"}}, False),
    ],
)
def test_which_conditions_keep_everyone_out(condition: dict[str, Any] | None, public: bool) -> None:
    values = ALLOW if condition is None else {**ALLOW, "Condition": condition}
    assert policy.public(statements(values)) is public


def test_a_deny_by_address_may_close_what_an_allow_opens() -> None:
    deny = {**DENY_PLAIN, "Condition": {"NotIpAddress": {"acs:SourceIp": "203.0.113.0/24"}}}
    assert policy.public(statements(ALLOW, deny)) == Unknown(
        "a Deny by address or network may close what an Allow opens"
    )
    assert policy.public(statements(ALLOW, DENY_PLAIN)) is True
    assert policy.public(statements(deny)) is False


def test_everyone_but_one_is_everyone() -> None:
    values = {key: value for key, value in ALLOW.items() if key not in ("Principal", "Action")}
    open_to_most = {**values, "NotPrincipal": ["1234567890123456"], "NotAction": ["oss:PutObject"]}
    (grant,) = policy.grants(statements(open_to_most))
    assert (grant.kind, grant.actions) == ("anyone", ["*"])
    assert policy.public(statements(open_to_most)) is True


@pytest.mark.parametrize(
    ("change", "required"),
    [
        ({}, True),
        ({"Action": ["oss:GetObject"]}, False),
        ({"Principal": ["1234567890123456"]}, False),
        ({"Resource": ["acs:oss:*:*:b/private/*"]}, False),
        ({"Resource": ["acs:oss:*:*:b"]}, False),
        ({"Resource": ["*"]}, True),
        ({"Resource": ["acs:oss:*:*:b*"]}, True),
        ({"Effect": "Allow"}, False),
        ({"Condition": {"Bool": {"acs:SecureTransport": "true"}}}, False),
        ({"Condition": {"Bool": {"acs:SecureTransport": False}}}, True),
        (
            {"Condition": {**DENY_PLAIN["Condition"], "IpAddress": {"acs:SourceIp": "1.2.3.4"}}},
            False,
        ),
    ],
)
def test_when_plain_http_is_refused(change: dict[str, Any], required: bool) -> None:
    assert policy.requires_tls(statements(ALLOW, {**DENY_PLAIN, **change})) is required


def test_a_deny_of_everyone_but_one_does_not_refuse_plain_http() -> None:
    values = {key: value for key, value in DENY_PLAIN.items() if key != "Principal"}
    assert not policy.requires_tls(statements({**values, "NotPrincipal": ["1234567890123456"]}))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "the policy is not JSON"),
        ("[]", "the policy has no list of statements"),
        ('{"Statement": ["x"]}', "the policy has no list of statements"),
    ],
)
def test_what_is_no_policy_is_unknown(text: str, why: str) -> None:
    assert policy.parse(text) == Unknown(why)
