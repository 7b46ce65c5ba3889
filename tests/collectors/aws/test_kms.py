"""KMS over real HTTP: keys of every kind, and what denials leave unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services.kms import keys, rotation_days, state_of
from collectors.document import Document
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, error, query_error, scripted
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
ROOT = f"arn:aws-cn:iam::{ACCOUNT_ID}:root"
NOT_ASKED = {"deletion_protection": "not collected by this version"}


def statement(principal: str, action: str) -> dict[str, Any]:
    return {
        "Effect": "Allow",
        "Principal": {"AWS": principal},
        "Action": action,
        "Resource": "*",
    }


def granted(principal: str, account: str | None, kind: str, action: str) -> dict[str, Any]:
    return {
        "principal": principal,
        "account": account,
        "kind": kind,
        "actions": [action],
        "conditions": [],
        "narrows": False,
    }


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def arns(client: Client) -> dict[str, str]:
    """Keys by name: one rotates and is open to anyone, one is about to go."""
    kms = client("kms", REGION)
    policy = {
        "Version": "2012-10-17",
        "Statement": [statement(ROOT, "kms:*"), statement("*", "kms:Decrypt")],
    }
    made: dict[str, dict[str, Any]] = {
        "rotating": {
            "Policy": json.dumps(policy),
            "Tags": [{"TagKey": "system", "TagValue": "bank"}],
        },
        "plain": {},
        "signing": {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"},
        "imported": {"Origin": "EXTERNAL"},
        "going": {},
    }
    found = {name: kms.create_key(**more)["KeyMetadata"]["Arn"] for name, more in made.items()}
    kms.enable_key_rotation(KeyId=found["rotating"])
    kms.create_alias(AliasName="alias/z-second", TargetKeyId=found["rotating"])
    kms.create_alias(AliasName="alias/bank", TargetKeyId=found["rotating"])
    # By id: moto answers 500 to the ARN here.
    kms.schedule_key_deletion(KeyId=found["going"].rpartition("/")[2], PendingWindowInDays=7)
    return found


@pytest.fixture
def collected(arns: dict[str, str], proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The documents by the names above, after the denials that the test wants."""

    def collect(*denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        found = {
            document.id: document for document in keys(open_account(proxy.url, REGION), REGION)
        }
        return {name: found[arn] for name, arn in arns.items()}

    return collect


def test_a_key_that_rotates(collected: Any) -> None:
    found = collected()["rotating"]
    assert (found.name, found.region, found.country, found.tags, found.unknown) == (
        "bank",
        REGION,
        "CN",
        {"system": "bank"},
        NOT_ASKED,
    )
    assert found.facts == {
        "manager": "customer",
        "origin": "provider",
        "algorithm": "SYMMETRIC_DEFAULT",
        "rotation_days": 365,
        "policy": [
            granted(ROOT, ACCOUNT_ID, "account", "kms:*"),
            granted("*", None, "anyone", "kms:Decrypt"),
        ],
        "state": "enabled",
        "used_by": None,
        "network_ranges": None,
        "private_endpoint": False,
        "audit_log": None,
    }


def test_the_other_kinds_of_keys(collected: Any) -> None:
    found = collected()
    kinds = {
        name: [document.facts[fact] for fact in ("origin", "algorithm", "rotation_days", "state")]
        for name, document in found.items()
        if name != "rotating"
    }
    assert kinds == {
        "plain": ["provider", "SYMMETRIC_DEFAULT", None, "enabled"],
        "signing": ["provider", "RSA_2048", None, "enabled"],
        "imported": ["external", "SYMMETRIC_DEFAULT", None, "enabled"],
        "going": ["provider", "SYMMETRIC_DEFAULT", None, "pending-deletion"],
    }
    assert found["plain"].name == found["plain"].id.partition("/")[2]


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        ("DescribeKey", ["manager", "origin", "algorithm", "rotation_days", "state"]),
        ("GetKeyRotationStatus", ["rotation_days"]),
        ("GetKeyPolicy", ["policy"]),
        ("ListResourceTags", ["tags"]),
    ],
)
def test_a_denial_leaves_its_facts_unknown(collected: Any, denied: str, facts: list[str]) -> None:
    found = collected(denied)["rotating"]
    assert found.unknown == {**NOT_ASKED, **dict.fromkeys(facts, f"AccessDenied: kms:{denied}")}
    assert not set(found.facts) & set(facts)


