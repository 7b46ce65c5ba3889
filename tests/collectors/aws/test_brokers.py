"""Brokers of Amazon MQ, over the example company and as pure functions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.logic import Known
from collectors.aws.reachability import OPEN_BY, Ground
from collectors.aws.services import mq
from collectors.document import Unknown
from collectors.facts.shared import Rule
from collectors.iac.blocks import Reference
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, Reply, scripted
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.test_kafka import ground


def test_brokers_of_the_company(collected: Any) -> None:
    found = collected(mq.brokers)
    good, bad = found["core-payments"], found["mall-notices"]
    assert good.unknown == bad.unknown == {}
    assert good.tags["system"] == "core-bank"
    assert good.facts["encryption"]["key_manager"] == "customer"
    assert bad.facts["encryption"]["key_manager"] == "provider"
    assert good.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert good.facts["policy"] == []
    assert good.facts["exposure"] == {"public": False, "via": []}
    assert bad.facts["exposure"] == {"public": True, "via": [OPEN_BY]}
    assert "Users" not in bad.native
    own = {"use_aws_owned_key": False, "kms_key_id": "alias/mine"}
    known = {"encryption/key_manager", "exposure/public", "tls/minimum", "tls/required"}
    safe = {"engine_type": "ActiveMQ", "encryption_options": [own]}
    assert_alike(good, the(block("aws_mq_broker.b", safe)), known=known)
    placed = {"subnet_ids": [Reference("aws_subnet.s")], "publicly_accessible": True}
    open_ = {"engine_type": "ActiveMQ", "security_groups": [Reference("aws_security_group.g")]}
    assert_alike(bad, the(block("aws_mq_broker.b", placed | open_), *ground(61617)), known=known)


def test_what_is_denied_is_unknown(collected: Any) -> None:
    (unlisted,) = collected(mq.brokers, "ListBrokers").values()
    assert unlisted.unlisted
    denied = collected(mq.brokers, "DescribeBroker")["mall-notices"]
    assert {"exposure/public", "encryption/key_manager", "tags"} <= denied.unknown.keys()
    assert set(denied.unknown.values()) == {"AccessDenied: mq:DescribeBroker"}
    blind = collected(mq.brokers, "DescribeSecurityGroups")
    assert blind["mall-notices"].unknown == dict.fromkeys(
        ("exposure/public", "exposure/via"), "AccessDenied: ec2:DescribeSecurityGroups"
    )
    assert blind["core-payments"].unknown == {}


TABLE = {
    "VpcId": "vpc-1",
    "Associations": [{"Main": True}],
    "Routes": [{"GatewayId": "igw-1", "DestinationCidrBlock": "0.0.0.0/0"}],
}


def rule(port: int) -> Rule:
    return Rule(
        direction="ingress", protocol="tcp", from_port=port, to_port=port, sources=["0.0.0.0/0"]
    )


GROUND = Ground(
    subnets={"subnet-1": {"VpcId": "vpc-1"}},
    tables=[TABLE],
    rules={"sg-mqtt": [rule(8883)], "sg-ssh": [rule(22)]},
)


def broker(engine: str = "ACTIVEMQ", group: str = "sg-mqtt", **change: Any) -> dict[str, Any]:
    told = {"PubliclyAccessible": True, "SubnetIds": ["subnet-1"], "SecurityGroups": [group]}
    return {"EngineType": engine, **told, **change}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (broker(), True),
        (broker(group="sg-ssh"), False),
        (broker(PubliclyAccessible=False), False),
        (broker(SubnetIds=[]), Unknown("the API does not name the subnets")),
        (broker(SecurityGroups=[]), Unknown("the API does not name the security groups")),
        # No group of the customer's guards a public broker of RabbitMQ.
        (broker("RABBITMQ", "sg-ssh"), True),
        (broker("RabbitMQ", SubnetIds=[], SecurityGroups=[]), True),
        (broker("RABBITMQ", PubliclyAccessible=False), False),
    ],
)
def test_who_reaches_a_broker(told: dict[str, Any], expected: Known) -> None:
    assert mq.is_public(told, GROUND) == expected


def test_what_a_broker_leaves_out(open_account: OpenAccount) -> None:
    summary = {"brokerName": "b", "brokerId": "b-1", "brokerArn": "arn", "engineType": "RABBITMQ"}

    def body(**told: Any) -> Reply:
        return Reply(200, json.dumps(told), JSON)

    with scripted(lambda path: path.rpartition("/")[2]) as server:
        server.replies = {
            "brokers": [body(brokerSummaries=[summary])],
            "b-1": [body(engineType="RABBITMQ", encryptionOptions={"useAwsOwnedKey": False})],
            "*": [Reply(403, "{}")],
        }
        (found,) = mq.brokers(open_account(server.url), "us-east-1")
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.unknown["exposure/public"] == (
        "the API does not tell PubliclyAccessible of this resource"
    )
