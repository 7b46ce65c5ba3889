"""Virtual machine scale sets in Uniform mode, one document for each: its instances are all made of
one model. The machines of those in Flexible mode have documents of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.backup_items import NO_BACKUP
from collectors.azure.calls import child
from collectors.azure.compute_calls import LIST_SCALE_SETS, SCALE_SET
from collectors.azure.data_collection import DATA_COLLECTION_CALLS, measured
from collectors.azure.extension_settings import told_secrets
from collectors.azure.ground import REACHABILITY_CALLS, Ground, read_ground
from collectors.azure.host_protection import agent_of, is_managed
from collectors.azure.ids import parent_of, region_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.machine_images import GET_IMAGE, image_of
from collectors.azure.machines import (
    boots_secure,
    image_id_of,
    key_pair,
    password_login,
    role_of,
)
from collectors.azure.reachability import (
    OWN,
    Way,
    exposure_of,
    groups_of,
    ways_to,
)
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.services.virtual_machines import NO_USER_DATA
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Instance, Patch

LIST_ADDRESSES = child(
    f"{SCALE_SET}/publicIPAddresses",
    "PublicIPAddresses_ListVirtualMachineScaleSetPublicIPAddresses",
    "{id}/publicipaddresses",
    paged=True,
)

_INSTANCES = Unknown("what is inside the instances of a scale set is not read")
Item = dict[str, Any]


def scale_sets(account: Account) -> Iterable[Document]:
    """A document for each scale set that has a model of its machines."""
    found = account.resources(LIST_SCALE_SETS)
    if isinstance(found, Unknown):
        yield account.unlisted(Instance, found, native_type=SCALE_SET)
        return
    uniform = [one for one in found if _is_uniform(one["properties"])]
    if not uniform:
        return
    ground = read_ground(account)
    for item in uniform:
        yield _document(account, item, ground)


def _is_uniform(properties: Item) -> bool:
    """Sets older than the modes are uniform, and do not tell."""
    return str(properties.get("orchestrationMode") or "Uniform").lower() == "uniform"


def _document(account: Account, item: Item, ground: Ground) -> Document:
    id_, model = item["id"], item["properties"]["virtualMachineProfile"]
    interfaces = (model.get("networkProfile") or {}).get("networkInterfaceConfigurations") or []
    ways = _all_ways(interfaces, ground)
    profile = model.get("osProfile")
    security = model.get("securityProfile") or {}
    extensions = (model.get("extensionProfile") or {}).get("extensions") or []
    zones = item.get("zones") or [Unknown("the resource names no availability zone")]
    dedicated = item["properties"].get("hostGroup")
    return account.document(
        Instance(
            state="deallocated" if (item.get("sku") or {}).get("capacity") == 0 else _INSTANCES,
            vpc_id=_network(interfaces),
            network_kind="vpc",
            public_ips=_addresses(account, id_, ways),
            exposure=exposure_of(ways),
            firewalls=_groups(interfaces, ground),
            image_id=image_id_of(model["storageProfile"]),
            image=image_of(account, region_of(item), model["storageProfile"]),
            key_pair=key_pair(profile),
            password_login=password_login(profile),
            metadata_token_required=None,
            role=role_of(item.get("identity")),
            # Managed disks, which are encrypted at rest ("Server-side encryption of Azure Disk
            # Storage"): a model names none that is a blob of a storage account.
            disks_encrypted=_managed(model["storageProfile"]),
            # By the model: whether it works in each instance is not read.
            agent=agent_of(extensions, _INSTANCES),
            patch=_patch(item["properties"], profile),
            vulnerabilities=_INSTANCES,
            monitoring=measured(account, id_, [_put_in(one) for one in extensions], None),
            alarms=alarms_on(account, id_, SCALE_SET),
            # Azure Backup does not take instances of uniform sets ("Support matrix").
            backup=NO_BACKUP,
            tenancy="dedicated-host" if dedicated else "shared",
            secure_boot=boots_secure(security, "secureBootEnabled"),
            vtpm=boots_secure(security, "vTpmEnabled"),
            deletion_protection=locked(account, id_),
            user_data_secrets=told_secrets(extensions, NO_USER_DATA),
            zone=zones[0],
        ),
        item,
        native_type=SCALE_SET,
        native=_native(item),
    )


def _all_ways(interfaces: list[Item], ground: Ground) -> list[Way] | Unknown:
    found = [ways_to(one, ground) for one in interfaces]
    doubt = also(None, *found)
    return doubt or [way for ways in found if not isinstance(ways, Unknown) for way in ways]


def _addresses(account: Account, id_: str, ways: list[Way] | Unknown) -> list[str] | Unknown:
    """The public addresses of the instances, asked for where the model gives them some."""
    if isinstance(ways, Unknown):
        return ways
    if not any(way.via == OWN for way in ways):
        return []
    return then(
        account.listed(LIST_ADDRESSES, id=id_),
        lambda found: sorted(
            address for one in found if (address := one["properties"].get("ipAddress"))
        ),
    )


def _groups(interfaces: list[Item], ground: Ground) -> list[str] | Unknown:
    found = [groups_of(one, ground) for one in interfaces]
    doubt = also(None, *found)
    names = [id_ for ids in found if not isinstance(ids, Unknown) for id_ in ids]
    return doubt or list(dict.fromkeys(names))


def _network(interfaces: list[Item]) -> str | Unknown:
    for interface in interfaces:
        for configuration in interface["properties"].get("ipConfigurations") or ():
            subnet = (configuration["properties"].get("subnet") or {}).get("id")
            if subnet:
                return parent_of(subnet)
    return Unknown("the interfaces of the machine name no subnet")


def _managed(storage: Item) -> bool | Unknown:
    disks = [one for one in (storage.get("osDisk"), *(storage.get("dataDisks") or ())) if one]
    if disks and all("vhdContainers" not in one and "image" not in one for one in disks):
        return True
    return Unknown("the disks of the scale set are blobs of a storage account")


def _put_in(extension: Item) -> Item:
    """An extension of a model as one that was put in: what fails there fails the set's update."""
    return {"properties": {**extension["properties"], "provisioningState": "Succeeded"}}


