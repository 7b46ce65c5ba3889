"""ActionTrail over HTTP: trails, their buckets and Logstores, and the provider's own operations."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from collectors.aliyun.services.actiontrail import SERVICE, audit
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

WORLD = load("actiontrail", "oss", "sls", "kms", "resourcemanager")
ALWAYS = {"alarms": "alarms on operations are not read by this version"}
OF_THE_GROUP = {
    "Name": "group",
    "TrailArn": "acs:actiontrail:cn-hangzhou:1000000000000001:trail/group",
    "HomeRegion": "cn-hangzhou",
    "TrailRegion": "All",
    "EventRW": "All",
    "IsOrganizationTrail": True,
    "SlsProjectArn": "acs:log:cn-shanghai:1000000000000001:project/group-audit",
}
FOREIGN = "the project group-audit does not belong to account 1234567890123456"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=WORLD)


@pytest.fixture(autouse=True)
def _same_world(server: AliyunServer) -> None:
    server.world = copy.deepcopy(WORLD)
    server.decide = lambda asked: None


def collected(server: AliyunServer, open_account: OpenAccount, **options: Any) -> Any:
    (found,) = audit(open_account(server, **options))
    return found


def trails(document: Any) -> dict[str, Any]:
    return {one["id"].rpartition("/")[2]: one for one in document.facts["trails"]}


def test_a_trail_into_a_bucket(server: AliyunServer, open_account: OpenAccount) -> None:
    found = trails(collected(server, open_account))["core"]
    assert found == {
        "id": "acs:actiontrail:cn-hangzhou:1234567890123456:trail/core",
        "all_regions": True,
        "management_writes": True,
        "management_reads": True,
        "data_events": ["Oss"],
        "logging": True,
        "integrity_validation": None,
        "encryption": found["encryption"],
        "destination": {
            "store": "core-logs",
            "account": "1234567890123456",
            "region": "cn-hangzhou",
        },
        "retention_days": 400,
        "store_exposure": {"public": False, "via": []},
        "store_versioning": found["store_versioning"],
        "store_lock_days": 180,
        "delivery_error": None,
    }
    assert found["encryption"]["enabled"] is True


def test_a_trail_into_a_logstore(server: AliyunServer, open_account: OpenAccount) -> None:
    found = trails(collected(server, open_account))["central"]
    assert (found["all_regions"], found["management_reads"], found["data_events"]) == (
        False,
        False,
        [],
    )
    assert found["destination"]["store"] == "audit/actiontrail_central"
    assert (found["retention_days"], found["store_versioning"], found["store_lock_days"]) == (
        365,
        None,
        None,
    )


def test_a_trail_that_is_off_and_leaks(server: AliyunServer, open_account: OpenAccount) -> None:
    found = trails(collected(server, open_account))["stopped"]
    assert (found["logging"], found["delivery_error"]) == (False, "the bucket refuses")
    assert found["store_exposure"]["public"] is True
    assert found["store_lock_days"] == 0
    # The bucket deletes nothing, so that records are kept for ever.
    assert found["retention_days"] is None


def test_what_the_group_gathers(server: AliyunServer, open_account: OpenAccount) -> None:
    server.world["actiontrail"]["DescribeTrails"][0]["body"]["TrailList"].append(OF_THE_GROUP)
    made: set[Call] = set()
    found = collected(server, open_account, made=made)
    assert found.facts["central"] is True
    assert found.facts["provider_operations_visible"] is True
    place = next(i for i, one in enumerate(found.facts["trails"]) if one["id"].endswith("/group"))
    assert found.unknown == ALWAYS | {
        f"trails/{place}/{fact}": FOREIGN
        for fact in ("encryption", "retention_days", "store_exposure")
    }
    assert made == set(SERVICE.calls)


def test_an_account_alone_without_trails(server: AliyunServer, open_account: OpenAccount) -> None:
    server.world["actiontrail"]["DescribeTrails"] = [{"body": {"TrailList": []}}]
    server.world["sls"]["ListLogStores"] = [{"body": {"logstores": ["web"]}}]
    code = {"Code": "ResourceDirectoryNotInUse", "Message": "none"}
    server.world["resourcemanager"]["GetResourceDirectory"] = [{"status": 409, "body": code}]
    found = collected(server, open_account)
    assert found.facts == {"trails": [], "provider_operations_visible": False, "central": None}


def test_trails_that_gather_nothing(server: AliyunServer, open_account: OpenAccount) -> None:
    body = server.world["actiontrail"]["DescribeTrails"][0]["body"]
    body["TrailList"] = [one for one in body["TrailList"] if one["Name"] == "core"]
    assert collected(server, open_account).facts["central"] is False


@pytest.mark.parametrize(
    ("operation", "paths"),
    [
        ("DescribeTrails", {"trails", "central"}),
        (
            "GetTrailStatus",
            {f"trails/{i}/{f}" for i in range(3) for f in ("logging", "delivery_error")},
        ),
        ("ListDataEventSelectors", {f"trails/{i}/data_events" for i in range(3)}),
        ("GetResourceDirectory", {"central"}),
        ("ListProject", {"provider_operations_visible"}),
    ],
)  # fmt: skip
def test_a_denial_leaves_its_facts_unknown(
    server: AliyunServer, open_account: OpenAccount, operation: str, paths: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="NoPermission") if asked.operation == operation else None
    )
    found = collected(server, open_account)
    unread = {path for path, why in found.unknown.items() if why.startswith("NoPermission: ")}
    assert unread == paths
