"""Streams of Kinesis and Firehose, over the example company and by a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services import firehose, kinesis
from collectors.document import Document
from collectors.iac.blocks import Reference
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, Reply, Scripted, error, scripted
from tests.collectors.iac.mappers.hand import block, the

TLS = {"minimum": "1.2", "required": True, "policy": None}
CLOSED = {"public": False, "via": []}
OFF = {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None}
REGION = "us-east-1"
KNOWN = {"encryption/enabled", "encryption/key_manager", "tls/minimum", "exposure/public"}
STREAM = f"arn:aws:kinesis:{REGION}:123456789012:stream/s"


def policy(principal: Any) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "kinesis:GetRecords",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_streams_of_the_company(collected: Any) -> None:
    found = collected(kinesis.streams)
    good, bad = found["core-ledger"], found["mall-clickstream"]
    assert good.id == "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/core-ledger"
    assert good.tags["system"] == "core-bank"
    assert good.unknown == bad.unknown == {}
    assert good.facts["encryption"]["key_manager"] == "customer"
    assert good.facts["tls"] == bad.facts["tls"] == TLS
    assert (good.facts["policy"], good.facts["exposure"]) == ([], CLOSED)
    assert bad.facts["encryption"] == OFF
    assert [one["kind"] for one in bad.facts["policy"]] == ["anyone"]
    assert bad.facts["exposure"] == {"public": True, "via": ["policy"]}
    safe = block("aws_kinesis_stream.s", {"encryption_type": "KMS", "kms_key_id": "alias/mine"})
    assert_alike(good, the(safe), known=KNOWN)
    own = {"resource_arn": Reference("aws_kinesis_stream.s", "arn")}
    opened = block("aws_kinesis_resource_policy.p", own | {"policy": policy("*")})
    assert_alike(bad, the(block("aws_kinesis_stream.s", {}), opened), known=KNOWN)


def test_deliveries_of_the_company(collected: Any) -> None:
    found = collected(firehose.delivery_streams)
    good, fed = found["core-ledger-archive"], found["mall-clickstream-archive"]
    assert good.unknown == fed.unknown == {}
    assert good.facts["encryption"]["key_manager"] == "customer"
    assert good.tags["system"] == "core-bank"
    assert fed.facts == {"encryption": OFF, "policy": [], "tls": TLS, "exposure": CLOSED}
    kind = "aws_kinesis_firehose_delivery_stream.d"
    asked = {"enabled": True, "key_type": "CUSTOMER_MANAGED_CMK", "key_arn": "alias/mine"}
    assert_alike(good, the(block(kind, {"server_side_encryption": [asked]})), known=KNOWN)
    source = {"kinesis_stream_arn": Reference("aws_kinesis_stream.s", "arn")}
    planned = block(kind, {"kinesis_source_configuration": [source]})
    assert_alike(fed, the(planned, block("aws_kinesis_stream.s", {})), known=KNOWN)


def test_what_is_denied_is_unknown(collected: Any) -> None:
    for collector, listing in (
        (kinesis.streams, "ListStreams"),
        (firehose.delivery_streams, "ListDeliveryStreams"),
    ):
        (found,) = collected(collector, listing).values()
        assert found.unlisted
    for collector, operation, name, paths in (
        (kinesis.streams, "DescribeStreamSummary", "core-ledger", {"encryption/enabled"}),
        (kinesis.streams, "GetResourcePolicy", "core-ledger", {"policy", "exposure/public"}),
        # A consumer may have a policy of its own.
        (kinesis.streams, "ListStreamConsumers", "core-ledger", {"policy", "exposure/public"}),
        (kinesis.streams, "ListTagsForStream", "core-ledger", {"tags"}),
        (
            firehose.delivery_streams,
            "DescribeDeliveryStream",
            "core-ledger-archive",
            {"encryption/enabled"},
        ),
        (
            firehose.delivery_streams,
            "DescribeStreamSummary",
            "mall-clickstream-archive",
            {"encryption/enabled"},
        ),
        (
            firehose.delivery_streams,
            "ListTagsForDeliveryStream",
            "core-ledger-archive",
            {"tags"},
        ),
    ):
        found = collected(collector, operation)[name]
        service = "firehose" if "Delivery" in operation else "kinesis"
        assert paths <= found.unknown.keys(), operation
        assert set(found.unknown.values()) == {f"AccessDenied: {service}:{operation}"}
    # What is known to be open stays so.
    bad = collected(kinesis.streams, "ListStreamConsumers")["mall-clickstream"]
    assert bad.facts["exposure"]["public"] is True


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


def reply(**body: Any) -> Reply:
    return Reply(200, json.dumps(body), JSON)


def test_consumers_and_queues_of_a_stream(server: Scripted, open_account: OpenAccount) -> None:
    """A consumer's policy opens the stream, and so may one of a queue, which is not read."""

    def stream(summary: dict[str, Any], *policies: Reply) -> Document:
        server.asked = []
        server.replies = {
            "ListStreams": [reply(StreamNames=["s"], HasMoreStreams=False)],
            "DescribeStreamSummary": [reply(StreamDescriptionSummary=summary)],
            "ListStreamConsumers": [
                reply(Consumers=[{"ConsumerARN": f"{STREAM}/consumer/c:1"}], NextToken="next"),
                reply(Consumers=[]),
            ],
            "GetResourcePolicy": list(policies),
            "ListTagsForStream": [reply(Tags=[], HasMoreTags=False)],
        }
        (found,) = kinesis.streams(open_account(server.url), REGION)
        return found

    none, absent = reply(Policy="{}"), error("ResourceNotFoundException")
    opened = stream({"ConsumerCount": 1}, none, reply(Policy=policy("*")))
    assert opened.facts["exposure"] == {"public": True, "via": ["policy"]}
    assert opened.unknown["encryption/enabled"] == (
        "Kinesis does not tell whether the stream is encrypted"
    )
    shared = stream({"ConsumerCount": 1}, absent, reply(Policy=policy({"AWS": "1" * 12})))
    assert shared.facts["exposure"] == CLOSED
    assert [one["account"] for one in shared.facts["policy"]] == ["1" * 12]
    alone = stream({"ConsumerCount": 0, "EncryptionType": "KMS"}, none)
    assert alone.facts["exposure"] == CLOSED
    assert "ListStreamConsumers" not in {one.operation for one in server.asked}
    assert alone.unknown["encryption/key_id"] == "the API does not name the key"
    queued = stream({"ConsumerCount": 0, "QueueCount": 1}, none)
    assert queued.unknown["exposure/public"] == (
        "the policies of the queues on the stream are not read"
    )


