"""Instances of Message Queue for Apache Kafka."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.databases import PLAINTEXT_NOT_TOLD, TLS_VERSIONS, kept_of, no_tls
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

LIST_INSTANCES = queue_call(
    "alikafka", "GetInstanceList", "InstanceList.InstanceVO", "alikafka:ListInstance"
)
GET_ALLOW_LIST = queue_call(
    "alikafka", "GetAllowedIpList", "AllowedList", "alikafka:ListInstance", "resource"
)

NATIVE = "ACS::Kafka::Instance"
_KEPT = (
    "InstanceId", "Series", "SpecType", "DeployType", "PaidType", "ServiceStatus",
    "ViewInstanceStatusCode", "CreateTime", "VpcId", "VSwitchId", "ZoneId", "KmsKeyId",
)  # fmt: skip
# GetInstanceList: DeployType, PaidType, ViewInstanceStatusCode, ServiceStatus.
_PUBLIC, _PRIVATE = 4, 5
_SERVERLESS = 3
_RELEASED, _RELEASED_OLD = 6, 10

_SERVERLESS_NOT_TOLD = Unknown(
    "the API does not tell whether the disks of a serverless instance are encrypted"
)
_CONFLUENT = Unknown("settings of the components of a Confluent instance are not read")
_DEPLOYMENT_NOT_KNOWN = Unknown("the API does not tell whether the broker has a public endpoint")


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region that is not released."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, NATIVE)
        return
    kept = [item for item in found if not _is_released(item)]
    yield from account.map(lambda item: _document(account, region, item), kept)


def _is_released(item: Item) -> bool:
    return (
        item.get("ViewInstanceStatusCode") == _RELEASED
        or item.get("ServiceStatus") == _RELEASED_OLD
    )


def _document(account: Account, region: str, item: Item) -> Document:
    identity = item["InstanceId"]
    return account.document(
        Topic(
            encryption=_encryption(account, region, item),
            policy=IN_THE_BROKER,
            tls=tls(item),
            exposure=_exposure(account, region, item),
        ),
        id=account.arn("alikafka", region, f"instance/{identity}"),
        region=region,
        name=item.get("Name") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=kept_of(item, _KEPT),
    )


def _encryption(account: Account, region: str, item: Item) -> Encryption:
    """Naming a key when an instance is deployed is what encrypts its disks, which a serverless one
    cannot do (StartInstance: KMSKeyId)."""
    key = item.get("KmsKeyId")
    on: bool | Unknown = bool(key)
    if not on and _is_confluent(item):
        on = _CONFLUENT
    if on is False and item.get("PaidType") == _SERVERLESS:
        on = _SERVERLESS_NOT_TOLD
    return queue_encryption(account, region, on, key)


def _is_confluent(item: Item) -> bool:
    return str(item.get("Series")).lower() == "confluent"


def tls(item: Item) -> Tls:
    """The default endpoint (port 9092) takes plaintext within the VPC; those with TLS stand beside
    it."""
    if item.get("EndPoint") or item.get("DomainEndpoint"):
        return no_tls()
    return Tls(minimum=TLS_VERSIONS, required=PLAINTEXT_NOT_TOLD, policy=None)


def _exposure(account: Account, region: str, item: Item) -> Exposure:
    if _is_confluent(item):
        return Exposure.unread(_CONFLUENT)
    if item.get("DeployType") == _PRIVATE:
        return Exposure(public=False, via=[])
    if item.get("DeployType") != _PUBLIC:
        return Exposure.unread(_DEPLOYMENT_NOT_KNOWN)
    identity = item["InstanceId"]
    allowed = account.read(GET_ALLOW_LIST, region, identity, InstanceId=identity)
    return endpoint_exposure(True, then(allowed, internet_ranges))


def internet_ranges(allowed: Item) -> list[str] | Unknown:
    """The ranges that may reach the public endpoint (port 9093)."""
    if not allowed.get("InternetList"):
        return Unknown("the API does not tell which addresses the public endpoint lets in")
    return allow_list([one.get("AllowedIpList") or [] for one in allowed["InternetList"]])


SERVICE = Service(
    name="Kafka",
    types=((Topic, NATIVE),),
    calls=(LIST_INSTANCES, GET_ALLOW_LIST, DESCRIBE_KEY),
    region=instances,
)
