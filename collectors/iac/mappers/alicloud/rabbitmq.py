"""RabbitMQ (alicloud_amqp_instance)."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.message_queues import IN_THE_BROKER, TLS
from collectors.iac.mappers.alicloud.shared import aliyun_document

INSTANCE = "alicloud_amqp_instance"

_UNWRITTEN = Unknown("not written: the service decides")
_ENCRYPTION = Unknown("the encryption of RabbitMQ is not read from templates")
_WHO_IS_LET_IN = Unknown("the addresses that may reach RabbitMQ are not set in this template")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance, of which a template says little more than whether the internet reaches it."""
    facts = Topic(
        encryption=Encryption.unread(_ENCRYPTION),
        policy=IN_THE_BROKER,
        tls=TLS,
        exposure=_exposure(block),
    )
    yield aliyun_document(block, project, facts, "instance_name")


def _exposure(block: Block) -> Exposure:
    """Only a written false says that there is no public endpoint."""
    internet = block.read("support_eip", bool, _UNWRITTEN)
    if internet is False:
        return Exposure(public=False, via=[])
    return Exposure.unread(internet if isinstance(internet, Unknown) else _WHO_IS_LET_IN)


MAPPINGS = [Mapping(types=(INSTANCE,), facts=Topic, map=map_instance)]
