"""Queues, and clusters of Kafka."""

from __future__ import annotations

from typing import Any

from examples.company.account import (
    CORE,
    MAIN_REGION,
    MALL,
    Account,
    allow,
    arn,
    policy_document,
)
from examples.company.keys import Keys
from examples.company.network import Networks


def fill_messaging(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has these."""
    if region != MAIN_REGION:
        return
    _queues(account, region, keys)
    _streams(account, region, networks, keys)


def _queues(account: Account, region: str, keys: Keys) -> None:
    """The core system's queue refuses plaintext; the mall's takes messages from anybody."""
    sqs = account.client("sqs", region)
    name = "core-settlements"
    tls_only = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": arn("sqs", name, region),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    sqs.create_queue(
        QueueName=name,
        Attributes={
            "KmsMasterKeyId": keys.keys["core-data"],
            "Policy": policy_document([tls_only]),
        },
        tags=dict(CORE),
    )
    # bad: in the clear, and open to everyone
    name = "mall-coupons"
    everyone = allow(["sqs:SendMessage"], [arn("sqs", name, region)], Principal="*")
    sqs.create_queue(
        QueueName=name,
        Attributes={"SqsManagedSseEnabled": "false", "Policy": policy_document([everyone])},
        tags=dict(MALL),
    )
    account.made("sqs", "queue", 2)


def _streams(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    kafka = account.client("kafka", region)
    _stream(
        kafka,
        "core-events",
        nodes={
            "ClientSubnets": [networks.subnets["core-data-a"], networks.subnets["core-data-b"]],
            "SecurityGroups": [networks.firewalls["core-db"]],
            "ConnectivityInfo": {"PublicAccess": {"Type": "DISABLED"}},
        },
        encryption={
            "EncryptionAtRest": {"DataVolumeKMSKeyId": keys.keys["core-data"]},
            "EncryptionInTransit": {"ClientBroker": "TLS", "InCluster": True},
        },
        tags=dict(CORE),
    )
    # bad: with public addresses behind the open group, and plaintext inside of the network
    _stream(
        kafka,
        "mall-clicks",
        nodes={
            "ClientSubnets": [networks.subnets["mall-public-a"], networks.subnets["mall-public-b"]],
            "SecurityGroups": [networks.firewalls["oa-all"]],
            "ConnectivityInfo": {"PublicAccess": {"Type": "SERVICE_PROVIDED_EIPS"}},
        },
        encryption={
            "EncryptionAtRest": {"DataVolumeKMSKeyId": keys.keys["mall-data"]},
            "EncryptionInTransit": {"ClientBroker": "TLS_PLAINTEXT", "InCluster": True},
        },
        tags=dict(MALL),
    )
    account.made("kafka", "cluster", 2)


def _stream(
    kafka: Any, name: str, *, nodes: dict[str, Any], encryption: dict[str, Any], tags: Any
) -> None:
    # By the first version of the call: of the second, moto 5.2 forgets the encryption.
    kafka.create_cluster(
        ClusterName=name,
        KafkaVersion="3.8.x",
        NumberOfBrokerNodes=2,
        BrokerNodeGroupInfo={"InstanceType": "kafka.m7g.large", **nodes},
        EncryptionInfo=encryption,
        ClientAuthentication={"Sasl": {"Iam": {"Enabled": True}}},
        Tags=tags,
    )
