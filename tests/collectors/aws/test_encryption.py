from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.encryption import OFF, at_rest, manager_of
from collectors.document import Unknown
from collectors.facts.shared import Encryption
from tests.collectors.aws.conftest import Client, OpenAccount

REGION = "cn-north-1"
NOT_FOUND = Unknown("NotFoundException: kms:DescribeKey")


def test_whose_key_it_is(fresh_moto: str, client: Client, open_account: OpenAccount) -> None:
    own = client("kms", REGION).create_key()["KeyMetadata"]["Arn"]
    foreign = f"arn:aws-cn:kms:{REGION}:111122223333:key/0a"
    service = f"arn:aws-cn:kms:{REGION}:123456789012:alias/aws/ebs"
    missing = f"arn:aws-cn:kms:{REGION}:123456789012:key/0b"
    account = open_account(fresh_moto, REGION)
    assert {
        key: at_rest(account, REGION, True, key).key_manager
        for key in (own, foreign, service, missing, None)
    } == {
        own: "customer",
        foreign: "customer",
        service: "provider",
        missing: NOT_FOUND,
        None: "provider",
    }


def test_what_is_not_encrypted_has_no_key(fresh_moto: str, open_account: OpenAccount) -> None:
    assert at_rest(open_account(fresh_moto), "us-east-1", False, "alias/own") == OFF


def test_an_unnamed_key_is_unknown_but_encrypts(fresh_moto: str, open_account: OpenAccount) -> None:
    unnamed = Unknown("not told")
    assert at_rest(open_account(fresh_moto), "us-east-1", True, unnamed) == Encryption(
        enabled=True, key_manager=unnamed, key_id=unnamed, algorithm="AES-256"
    )


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"KeyManager": "AWS", "Origin": "AWS_KMS"}, "provider"),
        ({"KeyManager": "CUSTOMER", "Origin": "AWS_KMS"}, "customer"),
        ({"KeyManager": "CUSTOMER", "Origin": "EXTERNAL"}, "customer"),
        ({"KeyManager": "CUSTOMER", "Origin": "EXTERNAL_KEY_STORE"}, "external"),
    ],
)
def test_the_manager_of_a_described_key(metadata: dict[str, Any], expected: str) -> None:
    assert manager_of(metadata) == expected
