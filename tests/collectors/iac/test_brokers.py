"""Brokers of Amazon MQ in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.aws.reachability import OPEN_BY
from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.test_kafka import ground

APPLY = Unknown("known after apply")
PLACED: dict[str, Any] = {
    "engine_type": "ActiveMQ",
    "subnet_ids": [Reference("aws_subnet.s")],
    "security_groups": [Reference("aws_security_group.g")],
}
PUBLIC = PLACED | {"publicly_accessible": True}


def broker(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_mq_broker.b", values), *others)


def test_minimal() -> None:
    found = broker({"broker_name": "core"})
    assert found.name == "core"
    assert found.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "policy": [],
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "exposure": {"public": False, "via": []},
    }


@pytest.mark.parametrize(
    ("options", "manager"),
    [
        ({"use_aws_owned_key": False, "kms_key_id": "alias/mine"}, "customer"),
        ({"use_aws_owned_key": False}, "provider"),
        ({"kms_key_id": "alias/mine"}, "provider"),
        ({"use_aws_owned_key": APPLY, "kms_key_id": "alias/mine"}, None),
        (APPLY, None),
    ],
)
def test_whose_key(options: Any, manager: str | None) -> None:
    written = options if isinstance(options, Unknown) else [options]
    found = broker({"encryption_options": written}).facts["encryption"]
    assert (found["enabled"], found.get("key_manager")) == (True, manager)


RABBIT = {"engine_type": "RabbitMQ"}


@pytest.mark.parametrize(
    ("values", "others", "exposure"),
    [
        (PUBLIC, ground(61617), {"public": True, "via": [OPEN_BY]}),
        (PUBLIC, ground(22), {"public": False, "via": []}),
        (PUBLIC, ground(61617, "10.0.0.0/8"), {"public": False, "via": []}),
        (PLACED, ground(61617), {"public": False, "via": []}),
        # In the default network behind its default group.
        ({"engine_type": "ActiveMQ", "publicly_accessible": True}, [], {}),
        (PUBLIC, [], {}),
        (PLACED | {"publicly_accessible": APPLY}, ground(61617), {}),
        (PLACED | {"publicly_accessible": APPLY}, ground(22), {"public": False, "via": []}),
        # No group of the customer's guards a public broker of RabbitMQ.
        (PUBLIC | RABBIT, ground(22), {"public": True, "via": ["endpoint"]}),
        (PUBLIC | {"engine_type": APPLY}, ground(22), {}),
        (PUBLIC | {"engine_type": APPLY}, ground(61617), {"public": True, "via": [OPEN_BY]}),
        (PLACED | RABBIT | {"publicly_accessible": APPLY}, ground(22), {}),
    ],
)
def test_reach(values: dict[str, Any], others: list[Any], exposure: dict[str, Any]) -> None:
    assert broker(values, *others).facts["exposure"] == exposure


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: core
      EngineType: ACTIVEMQ
      PubliclyAccessible: false
      EncryptionOptions: {UseAwsOwnedKey: false, KmsKeyId: alias/mine}
      Tags: [{Key: system, Value: core}]
  Open:
    Type: AWS::AmazonMQ::Broker
    Properties:
      EngineType: ActiveMQ
      PubliclyAccessible: "true"
      SubnetIds: [!Ref Subnet]
      SecurityGroups: [!Ref Group]
  Rabbit:
    Type: AWS::AmazonMQ::Broker
    Properties: {EngineType: RabbitMQ, PubliclyAccessible: true}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 8162, ToPort: 8162, CidrIp: 0.0.0.0/0}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Route:
    Type: AWS::EC2::Route
    Properties:
      {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Link:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Subnet}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Safe"].facts["encryption"]["key_manager"] == "customer"
    assert found["Safe"].facts["exposure"] == {"public": False, "via": []}
    assert found["Safe"].tags == {"system": "core"}
    assert found["Open"].facts["exposure"] == {"public": True, "via": [OPEN_BY]}
    assert found["Rabbit"].facts["exposure"] == {"public": True, "via": ["endpoint"]}
