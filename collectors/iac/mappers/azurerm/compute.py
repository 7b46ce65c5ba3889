"""Managed disks and virtual machines: azurerm_linux_virtual_machine,
azurerm_windows_virtual_machine and the older azurerm_virtual_machine."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any, NamedTuple

from collectors.azure.best_backup import NO_BACKUP, best
from collectors.azure.inbound import Target
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Disk, Instance, Patch
from collectors.facts.shared import Backup
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.backends import named_before_nic
from collectors.iac.mappers.azurerm.backup_policy import DISKS as DISK_POLICY
from collectors.iac.mappers.azurerm.backup_policy import MACHINES as BACKUP_POLICY
from collectors.iac.mappers.azurerm.backup_policy import PROTECTION, RECOVERY, backup_by
from collectors.iac.mappers.azurerm.doors import (
    DOOR_TYPES,
    OWN,
    Door,
    doors_of_interface,
    exposed,
    own_door,
)
from collectors.iac.mappers.azurerm.ground import (
    NIC_GROUP,
    SUBNET_GROUP,
    Named,
    ids_of,
    rules_before,
)
from collectors.iac.mappers.azurerm.machine_agents import (
    COLLECTING,
    FINDINGS,
    agent_of,
    measured,
)
from collectors.iac.mappers.azurerm.machine_disks import disk_encryption, disks
from collectors.iac.mappers.azurerm.machine_extensions import EXTENSIONS, extension_secrets
from collectors.iac.mappers.azurerm.machine_system import (
    MACHINES,
    image_facts,
    image_of,
    system_of,
    tenancy_of,
    zone_of,
)
from collectors.iac.mappers.azurerm.placement import NIC
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    GIB,
    Joined,
    given,
    identity,
    items,
    joined,
    target_of,
)
from collectors.iac.mappers.running import STATE
from collectors.logic import some

DISK = "azurerm_managed_disk"
ATTACHMENT = "azurerm_virtual_machine_data_disk_attachment"
PROTECTED = "azurerm_backup_protected_vm"
DISK_PROTECTED = "azurerm_data_protection_backup_instance_disk"

_NOT_ATTACHED = Unknown("not attached in this template")
_MACHINE_AWAY = Unknown("the machine of the disk is not part of this template")
_PROTECTING = ("protected", "irpending")
_CHOSEN_DISKS = ("exclude_disk_luns", "include_disk_luns")
_SOME_DISKS = Unknown("the backup of the machine leaves out some of its disks")
_NO_ZONE = Unknown("the resource names no availability zone")


class _Interface(NamedTuple):
    """What a network interface of a machine brings. `groups` are the values that name the groups
    before it, `doors` the ways in, by addresses of its own and by load balancers."""

    ips: list[str] | Unknown
    groups: Named
    doors: list[Door]


def map_disk(block: Block, project: Project) -> Iterator[Document]:
    """A managed disk. Azure encrypts every managed disk at rest, with its own key by default."""
    uses = joined(project, block, "managed_disk_id", ATTACHMENT)
    size = block.read("disk_size_gb", int, Unknown("the size is that of the disk's source"))
    facts = Disk(
        encryption=disk_encryption(block.values, project),
        attached=True if uses.blocks else uses.doubt or _NOT_ATTACHED,
        size_bytes=then(size, lambda gib: gib * GIB),
        backup=_disk_backup(block, uses, project),
        zone=block.read("zone", str, _NO_ZONE),
        delete_with_instance=False,
    )
    yield azure_document(block, project, facts)


def map_machine(block: Block, project: Project) -> Iterator[Document]:
    """A virtual machine with its network interfaces and backup, and the disks that it is made
    with."""
    system = system_of(block)
    interfaces = _interfaces(block, project)
    identities = nested(block.values, "identity")
    backup, zone = _backup(block, project), zone_of(block, _NO_ZONE)
    facts = Instance(
        state=STATE,
        network_kind="vpc",
        public_ips=_addresses(interfaces),
        exposure=exposed([door for each in interfaces for door in each.doors]),
        firewalls=ids_of([value for each in interfaces for value in each.groups], project),
        image_id=image_of(block, project),
        image=image_facts(block, project),
        agent=agent_of(block, project),
        vulnerabilities=FINDINGS,
        monitoring=measured(block, project),
        key_pair=system.key_pair,
        password_login=system.password_login,
        metadata_token_required=None,
        role=then(identities, role_of),
        disks_encrypted=True,
        patch=Patch(managed=system.patched, critical_missing=None),
        alarms=alarms_on(block, project),
        backup=backup,
        tenancy=tenancy_of(block, "dedicated_host_id", "dedicated_host_group_id"),
        secure_boot=block.read("secure_boot_enabled", bool, False),
        vtpm=block.read("vtpm_enabled", bool, False),
        deletion_protection=locked(block, project),
        user_data_secrets=some((system.user_data_secrets, extension_secrets(block, project))),
        zone=zone,
    )
    yield azure_document(block, project, facts)
    yield from disks(block, project, backup, zone)


def _disk_backup(block: Block, uses: Joined, project: Project) -> Backup:
    """Its own backup, or that of a machine, which takes the disks along."""
    own = joined(project, block, "disk_id", DISK_PROTECTED)
    found = [_of_disk(item, project) for item in own.blocks]
    if own.doubt:
        found.append(Backup.unread(own.doubt))
    for link in uses.blocks:
        value = link.get("virtual_machine_id")
        machine = target_of(project, value, *MACHINES)
        away = value if isinstance(value, Unknown) else _MACHINE_AWAY
        found.append(_backup(machine, project) if machine else Backup.unread(away))
    if not uses.blocks:
        found.append(Backup.unread(uses.doubt or _NOT_ATTACHED))
    return best(found)


def _of_disk(item: Block, project: Project) -> Backup:
    """A backup of a disk alone stays beside it."""
    found = backup_by(target_of(project, item.get("backup_policy_id"), DISK_POLICY), project)
    found.copies = []
    return found


def id_of(block: Block) -> str:
    """The id of a resource's document."""
    return f"{block.source.uri}#{block.address}"


