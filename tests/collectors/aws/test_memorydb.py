"""MemoryDB by a scripted server: moto knows no users and no multi-Region clusters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from msgspec import structs

from collectors.aws import memorydb_facts
from collectors.aws.services import memorydb, memorydb_snapshots, workspaces
from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import (
    JSON,
    XML,
    Reply,
    Scripted,
    error,
    reader_at,
    scripted,
)
from tests.collectors.iac.mappers.hand import block, the

REGION = "us-east-1"
ARN = f"arn:aws:memorydb:{REGION}:123456789012"
KEY = f"arn:aws:kms:{REGION}:999999999999:key/1"
CLUSTER: dict[str, Any] = {
    "Name": "core",
    "ARN": f"{ARN}:cluster/core",
    "Engine": "valkey",
    "EngineVersion": "7.3",
    "AvailabilityMode": "multiaz",
    "SecurityGroups": [{"SecurityGroupId": "sg-1", "Status": "active"}],
    "SubnetGroupName": "private",
    "TLSEnabled": True,
    "KmsKeyId": KEY,
    "SnapshotRetentionLimit": 30,
    "ACLName": "staff",
    "AutoMinorVersionUpgrade": True,
    "NetworkType": "ipv4",
}
USER: dict[str, Any] = {
    "Name": "app",
    "AccessString": "on ~* &* +@all",
    "ACLNames": ["staff"],
    "Authentication": {"Type": "iam"},
}
GROUP = {"Name": "private", "VpcId": "vpc-1", "Subnets": [{"Identifier": "subnet-1"}]}
SNAPSHOT: dict[str, Any] = {
    "Name": "before",
    "ARN": f"{ARN}:snapshot/before",
    "Source": "manual",
    "ClusterConfiguration": {
        "Shards": [{"SnapshotCreationTime": 1700000000}, {"SnapshotCreationTime": 1700000060}]
    },
}
DENIED = error("AccessDeniedException", 403)


def reply(**body: Any) -> Reply:
    return Reply(200, json.dumps(body), JSON)


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def collected(server: Scripted, open_account: OpenAccount) -> Any:
    """The documents of a collector by name, after changes to the answers of operations."""

    def collect(collector: Any = memorydb.clusters, **changes: Reply) -> dict[str, Document]:
        answers = {
            "DescribeClusters": reply(Clusters=[CLUSTER]),
            "DescribeSubnetGroups": reply(SubnetGroups=[GROUP]),
            "DescribeUsers": reply(Users=[USER]),
            "DescribeSnapshots": reply(Snapshots=[SNAPSHOT]),
            "ListTags": reply(TagList=[{"Key": "system", "Value": "bank"}]),
            "*": Reply(200, "<Response/>", XML),
        } | changes
        server.replies = {operation: [answer] for operation, answer in answers.items()}
        return {one.name: one for one in collector(open_account(server.url), REGION)}

    return collect


def test_a_cluster_and_the_template_of_it(collected: Any) -> None:
    live = collected()["core"]
    assert (live.id, live.tags) == (f"{ARN}:cluster/core", {"system": "bank"})
    assert live.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert live.facts["encryption"]["key_manager"] == "customer"
    assert live.facts["firewall_ids"] == ["sg-1"]
    values = {
        "name": "core",
        "engine": "valkey",
        "engine_version": "7.3",
        "acl_name": Reference("aws_memorydb_acl.a"),
        "kms_key_arn": Reference("aws_kms_key.k", "arn"),
        "snapshot_retention_limit": 30,
        "subnet_group_name": Reference("aws_memorydb_subnet_group.g"),
    }
    user = {"user_name": "app", "access_string": "on ~*", "authentication_mode": [{"type": "iam"}]}
    subnets = [
        block(f"aws_subnet.{zone}", {"availability_zone": f"{REGION}{zone}"}) for zone in "ab"
    ]
    ids = {"subnet_ids": [Reference("aws_subnet.a"), Reference("aws_subnet.b")]}
    planned = the(
        block("aws_memorydb_cluster.c", values),
        block("aws_memorydb_acl.a", {"name": "staff", "user_names": ["app"]}),
        block("aws_memorydb_user.u", user),
        block("aws_memorydb_subnet_group.g", ids),
        block("aws_kms_key.k", {}),
        *subnets,
    )
    known = {"authentication", "tls/required", "tls/minimum", "encryption/key_manager"}
    known |= {"backup/retention_days", "backup/point_in_time", "multi_zone", "exposure/public"}
    assert_alike(live, planned, known=known)


def test_what_is_denied_is_unknown(collected: Any) -> None:
    listed = collected(DescribeClusters=DENIED)
    assert [one.unlisted for one in listed.values()] == [True]
    denied = collected(DescribeUsers=DENIED, DescribeSubnetGroups=DENIED, ListTags=DENIED)["core"]
    for path, operation in (
        ("authentication", "DescribeUsers"),
        ("subnet_routes_to_internet", "DescribeSubnetGroups"),
        ("tags", "ListTags"),
    ):
        assert denied.unknown[path] == f"AccessDeniedException: memorydb:{operation}"
    many = CLUSTER | {"MultiRegionClusterName": "world-core"}
    several = reply(Clusters=[many])
    denied = collected(DescribeClusters=several, DescribeMultiRegionClusters=DENIED)["core"]
    assert denied.unknown["replicas"] == (
        "AccessDeniedException: memorydb:DescribeMultiRegionClusters"
    )
    members = [
        {
            "ClusterName": "core",
            "Region": region,
            "ARN": f"arn:aws:memorydb:{region}:1:cluster/core",
        }
        for region in (REGION, "eu-west-1")
    ]
    members[0]["ARN"] = CLUSTER["ARN"]
    world = reply(MultiRegionClusters=[{"MultiRegionClusterName": "w", "Clusters": members}])
    found = collected(DescribeClusters=several, DescribeMultiRegionClusters=world)["core"]
    assert found.facts["replicas"] == [{"region": "eu-west-1", "account": "1"}]
    (snapshots,) = collected(memorydb_snapshots.snapshots, DescribeSnapshots=DENIED).values()
    assert snapshots.unlisted


def test_an_open_cluster(collected: Any) -> None:
    open_ = CLUSTER | {
        "ACLName": "open-access",
        "TLSEnabled": False,
        "KmsKeyId": None,
        "SnapshotRetentionLimit": 0,
        "AvailabilityMode": "singleaz",
    }
    facts = collected(DescribeClusters=reply(Clusters=[open_]))["core"].facts
    assert facts["authentication"] is False
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["encryption"]["key_manager"] == "provider"
    assert facts["backup"]["enabled"] is False
    assert facts["multi_zone"] is False


def test_snapshots(collected: Any) -> None:
    found = collected(memorydb_snapshots.snapshots)["before"]
    assert found.facts["created"] == "2023-11-14T22:14:20Z"
    assert found.facts["shared_with"] == []
    assert found.facts["encryption"]["enabled"] is True
    making = {"ClusterConfiguration": {"Shards": [{"Name": "0001"}]}}
    assert memorydb_snapshots.created(making) == Unknown("the snapshot is still being made")


def test_who_signs_in() -> None:
    asks, free = memorydb_facts.asks_who, USER | {"Authentication": {"Type": "no-password"}}
    assert asks("open-access", []) is False
    assert asks("staff", [USER]) is True
    assert asks("staff", [USER, free]) is False
    assert asks("staff", [free | {"AccessString": "off"}]) is True
    unlisted = Unknown("the users of the access control list other are not listed")
    assert asks("other", [USER]) == unlisted
    assert asks("staff", Unknown("denied")) == Unknown("denied")


def test_a_region_without_the_service(session: boto3.Session) -> None:
    """Nothing listens: what that says depends on whether the region has the service."""
    reader = reader_at(session, "http://127.0.0.1:9")
    assert reader.read(memorydb.DESCRIBE_CLUSTERS, "ap-northeast-3") is None
    # Of the regions of China Ningxia alone has WorkSpaces.
    assert reader.read(workspaces.DESCRIBE_WORKSPACES, "cn-north-1") is None
    assert reader.answers.failed_calls == []
    failed = Unknown("EndpointConnectionError: memorydb:DescribeClusters")
    assert reader.read(memorydb.DESCRIBE_CLUSTERS, REGION) == failed
    # Of other services there is no telling.
    everywhere = structs.replace(memorydb.DESCRIBE_CLUSTERS, not_everywhere=False)
    assert reader.read(everywhere, "ap-northeast-3") == failed
