"""alicloud_ots_instance: Tablestore, who reaches it by which networks, whether its tables
(alicloud_ots_table) are encrypted, and what Cloud Backup does for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.backup import BINDING, OTS_PLAN, PROTECTION, backup
from collectors.iac.mappers.alicloud.database_place import NO_ARGUMENT, NO_AUDIT
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.alicloud.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import items, joined

INSTANCE, TABLE = "alicloud_ots_instance", "alicloud_ots_table"
BOUND = "alicloud_ots_instance_attachment"

_INTERNET, _CLASSIC, _VPC = "INTERNET", "CLASSIC", "VPC"
EVERY_NETWORK = [_INTERNET, _CLASSIC, _VPC]
_NO_VERSION = Unknown("Tablestore tells no version of its engine")
_ANY_VPC = Unknown("no VPC is bound to the instance, whose address in VPCs is one for all of them")
_REPLICAS = Unknown("tables that are kept in other regions too are not read")
_SOME_TABLES = Unknown("Cloud Backup backs up some tables of the instance")
_MOMENTS = Unknown("Cloud Backup does not tell to which moments a table can be restored")
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
        engine_version=_NO_VERSION,
        version_supported=None,
        network_kind=then(networks, _kind),
        exposure=_exposure(networks),
        # Who is let in is up to networks and policies.
        allow_list=[],
        private_endpoint=_private_way(block, project, networks),
        authentication=True,
        tls=Tls(minimum=_UNWRITTEN, required=_UNWRITTEN, policy=None),
        encryption=_encryption(block, project),
        audit_log=NO_AUDIT,
        alarms=alarms_on(block, project, "acs_ots_new", by_name=True),
        backup=_backup(block, project),
        multi_zone=NO_ARGUMENT,
        replicas=_REPLICAS,
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=NO_ARGUMENT,
        tenancy="shared",
        # It stands in no network.
        subnet_routes_to_internet=None,
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


def _private_way(block: Block, project: Project, networks: list[str] | Unknown) -> bool | Unknown:
    """Whether a VPC is bound to the instance, which answers over VPCs."""
    if isinstance(networks, Unknown) or _VPC not in networks:
        return then(networks, lambda _: False)
    bound = joined(project, block, "instance_name", BOUND)
    return True if bound.blocks else bound.doubt or _ANY_VPC


def _backup(block: Block, project: Project) -> Backup:
    """What Cloud Backup does for all of its tables; what names tables covers those alone."""
    found = backup(project, block, "OTS")
    if found.enabled is True:
        found.point_in_time = _MOMENTS
    if found.enabled is not False:
        return found
    named = (
        *joined(project, block, "data_source_id", BINDING).blocks,
        *joined(project, block, "instance_name", OTS_PLAN).blocks,
    )
    return Backup.unread(_SOME_TABLES) if named else found


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
    Mapping(
        types=(INSTANCE,),
        facts=Database,
        map=map_instance,
        joined=(TABLE, BOUND, OTS_PLAN, *PROTECTION, *WATCHING),
    ),
]

PART_OF = {
    TABLE: PartOf(INSTANCE, ("instance_name",)),
    BOUND: PartOf(INSTANCE, ("instance_name",)),
}
