"""Queues and topics of Simple Message Queue, and the public endpoint of their region."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
HERE, THERE = {"region": "cn-hangzhou"}, {"region": "cn-beijing"}
QUEUE = block("alicloud_message_service_queue.q", {"queue_name": "orders"}, HERE)


def _endpoint(enabled: Any, place: dict[str, str] = HERE) -> Block:
    values = {"endpoint_enabled": enabled, "endpoint_type": "public"}
    return block("alicloud_message_service_endpoint.e", values, place)


def _entry(cidr: Any, place: dict[str, str] = HERE) -> Block:
    values = {"cidr": cidr, "acl_strategy": "allow", "endpoint_type": "public"}
    return block("alicloud_message_service_endpoint_acl.a", values, place)


@pytest.mark.parametrize(
    ("blocks", "public"),
    [
        ([], None),
        ([_endpoint(True, THERE)], None),
        ([_endpoint(APPLY)], None),
        ([_endpoint(None)], None),
        ([_endpoint(False)], False),
        ([_endpoint(False), _entry("0.0.0.0/0")], False),
        # The endpoint lets everyone in by default, and an entry of a template takes none away.
        ([_endpoint(True)], True),
        ([_endpoint(True), _entry("10.0.0.0/8", THERE)], True),
        ([_endpoint(True), _entry("0.0.0.0/0")], True),
        ([_endpoint(True), _entry("10.0.0.0/8")], None),
        ([_endpoint(True), _entry(APPLY)], None),
    ],
)
def test_who_reaches_a_queue(blocks: list[Block], public: bool | None) -> None:
    found = the(QUEUE, *blocks)
    assert found.facts["exposure"].get("public") is public
    assert ("exposure/public" in found.unknown) is (public is None)


def test_queues_and_topics_of_both_types() -> None:
    found = documents(
        QUEUE,
        block("alicloud_mns_queue.q", {"name": "old"}, HERE),
        block("alicloud_message_service_topic.t", {"topic_name": "events"}, HERE),
        block("alicloud_mns_topic.t", {"name": "old events"}, HERE),
    )
    assert [each.name for each in found] == ["orders", "old", "events", "old events"]
    assert all(each.facts["policy"] == [] for each in found)
    for each in found:
        assert {"encryption/enabled", "tls/minimum", "tls/required"} <= set(each.unknown)
