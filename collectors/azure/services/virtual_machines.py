"""Virtual machines, joined with their interfaces, security groups, disks, backups and agents. Those
of scale sets in Flexible mode are among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account, Service
from collectors.azure.backup_items import (
    BACKUP_ITEM_CALLS,
    Items,
    backup_of,
    read_backup_items,
)
from collectors.azure.compute_calls import (
    GET_INSTANCE_VIEW,
    LIST_DISKS,
    LIST_EXTENSIONS,
    LIST_VIRTUAL_MACHINES,
    MACHINE,
)
from collectors.azure.data_collection import DATA_COLLECTION_CALLS, measured
from collectors.azure.disk_encryption import encrypted
from collectors.azure.extension_settings import told_secrets
from collectors.azure.ground import REACHABILITY_CALLS, Ground, picked, read_ground
from collectors.azure.host_protection import agent_of, patch_of, state_of
from collectors.azure.ids import key, parent_of, region_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.machine_images import GET_IMAGE, image_of
from collectors.azure.machines import (
    boots_secure,
    image_id_of,
    key_pair,
    password_login,
    role_of,
)
from collectors.azure.patch_schedules import PATCH_SCHEDULE_CALLS, scheduled
from collectors.azure.reachability import (
    Way,
    exposure_of,
    groups_of,
    public_ips_of,
    ways_to,
)
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.vulnerability_assessments import VULNERABILITY_CALLS, vulnerabilities_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Instance
from collectors.logic import Known, every

Item = dict[str, Any]

NO_USER_DATA = Unknown("Azure does not give back the custom data of a machine")
_KEPT = (
    "vmId", "hardwareProfile", "storageProfile", "networkProfile", "securityProfile",
    "availabilitySet", "virtualMachineScaleSet", "host", "hostGroup", "priority", "licenseType",
    "timeCreated", "provisioningState",
)  # fmt: skip


class Around(Struct, frozen=True, kw_only=True):
    """What machines are joined with, each part read or unknown."""

    ground: Ground
    disks: dict[str, Item] | Unknown
    backups: Items | Unknown


def virtual_machines(account: Account) -> Iterable[Document]:
    """A document for each machine of the subscription."""
    machines = account.resources(LIST_VIRTUAL_MACHINES)
    if isinstance(machines, Unknown):
        yield account.unlisted(Instance, machines, native_type=MACHINE)
        return
    if not machines:
        return
    around = Around(
        ground=read_ground(account),
        disks=then(
            account.resources(LIST_DISKS), lambda found: {key(one["id"]): one for one in found}
        ),
        backups=read_backup_items(account),
    )
    yield from account.map(lambda item: _document(account, item, around), machines)


def _document(account: Account, item: Item, around: Around) -> Document:
    facts = machine(item, around)
    id_ = item["id"]
    view = account.read(GET_INSTANCE_VIEW, id=id_)
    extensions = account.listed(LIST_EXTENSIONS, id=id_)
    facts.state = then(view, state_of)
    facts.image = image_of(account, region_of(item), item["properties"]["storageProfile"])
    facts.agent = then(extensions, lambda found: agent_of(found, view))
    profile = item["properties"].get("osProfile")
    facts.patch = patch_of(profile, view, scheduled(account, id_, profile))
    facts.monitoring = measured(account, id_, extensions, view)
    facts.user_data_secrets = told_secrets(extensions, NO_USER_DATA)
    facts.vulnerabilities = vulnerabilities_of(account, id_)
    facts.alarms = alarms_on(account, id_, MACHINE)
    facts.deletion_protection = locked(account, id_)
    return account.document(facts, item, native_type=MACHINE, native=_native(item))


def machine(item: Item, around: Around) -> Instance:
    """What the model of a machine tells, joined with its network, disks and backups."""
    properties = item["properties"]
    storage, profile = properties["storageProfile"], properties.get("osProfile")
    security = properties.get("securityProfile") or {}
    interfaces = _interfaces(properties, around.ground)
    ways = then(interfaces, lambda found: _ways(found, around.ground))
    dedicated = properties.get("host") or properties.get("hostGroup")
    zones = item.get("zones") or [Unknown("the resource names no availability zone")]
    return Instance(
        vpc_id=then(interfaces, _network),
        network_kind="vpc",
        public_ips=public_ips_of(ways),
        exposure=exposure_of(ways),
        firewalls=then(interfaces, lambda found: _groups(found, around.ground)),
        image_id=image_id_of(storage),
        key_pair=key_pair(profile),
        password_login=password_login(profile),
        # Its metadata service knows no sessions.
        metadata_token_required=None,
        role=role_of(item.get("identity")),
        disks_encrypted=then(around.disks, lambda known: _encrypted(storage, known)),
        backup=backup_of(item["id"], around.backups),
        tenancy="dedicated-host" if dedicated else "shared",
        secure_boot=boots_secure(security, "secureBootEnabled"),
        vtpm=boots_secure(security, "vTpmEnabled"),
        user_data_secrets=NO_USER_DATA,
        zone=zones[0],
    )


def _interfaces(properties: Item, ground: Ground) -> list[Item] | Unknown:
    named = (properties.get("networkProfile") or {}).get("networkInterfaces") or ()
    found = [picked(ground.interfaces, one["id"], "network interface") for one in named]
    doubt = also(*found) if found else Unknown("the machine names no interface")
    return doubt or [one for one in found if not isinstance(one, Unknown)]


def _ways(interfaces: list[Item], ground: Ground) -> list[Way] | Unknown:
    found = [ways_to(one, ground) for one in interfaces]
    doubt = also(None, *found)
    return doubt or [way for ways in found if not isinstance(ways, Unknown) for way in ways]


def _groups(interfaces: list[Item], ground: Ground) -> list[str] | Unknown:
    found = [groups_of(one, ground) for one in interfaces]
    doubt = also(None, *found)
    names = [id_ for ids in found if not isinstance(ids, Unknown) for id_ in ids]
    return doubt or list(dict.fromkeys(names))


def _network(interfaces: list[Item]) -> str | Unknown:
    """The virtual network: all interfaces of a machine are in one."""
    for interface in interfaces:
        for configuration in interface["properties"].get("ipConfigurations") or ():
            subnet = (configuration["properties"].get("subnet") or {}).get("id")
            if subnet:
                return parent_of(subnet)
    return Unknown("the interfaces of the machine name no subnet")


def _encrypted(storage: Item, disks: dict[str, Item]) -> Known:
    """Whether every managed disk is; unknown for disks that are blobs of a storage account."""
    attached = [storage["osDisk"], *(storage.get("dataDisks") or ())]
    return every(_disk_encrypted(one.get("managedDisk") or {}, disks) for one in attached)


def _disk_encrypted(managed: Item, disks: dict[str, Item]) -> Known:
    found = disks.get(key(managed.get("id") or ""))
    if found is None:
        return Unknown("a disk of the machine is not visible to this account")
    return encrypted(found["properties"])


def _native(item: Item) -> Item:
    """Evidence without `osProfile` and `userData`, which may hold secrets."""
    properties = item["properties"]
    kept = {name: properties[name] for name in _KEPT if name in properties}
    return {"id": item["id"], "location": item.get("location"), "properties": kept}


SERVICE = Service(
    name="Virtual machines",
    types=((Instance, MACHINE),),
    calls=(
        LIST_VIRTUAL_MACHINES,
        LIST_DISKS,
        GET_INSTANCE_VIEW,
        LIST_EXTENSIONS,
        GET_IMAGE,
        LIST_LOCKS,
        *REACHABILITY_CALLS,
        *BACKUP_ITEM_CALLS,
        *RESOURCE_ALARM_CALLS,
        *VULNERABILITY_CALLS,
        *DATA_COLLECTION_CALLS,
        *PATCH_SCHEDULE_CALLS,
    ),
    account=virtual_machines,
)
