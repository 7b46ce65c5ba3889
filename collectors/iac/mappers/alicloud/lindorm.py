"""Lindorm (alicloud_lindorm_instance)."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    network_kind,
    word,
)
from collectors.iac.mappers.joins import joined

INSTANCE, PUBLIC = "alicloud_lindorm_instance", "alicloud_lindorm_public_network"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_NO_ARGUMENT = Unknown("Lindorm has no argument for this in templates")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance, of whose encryption, TLS and backups no argument tells."""
    ranges = addresses(block.values, "ip_white_list", _NO_LIST)
    facts = Database(
        engine="lindorm",
        engine_version=_NO_ARGUMENT,
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(_public(block, project), ranges),
        allow_list=ranges,
        authentication=_NO_ARGUMENT,
        tls=Tls(minimum=_NO_ARGUMENT, required=_NO_ARGUMENT, policy=None),
        encryption=Encryption.unread(_NO_ARGUMENT),
        backup=Backup.unread(_NO_ARGUMENT),
        replicas=[],
        guard_instance=None,
        deletion_protection=_protected(block),
        tenancy="shared",
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    yield aliyun_document(block, project, facts, "instance_name")


def _public(block: Block, project: Project) -> bool | Unknown:
    """Whether the public address of an engine is opened: each engine has one of its own."""
    found = joined(project, block, "instance_id", PUBLIC)
    opened = [
        word(each.values, "enable_public_network", ("1",), _UNWRITTEN) for each in found.blocks
    ]
    if True in opened:
        return True
    return also(found.doubt, *opened) or False


def _protected(block: Block) -> bool | Unknown | None:
    """Null for a subscription without the setting: it cannot be released before its end."""
    on = block.read("deletion_proection", bool, _UNWRITTEN)
    prepaid = word(block.values, "payment_type", ("subscription", "prepay"), _UNWRITTEN)
    if on is True or prepaid is False:
        return on
    return None if prepaid is True else prepaid


MAPPINGS = [
    Mapping(types=(INSTANCE,), facts=Database, map=map_instance, joined=(PUBLIC,)),
]

PART_OF = {
    "alicloud_lindorm_public_network": PartOf("alicloud_lindorm_instance", ("instance_id",)),
}
