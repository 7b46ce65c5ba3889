"""Queues, topics and clusters of Kafka, over the example company and as pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws import kafka_facts
from collectors.aws.logic import Known
from collectors.aws.message_policy import policy_exposure, refuses_plaintext
from collectors.aws.reachability import OPEN_BY, Ground
from collectors.aws.services import kafka, sns, sqs
from collectors.document import Unknown
from collectors.facts.shared import Exposure, Rule, Tls
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, Reply, Scripted, error, scripted
from tests.collectors.aws.test_recorded import recorded

ARN = "arn:aws-cn:sqs:cn-north-1:123456789012"
DENIAL = Unknown("AccessDenied: ec2:DescribeSubnets")
CLOSED = {"public": False, "via": []}


def test_queues_of_the_company(collected: Any) -> None:
    found = collected(sqs.queues)
    good, bad = found["core-settlements"], found["mall-coupons"]
    assert good.id == f"{ARN}:core-settlements"
    assert good.tags["system"] == "core-bank"
    assert good.unknown == {}
    assert good.facts["encryption"]["key_manager"] == "customer"
    assert good.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (good.facts["policy"], good.facts["exposure"]) == ([], CLOSED)
    assert bad.facts == {
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "policy": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": ["sqs:SendMessage"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "tls": {"minimum": "1.2", "required": False, "policy": None},
        "exposure": {"public": True, "via": ["policy"]},
    }


def test_topics_of_the_company(collected: Any) -> None:
    found = collected(sns.topics)
    good, bad = found["security-alerts"], found["oa-notices"]
    assert good.facts["encryption"]["key_manager"] == "customer"
    assert bad.facts["encryption"]["enabled"] is False
    # The default policy lets anyone in who comes from the account itself.
    assert [(one["kind"], one["narrows"]) for one in bad.facts["policy"]] == [("anyone", True)]
    assert bad.facts["exposure"] == CLOSED
    assert bad.facts["tls"]["required"] is False
    assert bad.tags["system"] == "oa"


def test_clusters_of_the_company(collected: Any) -> None:
    found = collected(kafka.clusters)
    good, bad = found["core-events"], found["mall-clicks"]
    assert good.unknown == bad.unknown == {}
    assert good.facts["encryption"]["key_manager"] == "customer"
    assert good.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert good.facts["exposure"] == CLOSED
    assert bad.facts["tls"]["required"] is False
    assert bad.facts["exposure"] == {"public": True, "via": [OPEN_BY]}


def test_what_is_denied_is_unknown(collected: Any) -> None:
    for collector, listing, kinds in (
        (sqs.queues, "ListQueues", [sqs.QUEUE]),
        (sns.topics, "ListTopics", [sns.TOPIC]),
        (kafka.clusters, "ListClustersV2", [kafka.CLUSTER, kafka.SERVERLESS_CLUSTER]),
    ):
        found = collected(collector, listing).values()
        assert [(one.native_type, one.unlisted) for one in found] == [(one, True) for one in kinds]
    for collector, operation, name, permission in (
        (sqs.queues, "GetQueueAttributes", "core-settlements", "sqs:GetQueueAttributes"),
        (sns.topics, "GetTopicAttributes", "security-alerts", "sns:GetTopicAttributes"),
    ):
        found = collected(collector, operation)[name]
        assert found.facts == {"encryption": {}, "tls": {"minimum": "1.2", "policy": None}} | {
            "exposure": {}
        }
        assert set(found.unknown.values()) == {f"AccessDenied: {permission}"}
    assert collected(sqs.queues, "ListQueueTags")["mall-coupons"].unknown == {
        "tags": "AccessDenied: sqs:ListQueueTags"
    }
    assert collected(sns.topics, "ListTagsForResource")["oa-notices"].unknown == {
        "tags": "AccessDenied: sns:ListTagsForResource"
    }
    stream = collected(kafka.clusters, "GetClusterPolicy", "DescribeSubnets")["mall-clicks"]
    assert stream.unknown == {
        "policy": "AccessDenied: kafka:GetClusterPolicy",
        "exposure/public": "AccessDenied: ec2:DescribeSubnets",
        "exposure/via": "AccessDenied: ec2:DescribeSubnets",
    }


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


def reply(**body: Any) -> Reply:
    return Reply(200, json.dumps(body), JSON)


def test_queues_by_the_page_and_as_sqs_leaves_things_out(
    server: Scripted, open_account: OpenAccount
) -> None:
    account = open_account(server.url)
    server.asked = []
    server.replies = {
        "ListQueues": [
            reply(QueueUrls=["https://sqs/123456789012/first"], NextToken="next"),
            reply(QueueUrls=["https://sqs/123456789012/second"]),
        ],
        "GetQueueAttributes": [reply(Attributes={"SqsManagedSseEnabled": "true"})],
        "ListQueueTags": [reply()],
    }
    found = list(sqs.queues(account, "us-east-1"))
    assert [one.name for one in found] == ["first", "second"]
    asked = [json.loads(one.body) for one in server.asked if one.operation == "ListQueues"]
    assert asked == [{"MaxResults": 1000}, {"MaxResults": 1000, "NextToken": "next"}]
    assert found[0].facts["encryption"]["key_manager"] == "provider"
    assert (found[0].facts["policy"], found[0].tags, found[0].unknown) == ([], {}, {})


def test_an_account_without_queues(server: Scripted, open_account: OpenAccount) -> None:
    server.says("ListQueues", reply())
    assert list(sqs.queues(open_account(server.url), "us-east-1")) == []


def test_a_queue_that_is_gone_or_tells_nothing(server: Scripted, open_account: OpenAccount) -> None:
    server.replies = {
        "ListQueues": [reply(QueueUrls=["https://sqs/123456789012/gone"])],
        "GetQueueAttributes": [error("QueueDoesNotExist")],
        "ListQueueTags": [reply(Tags={"a": "b"})],
    }
    (gone,) = sqs.queues(open_account(server.url), "us-east-1")
    assert gone.unknown["encryption/enabled"] == "QueueDoesNotExist: sqs:GetQueueAttributes"
    server.replies["GetQueueAttributes"] = [reply(Attributes={})]
    (silent,) = sqs.queues(open_account(server.url), "us-east-1")
    assert silent.unknown["encryption/enabled"] == (
        "SQS does not tell whether the queue is encrypted"
    )


def statement(effect: str, tls: str = "", **change: Any) -> dict[str, Any]:
    condition = {"Condition": {"Bool": {"aws:SecureTransport": tls}}} if tls else {}
    return {"Effect": effect, "Principal": "*", "Action": "sqs:*", **condition, **change}


BOTH = ["SQS:SendMessage", "SQS:ReceiveMessage"]
SOME_ADDRESSES = {"Bool": {"aws:SecureTransport": "false"}, "IpAddress": {"aws:SourceIp": "::/0"}}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([statement("Deny", "false")], True),
        ([statement("Deny", "false", Action=BOTH)], True),
        ([statement("Deny", "false", Action=one) for one in BOTH], True),
        ([statement("Deny", "false", Principal={"AWS": "*"}, Resource=f"{ARN}:one")], True),
        ([statement("Deny", "false", NotAction="sqs:ListQueues", Action=None)], True),
        ([statement("Deny", "false", Action="sqs:SendMessage")], False),
        ([statement("Deny", "false", Resource=f"{ARN}:other")], False),
        ([statement("Deny", "false", NotResource=f"{ARN}:other")], False),
        ([statement("Deny", "false", Principal={"AWS": "123456789012"})], False),
        ([statement("Deny", Condition=SOME_ADDRESSES)], False),
        ([statement("Deny", "true")], False),
        ([statement("Deny")], False),
        ([statement("Allow", "true")], False),
        ([], False),
    ],
)
def test_who_refuses_plaintext(statements: list[dict[str, Any]], expected: bool) -> None:
    written = [{k: v for k, v in one.items() if v is not None} for one in statements]
    actions = ("sqs:SendMessage", "sqs:ReceiveMessage")
    assert refuses_plaintext({"Statement": written}, actions, f"{ARN}:one") is expected


def test_no_policy_and_one_that_is_none() -> None:
    assert refuses_plaintext(None, ("sns:Publish",), ARN) is False
    broken = Unknown("the policy document cannot be read: it is not JSON")
    assert refuses_plaintext("{", ("sns:Publish",), ARN) == broken
    assert policy_exposure("{") == Exposure(public=broken, via=broken)
    assert policy_exposure(DENIAL) == Exposure(public=DENIAL, via=DENIAL)
    assert policy_exposure(None) == Exposure(public=False, via=[])


def test_a_recorded_topic_that_anyone_may_publish_to() -> None:
    attributes = recorded("sns_topic_for_anyone.json")["Attributes"]
    assert policy_exposure(attributes["Policy"]) == Exposure(public=True, via=["policy"])
    assert "KmsMasterKeyId" not in attributes


def rule(port: int) -> Rule:
    return Rule(
        direction="ingress", protocol="tcp", from_port=port, to_port=port, sources=["0.0.0.0/0"]
    )


V6 = Rule(direction="ingress", protocol="tcp", from_port=9094, to_port=9094, sources=["::/0"])
TABLE = {
    "VpcId": "vpc-1",
    "Associations": [{"Main": True}],
    "Routes": [
        {"GatewayId": "igw-1", "DestinationCidrBlock": "0.0.0.0/0"},
        {"GatewayId": "igw-1", "DestinationIpv6CidrBlock": "::/0"},
    ],
}
GROUND = Ground(
    subnets={"subnet-1": {"VpcId": "vpc-1"}},
    tables=[TABLE],
    rules={"sg-iam": [rule(9198)], "sg-inside": [rule(9098)], "sg-6": [V6], "sg-none": []},
)
NO_SUBNETS = Ground(subnets=DENIAL, tables=[TABLE], rules=GROUND.rules)


def brokers(
    access: str | None, group: str, network: str = "IPV4", subnet: str = "subnet-1"
) -> dict[str, Any]:
    connectivity: dict[str, Any] = {"NetworkType": network}
    if access:
        connectivity["PublicAccess"] = {"Type": access}
    nodes = {
        "ClientSubnets": [subnet],
        "SecurityGroups": [group],
        "ConnectivityInfo": connectivity,
    }
    return {"ClusterType": "PROVISIONED", "Provisioned": {"BrokerNodeGroupInfo": nodes}}


EIPS = "SERVICE_PROVIDED_EIPS"


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        (brokers(EIPS, "sg-iam"), True),
        (brokers(EIPS, "sg-inside"), False),
        (brokers("DISABLED", "sg-iam"), False),
        (brokers("DISABLED", "sg-6"), False),
        (brokers("DISABLED", "sg-6", "DUAL"), True),
        (brokers("DISABLED", "sg-none", "DUAL"), False),
        (
            brokers(None, "sg-iam"),
            Unknown("MSK does not tell whether the brokers have public addresses"),
        ),
        (brokers(None, "sg-none"), False),
        (
            brokers(EIPS, "sg-iam", subnet="subnet-9"),
            Unknown("the subnet subnet-9 is not visible to this account"),
        ),
    ],
)
def test_who_reaches_the_brokers(cluster: dict[str, Any], expected: Known) -> None:
    assert kafka.is_public(cluster, GROUND) == expected


def test_brokers_where_the_network_is_not_read() -> None:
    assert kafka.is_public(brokers(EIPS, "sg-iam"), NO_SUBNETS) == DENIAL
    assert kafka.is_public(brokers("DISABLED", "sg-iam"), NO_SUBNETS) is False


def test_a_serverless_cluster(server: Scripted, open_account: OpenAccount) -> None:
    config = {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-6"]}
    item: dict[str, Any] = {"ClusterType": "SERVERLESS", "Serverless": {"VpcConfigs": [config]}}
    assert kafka.is_public(item, GROUND) is False
    item["Serverless"]["ConnectivityInfo"] = {"NetworkType": "DUAL"}
    assert kafka.is_public(item, GROUND) is True
    assert kafka_facts.tls(item) == Tls(minimum="1.2", required=True, policy=None)
    found = kafka.encryption(open_account(server.url), "us-east-1", item)
    assert (found.enabled, found.key_manager) == (True, "provider")


def test_how_clients_talk_to_brokers() -> None:
    def spoken(*words: str) -> list[tuple[object, object]]:
        return [
            (found.minimum, found.required)
            for word in words
            for info in [{"EncryptionInTransit": {"ClientBroker": word}} if word else {}]
            for found in [
                kafka_facts.tls(
                    {"ClusterType": "PROVISIONED", "Provisioned": {"EncryptionInfo": info}}
                )
            ]
        ]

    unknown = Unknown("MSK does not tell how clients and brokers talk")
    assert spoken("TLS", "TLS_PLAINTEXT", "PLAINTEXT", "", "NEW") == [
        ("1.2", True),
        ("none", False),
        ("none", False),
        (unknown, unknown),
        (unknown, unknown),
    ]


def test_a_way_in_by_address_or_by_policy() -> None:
    by_policy = Exposure(public=True, via=["policy"])
    closed = Exposure(public=False, via=[])
    doubt = Exposure(public=DENIAL, via=DENIAL)
    assert kafka_facts.joined(True, by_policy) == Exposure(public=True, via=[OPEN_BY, "policy"])
    assert kafka_facts.joined(True, doubt) == Exposure(public=True, via=[OPEN_BY])
    assert kafka_facts.joined(DENIAL, by_policy) == by_policy
    assert kafka_facts.joined(False, closed) == closed
    assert kafka_facts.joined(False, doubt) == kafka_facts.joined(DENIAL, closed) == doubt
