"""alicloud_nas_file_system with its mount targets, their access groups, and its backup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.facts.storage import FileSystem
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.backup import NAS_PLAN, PROTECTION, backup
from collectors.iac.mappers.alicloud.shared import aliyun_document, customer_key
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    joined,
    settle,
    target_of,
)

FILE_SYSTEM, TARGET = "alicloud_nas_file_system", "alicloud_nas_mount_target"
GROUP, RULE = "alicloud_nas_access_group", "alicloud_nas_access_rule"

_EVERYBODY = "DEFAULT_VPC_GROUP_NAME"
"""The access group that the service makes: it admits all addresses (NAS user guide)."""
_AES = "AES-256"
_UNMOUNTED = Unknown("this template gives the file system no mount target")


def map_file_system(block: Block, project: Project) -> Iterator[Document]:
    """A file system."""
    redundancy = block.read("redundancy_type", str, Unknown("the template gives no redundancy"))
    facts = FileSystem(
        encryption=_encryption(block, project),
        tls=_tls(block),
        mount_ranges=_mount_ranges(block, project),
        # Mount targets have addresses of a VPC or of the classic network alone (NAS user guide,
        # "Manage mount targets").
        exposure=Exposure(public=False, via=[]),
        backup=backup(project, block, "NAS", NAS_PLAN),
        redundancy=cast(
            "Any", then(redundancy, lambda kind: "multi-zone" if kind == "ZRS" else "zone")
        ),
    )
    yield aliyun_document(block, project, facts, "description")


def _encryption(block: Block, project: Project) -> Encryption:
    """0, the default, is none, 1 a key of NAS, 2 a key of KMS."""
    kind = block.read("encrypt_type", int, 0)
    key = block.get("kms_key_id") if kind == 2 else None
    if kind == 2 and key in (None, ""):
        key = Unknown("the template does not name the key")
    enabled = then(kind, lambda number: number != 0)
    if isinstance(kind, Unknown):
        key = kind
    return customer_key(project, enabled, key, _AES)


def _tls(block: Block) -> Tls:
    """With NFS it is the client that chooses TLS (NAS user guide, "Encryption in transit for NFS
    file systems"); of SMB the settings are not read."""
    protocol = block.read("protocol_type", str, Unknown("the template gives no protocol_type"))
    if protocol == "NFS":
        return Tls(minimum="none", required=False, policy=None)
    reason = Unknown("encryption in transit of this protocol is not read")
    doubt = protocol if isinstance(protocol, Unknown) else reason
    return Tls(minimum=doubt, required=doubt, policy=None)


def _mount_ranges(block: Block, project: Project) -> list[str] | Unknown:
    """Who may mount it, by the access groups of its mount targets. Without one in the template it
    gets them elsewhere: a file system that nobody mounts has no use."""
    targets = joined(project, block, "file_system_id", TARGET)
    if not targets.blocks:
        return targets.doubt or _UNMOUNTED
    found: list[Any] = []
    for target in targets.blocks:
        ranges = _admitted(target, project)
        found += [ranges] if isinstance(ranges, Unknown) else ranges
    return list(dict.fromkeys([*found, *([targets.doubt] if targets.doubt else [])]))


def _admitted(target: Block, project: Project) -> list[str] | Unknown:
    value = target.values.get("access_group_name")
    name = settle(project, value)
    if value is None:
        return Unknown("the mount target names no access group")
    if name == _EVERYBODY:
        return [IPV4_ANY]
    group = target_of(project, value, GROUP) or _group_named(project, name)
    if group is None:
        elsewhere = Unknown("the access group of a mount target is not part of this template")
        return name if isinstance(name, Unknown) else elsewhere
    rules = joined(project, group, "access_group_name", RULE, names=_names(group))
    found: list[Any] = []
    for rule in rules.blocks:
        for argument in ("source_cidr_ip", "ipv6_source_cidr_ip"):
            source = rule.read(argument, str, "")
            found += [source] if source != "" else []
    return cast("list[str]", found + ([rules.doubt] if rules.doubt else []))


def _names(group: Block) -> list[str]:
    found = (group.values.get(name) for name in ("access_group_name", "name"))
    return [each for each in found if isinstance(each, str)]


def _group_named(project: Project, name: Any) -> Block | None:
    named = (each for each in project.of_type(GROUP) if name in _names(each))
    return next((project.take(each) for each in named), None) if isinstance(name, str) else None


MAPPINGS = [
    Mapping(
        types=(FILE_SYSTEM,),
        facts=FileSystem,
        map=map_file_system,
        joined=(TARGET, GROUP, RULE, NAS_PLAN, *PROTECTION),
    )
]

PART_OF = {
    "alicloud_nas_mount_target": PartOf("alicloud_nas_file_system", ("file_system_id",)),
}

LINK_TYPES = frozenset({"alicloud_nas_access_group", "alicloud_nas_access_rule"})
