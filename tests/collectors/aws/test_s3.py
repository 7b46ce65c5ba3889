"""S3 over real HTTP: buckets of two regions, and what a denial leaves unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.s3_facts import BLOCK_FLAGS, copies_all
from collectors.aws.services.s3 import SERVICE, buckets
from collectors.document import Document
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

HOME = "cn-north-1"
OTHER = "cn-northwest-1"
ALL_ON = dict.fromkeys(BLOCK_FLAGS, True)
OWN_ACL = {"acl/0/account": "an ACL names its grantee by canonical id"}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def filled(client: Client) -> dict[str, Any]:
    """Four buckets: a guarded one in another region, a plain one, and two open ones."""
    s3, away = client("s3", HOME), client("s3", OTHER)
    place = {"LocationConstraint": HOME}
    for name in ("plain", "by-policy", "by-acl"):
        s3.create_bucket(Bucket=f"{name}-1", CreateBucketConfiguration=place)
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws-cn:s3:::by-policy-1/*",
        },
    }
    s3.put_bucket_policy(Bucket="by-policy-1", Policy=json.dumps(policy))
    s3.put_bucket_acl(Bucket="by-acl-1", ACL="public-read")
    away.create_bucket(
        Bucket="guarded-1",
        CreateBucketConfiguration={"LocationConstraint": OTHER},
        ObjectLockEnabledForBucket=True,
    )
    key = client("kms", OTHER).create_key()["KeyMetadata"]["Arn"]
    _guard(away, key)
    return {"key": key}


def _guard(s3: Any, key: str) -> None:
    name = {"Bucket": "guarded-1"}
    s3.put_public_access_block(**name, PublicAccessBlockConfiguration=ALL_ON)
    s3.put_bucket_encryption(
        **name,
        ServerSideEncryptionConfiguration={
            "Rules": [
                {
                    "ApplyServerSideEncryptionByDefault": {
                        "SSEAlgorithm": "aws:kms",
                        "KMSMasterKeyID": key,
                    }
                }
            ]
        },
    )
    s3.put_object_lock_configuration(
        **name,
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}},
        },
    )
    s3.put_bucket_lifecycle_configuration(
        **name,
        LifecycleConfiguration={
            "Rules": [
                {
                    "ID": "tidy",
                    "Status": "Enabled",
                    "Filter": {"Prefix": ""},
                    "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                }
            ]
        },
    )
    s3.put_bucket_tagging(**name, Tagging={"TagSet": [{"Key": "system", "Value": "bank"}]})
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws-cn:s3:::guarded-1", "arn:aws-cn:s3:::guarded-1/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    s3.put_bucket_policy(
        **name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    )
    s3.put_bucket_replication(
        **name,
        ReplicationConfiguration={
            "Role": "arn:aws-cn:iam::123456789012:role/copy",
            "Rules": [
                _replication("ours", "plain-1"),
                _replication("theirs", "of-another", Account="111122223333"),
                _replication("off", "never", status="Disabled"),
            ],
        },
    )


def _replication(name: str, bucket: str, status: str = "Enabled", **more: str) -> dict[str, Any]:
    return {
        "ID": name,
        "Status": status,
        "Priority": len(name),
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": f"arn:aws-cn:s3:::{bucket}", **more},
    }


@pytest.fixture
def collected(filled: dict[str, Any], proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The documents by bucket name, after the denials that the test wants."""

    def collect(*denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if _name(request) in denied else None
        account = open_account(proxy.url, HOME)
        return {document.name: document for document in buckets(account)}

    return collect


def _name(request: Any) -> str:
    return "account block" if request.service == "s3control" else request.operation


def test_a_guarded_bucket_of_another_region(collected: Any, filled: dict[str, Any]) -> None:
    found = collected()["guarded-1"]
    assert (found.id, found.region, found.country, found.tags) == (
        "arn:aws-cn:s3:::guarded-1",
        OTHER,
        "CN",
        {"system": "bank"},
    )
    acl = found.facts.pop("acl")
    assert [(grant["kind"], grant["actions"]) for grant in acl] == [("account", ["FULL_CONTROL"])]
    assert found.facts == {
        "exposure": {"public": False, "via": []},
        "public_access_block": True,
        "policy": [],
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": filled["key"],
            "algorithm": "AES-256",
        },
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "versioning": True,
        "mfa_delete": False,
        "object_lock_days": 30,
        "logging": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": None,
        },
        "replication": [
            {"account": "111122223333", "whole": True},
            {"region": HOME, "account": ACCOUNT_ID, "whole": True},
        ],
        "redundancy": "multi-zone",
        "lifecycle": {"noncurrent_expiry_days": 90, "abort_incomplete_days": 7},
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "private_endpoint": False,
        "referers": None,
        "acceleration": False,
    }
    assert found.unknown == {
        "replication/0/region": "the bucket of-another does not belong to account 123456789012",
        **OWN_ACL,
    }


