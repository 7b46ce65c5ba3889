# ruff: noqa: E501 - templates are easier to read on long lines
"""Instances of RocketMQ of ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read


@pytest.mark.parametrize(
    ("internet", "public"),
    [
        ("{InternetSpec: disable, FlowOutType: uninvolved}", False),
        ("{InternetSpec: enable}", True),
        ("{InternetSpec: enable, IpWhitelist: [203.0.113.0/24]}", False),
        ("{InternetSpec: !Ref Who}", None),
        ("!Ref Who", None),
    ],
)
def test_who_reaches_an_instance(stack: Read, internet: str, public: bool | None) -> None:
    found = stack(
        f"  Q: {{Type: ALIYUN::ROCKETMQ5::Instance, Properties: {{InstanceName: orders, InternetInfo: {internet}}}}}\n",
        head="Parameters: {Who: {Type: String}}\n",
    )["Q"]
    assert (found.name, found.facts["exposure"].get("public")) == ("orders", public)
    assert "encryption/enabled" in found.unknown


def test_an_instance_of_rocketmq_4(stack: Read) -> None:
    found = stack("  Q: {Type: ALIYUN::ROCKETMQ::Instance, Properties: {InstanceName: old}}\n")["Q"]
    assert found.name == "old"
    assert "exposure/public" in found.unknown


def test_queues_and_topics_of_simple_message_queue(stack: Read) -> None:
    found = stack(
        "  Q: {Type: ALIYUN::MNS::Queue, Properties: {QueueName: orders}}\n"
        "  T: {Type: ALIYUN::MNS::Topic, Properties: {TopicName: events}}\n"
    )
    assert (found["Q"].name, found["T"].name) == ("orders", "events")
    assert "exposure/public" in found["Q"].unknown