def role_of(identities: list[dict[str, Any]]) -> str | Unknown | None:
    """The managed identity of a machine, by its kind."""
    return read(identities[0], "type", str, Unknown("no type")) if identities else None


def _interfaces(block: Block, project: Project) -> list[_Interface]:
    """The network interfaces of a machine, one at least."""
    ids = items(block.values, "network_interface_ids")
    if isinstance(ids, Unknown) or not ids:
        reason = ids if isinstance(ids, Unknown) else Unknown("the machine names no interface")
        return [_unread(reason)]
    found: list[_Interface] = []
    for value in ids:
        nic = target_of(project, value, NIC)
        if nic is None:
            away = Unknown("a network interface is not part of this template")
            found.append(_unread(value if isinstance(value, Unknown) else away))
        else:
            found.append(_interface(nic, project))
    return found


def _unread(reason: Unknown) -> _Interface:
    return _Interface(reason, [reason], [Door(OWN, reason)])


def _interface(nic: Block, project: Project) -> _Interface:
    configurations = nested(nic.values, "ip_configuration")
    if isinstance(configurations, Unknown):
        return _unread(configurations)
    named = named_before_nic(nic, project)
    rules = rules_before(named, project)
    addresses = [identity(project, c.get("public_ip_address_id")) for c in configurations]
    own = [
        own_door(address if isinstance(address, Unknown) else True, rules, _inside(values))
        for address, values in zip(addresses, configurations, strict=True)
        if address is not None
    ]
    return _Interface(
        also(None, *addresses) or [a for a in addresses if isinstance(a, str)],
        named,
        [*own, *doors_of_interface(nic, rules, project)],
    )


def _inside(configuration: dict[str, Any]) -> Target:
    """The private address of a configuration, where the template gives one."""
    version = str(configuration.get("private_ip_address_version") or "IPv4").lower()
    try:
        written = str(ip_address(str(configuration.get("private_ip_address"))))
    except ValueError:
        written = None
    return Target(address=written, version={"ipv4": 4, "ipv6": 6}.get(version))


def _addresses(interfaces: list[_Interface]) -> list[str] | Unknown:
    """The public addresses of all interfaces, or why they are not known."""
    found = [ip for each in interfaces if isinstance(each.ips, list) for ip in each.ips]
    return also(None, *(each.ips for each in interfaces)) or found


def _backup(block: Block, project: Project) -> Backup:
    """Azure Backup, when the template protects the machine with it."""
    uses = joined(project, block, "source_vm_id", PROTECTED)
    if not uses.blocks:
        return Backup.unread(uses.doubt) if uses.doubt else NO_BACKUP
    item = uses.blocks[0]
    state = item.read("protection_state", str, "Protected")
    if isinstance(state, str) and state.lower() not in _PROTECTING:
        return NO_BACKUP
    partly = also(
        state,
        *(given(item.values, name) and _SOME_DISKS for name in _CHOSEN_DISKS),
    )
    policy = target_of(project, item.get("backup_policy_id"), BACKUP_POLICY)
    return backup_by(policy, project, partly or True)


MAPPINGS = [
    Mapping(
        types=(DISK,),
        facts=Disk,
        map=map_disk,
        joined=(
            ATTACHMENT,
            DISK_PROTECTED,
            DISK_POLICY,
            PROTECTION,
            PROTECTED,
            BACKUP_POLICY,
            RECOVERY,
            *MACHINES,
        ),
    ),
    Mapping(
        types=MACHINES,
        facts=Instance,
        also=(Disk,),
        map=map_machine,
        joined=(
            LOCK,
            NIC,
            NIC_GROUP,
            SUBNET_GROUP,
            ATTACHMENT,
            PROTECTED,
            BACKUP_POLICY,
            RECOVERY,
            *EXTENSIONS,
            *COLLECTING,
            *DOOR_TYPES,
            *WATCHING,
        ),
    ),
]

LINK_TYPES = frozenset({"azurerm_virtual_machine_data_disk_attachment"})
