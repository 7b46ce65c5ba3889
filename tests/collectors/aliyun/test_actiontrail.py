"""ActionTrail over HTTP: trails, their buckets and Logstores, and the provider's own operations."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from collectors.aliyun.regions_in_use import USE_CALLS
from collectors.aliyun.services.actiontrail import SERVICE, audit
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

WORLD = load(
    "actiontrail", "oss", "sls", "kms", "resourcemanager", "cms", "eventbridge", "ecs", "vpc",
    "slb", "rds", "polardb", "r-kvstore", "dds", "cs", "fc", "nas",
)  # fmt: skip
ALARMS = {"vm-create", "vm-delete", "vm-reboot", "trail-change", "key-deletion", "firewall-change"}
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


def test_alarms_on_operations(server: AliyunServer, open_account: OpenAccount) -> None:
    found = collected(server, open_account)
    assert {alarm["on"] for alarm in found.facts["alarms"]} == ALARMS
    assert found.unknown == {}


@pytest.mark.parametrize("change", [{"EventRW": "Read"}, {"TrailRegion": "cn-hangzhou"}])
def test_a_trail_that_misses_operations_rings_no_bell(
    server: AliyunServer, open_account: OpenAccount, change: dict[str, str]
) -> None:
    server.world["actiontrail"]["DescribeTrails"][0]["body"]["TrailList"][0].update(change)
    found = collected(server, open_account)
    on = {alarm["on"] for alarm in found.facts["alarms"]}
    assert on == ALARMS - {"trail-change", "key-deletion"}


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
    # What rings on the group's Logstore, nobody tells.
    assert found.unknown == {"alarms/6": FOREIGN} | {
        f"trails/{place}/{fact}": FOREIGN
        for fact in ("encryption", "retention_days", "store_exposure")
    }
    assert {alarm["on"] for alarm in found.facts["alarms"][:6]} == ALARMS
    # A region is in use at the first sign of it; others are not looked for.
    assert made <= set(SERVICE.calls)
    assert set(SERVICE.calls) - made <= set(USE_CALLS)


def test_an_account_alone_without_trails(server: AliyunServer, open_account: OpenAccount) -> None:
    server.world["actiontrail"]["DescribeTrails"] = [{"body": {"TrailList": []}}]
    server.world["sls"]["ListLogStores"] = [{"body": {"logstores": ["web"]}}]
    code = {"Code": "ResourceDirectoryNotInUse", "Message": "none"}
    server.world["resourcemanager"]["GetResourceDirectory"] = [{"status": 409, "body": code}]
    found = collected(server, open_account)
    # Without a trail, rules on its Logstore see nothing.
    alarms = {alarm["on"] for alarm in found.facts.pop("alarms")}
    assert alarms == ALARMS - {"trail-change", "key-deletion"}
    assert found.facts == {"trails": [], "provider_operations_visible": False, "central": None}


def test_trails_that_gather_nothing(server: AliyunServer, open_account: OpenAccount) -> None:
    body = server.world["actiontrail"]["DescribeTrails"][0]["body"]
    body["TrailList"] = [one for one in body["TrailList"] if one["Name"] == "core"]
    assert collected(server, open_account).facts["central"] is False


@pytest.mark.parametrize(
    ("operation", "paths"),
    [
        ("DescribeTrails", {"trails", "central", "alarms/4"}),
        (
            "GetTrailStatus",
            {f"trails/{i}/{f}" for i in range(3) for f in ("logging", "delivery_error")}
            | {"alarms/4"},
        ),
        ("ListDataEventSelectors", {f"trails/{i}/data_events" for i in range(3)}),
        ("GetResourceDirectory", {"central"}),
        ("ListProject", {"provider_operations_visible", "alarms/4"}),
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
