"""Instances of RocketMQ 5."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.databases import PLAINTEXT_NOT_TOLD, TLS_VERSIONS, kept_of, not_known
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.message_queues import (
    IN_THE_BROKER,
    Item,
    queue_call,
    queue_encryption,
)
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.logic import told

LIST_INSTANCES = queue_call(
    "rocketmq", "ListInstances", "data.list", "rocketmq:ListInstances", paged=True
)
GET_INSTANCE = queue_call("rocketmq", "GetInstance", "data", "rocketmq:GetInstance", "resource")

NATIVE = "ACS::RocketMQ::Instance"
_KEPT = (
    "instanceId", "status", "seriesCode", "subSeriesCode", "paymentType", "createTime",
    "topicCount",
)  # fmt: skip
_EVERYONE = ["0.0.0.0/0", "::/0"]


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region that is not released."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, NATIVE)
        return
    kept = [item for item in found if item.get("status") != "RELEASED"]
    yield from account.map(lambda item: _document(account, region, item), kept)


def _document(account: Account, region: str, item: Item) -> Document:
    identity = item["instanceId"]
    whole: Item | Unknown = account.read(GET_INSTANCE, region, identity, instanceId=identity)
    product = then(whole, lambda known: known.get("productInfo") or {})
    network = then(whole, lambda known: known.get("networkInfo") or {})
    return account.document(
        Topic(
            encryption=_encryption(account, region, product),
            policy=IN_THE_BROKER,
            tls=Tls(minimum=TLS_VERSIONS, required=PLAINTEXT_NOT_TOLD, policy=None),
            exposure=exposure(network),
        ),
        id=account.arn("rocketmq", region, f"instance/{identity}"),
        region=region,
        name=item.get("instanceName") or identity,
        tags=tags_of(item.get("tags")),
        native_type=NATIVE,
        native=kept_of(item, _KEPT),
    )


def _encryption(account: Account, region: str, product: Item | Unknown) -> Encryption:
    on = then(product, lambda known: told(known, "storageEncryption"))
    key = None if isinstance(product, Unknown) else product.get("storageSecretKey")
    return queue_encryption(account, region, on, key)


def exposure(network: Item | Unknown) -> Exposure:
    """Access from the internet is an option; its list lets everyone in while it is empty
    (RocketMQ, GetInstance: ipWhitelist)."""
    internet = then(network, lambda known: known.get("internetInfo") or {})
    return endpoint_exposure(then(internet, _is_on), then(internet, _ranges))


def _is_on(internet: Item) -> bool | Unknown:
    spec = told(internet, "internetSpec")
    if isinstance(spec, Unknown):
        return spec
    return {"enable": True, "disable": False}.get(spec, not_known("internetSpec", spec))


def _ranges(internet: Item) -> list[str]:
    return allow_list(internet.get("ipWhitelist") or []) or _EVERYONE


SERVICE = Service(
    name="RocketMQ",
    types=((Topic, NATIVE),),
    calls=(LIST_INSTANCES, GET_INSTANCE, DESCRIBE_KEY),
    region=instances,
)
