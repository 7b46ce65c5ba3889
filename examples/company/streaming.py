"""Streams of records, what delivers them, and brokers of messages."""

from __future__ import annotations

from typing import Any

from examples.company.account import (
    CORE,
    MAIN_REGION,
    MALL,
    Account,
    Tags,
    allow,
    arn,
    bucket_arn,
    pairs,
    policy_document,
)
from examples.company.keys import Keys
from examples.company.network import Networks


def fill_streaming(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has these."""
    if region != MAIN_REGION:
        return
    _streams(account, region, keys)
    _delivery(account, region, keys)
    _brokers(account, region, networks, keys)


def _streams(account: Account, region: str, keys: Keys) -> None:
    kinesis = account.client("kinesis", region)
    kinesis.create_stream(StreamName="core-ledger", ShardCount=1)
    kinesis.add_tags_to_stream(StreamName="core-ledger", Tags=dict(CORE))
    kinesis.start_stream_encryption(
        StreamName="core-ledger", EncryptionType="KMS", KeyId=keys.keys["core-data"]
    )
    # bad: in the clear, and everybody may read it
    kinesis.create_stream(StreamName="mall-clickstream", ShardCount=1)
    kinesis.add_tags_to_stream(StreamName="mall-clickstream", Tags=dict(MALL))
    stream = arn("kinesis", "stream/mall-clickstream", region)
    everyone = allow(["kinesis:GetRecords"], [stream], Principal="*")
    kinesis.put_resource_policy(ResourceARN=stream, Policy=policy_document([everyone]))
    account.made("kinesis", "stream", 2)


def _delivery(account: Account, region: str, keys: Keys) -> None:
    firehose = account.client("firehose", region)
    _deliver(firehose, "core-ledger-archive", CORE)
    firehose.start_delivery_stream_encryption(
        DeliveryStreamName="core-ledger-archive",
        DeliveryStreamEncryptionConfigurationInput={
            "KeyARN": keys.keys["core-data"],
            "KeyType": "CUSTOMER_MANAGED_CMK",
        },
    )
    # bad: fed by a stream that is in the clear
    _deliver(
        firehose,
        "mall-clickstream-archive",
        MALL,
        DeliveryStreamType="KinesisStreamAsSource",
        KinesisStreamSourceConfiguration={
            "KinesisStreamARN": arn("kinesis", "stream/mall-clickstream", region),
            "RoleARN": arn("iam", "role/mall-delivery"),
        },
    )
    account.made("firehose", "delivery stream", 2)


def _deliver(firehose: Any, name: str, tags: Tags, **source: Any) -> None:
    firehose.create_delivery_stream(
        DeliveryStreamName=name,
        ExtendedS3DestinationConfiguration={
            "RoleARN": arn("iam", "role/mall-delivery"),
            "BucketARN": bucket_arn("example-log-archive"),
        },
        Tags=pairs(tags),
        **{"DeliveryStreamType": "DirectPut", **source},
    )


def _brokers(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    mq = account.client("mq", region)
    _broker(
        mq,
        "core-payments",
        CORE,
        PubliclyAccessible=False,
        SubnetIds=[networks.subnets["core-data-a"]],
        SecurityGroups=[networks.firewalls["core-db"]],
        EncryptionOptions={"UseAwsOwnedKey": False, "KmsKeyId": keys.keys["core-data"]},
    )
    # bad: with a public address behind the open group
    _broker(
        mq,
        "mall-notices",
        MALL,
        PubliclyAccessible=True,
        SubnetIds=[networks.subnets["mall-public-a"]],
        SecurityGroups=[networks.firewalls["oa-all"]],
    )
    account.made("mq", "broker", 2)


def _broker(mq: Any, name: str, tags: Tags, **options: Any) -> None:
    mq.create_broker(
        BrokerName=name,
        EngineType="ACTIVEMQ",
        EngineVersion="5.18",
        HostInstanceType="mq.m5.large",
        DeploymentMode="SINGLE_INSTANCE",
        AutoMinorVersionUpgrade=True,
        Users=[{"Username": "system", "Password": "Example-Only-Broker-1"}],
        Tags=dict(tags),
        **options,
    )
