"""Instances of RocketMQ 4, whose requests are signed with access keys.

Those with a namespace are listed only to callers that may see them.
"""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.databases import (
    PLAINTEXT_NOT_TOLD,
    TLS_VERSIONS,
    kept_of,
    no_tls,
)
from collectors.aliyun.message_queues import IN_THE_BROKER, Item, queue_call
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls

LIST_INSTANCES = queue_call(
    "ons", "OnsInstanceInServiceList", "Data.InstanceVO", "mq:QueryInstanceBaseInfo"
)
GET_INSTANCE = queue_call(
    "ons", "OnsInstanceBaseInfo", "InstanceBaseInfo", "mq:OnsInstanceBaseInfo", "resource"
)

NATIVE = "ACS::MessageQueue::Instance"
_KEPT = (
    "InstanceId", "InstanceName", "InstanceStatus", "InstanceType", "IndependentNaming",
    "CreateTime", "ReleaseTime",
)  # fmt: skip
_PUBLIC = ("HttpInternetEndpoint", "HttpInternetSecureEndpoint", "TcpInternetEndpoint")
_PLAIN = ("HttpInternetEndpoint", "HttpInternalEndpoint")
_NOT_TOLD = Unknown("RocketMQ 4 does not tell whether messages are encrypted")
NO_ENDPOINTS = Unknown("the API does not tell the endpoints of the instance")


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, NATIVE)
        return
    yield from account.map(lambda item: _document(account, region, item), found)


def _document(account: Account, region: str, item: Item) -> Document:
    identity = item["InstanceId"]
    whole: Item | Unknown = account.read(GET_INSTANCE, region, identity, InstanceId=identity)
    endpoints = then(whole, lambda known: known.get("Endpoints") or NO_ENDPOINTS)
    return account.document(
        Topic(
            encryption=Encryption.unread(_NOT_TOLD),
            policy=IN_THE_BROKER,
            tls=tls(endpoints),
            exposure=exposure(endpoints),
        ),
        id=account.arn("mq", region, f"instance/{identity}"),
        region=region,
        name=item.get("InstanceName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=kept_of(item, _KEPT),
    )


def tls(endpoints: Item | Unknown) -> Tls:
    """Some endpoints take HTTP beside HTTPS; of those for TCP it is not told."""
    if isinstance(endpoints, Unknown):
        return Tls(minimum=endpoints, required=endpoints, policy=None)
    if any(endpoints.get(name) for name in _PLAIN):
        return no_tls()
    return Tls(minimum=TLS_VERSIONS, required=PLAINTEXT_NOT_TOLD, policy=None)


def exposure(endpoints: Item | Unknown) -> Exposure:
    """An endpoint on the internet takes requests from everywhere: there is no list of addresses."""
    if isinstance(endpoints, Unknown):
        return Exposure.unread(endpoints)
    public = any(endpoints.get(name) for name in _PUBLIC)
    return Exposure(public=public, via=["endpoint"] if public else [])


SERVICE = Service(
    name="RocketMQ 4",
    types=((Topic, NATIVE),),
    calls=(LIST_INSTANCES, GET_INSTANCE),
    region=instances,
)