def _patch(properties: Item, profile: Item | None) -> Patch:
    """A set is patched by new images of its system, or as its machines are."""
    upgrades = (properties.get("upgradePolicy") or {}).get("automaticOSUpgradePolicy") or {}
    if upgrades.get("enableAutomaticOSUpgrade") is True:
        return Patch(managed=True, critical_missing=None)
    for name in ("linuxConfiguration", "windowsConfiguration"):
        mode = (((profile or {}).get(name) or {}).get("patchSettings") or {}).get("patchMode")
        if mode:
            return Patch(managed=is_managed(mode), critical_missing=None)
    windows = ((profile or {}).get("windowsConfiguration") or {}).get("enableAutomaticUpdates")
    return Patch(managed=windows is True, critical_missing=None)


def _native(item: Item) -> Item:
    """Evidence without the profiles that may hold secrets."""
    model = item["properties"]["virtualMachineProfile"]
    kept = ("storageProfile", "networkProfile", "securityProfile")
    return {
        "id": item["id"],
        "sku": item.get("sku"),
        "virtualMachineProfile": {name: model[name] for name in kept if name in model},
    }


SERVICE = Service(
    name="Virtual machine scale sets",
    types=((Instance, SCALE_SET),),
    calls=(
        LIST_SCALE_SETS,
        LIST_ADDRESSES,
        GET_IMAGE,
        LIST_LOCKS,
        *REACHABILITY_CALLS,
        *RESOURCE_ALARM_CALLS,
        *DATA_COLLECTION_CALLS,
    ),
    account=scale_sets,
)
