"""alicloud_ots_instance: Tablestore, who reaches it by which networks, and whether its tables
(alicloud_ots_table) are encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import items, joined

INSTANCE, TABLE = "alicloud_ots_instance", "alicloud_ots_table"

_INTERNET, _CLASSIC, _VPC = "INTERNET", "CLASSIC", "VPC"
EVERY_NETWORK = [_INTERNET, _CLASSIC, _VPC]
_UNWRITTEN = Unknown("not written: the service decides")
_FURTHER_TABLES = Unknown("each table has its own encryption, and programs may make further ones")
# What the older argument says: over which networks the instance answers.
_ACCESSED = {
    "Any": EVERY_NETWORK,
    "Vpc": [_VPC],
    "ConsoleOrVpc": [_VPC],
}


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance, which signs every request and has tables of their own encryption."""
    networks = _networks(block)
    facts = Database(
        engine="tablestore",
        network_kind=then(networks, _kind),
        exposure=_exposure(networks),
        # Who is let in is up to networks and policies.
        allow_list=[],
        authentication=True,
        tls=Tls(minimum=_UNWRITTEN, required=_UNWRITTEN, policy=None),
        encryption=_encryption(block, project),
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
        firewall_ids=[],
    )
    yield aliyun_document(block, project, facts, "name")


def _encryption(block: Block, project: Project) -> Encryption:
    """Each table is encrypted or not from when it is made, off unless written (`enable_sse`). One
    that is not decides; programs may make further ones."""
    tables = joined(project, block, "instance_name", TABLE)
    written = [each.read("enable_sse", bool, False) for each in tables.blocks]
    if False in written:
        return Encryption(enabled=False, key_manager=None, key_id=None)
    return Encryption.unread(_FURTHER_TABLES)


def _networks(block: Block) -> list[str] | Unknown:
    """The kinds of networks over which the instance answers."""
    listed = items(block.values, "network_type_acl")
    if isinstance(listed, Unknown):
        return listed
    if listed:
        unclear = Unknown("a network of the instance is known after apply")
        open_ = (e if isinstance(e, Unknown) else unclear for e in listed if not isinstance(e, str))
        return next(open_, None) or [each.upper() for each in listed]
    old = block.read("accessed_by", str, _UNWRITTEN)
    return then(old, lambda word: _ACCESSED.get(word, _UNWRITTEN))


def _kind(networks: list[str]) -> Any:
    if _INTERNET in networks:
        return "public"
    if _CLASSIC in networks:
        return "classic"
    return "vpc" if set(networks) == {_VPC} else _UNWRITTEN


def _exposure(networks: list[str] | Unknown) -> Exposure:
    """An instance that answers over the internet is reached by everybody."""
    if isinstance(networks, Unknown):
        return Exposure.unread(networks)
    public = _INTERNET in networks
    return Exposure(public=public, via=["endpoint"] if public else [])


MAPPINGS = [
    Mapping(types=(INSTANCE,), facts=Database, map=map_instance, joined=(TABLE,)),
]

PART_OF = {TABLE: PartOf(INSTANCE, ("instance_name",))}