def test_deliveries_as_firehose_tells_them(server: Scripted, open_account: OpenAccount) -> None:
    def encryption(**stream: Any) -> dict[str, Any]:
        server.replies = {
            "ListDeliveryStreams": [reply(DeliveryStreamNames=["d"], HasMoreDeliveryStreams=False)],
            "DescribeDeliveryStream": [
                reply(DeliveryStreamDescription={"DeliveryStreamType": "DirectPut", **stream})
            ],
            "ListTagsForDeliveryStream": [reply(Tags=[], HasMoreTags=False)],
        }
        (found,) = firehose.delivery_streams(open_account(server.url), REGION)
        known: dict[str, Any] = found.facts["encryption"]
        return known | {"why": found.unknown.get("encryption/enabled")}

    def status(word: str, **more: Any) -> dict[str, Any]:
        return encryption(DeliveryStreamEncryptionConfiguration={"Status": word, **more})

    assert status("DISABLED")["enabled"] is False
    owned = status("ENABLED", KeyType="AWS_OWNED_CMK")
    assert (owned["enabled"], owned["key_manager"]) == (True, "provider")
    for word in ("ENABLING", "ENABLING_FAILED", "DISABLING", "DISABLING_FAILED"):
        assert "enabled" not in status(word), word
    assert "enabled" not in encryption()
    assert "enabled" not in encryption(
        DeliveryStreamType="MSKAsSource",
        DeliveryStreamEncryptionConfiguration={"Status": "ENABLED"},
    )
    elsewhere = f"arn:aws:kinesis:{REGION}:111122223333:stream/s"
    source = {"KinesisStreamSourceDescription": {"KinesisStreamARN": elsewhere}}
    fed = encryption(DeliveryStreamType="KinesisStreamAsSource", Source=source)
    assert fed["why"] == f"the Kinesis stream {elsewhere} is of another account"


def test_a_list_that_goes_on_is_no_list(server: Scripted, open_account: OpenAccount) -> None:
    for answer in ({"DeliveryStreamNames": ["d"], "HasMoreDeliveryStreams": True}, {}):
        server.says("ListDeliveryStreams", reply(**answer))
        (found,) = firehose.delivery_streams(open_account(server.url), REGION)
        assert found.unlisted
