"""alicloud_rocketmq_instance (RocketMQ 5) and alicloud_ons_instance (RocketMQ 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    customer_key,
)
from collectors.logic import Known

INSTANCE, OLD_INSTANCE = "alicloud_rocketmq_instance", "alicloud_ons_instance"

_UNWRITTEN = Unknown("not written: the service decides")
IN_THE_BROKER = Unknown("who may send and receive is set in the broker, not in this template")
TLS = Tls(
    minimum=Unknown("the service decides which TLS versions it accepts"),
    required=Unknown("whether the broker refuses plaintext is no argument of the template"),
    policy=None,
)
_ALGORITHM = Unknown("the template does not name the algorithm of the messages' encryption")
_OLD = Unknown("RocketMQ 4 has no argument for the encryption of messages")
_ENDPOINTS = Unknown("the endpoints of RocketMQ 4 are made at apply")
_EVERYONE = ["0.0.0.0/0", "::/0"]


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance of RocketMQ 5."""
    yield _document(
        block,
        project,
        Topic(
            encryption=_encryption(block, project),
            policy=IN_THE_BROKER,
            tls=TLS,
            exposure=_exposure(block),
        ),
    )


def map_old_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance of RocketMQ 4, of which a template says little more than the name."""
    yield _document(
        block,
        project,
        Topic(
            encryption=Encryption.unread(_OLD),
            policy=IN_THE_BROKER,
            tls=Tls(minimum=_ENDPOINTS, required=_ENDPOINTS, policy=None),
            exposure=Exposure.unread(_ENDPOINTS),
        ),
    )


def _document(block: Block, project: Project, facts: Topic) -> Document:
    return aliyun_document(block, project, facts, "instance_name", "name")


def _encryption(block: Block, project: Project) -> Encryption:
    """Encryption of what is stored; whether it is on unless written is not documented."""
    product = _first(block.values, "product_info")
    enabled = then(product, lambda found: read(found, "storage_encryption", bool, _UNWRITTEN))
    if isinstance(enabled, Unknown) or isinstance(product, Unknown):
        return Encryption.unread(also(enabled, product) or _UNWRITTEN)
    key = product.get("storage_secret_key") or _UNWRITTEN
    return customer_key(project, enabled, key, _ALGORITHM)


def _exposure(block: Block) -> Exposure:
    """Access from the internet is an option; its list lets everyone in while it is empty
    (ROS, ALIYUN::ROCKETMQ5::Instance: IpWhitelist)."""
    network = _first(block.values, "network_info")
    internet = then(network, lambda found: _first(found, "internet_info"))
    older = then(internet, lambda found: addresses(found, "ip_whitelist", _EVERYONE))
    ranges = addresses(block.values, "ip_whitelists", older)
    return endpoint_exposure(then(internet, _is_on), ranges)


def _is_on(internet: dict[str, Any]) -> Known:
    spec = read(internet, "internet_spec", str, _UNWRITTEN)
    unclear = Unknown("internet_spec is neither enable nor disable")
    return then(spec, lambda word: {"enable": True, "disable": False}.get(word, unclear))


def _first(values: dict[str, Any], argument: str) -> dict[str, Any] | Unknown:
    """A nested block that stands once; empty where it is not written."""
    return then(nested(values, argument), lambda found: found[0] if found else {})


MAPPINGS = [
    Mapping(types=(INSTANCE,), facts=Topic, map=map_instance),
    Mapping(types=(OLD_INSTANCE,), facts=Topic, map=map_old_instance),
]
