"""Clusters of MSK in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("known after apply")
NODES: dict[str, Any] = {
    "client_subnets": [Reference("aws_subnet.s")],
    "security_groups": [Reference("aws_security_group.g")],
}
PUBLIC = NODES | {"connectivity_info": [{"public_access": [{"type": "SERVICE_PROVIDED_EIPS"}]}]}


def cluster(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_msk_cluster.c", values), *others)


def ground(port: int, source: str = "0.0.0.0/0") -> list[Any]:
    rule = {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": [source]}
    link = {
        "subnet_id": Reference("aws_subnet.s"),
        "route_table_id": Reference("aws_route_table.t"),
    }
    way = {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]}
    return [
        block("aws_security_group.g", {"ingress": [rule]}),
        block("aws_subnet.s", {}),
        block("aws_route_table_association.a", link),
        block("aws_route_table.t", way),
    ]


def test_safe() -> None:
    values = {
        "cluster_name": "core",
        "broker_node_group_info": [NODES],
        "encryption_info": [
            {
                "encryption_at_rest_kms_key_arn": "alias/mine",
                "encryption_in_transit": [{"client_broker": "TLS"}],
            }
        ],
    }
    found = cluster(values, *ground(9198)).facts
    assert found["encryption"]["key_manager"] == "customer"
    assert found["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert found["exposure"] == {"public": False, "via": []}
    assert found["policy"] == []


def test_minimal() -> None:
    document = cluster({"broker_node_group_info": [NODES]})
    found = document.facts
    assert found["encryption"]["key_manager"] == "provider"
    # AWS names two defaults in two places.
    assert {"tls/minimum", "tls/required"} <= set(document.unknown)
    assert found["exposure"]["public"] is False


@pytest.mark.parametrize(
    ("word", "minimum", "required"),
    [("TLS_PLAINTEXT", "none", False), ("PLAINTEXT", "none", False), (APPLY, None, None)],
)
def test_plaintext(word: Any, minimum: str | None, required: bool | None) -> None:
    options = [{"encryption_in_transit": [{"client_broker": word}]}]
    tls = cluster({"encryption_info": options}).facts["tls"]
    assert (tls.get("minimum"), tls.get("required")) == (minimum, required)


@pytest.mark.parametrize(
    ("nodes", "others", "public"),
    [
        (PUBLIC, ground(9198), True),
        (PUBLIC, ground(9092), False),
        (PUBLIC, ground(9198, "10.0.0.0/8"), False),
        (PUBLIC, [], None),
        (NODES | {"connectivity_info": APPLY}, ground(9198), None),
        (NODES | {"connectivity_info": [{"network_type": "DUAL"}]}, ground(22), True),
        (APPLY, ground(9198), None),
    ],
)
def test_reach(nodes: Any, others: list[Any], public: bool | None) -> None:
    given = nodes if nodes is APPLY else [nodes]
    found = cluster({"broker_node_group_info": given}, *others)
    assert (
        found.facts["exposure"].get("public") is public
        if public is not None
        else ("exposure/public" in found.unknown)
    )


@pytest.mark.parametrize(("principal", "public"), [("*", True), ({"AWS": "1" * 12}, False)])
def test_policies(principal: Any, public: bool) -> None:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "kafka:*", "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    values = {"cluster_arn": Reference("aws_msk_cluster.c", "arn"), "policy": text}
    link = block("aws_msk_cluster_policy.p", values)
    found = cluster({"broker_node_group_info": [NODES]}, link).facts
    assert found["exposure"]["public"] is public
    assert len(found["policy"]) == 1
    unread = block("aws_msk_cluster_policy.p", values | {"policy": APPLY})
    assert "policy" in cluster({}, unread).unknown


def test_serverless() -> None:
    found = the(block("aws_msk_serverless_cluster.s", {"cluster_name": "core"})).facts
    assert found["tls"]["required"] is True
    assert found["encryption"]["key_manager"] == "provider"
    assert found["exposure"]["public"] is False


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: core
      BrokerNodeGroupInfo: {ClientSubnets: [subnet-1]}
      EncryptionInfo:
        EncryptionAtRest: {DataVolumeKMSKeyId: alias/mine}
        EncryptionInTransit: {ClientBroker: TLS}
      Tags: {system: core}
  Open:
    Type: AWS::MSK::Cluster
    Properties:
      BrokerNodeGroupInfo:
        ClientSubnets: [subnet-1]
        ConnectivityInfo: {PublicAccess: {Type: SERVICE_PROVIDED_EIPS}}
      EncryptionInfo: {EncryptionInTransit: {ClientBroker: PLAINTEXT}}
  Policy:
    Type: AWS::MSK::ClusterPolicy
    Properties:
      ClusterArn: {Ref: Open}
      Policy:
        Statement: [{Effect: Allow, Principal: "*", Action: "kafka:*", Resource: "*"}]
  Serverless: {Type: AWS::MSK::ServerlessCluster, Properties: {ClusterName: s}}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe, open_ = found["Safe"], found["Open"].facts
    assert safe.facts["encryption"]["key_manager"] == "customer"
    assert safe.facts["tls"]["required"] is True
    assert safe.facts["exposure"]["public"] is False
    assert safe.tags == {"system": "core"}
    assert open_["tls"]["minimum"] == "none"
    assert open_["exposure"]["public"] is True
    assert found["Serverless"].facts["tls"]["required"] is True
