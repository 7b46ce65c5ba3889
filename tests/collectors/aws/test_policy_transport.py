"""What bucket policies demand of the connection."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.policy_transport import denies_plain_http, minimum_tls
from collectors.document import Unknown

BUCKET = "arn:aws-cn:s3:::example"
BOTH = [BUCKET, f"{BUCKET}/*"]
PLAIN = {"Bool": {"aws:SecureTransport": "false"}}


def deny(**changed: Any) -> dict[str, Any]:
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": BOTH,
        "Condition": PLAIN,
        **changed,
    }


@pytest.mark.parametrize(
    "statements",
    [
        [deny()],
        [deny(Principal={"AWS": "*"}, Action="*", Resource="*")],
        [deny(Principal={"AWS": ["*"]}, Action=["S3:*"], Resource=f"{BUCKET}*")],
        [deny(Condition={"Bool": {"AWS:SECURETRANSPORT": False}})],
        [deny(Condition={"BoolIfExists": {"aws:SecureTransport": ["false"]}})],
        [deny(Resource=BUCKET), deny(Resource=f"{BUCKET}/*")],
    ],
)
def test_plain_http_is_denied(statements: list[dict[str, Any]]) -> None:
    assert denies_plain_http({"Statement": statements}) is True


@pytest.mark.parametrize(
    "statement",
    [
        deny(Effect="Allow"),
        deny(Principal={"AWS": "444455556666"}),
        deny(Action="s3:GetObject"),
        deny(Resource=BUCKET),
        deny(Resource=f"{BUCKET}/*"),
        deny(Resource=[BUCKET, f"{BUCKET}/public/*"]),
        deny(Condition={"Bool": {"aws:SecureTransport": "true"}}),
        deny(Condition={"Bool": {"aws:SecureTransport": ["true", "false"]}}),
        deny(Condition={**PLAIN, "StringEquals": {"aws:SourceVpc": "vpc-1"}}),
        deny(Condition={"StringEquals": {"aws:SecureTransport": "false"}}),
        deny(Condition={}),
    ],
)
def test_plain_http_is_not_wholly_denied(statement: dict[str, Any]) -> None:
    assert denies_plain_http({"Statement": statement}) is False


def test_all_but_a_principal_is_not_everyone() -> None:
    statement = deny()
    statement["NotPrincipal"] = statement.pop("Principal")
    assert denies_plain_http({"Statement": statement}) is False


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, "1.2"),
        ({"NumericLessThan": {"s3:TlsVersion": 1.3}}, "1.3"),
        ({"NumericLessThanIfExists": {"s3:TlsVersion": ["1.1"]}}, "1.1"),
        ({"NumericLessThan": {"s3:TlsVersion": "1.25"}}, "1.2"),
        ({"NumericLessThanEquals": {"s3:TlsVersion": "1.1"}}, None),
        ({"NumericLessThan": {"s3:TlsVersion": "new"}}, None),
        ({"NumericLessThan": {"s3:TlsVersion": "nan"}}, None),
        (PLAIN, None),
    ],
)
def test_the_lowest_tls_version(condition: dict[str, Any], expected: str | None) -> None:
    assert minimum_tls({"Statement": deny(Condition=condition)}) == expected


def test_a_document_that_cannot_be_read_is_unknown() -> None:
    broken = Unknown("the policy document cannot be read: it is not JSON")
    assert (denies_plain_http("{"), minimum_tls("{")) == (broken, broken)
