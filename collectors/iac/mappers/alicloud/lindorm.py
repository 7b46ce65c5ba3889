"""Lindorm (alicloud_lindorm_instance and alicloud_lindorm_instance_v2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.alicloud.database_place import AROUND, NO_AUDIT, placed
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    network_kind,
    word,
)
from collectors.iac.mappers.joins import joined

INSTANCE, NEW_INSTANCE = "alicloud_lindorm_instance", "alicloud_lindorm_instance_v2"
PUBLIC = "alicloud_lindorm_public_network"

_FIRST = "1.0"
"""The architecture in one zone, the default; the others span several."""
_UNWRITTEN = Unknown("not written: the service decides")
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_NO_ARGUMENT = Unknown("Lindorm has no argument for this in templates")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance, of whose encryption, TLS and backups no argument tells."""
    ranges = _ranges(block)
    facts = Database(
        engine="lindorm",
        engine_version=_NO_ARGUMENT,
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(_public(block, project), ranges),
        allow_list=ranges,
        authentication=_NO_ARGUMENT,
        tls=Tls(minimum=_NO_ARGUMENT, required=_NO_ARGUMENT, policy=None),
        encryption=Encryption.unread(_NO_ARGUMENT),
        audit_log=NO_AUDIT,
        backup=Backup.unread(_NO_ARGUMENT),
        multi_zone=then(block.read("arch_version", str, _FIRST), lambda word: word != _FIRST),
        replicas=[],
        guard_instance=None,
        deletion_protection=_protected(block),
        tenancy="shared",
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    placed(facts, block, project, "acs_lindorm")
    yield aliyun_document(block, project, facts, "instance_name", "instance_alias")


def _ranges(block: Block) -> list[str] | Unknown:
    """The allow-list, which the newer type writes in groups of texts with commas."""
    if block.type == INSTANCE:
        return addresses(block.values, "ip_white_list", _NO_LIST)
    groups = nested(block.values, "white_ip_list")
    if isinstance(groups, Unknown):
        return groups
    found: list[Any] = []
    for group in groups:
        listed = addresses(group, "ip_list", _NO_LIST)
        found += [listed] if isinstance(listed, Unknown) else listed
    return found or _NO_LIST


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
    argument = "deletion_proection" if block.type == INSTANCE else "deletion_protection"
    on = block.read(argument, bool, _UNWRITTEN)
    prepaid = word(block.values, "payment_type", ("subscription", "prepay"), _UNWRITTEN)
    if on is True or prepaid is False:
        return on
    return None if prepaid is True else prepaid


MAPPINGS = [
    Mapping(
        types=(INSTANCE, NEW_INSTANCE), facts=Database, map=map_instance, joined=(PUBLIC, *AROUND)
    ),
]

PART_OF = {
    "alicloud_lindorm_public_network": PartOf("alicloud_lindorm_instance", ("instance_id",)),
}
