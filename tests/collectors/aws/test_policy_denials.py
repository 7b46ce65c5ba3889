"""Denies beside an Allow for everybody: in repositories, functions and search domains."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.function_policy import opens_calls, opens_url
from collectors.aws.policy_denials import is_open
from collectors.aws.registry_policy import opens
from collectors.aws.search_facts import allowed_ranges, endpoint_exposure
from collectors.document import Unknown
from collectors.facts.shared import Exposure

REPOSITORY = "arn:aws-cn:ecr:cn-north-1:123456789012:repository/core/api"
DOMAIN = "arn:aws-cn:es:cn-north-1:123456789012:domain/logs/*"
BUCKET = "arn:aws-cn:s3:::records"
FUNCTION = "arn:aws-cn:lambda:cn-north-1:123456789012:function:pay"
OTHERS = {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}
ELSEWHERE = {"NotIpAddress": {"aws:SourceIp": ["203.0.113.7", "198.51.100.0/24"]}}


def policy(*statements: dict[str, Any], action: str, resource: str = "") -> str:
    common = {"Principal": "*", "Action": action} | ({"Resource": resource} if resource else {})
    return json.dumps({"Statement": [{**common, **one} for one in statements]})


ALLOW: dict[str, Any] = {"Effect": "Allow"}


def deny(condition: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Condition": condition, **changes}


WEIGHED = [
    ((ALLOW,), True),
    ((ALLOW, deny(OTHERS)), False),
    ((ALLOW, deny(ELSEWHERE)), False),
    # Either exemption is for few.
    ((ALLOW, deny({**OTHERS, **ELSEWHERE})), False),
    ((ALLOW, {"Effect": "Deny"}), False),
    # An exemption for many: everybody of some name, half of the internet, whoever uses TLS.
    ((ALLOW, deny({"StringNotLike": {"aws:PrincipalOrgID": "*"}})), True),
    ((ALLOW, deny({"NotIpAddress": {"aws:SourceIp": "0.0.0.0/1"}})), True),
    ((ALLOW, deny({"Bool": {"aws:SecureTransport": "false"}})), True),
    ((ALLOW, deny({**OTHERS, "Bool": {"aws:SecureTransport": "false"}})), True),
    # Only those without the key escape, who are many.
    ((ALLOW, deny({"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}})), True),
    # A Deny for some callers, or of something else.
    ((ALLOW, deny(OTHERS, Principal={"AWS": "999988887777"})), True),
    ((ALLOW, deny(OTHERS, Action="s3:GetObject")), True),
]


@pytest.mark.parametrize(("statements", "expected"), WEIGHED)
def test_a_repository(statements: tuple[dict[str, Any], ...], expected: bool) -> None:
    assert opens(policy(*statements, action="ecr:*"), REPOSITORY) is expected


@pytest.mark.parametrize(("statements", "expected"), WEIGHED)
def test_a_function(statements: tuple[dict[str, Any], ...], expected: bool) -> None:
    text = policy(*statements, action="lambda:*", resource=FUNCTION)
    assert (opens_calls(text), opens_url(text, "NONE")) == (expected, expected)


@pytest.mark.parametrize(("statements", "expected"), WEIGHED)
def test_any_other_policy(statements: tuple[dict[str, Any], ...], expected: bool) -> None:
    text = policy(*statements, action="dynamodb:*", resource="*")
    assert is_open(text) is expected


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((), False),
        ((ALLOW, deny(OTHERS, Action="s3:*", Resource=[BUCKET, f"{BUCKET}/*"])), False),
        ((ALLOW, deny(OTHERS, Action="s3:*", Resource=BUCKET)), True),
        ((ALLOW, deny(OTHERS, Action="s3:PutObject")), True),
        ((ALLOW, deny(OTHERS, Action="s3:Get*")), False),
        ((ALLOW, {**deny(OTHERS), "Action": "s3:Get?bject"}), True),
        # Every principal of every account is anyone, too.
        (({**ALLOW, "Principal": {"AWS": "arn:aws-cn:iam::*:root"}},), True),
        (({**ALLOW, "Principal": {"AWS": "arn:aws-cn:iam::123456789012:root"}},), False),
    ],
)
def test_a_policy_of_a_bucket(statements: tuple[dict[str, Any], ...], expected: bool) -> None:
    text = policy(*statements, action="s3:GetObject", resource=f"{BUCKET}/*")
    assert is_open(text) is expected


def test_a_deny_of_all_but_some_actions_leaves_those() -> None:
    denial = {"Effect": "Deny", "NotAction": "s3:GetObject", "Principal": "*", "Resource": "*"}
    allowed = {"Effect": "Allow", "Action": "s3:*", "Principal": "*", "Resource": "*"}
    assert is_open({"Statement": [allowed, denial]}) is True
    assert is_open(None) is False
    unread = Unknown("the policy document cannot be read: a statement names no principal")
    assert is_open({"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}) == unread


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        (FUNCTION, False),
        ("*", False),
        ("arn:aws-cn:lambda:*:function:*", False),
        (f"{FUNCTION}:live", True),
        ("arn:aws-cn:lambda:cn-north-1:123456789012:function:???", True),
    ],
)
def test_a_deny_takes_back_only_what_it_is_about(denied: str, expected: bool) -> None:
    statements = (ALLOW, deny(OTHERS, Resource=denied))
    text = policy(*statements, action="lambda:InvokeFunction", resource=FUNCTION)
    assert opens_calls(text) is expected


def test_taking_back_pulls_leaves_pushes() -> None:
    text = policy(ALLOW, deny(OTHERS, Action="ecr:BatchGetImage"), action="ecr:*")
    assert opens(text, REPOSITORY) is True


OFFICE = {"IpAddress": {"aws:SourceIp": "203.0.113.7"}}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ((ALLOW,), None),
        (({**ALLOW, "Condition": OFFICE},), ["203.0.113.7/32"]),
        ((ALLOW, deny(ELSEWHERE)), ["198.51.100.0/24", "203.0.113.7/32"]),
        (({**ALLOW, "Principal": {"AWS": "123456789012"}},), None),
        (({**ALLOW, "Condition": OFFICE}, {**ALLOW, "Action": "es:ESHttpGet"}), None),
        # Nobody is let in by it: rights of identities decide.
        ((), None),
        (({**ALLOW, "Condition": OFFICE, "Action": "es:DescribeDomain"},), None),
        (({**ALLOW, "Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}},), None),
        ((ALLOW, deny(ELSEWHERE, Action="es:ESHttpGet")), None),
        ((ALLOW, deny({**ELSEWHERE, "Bool": {"aws:SecureTransport": "false"}})), None),
    ],
)
def test_the_addresses_of_a_search_domain(
    statements: tuple[dict[str, Any], ...], expected: list[str] | None
) -> None:
    text = policy(*statements, action="es:*", resource=DOMAIN)
    assert allowed_ranges({"AccessPolicies": text}) == expected


def test_an_endpoint_is_as_open_as_its_access_policy() -> None:
    assert endpoint_exposure(None) == Exposure(public=True, via=["endpoint"])
    assert endpoint_exposure(["203.0.113.7/32"]) == Exposure(public=False, via=[])
    assert allowed_ranges({}) is None
    unread = allowed_ranges({"AccessPolicies": "{"})
    assert isinstance(unread, Unknown)
    assert endpoint_exposure(unread).public == unread
