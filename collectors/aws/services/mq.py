"""Amazon MQ: brokers of ActiveMQ and RabbitMQ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.broker_facts import PORTS, broker_tls, is_rabbit
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import Known, every, told
from collectors.aws.public_nodes import nodes_reached
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, exposure, read_ground
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure

BROKER = "AWS::AmazonMQ::Broker"
LIST_BROKERS = Call(
    provider="aws",
    service="mq",
    operation="ListBrokers",
    permission="mq:ListBrokers",
    scope="region",
    result="BrokerSummaries",
    paged=True,
    not_everywhere=True,
)
DESCRIBE_BROKER = Call(
    provider="aws",
    service="mq",
    operation="DescribeBroker",
    permission="mq:DescribeBroker",
    scope="resource",
)

_KEY_NOT_TOLD = Unknown("Amazon MQ does not tell whose key encrypts the broker")
_KEPT = (
    "BrokerArn",
    "BrokerState",
    "Created",
    "DeploymentMode",
    "EngineType",
    "EngineVersion",
    "AuthenticationStrategy",
    "AutoMinorVersionUpgrade",
    "EncryptionOptions",
    "Logs",
    "PubliclyAccessible",
    "SecurityGroups",
    "SubnetIds",
)

Item = dict[str, Any]


def brokers(account: Account, region: str) -> Iterable[Document]:
    """A document for each broker of a region."""
    found = account.read(LIST_BROKERS, region)
    if found is None:
        return
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, BROKER)
        return
    if not found:
        return
    ground = read_ground(account, region)
    yield from account.map(lambda summary: _document(account, region, summary, ground), found)


def _document(account: Account, region: str, summary: Item, ground: Ground) -> Document:
    name = summary["BrokerName"]
    broker: Item | Unknown = account.read(
        DESCRIBE_BROKER, region, name, BrokerId=summary["BrokerId"]
    )
    return account.document(
        Topic(
            encryption=_encryption(account, region, broker),
            # Brokers have no policy: who signs in is told by users of their own.
            policy=[],
            tls=broker_tls(),
            exposure=_exposure(broker, ground),
        ),
        id=summary["BrokerArn"],
        region=region,
        name=name,
        tags=then(broker, lambda known: known.get("Tags") or {}),
        native_type=BROKER,
        native=_native(broker),
    )


def _encryption(account: Account, region: str, broker: Item | Unknown) -> Encryption:
    """Data are always encrypted: with a key of the service, with the one that it keeps in the
    account, or with the customer's (Amazon MQ developer guide, "Encryption at rest")."""
    if isinstance(broker, Unknown):
        return _of_whom(broker)
    options = broker.get("EncryptionOptions", {})
    owned = options.get("UseAwsOwnedKey", _KEY_NOT_TOLD)
    if isinstance(owned, Unknown):
        return _of_whom(owned)
    # Without a name it is the key "aws/mq" (API reference, EncryptionOptions).
    return at_rest(account, region, True, None if owned else options.get("KmsKeyId") or None)


def _of_whom(reason: Unknown) -> Encryption:
    return Encryption(enabled=True, key_manager=reason, key_id=reason, algorithm="AES-256")


def _exposure(broker: Item | Unknown, ground: Ground) -> Exposure:
    public = then(broker, lambda known: is_public(known, ground))
    if public is True and isinstance(broker, dict) and is_rabbit(broker["EngineType"]):
        return Exposure(public=True, via=["endpoint"])
    return exposure(public)


def is_public(broker: Item, ground: Ground) -> Known:
    """Whether the internet reaches the broker: at the public address that it was given, which a
    security group guards if it is one of ActiveMQ."""
    given: Known = told(broker, "PubliclyAccessible")
    if is_rabbit(broker["EngineType"]):
        return given
    subnets, groups = broker.get("SubnetIds") or [], broker.get("SecurityGroups") or []
    return every([given, nodes_reached(ground, subnets, groups, 4, PORTS)])


def _native(broker: Item | Unknown) -> Item:
    if isinstance(broker, Unknown):
        return {}
    return {key: broker[key] for key in _KEPT if key in broker}


SERVICE = Service(
    name="Amazon MQ",
    types=((Topic, BROKER),),
    calls=(LIST_BROKERS, DESCRIBE_BROKER, DESCRIBE_KEY, *REACHABILITY_CALLS),
    region=brokers,
)
