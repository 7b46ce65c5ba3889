"""Whom policy documents let in, and the promise that reading one never raises."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.aws.policy_document import clauses, grants, is_public, statements
from collectors.aws.policy_rights import escalation_paths, full_admin
from collectors.aws.policy_transport import denies_plain_http, minimum_tls
from collectors.document import Unknown, then
from collectors.facts.identity import Statement
from collectors.facts.shared import Grant

OWN = "111122223333"
OTHER = "444455556666"


def policy(**statement: Any) -> str:
    whole = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **statement}
    return json.dumps({"Version": "2012-10-17", "Statement": [whole]})


def grant(principal: str, kind: Any, account: str | None = None) -> Grant:
    return Grant(
        principal=principal,
        account=account,
        kind=kind,
        actions=["s3:GetObject"],
        conditions=[],
        narrows=False,
    )


ANYONE = grant("*", "anyone")
CLOUDFRONT = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
SAML = f"arn:aws-cn:iam::{OWN}:saml-provider/adfs"


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ("*", [ANYONE]),
        ({"AWS": "*"}, [ANYONE]),
        ({"AWS": ["*"]}, [ANYONE]),
        ({"*": "*"}, [ANYONE]),
        ({"Federated": "*"}, [ANYONE]),
        ({"AWS": "arn:aws:iam::*:root"}, [grant("arn:aws:iam::*:root", "anyone")]),
        ({"AWS": OTHER}, [grant(OTHER, "account", OTHER)]),
        (
            {"AWS": f"arn:aws-cn:iam::{OTHER}:root"},
            [grant(f"arn:aws-cn:iam::{OTHER}:root", "account", OTHER)],
        ),
        (
            {
                "AWS": [
                    f"arn:aws-us-gov:iam::{OWN}:role/app",
                    f"arn:aws:sts::{OTHER}:assumed-role/a/b",
                ]
            },
            [
                grant(f"arn:aws-us-gov:iam::{OWN}:role/app", "account", OWN),
                grant(f"arn:aws:sts::{OTHER}:assumed-role/a/b", "account", OTHER),
            ],
        ),
        ({"AWS": CLOUDFRONT}, [grant(CLOUDFRONT, "service")]),
        (
            {"Service": ["ec2.amazonaws.com.cn", "s3.amazonaws.com"]},
            [grant("ec2.amazonaws.com.cn", "service"), grant("s3.amazonaws.com", "service")],
        ),
        ({"Federated": SAML}, [grant(SAML, "federated", OWN)]),
        ({"Federated": "accounts.google.com"}, [grant("accounts.google.com", "federated")]),
        (
            {"AWS": OTHER, "Service": "s3.amazonaws.com"},
            [grant(OTHER, "account", OTHER), grant("s3.amazonaws.com", "service")],
        ),
    ],
)
def test_each_principal_of_an_allow_is_a_grant(principal: Any, expected: list[Grant]) -> None:
    assert grants(policy(Principal=principal)) == expected


@pytest.mark.parametrize(
    "principal", [{"CanonicalUser": "79a59df900b949e5"}, {"AWS": "AIDACKCEVSQ6C2EXAMPLE"}]
)
def test_the_account_of_an_opaque_principal_is_unknown(principal: dict[str, str]) -> None:
    name = next(iter(principal.values()))
    expected = grant(name, "account")
    expected.account = Unknown(f"AWS does not tell the account of the principal {name}")
    assert grants(policy(Principal=principal)) == [expected]


def test_allowing_all_but_a_principal_allows_anyone() -> None:
    assert grants(policy(NotPrincipal={"AWS": OTHER})) == [ANYONE]


def test_allowing_all_but_an_action_allows_every_action() -> None:
    document = {"Statement": {"Effect": "Allow", "Principal": "*", "NotAction": "s3:Delete*"}}
    expected = grant("*", "anyone")
    expected.actions = ["*"]
    assert grants(document) == [expected]


def test_a_deny_grants_nothing() -> None:
    assert grants(policy(Effect="Deny", Principal="*")) == []


def test_no_policy_grants_nothing() -> None:
    assert grants(None) == []
    assert statements(None) == []
    assert denies_plain_http(None) is False
    assert minimum_tls(None) is None


NARROW: list[dict[str, Any]] = [
    {"StringEquals": {"aws:SourceAccount": OWN}},
    {"StringEquals": {"AWS:sourceaccount": [OWN, OTHER]}},
    {"ForAnyValue:StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
    {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
    {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-1/*"}},
    {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
    {"ArnLike": {"aws:SourceArn": f"arn:aws-cn:sns:cn-north-1:{OWN}:*"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:example-bucket"}},
    {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::example-bucket"}},
    {"StringLike": {"aws:PrincipalArn": f"arn:aws:iam::{OWN}:role/*"}},
    {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}},
    {"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}},
    {"StringLike": {"aws:userid": "AROAEXAMPLEID1234567:*"}},
    {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}},
    {"IpAddress": {"aws:SourceIp": "198.51.100.7"}},
    {
        "StringEquals": {
            "kms:CallerAccount": OWN,
            "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn",
        }
    },
    {"StringEquals": {"SAML:aud": "https://signin.amazonaws.cn/saml"}},
    {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/app:*"}},
    {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/*"}},
    {"StringEquals": {"token.actions.githubusercontent.com:repository_owner": "example"}},
    {"StringLike": {"app.terraform.io:sub": "organization:example:project:*"}},
    {"StringLike": {"oidc.eks.cn-north-1.amazonaws.com.cn/id/A:sub": "system:serviceaccount:a:*"}},
    {"StringEquals": {"cognito-identity.amazonaws.com:aud": "cn-north-1:1234"}},
    {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}},
    # All keys have to be met, so one that narrows is enough.
    {"Bool": {"aws:SecureTransport": True}, "StringEquals": {"aws:SourceAccount": OWN}},
]

WIDE: list[dict[str, Any]] = [
    {},
    {"Bool": {"aws:SecureTransport": "true"}},
    {"StringNotEquals": {"aws:SourceAccount": OWN}},
    {"StringEqualsIfExists": {"aws:SourceAccount": OWN}},
    {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}},
    {"Null": {"aws:PrincipalOrgID": "false"}},
    {"StringLike": {"aws:PrincipalOrgID": "*"}},
    {"StringLike": {"aws:PrincipalOrgID": "o-*"}},
    {"StringLike": {"aws:SourceAccount": [OWN, "*"]}},
    {"StringEquals": {"aws:SourceAccount": []}},
    {"StringEquals": {"aws:SourceVpc": "vpc-*"}},
    {"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalTag/account}"}},
    {"StringEquals": {"aws:PrincipalTag/team": "ops"}},
    {"StringEquals": {"aws:username": "admin"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:topic"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}},
    {"ArnLike": {"aws:SourceArn": "*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/app"}},
    {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
    {"IpAddress": {"aws:SourceIp": "::/0"}},
    {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}},
    {"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/0"]}},
    {"IpAddress": {"aws:SourceIp": "office"}},
    {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}},
    {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
    {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}},
    # Also repositories of an owner example-of-somebody-else.
    {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example*"}},
    {"StringLike": {"token.actions.githubusercontent.com:repository": "example*"}},
    {"StringLike": {"gitlab.com:sub": "project_path:example*"}},
    {"StringLike": {"app.terraform.io:sub": "organization:example*"}},
    # Everybody can name a workflow and an environment so.
    {"StringLike": {"token.actions.githubusercontent.com:sub": "workflow:deploy:*"}},
    {"StringEquals": {"token.actions.githubusercontent.com:sub": "environment:production"}},
    {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}},
    {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "false"}},
    {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}},
]


@pytest.mark.parametrize("condition", NARROW, ids=json.dumps)
def test_conditions_that_narrow(condition: dict[str, Any]) -> None:
    found = grants(policy(Principal="*", Condition=condition))
    assert not isinstance(found, Unknown)
    assert [one.narrows for one in found] == [True]
    assert is_public(found) is False


@pytest.mark.parametrize("condition", WIDE, ids=json.dumps)
def test_conditions_that_do_not_narrow(condition: dict[str, Any]) -> None:
    found = grants(policy(Principal="*", Condition=condition))
    assert not isinstance(found, Unknown)
    assert [one.narrows for one in found] == [False]
    assert is_public(found) is True


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"sts:ExternalId": "settlement-2024"}}, True),
        ({"StringLike": {"sts:ExternalId": "*"}}, False),
        ({"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}, True),
        ({"StringLike": {"kms:ViaService": "*.amazonaws.com"}}, False),
    ],
)
def test_what_narrows_the_grant_to_an_account_does_not_narrow_one_to_anyone(
    condition: dict[str, Any], expected: bool
) -> None:
    found = grants(policy(Principal={"AWS": [OTHER, "*"]}, Condition=condition))
    assert not isinstance(found, Unknown)
    assert [(one.kind, one.narrows) for one in found] == [("account", expected), ("anyone", False)]


def test_a_grant_names_its_condition_keys() -> None:
    condition = {"Bool": {"b:two": "true"}, "StringLike": {"a:one": "x", "b:two": "y"}}
    found = grants(policy(Principal="*", Condition=condition))
    assert not isinstance(found, Unknown)
    assert found[0].conditions == ["a:one", "b:two"]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", "it has no Statement"),
        ("{}", "it has no Statement"),
        ('{"Statement": "x"}', "a statement is not an object"),
        ({"Statement": {"Principal": "*", "Action": "*"}}, "a statement has no Effect"),
        (policy(Effect="allow", Principal="*"), "a statement has no Effect"),
        (
            {"Statement": {"Effect": "Allow", "Principal": "*"}},
            "a statement has no Action, or both Action and NotAction",
        ),
        (
            policy(Principal="*", NotPrincipal="*"),
            "a statement has both Principal and NotPrincipal",
        ),
        (policy(Principal="*", NotResource="x"), "a statement has both Resource and NotResource"),
        (policy(Principal="root"), "a statement's principal is neither * nor an object"),
        (policy(Principal={"AWS": {}}), "an element is neither text nor a list of texts"),
        (policy(Principal="*", Condition="x"), "a condition is not an object"),
        (policy(Principal="*", Condition={"Bool": 1}), "a condition operator holds no object"),
        (policy(), "a statement names no principal"),
    ],
)
def test_what_is_no_policy_is_unknown(document: Any, reason: str) -> None:
    assert grants(document) == Unknown(f"the policy document cannot be read: {reason}")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["Statement", "Effect", "Action", "Principal", "AWS", "Condition", "Bool"]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
_STATEMENT = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": _JSON},
    optional={"Principal": _JSON, "Resource": _JSON, "Condition": _JSON},
)


@given(
    st.text() | _JSON.map(json.dumps) | _STATEMENT.map(lambda one: json.dumps({"Statement": one}))
)
def test_no_document_raises(document: str) -> None:
    found = then(clauses(document), lambda ok: (full_admin(ok), escalation_paths(ok)))
    assert isinstance(found, Unknown | tuple)
    assert isinstance(grants(document), Unknown | list)
    assert isinstance(statements(document), Unknown | list)
    assert isinstance(denies_plain_http(document), Unknown | bool)
    assert isinstance(minimum_tls(document), Unknown | str | None)


@given(
    principal=st.sampled_from(["*", {"AWS": "*"}, {"AWS": [OTHER, "*"]}, {"Federated": "*"}]),
    action=st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=3),
    others=st.lists(_STATEMENT.filter(lambda one: isinstance(grants({"Statement": one}), list))),
)
def test_anyone_without_a_condition_is_always_public(
    principal: Any, action: list[str], others: list[dict[str, Any]]
) -> None:
    opening = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    found = grants({"Statement": [*others, opening]})
    assert not isinstance(found, Unknown)
    assert is_public(found) is True


def test_statements_keep_what_is_written() -> None:
    document = {
        "Statement": [
            {"Effect": "Allow", "Action": "s3:*", "Resource": ["a", "b"]},
            {
                "Effect": "Allow",
                "NotAction": ["iam:*"],
                "NotResource": "c",
                "Condition": {"Bool": {"aws:MultiFactorAuthPresent": True}},
            },
            {"Effect": "Deny", "Action": "*", "NotResource": "d"},
        ]
    }
    hidden = Unknown("a Deny with NotResource hits all but a few")
    assert statements(document) == [
        Statement(
            effect="allow", actions=["s3:*"], not_actions=[], resources=["a", "b"], conditions=[]
        ),
        Statement(
            effect="allow",
            actions=[],
            not_actions=["iam:*"],
            resources=["*"],
            conditions=["aws:MultiFactorAuthPresent"],
        ),
        Statement(effect="deny", actions=["*"], not_actions=[], resources=hidden, conditions=[]),
    ]


def test_grants_are_plain_json() -> None:
    found = grants(policy(Principal="*"))
    assert msgspec.to_builtins(found) == [
        {
            "principal": "*",
            "account": None,
            "kind": "anyone",
            "actions": ["s3:GetObject"],
            "conditions": [],
            "narrows": False,
        }
    ]
