"""Instances of RabbitMQ."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.databases import TLS_VERSIONS, kept_of, no_tls, not_known
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.message_queues import (
    IN_THE_BROKER,
    Item,
    queue_call,
    queue_encryption,
)
from collectors.document import Document, Unknown
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.logic import told

LIST_INSTANCES = queue_call(
    "amqp-open", "ListInstances", "Data.Instances", "amqp:ListInstance", paged=True
)

NATIVE = "ACS::MessageQueue::RabbitMQInstance"
_KEPT = (
    "InstanceId", "InstanceType", "Edition", "Status", "OrderType", "OrderCreateTime",
    "EncryptedInstance", "KmsKeyId", "ListenerMode", "SupportEIP",
)  # fmt: skip
_WHO_IS_LET_IN = Unknown(
    "the API does not tell which addresses may reach the public endpoint of the broker"
)


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region that is not released."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, NATIVE)
        return
    kept = [item for item in found if item.get("Status") != "RELEASED"]
    yield from account.map(lambda item: _document(account, region, item), kept)


def _document(account: Account, region: str, item: Item) -> Document:
    identity = item["InstanceId"]
    return account.document(
        Topic(
            encryption=_encryption(account, region, item),
            policy=IN_THE_BROKER,
            tls=tls(item),
            exposure=exposure(item),
        ),
        id=account.arn("amqp", region, f"/instances/{identity}"),
        region=region,
        name=item.get("InstanceName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=kept_of(item, _KEPT),
    )


def _encryption(account: Account, region: str, item: Item) -> Encryption:
    on = told(item, "EncryptedInstance")
    return queue_encryption(account, region, on, item.get("KmsKeyId"))


def tls(item: Item) -> Tls:
    """The ports that clients find: 5672 is in plaintext, 5671 with TLS (ListInstances:
    ListenerMode)."""
    mode = told(item, "ListenerMode")
    if mode == "tcp_and_ssl":
        return no_tls()
    if mode == "ssl_only":
        return Tls(minimum=TLS_VERSIONS, required=True, policy=None)
    doubt = mode if isinstance(mode, Unknown) else not_known("ListenerMode", mode)
    return Tls(minimum=doubt, required=doubt, policy=None)


def exposure(item: Item) -> Exposure:
    """Without access from the internet nobody outside reaches the broker."""
    supported = told(item, "SupportEIP")
    if supported is False:
        return Exposure(public=False, via=[])
    doubt = supported if isinstance(supported, Unknown) else _WHO_IS_LET_IN
    return Exposure.unread(doubt)


SERVICE = Service(
    name="RabbitMQ",
    types=((Topic, NATIVE),),
    calls=(LIST_INSTANCES, DESCRIBE_KEY),
    region=instances,
)
