"""Queues and topics of Simple Message Queue (formerly MNS), with the public endpoint of their
region: alicloud_message_service_queue, _topic, _endpoint and _endpoint_acl, alicloud_mns_queue and
_topic.

Who may use them is up to RAM alone, as in the live account.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.document import Document, Unknown
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.message_queues import TLS
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.logic import some

QUEUE, OLD_QUEUE = "alicloud_message_service_queue", "alicloud_mns_queue"
TOPIC, OLD_TOPIC = "alicloud_message_service_topic", "alicloud_mns_topic"
ENDPOINT, ENTRY = "alicloud_message_service_endpoint", "alicloud_message_service_endpoint_acl"

_ENCRYPTION = Unknown("the encryption of Simple Message Queue is no argument of the template")
_ELSEWHERE = Unknown("the public endpoint of Simple Message Queue is not part of this template")
_UNWRITTEN = Unknown("not written: the service decides")
_DEFAULT = Unknown(
    "whether the default entry that lets everyone in is removed is not set in this template"
)
_EVERYONE = ["0.0.0.0/0"]


def map_queue(block: Block, project: Project) -> Iterator[Document]:
    """A queue or a topic."""
    facts = Topic(
        encryption=Encryption.unread(_ENCRYPTION),
        # Queues and topics have no policies of their own.
        policy=[],
        tls=TLS,
        exposure=_exposure(block, project),
    )
    yield aliyun_document(block, project, facts, "queue_name", "topic_name", "name")


def _exposure(block: Block, project: Project) -> Exposure:
    endpoints = _of_region(block, project, ENDPOINT)
    if not endpoints:
        return Exposure.unread(_ELSEWHERE)
    enabled = some(each.read("endpoint_enabled", bool, _UNWRITTEN) for each in endpoints)
    return endpoint_exposure(enabled, _ranges(_of_region(block, project, ENTRY)))


def _of_region(block: Block, project: Project, kind: str) -> list[Block]:
    """What is set for the region of a queue, of which its provider tells."""
    return [
        project.take(each)
        for each in project.of_type(kind)
        if each.provider_values == block.provider_values
    ]


def _ranges(entries: list[Block]) -> list[Any]:
    """Every endpoint lets everyone in at first, and an entry of a template takes none away
    (provider documentation, `cidr`)."""
    if not entries:
        return _EVERYONE
    told = [each.read("cidr", str, _UNWRITTEN) for each in entries]
    known = allow_list(each for each in told if isinstance(each, str))
    return [*known, *(each for each in told if isinstance(each, Unknown)), _DEFAULT]


MAPPINGS = [
    Mapping(
        types=(QUEUE, OLD_QUEUE, TOPIC, OLD_TOPIC),
        facts=Topic,
        map=map_queue,
        joined=(ENDPOINT, ENTRY),
    )
]

LINK_TYPES = frozenset({ENDPOINT, ENTRY})
