"""Queues and topics of Simple Message Queue (formerly MNS).

Who may use them is up to RAM alone; the endpoint of a region is one for all of its queues.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.databases import PLAINTEXT_NOT_TOLD, TLS_VERSIONS, kept_of
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.message_queues import Item, queue_call, queue_encryption
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.logic import told

LIST_QUEUES = queue_call("mns-open", "ListQueue", "Data.PageData", "mns:ListQueue", paged=True)
LIST_TOPICS = queue_call("mns-open", "ListTopic", "Data.PageData", "mns:ListTopic", paged=True)
GET_ENDPOINT = queue_call("mns-open", "GetEndpointAttribute", "Data", "mns:GetEndpointAttribute")

QUEUE = "ACS::MNS::Queue"
TOPIC = "ACS::MNS::Topic"
_KEPT = (
    "QueueName", "QueueType", "TopicName", "TopicType", "CreateTime", "LastModifyTime",
    "EnableSSE", "EncryptionEnabled", "SseType", "SseAlgorithm", "KmsKeyId", "LoggingEnabled",
    "MessageRetentionPeriod",
)  # fmt: skip
_NOT_TOLD = Unknown("the API does not tell whether messages are encrypted")


def queues(account: Account, region: str) -> Iterable[Document]:
    """A document for each queue and each topic of a region."""
    for call, native, name in (
        (LIST_QUEUES, QUEUE, "QueueName"),
        (LIST_TOPICS, TOPIC, "TopicName"),
    ):
        found = account.listed(call, region)
        if isinstance(found, Unknown):
            yield account.unlisted(Topic, found, region, native)
            continue
        for item in found:
            yield _document(account, region, item, native, str(item[name]))


def _document(account: Account, region: str, item: Item, native: str, name: str) -> Document:
    kind = "queues" if native == QUEUE else "topics"
    return account.document(
        Topic(
            encryption=encryption(account, region, item),
            # Queues and topics have no policies of their own.
            policy=[],
            tls=Tls(minimum=TLS_VERSIONS, required=PLAINTEXT_NOT_TOLD, policy=None),
            exposure=exposure(account.read(GET_ENDPOINT, region, EndpointType="public")),
        ),
        id=account.arn("mns", region, f"/{kind}/{name}"),
        region=region,
        name=name,
        tags=tags_of(item.get("Tags")),
        native_type=native,
        native=kept_of(item, _KEPT),
    )


def encryption(account: Account, region: str, item: Item) -> Encryption:
    """Messages are encrypted with a key of the service (SseType SMQ) or of KMS. Answers have two
    switches, and no document says which counts where they differ."""
    switches = {item.get(name) for name in ("EncryptionEnabled", "EnableSSE")} - {None}
    on: bool | Unknown = True in switches if switches in ({True}, {False}) else _NOT_TOLD
    kind = told(item, "SseType")
    key: Any = item.get("KmsKeyId") if kind == "KMS" else None
    algorithm = told(item, "SseAlgorithm")
    return queue_encryption(account, region, on, key, of_service=kind == "SMQ", algorithm=algorithm)


def exposure(endpoint: Item | Unknown) -> Exposure:
    """The public endpoint lets in the ranges of its list, and nobody while that is empty
    (EnableEndpoint, AuthorizeEndpointAcl)."""
    enabled = then(endpoint, lambda known: told(known, "EndpointEnabled"))
    return endpoint_exposure(enabled, then(endpoint, _ranges))


def _ranges(endpoint: Item) -> list[str] | Unknown:
    entries = told(endpoint, "CidrList")
    if isinstance(entries, Unknown):
        return entries
    return allow_list(one.get("Cidr") for one in entries if one.get("AclStrategy") != "deny")


SERVICE = Service(
    name="Simple Message Queue",
    types=((Topic, QUEUE), (Topic, TOPIC)),
    calls=(LIST_QUEUES, LIST_TOPICS, GET_ENDPOINT, DESCRIBE_KEY),
    region=queues,
)
