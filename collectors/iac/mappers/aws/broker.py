"""aws_mq_broker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.broker_facts import PORTS, broker_tls, is_rabbit
from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import exposure
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import DEFAULT_GROUP, routes
from collectors.iac.mappers.aws.reach import groups_open
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import items, name_of

BROKER = "aws_mq_broker"

_NO_ENGINE = Unknown("the template does not write the engine of the broker")


def map_broker(block: Block, project: Project) -> Iterator[Document]:
    """A broker, which has no policy."""
    facts = Topic(
        encryption=_encryption(block, project),
        policy=[],
        tls=broker_tls(),
        exposure=_exposure(block, project),
    )
    yield aws_document(block, project, facts, name=name_of(block, "broker_name"))


def _encryption(block: Block, project: Project) -> Encryption:
    """Always: with a key of the service unless told otherwise, then with the one that it keeps in
    the account or with the one that is named (API reference, EncryptionOptions)."""
    written = nested(block.values, "encryption_options")
    values: Any = then(written, lambda found: found[0] if found else {})
    owned = then(values, lambda found: read(found, "use_aws_owned_key", bool, True))
    if isinstance(owned, Unknown):
        return Encryption(enabled=True, key_manager=owned, key_id=owned, algorithm="AES-256")
    return at_rest(project, True, None if owned else values.get("kms_key_id"))


def _exposure(block: Block, project: Project) -> Exposure:
    """As collectors.aws.services.mq says. Public access is off unless it is asked for (API
    reference, CreateBrokerRequest)."""
    asked = block.read("publicly_accessible", bool, False)
    rabbit = then(block.read("engine_type", str, _NO_ENGINE), is_rabbit)
    if asked is True and rabbit is True:
        return Exposure(public=True, via=["endpoint"])
    reached = every([asked, some([rabbit, _reached(block, project)])])
    return exposure(reached)


def _reached(block: Block, project: Project) -> Known:
    """Whether the way to a broker of ActiveMQ is open."""
    way = routes(project, items(block.values, "subnet_ids"))
    groups = items(block.values, "security_groups") or DEFAULT_GROUP
    return every([way, some(groups_open(project, groups, port) for port in PORTS)])


MAPPINGS = [
    Mapping(
        types=(BROKER,),
        facts=Topic,
        map=map_broker,
        joined=(*SUBNETS, *KEYS, *KEY_DATA),
    )
]
