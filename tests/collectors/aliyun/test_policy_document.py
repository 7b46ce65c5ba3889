"""Whom the resource policies of Alibaba Cloud let in, and which conditions narrow that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.aliyun.policy_document import grants, is_public
from collectors.document import Unknown
from collectors.facts.shared import Grant
from collectors.policy_clauses import clauses

OWN, OTHER = "1234567890123456", "5555666677778888"


def policy(**statement: Any) -> str:
    whole = {"Effect": "Allow", "Action": "oss:GetObject", "Resource": "*", **statement}
    return json.dumps({"Version": "1", "Statement": [whole]})


def grant(principal: str, kind: Any, account: str | Unknown | None = None) -> Grant:
    return Grant(
        principal=principal,
        account=account,
        kind=kind,
        actions=["oss:GetObject"],
        conditions=[],
        narrows=False,
    )


ANYONE = grant("*", "anyone")


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("*", ANYONE),
        (["*"], ANYONE),
        ({"RAM": "*"}, ANYONE),
        ({"RAM": ["*"]}, ANYONE),
        ({"Federated": "*"}, ANYONE),
        ({"RAM": ["acs:ram::*:root"]}, grant("acs:ram::*:root", "anyone")),
        (["arn:sts::*:assumed-role/app/*"], grant("arn:sts::*:assumed-role/app/*", "anyone")),
        ([OTHER], grant(OTHER, "account", OTHER)),
        ({"RAM": [f"acs:ram::{OWN}:root"]}, grant(f"acs:ram::{OWN}:root", "account", OWN)),
        (
            {"RAM": f"acs:ram::{OTHER}:role/audit"},
            grant(f"acs:ram::{OTHER}:role/audit", "account", OTHER),
        ),
        (
            [f"arn:sts::{OTHER}:assumed-role/app/*"],
            grant(f"arn:sts::{OTHER}:assumed-role/app/*", "account", OTHER),
        ),
        ({"Service": ["ecs.aliyuncs.com"]}, grant("ecs.aliyuncs.com", "service")),
        # A service that works for another account: who may use it there is that account's matter.
        (
            {"Service": f"{OTHER}@actiontrail.aliyuncs.com"},
            grant(f"{OTHER}@actiontrail.aliyuncs.com", "account", OTHER),
        ),
        (
            {"Federated": [f"acs:ram::{OWN}:saml-provider/adfs"]},
            grant(f"acs:ram::{OWN}:saml-provider/adfs", "federated", OWN),
        ),
        # The id of a RAM user.
        (
            ["201234567890123456"],
            grant(
                "201234567890123456",
                "account",
                Unknown("the id 201234567890123456 does not tell its account"),
            ),
        ),
    ],
)
def test_who_a_principal_is(principal: Any, expected: Grant) -> None:
    assert grants(policy(Principal=principal)) == [expected]


def test_every_principal_of_every_kind_is_a_grant() -> None:
    both = {"RAM": [f"acs:ram::{OWN}:root", f"acs:ram::{OTHER}:root"], "Service": "fc.aliyuncs.com"}
    found = grants(policy(Principal=both))
    assert not isinstance(found, Unknown)
    assert [one.account for one in found] == [OWN, OTHER, None]


def test_all_but_a_principal_is_anyone_and_all_but_an_action_is_every_action() -> None:
    assert grants(policy(NotPrincipal=[OTHER])) == [ANYONE]
    document = {"Statement": {"Effect": "Allow", "Principal": "*", "NotAction": "oss:Delete*"}}
    found = grants(document)
    assert not isinstance(found, Unknown)
    assert found[0].actions == ["*"]


def test_what_is_denied_or_not_there_grants_nothing() -> None:
    assert grants(policy(Effect="Deny", Principal="*")) == []
    assert grants(None) == []


NARROW: list[dict[str, Any]] = [
    {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}},
    {"IpAddress": {"acs:SourceIp": "198.51.100.7"}},
    {"StringEquals": {"acs:SourceVpc": ["vpc-core"]}},
    {"StringEquals": {"acs:SourceVpcId": "vpc-core"}},
    {"StringEquals": {"acs:PrincipalRDId": "rd-a1b2c3"}},
    {"StringLike": {"acs:PrincipalRDPath": "rd-a1b2c3/r-Wm****/fd-x/*"}},
    {"StringLike": {"acs:PrincipalARN": f"acs:ram::{OWN}:role/*"}},
    {"StringEquals": {"acs:AccessId": "LTAI5tExample"}},
    {"StringEquals": {"acs:SourceAccount": OWN}},
    {"StringEquals": {"ACS:sourceaccount": OWN}},
    {"StringEquals": {"saml:recipient": "https://signin.aliyun.com/saml-role/sso"}},
    {"StringEquals": {"oidc:sub": "system:serviceaccount:default:app"}},
    {"StringLike": {"oidc:sub": "repo:acme/*"}},
    {"StringEquals": {"oidc:aud": "498469743454717****".replace("*", "0")}},
    # All keys have to be met, so one that narrows is enough.
    {"Bool": {"acs:SecureTransport": True}, "IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}},
    {"StringNotLike": {"acs:SourceVpc": "vpc-*"}, "IpAddress": {"acs:SourceIp": "203.0.113.9"}},
]

WIDE: list[dict[str, Any]] = [
    {},
    {"Bool": {"acs:SecureTransport": "true"}},
    {"Bool": {"acs:MFAPresent": "true"}},
    {"IpAddress": {"acs:SourceIp": "0.0.0.0/0"}},
    {"IpAddress": {"acs:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}},
    {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24", "::/0"]}},
    {"IpAddress": {"acs:SourceIp": "office"}},
    {"IpAddress": {"acs:SourceIp": []}},
    {"NotIpAddress": {"acs:SourceIp": "203.0.113.0/24"}},
    {"StringLike": {"acs:SourceVpc": "vpc-*"}},
    {"StringNotEquals": {"acs:SourceVpc": "vpc-core"}},
    {"StringEqualsIfExists": {"acs:SourceVpc": "vpc-core"}},
    {"ForAllValues:StringEquals": {"acs:PrincipalRDId": "rd-a1b2c3"}},
    {"StringEquals": {"acs:PrincipalRDId": "${acs:PrincipalTag/rd}"}},
    {"StringLike": {"acs:PrincipalRDPath": "rd-*"}},
    {"StringLike": {"acs:PrincipalARN": "acs:ram::*:role/app"}},
    {"StringEquals": {"acs:PrincipalTag/team": "ops"}},
    {"StringEquals": {"oidc:aud": "sts.aliyuncs.com"}},
    {"StringEquals": {"oidc:iss": "https://token.actions.githubusercontent.com"}},
    {"StringLike": {"oidc:sub": "system:serviceaccount:*"}},
    {"StringLike": {"oidc:sub": "repo:*"}},
    {"StringLike": {"oidc:sub": "repo:acme*"}},
    {"DateLessThan": {"acs:CurrentTime": "2030-01-01T00:00:00Z"}},
    {"StringEquals": {"sts:ExternalId": "settlement"}},
]


@pytest.mark.parametrize("condition", NARROW, ids=json.dumps)
def test_conditions_that_narrow(condition: dict[str, Any]) -> None:
    found = grants(policy(Principal="*", Condition=condition))
    assert not isinstance(found, Unknown)
    assert ([one.narrows for one in found], is_public(found)) == ([True], False)


@pytest.mark.parametrize("condition", WIDE, ids=json.dumps)
def test_conditions_that_do_not_narrow(condition: dict[str, Any]) -> None:
    found = grants(policy(Principal="*", Condition=condition))
    assert not isinstance(found, Unknown)
    assert ([one.narrows for one in found], is_public(found)) == ([False], True)


def test_an_external_id_narrows_the_grant_to_an_account() -> None:
    condition = {"StringEquals": {"sts:ExternalId": "settlement"}}
    found = grants(policy(Principal={"RAM": [f"acs:ram::{OTHER}:root"]}, Condition=condition))
    assert not isinstance(found, Unknown)
    assert (found[0].narrows, found[0].conditions) == (True, ["sts:ExternalId"])


@pytest.mark.parametrize(
    "document",
    ["", "[]", "{}", '{"Statement": "x"}', policy(), policy(Principal="root"), policy(Effect="x")],
)
def test_what_is_no_policy_is_unknown(document: str) -> None:
    assert isinstance(grants(document), Unknown)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(principal=_VALUES, action=_VALUES, condition=_VALUES)
def test_no_document_raises(principal: Any, action: Any, condition: Any) -> None:
    document = policy(Principal=principal, Action=action, Condition=condition)
    assert isinstance(grants(document), Unknown | list)
    assert isinstance(clauses(document), Unknown | list)