def test_keys_that_cannot_be_listed_are_unknown_as_a_whole(
    proxy: FaultProxy, open_account: OpenAccount
) -> None:
    proxy.decide = lambda request: DENIED
    (found,) = keys(open_account(proxy.url, REGION), REGION)
    assert (found.type, found.unlisted, found.facts) == ("key.encryption_key", True, {})
    assert set(found.unknown.values()) == {"AccessDenied: kms:ListKeys"}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ({"KeyRotationEnabled": True, "RotationPeriodInDays": 180}, 180),
        ({"KeyRotationEnabled": True}, 365),
        ({"KeyRotationEnabled": False}, None),
    ],
)
def test_periods_of_rotation(status: dict[str, Any], expected: int | None) -> None:
    assert rotation_days(status) == expected


def test_states_of_keys() -> None:
    names = ("Disabled", "PendingImport", "PendingReplicaDeletion", "Unavailable")
    assert [state_of({"KeyState": name}) for name in names] == [
        "disabled",
        "pending-import",
        "pending-deletion",
        "other",
    ]


ARN = f"arn:aws-cn:kms:{REGION}:{ACCOUNT_ID}:key/mrk-1"
METADATA = {
    "Arn": ARN,
    "KeyId": "mrk-1",
    "KeyManager": "CUSTOMER",
    "KeySpec": "SYMMETRIC_DEFAULT",
    "KeyState": "Enabled",
    "Origin": "AWS_KMS",
    "MultiRegion": True,
    "MultiRegionConfiguration": {"MultiRegionKeyType": "REPLICA"},
}


@pytest.mark.parametrize(
    ("change", "manager", "origin", "rotation"),
    [
        # The answer for a replica is that for its primary key.
        ({}, "customer", "provider", 90),
        ({"KeyManager": "AWS"}, "provider", "provider", 90),
        ({"Origin": "AWS_CLOUDHSM"}, "customer", "hsm", None),
        ({"Origin": "EXTERNAL_KEY_STORE"}, "external", "external", None),
        ({"Origin": "EXTERNAL", "KeyState": "PendingImport"}, "customer", "external", None),
        ({"KeySpec": "HMAC_256"}, "customer", "provider", None),
    ],
)
def test_who_manages_a_key_and_who_made_it(
    open_account: OpenAccount,
    change: dict[str, str],
    manager: str,
    origin: str,
    rotation: int | None,
) -> None:
    """Rotation is asked of keys only that can rotate: of others the API answers with an error."""
    status = {"KeyRotationEnabled": True, "RotationPeriodInDays": 90}
    with scripted() as server:
        server.replies = {
            "ListKeys": [Reply(body=json.dumps({"Keys": [{"KeyId": "mrk-1", "KeyArn": ARN}]}))],
            "DescribeKey": [Reply(body=json.dumps({"KeyMetadata": {**METADATA, **change}}))],
            "GetKeyRotationStatus": [Reply(body=json.dumps(status))],
            "DescribeVpcEndpoints": [query_error("UnauthorizedOperation", 403)],
            "*": [error("AccessDeniedException")],
        }
        (found,) = keys(open_account(server.url, REGION), REGION)
        asked = {one.operation for one in server.asked}
    assert [found.facts[fact] for fact in ("manager", "origin", "rotation_days")] == [
        manager,
        origin,
        rotation,
    ]
    assert ("GetKeyRotationStatus" in asked) == (rotation is not None)
    assert found.unknown == {
        **NOT_ASKED,
        "policy": "AccessDeniedException: kms:GetKeyPolicy",
        "private_endpoint": "UnauthorizedOperation: ec2:DescribeVpcEndpoints",
        "tags": "AccessDeniedException: kms:ListResourceTags",
    }


def test_an_origin_of_a_later_day_is_unknown(open_account: OpenAccount) -> None:
    metadata = {**METADATA, "Origin": "ELSEWHERE"}
    with scripted() as server:
        server.replies = {
            "ListKeys": [Reply(body=json.dumps({"Keys": [{"KeyId": "mrk-1", "KeyArn": ARN}]}))],
            "DescribeKey": [Reply(body=json.dumps({"KeyMetadata": metadata}))],
            "*": [error("AccessDeniedException")],
        }
        (found,) = keys(open_account(server.url, REGION), REGION)
    assert found.unknown["origin"] == "the key's origin ELSEWHERE is not known to this version"
