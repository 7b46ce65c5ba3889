"""OSS buckets over HTTP: what opens them, what protects what is in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun import bucket as buckets_of
from collectors.aliyun.bucket_copies import copies_all, copies_objects
from collectors.aliyun.oss_calls import LIST_BUCKETS
from collectors.aliyun.oss_facts import (
    denies_plain_http,
    expiry_days,
    exposure,
    policy_is_public,
    source_ranges,
)
from collectors.aliyun.public_access import public_access_block
from collectors.aliyun.services.oss import SERVICE, buckets
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

Collected = Callable[..., dict[str, Any]]
DENIED = Fault(status=403, code="AccessDenied")


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("oss", "kms")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The buckets by name; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None, page: int = 1000) -> dict[str, Any]:
        server.page = page
        server.decide = lambda asked: DENIED if asked.operation in denied else None
        return by_name(buckets(open_account(server, made=made)))

    return collect


def test_a_bucket_that_is_kept_well(collected: Collected) -> None:
    found = collected()["core-data"]
    assert found.id == "acs:oss:oss-cn-hangzhou:1234567890123456:core-data"
    assert (found.region, found.country) == ("cn-hangzhou", "CN")
    assert found.tags == {"system": "core-bank"}
    facts = found.facts
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["public_access_block"] is True
    assert [(one["principal"], one["account"]) for one in facts["policy"]] == [
        ("1234567890123456", "1234567890123456")
    ]
    assert facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert facts["encryption"] == {
        "enabled": True,
        "key_manager": "customer",
        "key_id": "key-oss",
        "algorithm": "AES256",
    }
    assert (facts["versioning"], facts["redundancy"]) == (True, "multi-zone")
    assert facts["logging"]["destination"] == "core-logs"
    assert facts["logging"]["retention_days"] == 400
    assert facts["lifecycle"] == {"noncurrent_expiry_days": 90, "abort_incomplete_days": 7}
    # Of two prefixes alone.
    assert facts["replication"] == [{"region": "cn-beijing", "whole": False}]
    assert found.unknown == {
        "replication/0/account": "the bucket core-copy does not belong to account 1234567890123456"
    }


def test_a_bucket_that_is_open(collected: Collected) -> None:
    found = collected()["public-site"]
    assert found.unknown == {}
    facts = found.facts
    assert facts["exposure"] == {"public": True, "via": ["acl", "policy"]}
    assert facts["public_access_block"] is False
    assert facts["acl"][0]["kind"] == "anyone"
    assert [one["account"] for one in facts["policy"]] == [None, "6543210987654321"]
    assert facts["encryption"]["enabled"] is False
    assert facts["tls"] == {"minimum": "1.0", "required": False, "policy": None}
    assert (facts["versioning"], facts["redundancy"]) == (False, "zone")
    assert facts["logging"]["enabled"] is False
    assert (facts["lifecycle"], facts["replication"]) == (None, [])
    assert facts["referers"] == ["https://www.example.com"]
    assert facts["acceleration"] is True
    assert facts["source_ranges"] == ["0.0.0.0/0", "::/0"]


def test_a_lock_that_holds(collected: Collected) -> None:
    found = collected()
    assert found["core-logs"].facts["object_lock_days"] == 180
    assert found["core-data"].facts["object_lock_days"] is None


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        (
            "GetBucketInfo",
            {"exposure/public", "exposure/via", "public_access_block", "acl", "encryption",
             "versioning", "logging", "redundancy", "acceleration"},
        ),
        ("GetBucketPolicy", {"exposure/public", "exposure/via", "policy", "tls/required",
                             "source_ranges"}),
        ("GetBucketReferer", {"referers"}),
        ("GetBucketHttpsConfig", {"tls/minimum"}),
        ("GetBucketLifecycle", {"lifecycle", "logging/retention_days"}),
        ("GetBucketWorm", {"object_lock_days"}),
        ("GetBucketReplication", {"replication"}),
        ("GetBucketTags", {"tags"}),
        ("DescribeKey", {"encryption/key_manager"}),
    ],
)  # fmt: skip
def test_a_denial_leaves_its_facts_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    """An exposure that an ACL opens and a block that is on stay known whatever the rest is."""
    of_core = set(collected(operation)["core-data"].unknown) - {"replication/0/account"}
    kept = {"exposure/public", "exposure/via"} if operation == "GetBucketPolicy" else set()
    assert of_core == unknown - kept
    site = collected(operation)["public-site"].unknown
    assert ("exposure/public" in site) == (operation == "GetBucketInfo")


def test_the_block_of_the_account(collected: Collected, open_account: OpenAccount) -> None:
    found = collected("GetPublicAccessBlock")
    reason = "AccessDenied: oss:GetPublicAccessBlock"
    assert found["public-site"].unknown["exposure/public"] == reason
    assert found["public-site"].unknown["public_access_block"] == reason
    assert found["core-data"].unknown.keys() == {"replication/0/account"}


def test_buckets_that_cannot_be_listed_have_a_stand_in(collected: Collected) -> None:
    (found,) = collected("ListBuckets").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"AccessDenied: oss:ListBuckets"}


def test_every_page_is_read(collected: Collected) -> None:
    assert set(collected(page=1)) == {"core-data", "core-logs", "public-site"}


def test_a_list_that_lost_its_end_is_no_list(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    server.page = 1000
    server.decide = lambda asked: Fault(kind="truncated")
    found = open_account(server).read(LIST_BUCKETS)
    assert isinstance(found, Unknown)
    assert "MalformedResponse" in found.reason


@pytest.mark.parametrize("kind", ["html", "garbage", "reset"])
def test_what_is_no_answer_is_none(
    server: AliyunServer, open_account: OpenAccount, kind: Any
) -> None:
    server.decide = lambda asked: Fault(kind=kind)
    account = open_account(server)
    assert isinstance(account.read(LIST_BUCKETS), Unknown)
    assert isinstance(public_access_block(account), Unknown)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)


def test_what_others_ask_about_a_bucket(server: AliyunServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: None
    account = open_account(server)
    logs = buckets_of.own_bucket(account, "core-logs")
    assert isinstance(logs, buckets_of.Bucket)
    assert (logs.region, logs.exposure().public) == ("cn-hangzhou", False)
    assert (logs.versioning(), logs.lock_days(), logs.object_days("trail/")) == (True, 180, 400)
    assert isinstance(buckets_of.own_bucket(account, "theirs"), Unknown)


def test_an_account_without_buckets(serve: Serve, open_account: OpenAccount) -> None:
    world = load("oss")
    world["oss"]["ListBuckets"][0]["body"]["ListAllMyBucketsResult"]["Buckets"] = {"Bucket": []}
    assert list(buckets(open_account(serve(world=world)))) == []


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    common = {"Principal": ["*"], "Resource": ["acs:oss:*:*:site/*"], "Action": ["oss:*"]}
    return {"Version": "1", "Statement": [common | one for one in statements]}


OPEN = {"Effect": "Allow", "Action": ["oss:GetObject"]}


@pytest.mark.parametrize(
    ("condition", "ranges"),
    [
        ({"NotIpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}}, ["203.0.113.0/24"]),
        ({"StringNotEquals": {"acs:SourceVpc": ["vpc-core"]}}, []),
    ],
)
def test_a_deny_by_address_closes(condition: dict[str, Any], ranges: list[str]) -> None:
    document = policy(OPEN, {"Effect": "Deny", "Condition": condition})
    assert (source_ranges(document), policy_is_public(document)) == (ranges, False)
    some = policy(OPEN, {"Effect": "Deny", "Condition": condition, "Action": ["oss:PutObject"]})
    assert isinstance(source_ranges(some), Unknown)
    assert isinstance(policy_is_public(some), Unknown)


def test_a_deny_from_everywhere_else_than_everywhere_closes_nothing() -> None:
    condition = {"NotIpAddress": {"acs:SourceIp": ["0.0.0.0/0"]}}
    found = policy_is_public(policy(OPEN, {"Effect": "Deny", "Condition": condition}))
    assert isinstance(found, Unknown)


def test_plain_http_is_refused_by_a_deny_of_everything() -> None:
    insecure = {"Bool": {"acs:SecureTransport": "false"}}
    assert denies_plain_http(policy({"Effect": "Deny", "Condition": insecure})) is True
    others: list[dict[str, Any]] = [
        {"Principal": ["2345"]}, {"Action": ["oss:PutObject"]},
        {"Resource": ["acs:oss:*:*:site/private/*"]}, {"Effect": "Allow"},
        {"Condition": {"Bool": {"acs:SecureTransport": "true"}}},
        {"Condition": insecure | {"IpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}}},
    ]  # fmt: skip
    for other in others:
        document = policy({"Effect": "Deny", "Condition": insecure} | other)
        assert denies_plain_http(document) is False
    assert denies_plain_http(None) is False


def test_a_block_that_is_unknown_leaves_what_is_closed_closed() -> None:
    doubt = Unknown("denied")
    assert exposure([], False, doubt).public is False
    assert exposure([], True, doubt).public == doubt
    assert exposure(doubt, doubt, True).public is False


def test_lifecycle_rules_that_remove_some_objects_do_not_tell() -> None:
    rule = {"Status": "Enabled", "Prefix": "", "Expiration": {"Days": "30"}}
    assert expiry_days([rule], "logs/") == 30
    assert expiry_days([rule | {"Prefix": "other/"}], "logs/") is None
    assert expiry_days([rule | {"Status": "Disabled"}], "logs/") is None
    for other in ({"Tag": [{"Key": "a"}]}, {"Prefix": "logs/old/"}, {"Expiration": {"Date": "x"}}):
        assert isinstance(expiry_days([rule | other], "logs/"), Unknown)


@pytest.mark.parametrize(
    ("rule", "whole"),
    [
        ({}, True),
        ({"PrefixSet": None, "HistoricalObjectReplication": "enabled"}, True),
        ({"PrefixSet": {"Prefix": ""}}, True),
        ({"PrefixSet": {"Prefix": "a/"}}, False),
        ({"PrefixSet": {"Prefix": ["a/", "b/"]}}, False),
        ({"UserTaggings": {"UserTagging": {"Key": "k", "Value": "v"}}}, False),
        ({"HistoricalObjectReplication": "disabled"}, False),
        ({"SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}}}, True),
        ({"SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Disabled"}}}, False),
    ],
)
def test_a_rule_that_leaves_objects_out(rule: dict[str, Any], whole: bool) -> None:
    assert copies_all(rule) is whole


def test_a_rule_for_deletions_copies_nothing() -> None:
    assert copies_objects("ALL") and copies_objects("PUT, DELETE")
    assert not copies_objects("DELETE,ABORT")
