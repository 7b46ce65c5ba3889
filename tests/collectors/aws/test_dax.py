"""DAX by a scripted server: moto knows no subnet groups of its clusters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services import dax
from collectors.document import Document
from collectors.iac.blocks import Reference
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, XML, Reply, Scripted, error, scripted
from tests.collectors.iac.mappers.hand import block, the

REGION = "cn-north-1"
ARN = f"arn:aws-cn:dax:{REGION}:123456789012:cache/front"
CLUSTER: dict[str, Any] = {
    "ClusterName": "front",
    "ClusterArn": ARN,
    "Nodes": [{"NodeId": f"front-{zone}", "AvailabilityZone": zone} for zone in "ab"],
    "SubnetGroup": "private",
    "SecurityGroups": [{"SecurityGroupIdentifier": "sg-1", "Status": "active"}],
    "SSEDescription": {"Status": "ENABLED"},
    "ClusterEndpointEncryptionType": "TLS",
    "NetworkType": "ipv4",
}
GROUP = {
    "SubnetGroupName": "private",
    "VpcId": "vpc-1",
    "Subnets": [{"SubnetIdentifier": "subnet-1"}],
}


def reply(**body: Any) -> Reply:
    return Reply(200, json.dumps(body), JSON)


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def collected(server: Scripted, open_account: OpenAccount) -> Any:
    """The one document, after changes to the answers of operations."""

    def collect(**changes: Reply) -> Document:
        answers = {
            "DescribeClusters": reply(Clusters=[CLUSTER]),
            "DescribeSubnetGroups": reply(SubnetGroups=[GROUP]),
            "ListTags": reply(Tags=[{"Key": "system", "Value": "bank"}]),
            "*": Reply(200, "<Response/>", XML),
        } | changes
        server.replies = {operation: [answer] for operation, answer in answers.items()}
        (found,) = dax.clusters(open_account(server.url, REGION), REGION)
        return found

    return collect


def test_a_cluster_and_the_template_of_it(collected: Any) -> None:
    live = collected()
    assert (live.id, live.tags) == (ARN, {"system": "bank"})
    assert (live.facts["multi_zone"], live.facts["firewall_ids"]) == (True, ["sg-1"])
    ids = {"subnet_ids": [Reference("aws_subnet.a"), Reference("aws_subnet.b")]}
    values = {
        "cluster_name": "front",
        "replication_factor": 2,
        "server_side_encryption": [{"enabled": True}],
        "cluster_endpoint_encryption_type": "TLS",
        "subnet_group_name": Reference("aws_dax_subnet_group.g"),
    }
    zones = [block(f"aws_subnet.{zone}", {"availability_zone": zone}) for zone in "ab"]
    planned = the(block("aws_dax_cluster.c", values), block("aws_dax_subnet_group.g", ids), *zones)
    known = {"authentication", "tls/required", "encryption/key_manager", "multi_zone"}
    assert_alike(live, planned, known=known | {"backup/enabled", "exposure/public"})


def test_an_open_cluster(collected: Any) -> None:
    open_ = CLUSTER | {
        "SSEDescription": {"Status": "DISABLED"},
        "ClusterEndpointEncryptionType": "NONE",
        "Nodes": CLUSTER["Nodes"][:1],
    }
    facts = collected(DescribeClusters=reply(Clusters=[open_])).facts
    assert facts["encryption"]["enabled"] is False
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["multi_zone"] is False


def test_what_is_not_told_is_unknown(collected: Any) -> None:
    denied = error("AccessDeniedException", 403)
    assert collected(DescribeClusters=denied).unlisted
    found = collected(DescribeSubnetGroups=denied, ListTags=denied)
    assert found.unknown["subnet_routes_to_internet"] == (
        "AccessDeniedException: dax:DescribeSubnetGroups"
    )
    assert found.unknown["tags"] == "AccessDeniedException: dax:ListTags"
    changing = {"ClusterName": "front", "ClusterArn": ARN, "SSEDescription": {"Status": "ENABLING"}}
    young = collected(DescribeClusters=reply(Clusters=[changing]))
    assert {"encryption", "tls/required", "multi_zone"} <= set(young.unknown)
