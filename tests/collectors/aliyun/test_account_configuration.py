"""The account's configuration control over HTTP, in a region in use and one that is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.regions_in_use import REGION_CALLS
from collectors.aliyun.services.account_configuration import SERVICE, configuration, records
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault
from tests.collectors.aliyun.world import load

Collected = Callable[..., Document]
EMPTY = "cn-beijing"
DENIED = Fault(status=403, code="NoPermission")


def nothing(call: Call) -> dict[str, Any]:
    """What a region answers that holds nothing."""
    body: dict[str, Any] = {}
    place = body
    *parts, last = call.result.split(".")
    for part in parts:
        place = place.setdefault(part, {})
    place[last] = []
    return {"when": {"region": EMPTY}, "body": body}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    world = load()
    for call in REGION_CALLS:
        world[call.service][call.operation].insert(0, nothing(call))
    disks = world["ecs"]["DescribeDiskEncryptionByDefaultStatus"]
    disks.insert(0, {"when": {"region": EMPTY}, "body": {"Encrypted": False}})
    vpcs = world["vpc"]["DescribeVpcs"][0]["body"]["Vpcs"]["Vpc"]
    vpcs += [{"VpcId": "vpc-default", "IsDefault": True}, {"VpcId": "vpc-x", "OwnerId": 5}]
    return serve(world=world)


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The document; calls that are named are denied or answered by another fault."""

    def collect(
        *denied: str, fault: Fault = DENIED, made: set[Call] | None = None, region: str = ""
    ) -> Document:
        server.decide = lambda asked: (
            fault if asked.operation in denied and (not region or asked.region == region) else None
        )
        (found,) = configuration(open_account(server, EMPTY, REGION, made=made))
        return found

    return collect


def test_an_account_under_control(collected: Collected) -> None:
    found = collected()
    assert found.unknown == {}
    abroad = found.facts["guardrails"][0].pop("denies_regions")
    assert {"cn-hongkong", "ap-southeast-1", "us-west-1", "eu-central-1"} <= set(abroad)
    assert not {"cn-hangzhou", "cn-beijing"} & set(abroad)
    assert found.facts == {
        "public_access_block": False,
        "recorders": [
            {"region": EMPTY, "enabled": True, "all_types": True},
            {"region": REGION, "enabled": True, "all_types": True},
        ],
        "guardrails": [
            {"kind": "control-policy", "id": "cp-regions", "only_regions": None},
            {
                "kind": "control-policy",
                "id": "cp-trail",
                "denies_regions": None,
                "only_regions": None,
            },
        ],
        "regions_in_use": [REGION],
        "default_disk_encryption": [
            {"region": EMPTY, "enabled": False},
            {"region": REGION, "enabled": True},
        ],
    }


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        (
            "DescribeConfigurationRecorder",
            {f"recorders/{i}/{name}" for i in (0, 1) for name in ("enabled", "all_types")},
        ),
        ("GetSupportedResourceTypes", {"recorders/0/all_types", "recorders/1/all_types"}),
        ("GetResourceDirectory", {"guardrails"}),
        ("GetAccount", {"guardrails"}),
        ("ListControlPolicyAttachmentsForTarget", {"guardrails"}),
        ("GetControlPolicy", {"guardrails/0/denies_regions", "guardrails/1/denies_regions"}),
        (
            "DescribeDiskEncryptionByDefaultStatus",
            {f"default_disk_encryption/{i}/enabled" for i in (0, 1)},
        ),
        ("GetPublicAccessBlock", {"public_access_block"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    found = collected(operation)
    assert set(found.unknown) == unknown


@pytest.mark.parametrize("call", REGION_CALLS, ids=lambda call: call.name)
def test_a_region_that_may_hold_something_is_unknown(collected: Collected, call: Call) -> None:
    found = collected(call.operation, region=EMPTY)
    assert set(found.unknown) == {"regions_in_use/0"}
    assert found.facts["regions_in_use"] == [None, REGION]


def test_buckets_that_cannot_be_listed_may_be_anywhere(collected: Collected) -> None:
    found = collected("ListBuckets")
    assert found.facts["regions_in_use"] == [None, REGION]


def test_a_bucket_alone_is_use(serve: Serve, open_account: OpenAccount) -> None:
    world = load()
    for call in REGION_CALLS:
        world[call.service][call.operation].insert(0, nothing(call))
    buckets = world["oss"]["ListBuckets"][0]["body"]["ListAllMyBucketsResult"]["Buckets"]
    buckets["Bucket"][0] |= {"Location": f"oss-{EMPTY}", "Region": EMPTY}
    (found,) = configuration(open_account(serve(world=world), EMPTY))
    assert found.facts["regions_in_use"] == [EMPTY]


def test_cloud_config_was_never_opened(collected: Collected) -> None:
    found = collected(
        "DescribeConfigurationRecorder", fault=Fault(status=404, code="AccountNotExisted")
    )
    assert [(one["enabled"], one["all_types"]) for one in found.facts["recorders"]] == [
        (False, False),
        (False, False),
    ]


def test_an_account_outside_of_directories_has_no_guardrails(collected: Collected) -> None:
    fault = Fault(status=404, code="ResourceDirectoryNotInUse")
    assert collected("GetResourceDirectory", fault=fault).facts["guardrails"] == []


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)


@pytest.mark.parametrize(
    ("status", "on"),
    [("REGISTERED", True), ("REBUILDING", True), ("BUILDING", False), ("REGISTRABLE", False)],
)
def test_when_cloud_config_records(status: str, on: bool) -> None:
    assert records({"ConfigurationRecorderStatus": status}) is on