def test_open_buckets(collected: Any) -> None:
    found = collected()
    assert {name: document.facts["exposure"] for name, document in found.items()} == {
        "guarded-1": {"public": False, "via": []},
        "plain-1": {"public": False, "via": []},
        "by-policy-1": {"public": True, "via": ["policy"]},
        "by-acl-1": {"public": True, "via": ["acl"]},
    }
    assert [grant["kind"] for grant in found["by-policy-1"].facts["policy"]] == ["anyone"]
    assert [grant["kind"] for grant in found["by-acl-1"].facts["acl"]] == ["account", "anyone"]
    assert found["by-policy-1"].facts["tls"]["required"] is False


def test_the_block_of_the_account_closes_its_buckets(collected: Any, client: Client) -> None:
    control = client("s3control", HOME)
    control.put_public_access_block(AccountId=ACCOUNT_ID, PublicAccessBlockConfiguration=ALL_ON)
    try:
        found = collected()
    finally:
        control.delete_public_access_block(AccountId=ACCOUNT_ID)
    assert {
        name: (document.facts["exposure"]["public"], document.facts["public_access_block"])
        for name, document in found.items()
    } == dict.fromkeys(["guarded-1", "plain-1", "by-policy-1", "by-acl-1"], (False, True))


def test_an_unread_block_of_the_account_leaves_open_buckets_unknown(collected: Any) -> None:
    found = collected("account block")
    why = "AccessDenied: s3:GetAccountPublicAccessBlock"
    decided = {name: document.facts["exposure"].get("public") for name, document in found.items()}
    assert decided == {
        "guarded-1": False,
        "plain-1": False,
        "by-policy-1": None,
        "by-acl-1": None,
    }
    assert found["by-acl-1"].unknown == {
        "exposure/public": why,
        "exposure/via": why,
        "public_access_block": why,
        "acl/0/account": OWN_ACL["acl/0/account"],
    }


@pytest.mark.parametrize(
    ("operation", "permission", "facts"),
    [
        ("GetBucketAcl", "s3:GetBucketAcl", {"acl", "exposure/public", "exposure/via"}),
        (
            "GetBucketPolicy",
            "s3:GetBucketPolicy",
            {
                "policy",
                "exposure/public",
                "exposure/via",
                "source_ranges",
                "tls/minimum",
                "tls/required",
            },
        ),
        ("GetBucketEncryption", "s3:GetEncryptionConfiguration", {"encryption"}),
        ("GetBucketVersioning", "s3:GetBucketVersioning", {"versioning", "mfa_delete"}),
        ("GetBucketLogging", "s3:GetBucketLogging", {"logging"}),
        ("GetBucketReplication", "s3:GetReplicationConfiguration", {"replication"}),
        ("GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", {"lifecycle"}),
        ("GetBucketTagging", "s3:GetBucketTagging", {"tags"}),
        ("GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", {"acceleration"}),
        (
            "GetObjectLockConfiguration",
            "s3:GetBucketObjectLockConfiguration",
            {"object_lock_days"},
        ),
        ("GetBucketLocation", "s3:GetBucketLocation", {"region", "private_endpoint"}),
        ("DescribeVpcEndpoints", "ec2:DescribeVpcEndpoints", {"private_endpoint"}),
    ],
)
def test_a_denial_leaves_exactly_its_facts_unknown(
    operation: str, permission: str, facts: set[str], collected: Any
) -> None:
    found = collected(operation)["plain-1"]
    reason = f"AccessDenied: {permission}"
    assert {path for path, why in found.unknown.items() if why == reason} == facts


def test_buckets_that_cannot_be_listed_are_unlisted(collected: Any) -> None:
    (found,) = collected("ListBuckets").values()
    assert (found.unlisted, found.type, found.facts) == (True, "storage.bucket", {})
    assert set(found.unknown.values()) == {"AccessDenied: s3:ListAllMyBuckets"}


def test_every_call_that_is_made_is_declared(collected: Any, proxy: FaultProxy) -> None:
    proxy.seen.clear()
    collected()
    made = {(request.service, request.operation) for request in proxy.seen}
    declared = {(call.service, call.operation) for call in SERVICE.calls}
    assert made == declared


@pytest.mark.parametrize(
    ("rule", "whole"),
    [
        ({}, True),
        ({"Filter": {"Prefix": ""}}, True),
        ({"Prefix": "logs/"}, False),
        ({"Filter": {"Prefix": "logs/"}}, False),
        ({"Filter": {"Tag": {"Key": "k", "Value": "v"}}}, False),
        ({"Filter": {"And": {"Prefix": "", "Tags": [{"Key": "k", "Value": "v"}]}}}, False),
    ],
)
def test_a_rule_that_leaves_objects_out(rule: dict[str, Any], whole: bool) -> None:
    assert copies_all(rule) is whole
