"""Virtual machines and managed disks. Source: template reference, Microsoft.Compute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, named, or_
from collectors.iac.blocks import Block

_LINUX = "osProfile.linuxConfiguration"
_WINDOWS = "osProfile.windowsConfiguration"
PREPARED = Unknown("the machine is made of a disk or an image with settings of its own")
"""Why nothing is known of a system in which Azure sets nothing."""
_NO_SYSTEM = Unknown("the template does not tell whether the machine runs Linux or Windows")


def machine(resource: Resource) -> Iterator[Block]:
    """A machine. Linux takes passwords unless it says otherwise."""
    linux = is_linux(resource)
    system = _LINUX if linux else _WINDOWS
    interfaces = resource.get("networkProfile.networkInterfaces")
    is_list = isinstance(interfaces, list)
    values = named(resource) | {
        "network_interface_ids": [at(one, "id") for one in interfaces] if is_list else interfaces,
        "identity": _identity(resource),
        "patch_mode": patch_mode(resource, system, linux=linux),
        "secure_boot_enabled": resource.get("securityProfile.uefiSettings.secureBootEnabled"),
        "vtpm_enabled": resource.get("securityProfile.uefiSettings.vTpmEnabled"),
        "zone": _zone(resource),
        "dedicated_host_id": resource.get("host.id"),
        "dedicated_host_group_id": resource.get("hostGroup.id"),
        "custom_data": resource.get("osProfile.customData"),
        "user_data": resource.get("userData"),
        **image(resource),
        **_disks(resource),
    }
    if linux:
        values["admin_ssh_key"] = resource.get(f"{_LINUX}.ssh.publicKeys")
        off = resource.get(f"{_LINUX}.disablePasswordAuthentication")
        plain = PREPARED if resource.get("osProfile") is None else False
        values["disable_password_authentication"] = or_(off, plain)
    kind = "azurerm_linux_virtual_machine" if linux else "azurerm_windows_virtual_machine"
    yield resource.block(kind, values)
    for i, disk in enumerate(each(resource.get("storageProfile.dataDisks"))):
        held = at(disk, "managedDisk.id")
        if held is not None:
            link = {"managed_disk_id": held, "virtual_machine_id": resource.itself()}
            kind = "azurerm_virtual_machine_data_disk_attachment"
            yield resource.block(kind, link, part=f"dataDisks/{i}")


def _disks(resource: Resource) -> dict[str, Any]:
    """The disk of the system, and those of the data, some of which exist already."""
    system = resource.get("storageProfile.osDisk")
    data = resource.get("storageProfile.dataDisks")
    return {
        "os_disk": system if isinstance(system, Unknown) else [_disk(system)],
        "storage_data_disk": data
        if isinstance(data, Unknown)
        else [_disk(one) for one in each(data)],
    }


def _disk(disk: Any) -> dict[str, Any]:
    if isinstance(disk, Unknown):
        return dict.fromkeys(("managed_disk_id", "disk_encryption_set_id"), disk)
    values = {
        "managed_disk_id": at(disk, "managedDisk.id"),
        "vhd_uri": at(disk, "vhd.uri"),
        "disk_encryption_set_id": at(disk, "managedDisk.diskEncryptionSet.id"),
        "disk_size_gb": at(disk, "diskSizeGB"),
    }
    return {name: value for name, value in values.items() if value is not None}


def is_linux(resource: Resource, where: str = "") -> bool:
    """Linux where the template says so, or says nothing of Windows: a machine of which nothing is
    known is not taken to have no password."""
    return resource.get(f"{where}{_WINDOWS}") is None and _told(resource, where) != "windows"


def unknown_system(resource: Resource, where: str = "") -> Unknown | None:
    """Why the system of a machine is not known: an image of the account, or one of Microsoft, which
    publishes both, and no word on it."""
    if resource.get(f"{where}{_WINDOWS}") is None and resource.get(f"{where}{_LINUX}") is None:
        return None if _told(resource, where) else _NO_SYSTEM
    return None


def _told(resource: Resource, where: str) -> str | None:
    """The system by the type of the disk, or by who published the image."""
    kind = resource.get(f"{where}storageProfile.osDisk.osType")
    publisher = resource.get(f"{where}storageProfile.imageReference.publisher")
    if isinstance(kind, str):
        return kind.lower()
    if isinstance(publisher, str):
        name = publisher.lower()
        if name.startswith("microsoft"):
            return "windows" if name.startswith("microsoftwindows") else None
        return "linux"
    return None


def _identity(resource: Resource) -> Any:
    kind = at(resource.body, "identity.type")
    if kind is None or isinstance(kind, Unknown):
        return kind
    return None if str(kind).lower() == "none" else [{"type": kind}]


def patch_mode(resource: Resource, system: str, *, linux: bool) -> Any:
    """The mode that a machine is patched by, given the path of its system's configuration."""
    mode = resource.get(f"{system}.patchSettings.patchMode")
    if resource.get(system.rpartition(".")[0]) is None:
        return PREPARED
    if mode is None and linux:
        return unknown_system(resource, system.removesuffix(_LINUX))
    if mode is None:
        automatic = resource.get(f"{system}.enableAutomaticUpdates")
        if isinstance(automatic, Unknown):
            return automatic
        return "Manual" if automatic is False else "AutomaticByOS"
    return mode


def _zone(resource: Resource) -> Any:
    zones = resource.body.get("zones")
    return zones[0] if isinstance(zones, list) and zones else None


def image(resource: Resource, where: str = "") -> dict[str, Any]:
    """The image of the model of a machine, which stands at a path in its properties."""
    reference = resource.get(f"{where}storageProfile.imageReference")
    if isinstance(reference, dict):
        if reference.get("id") is not None:
            return {"source_image_id": reference["id"]}
        parts = {key: at(reference, key) for key in ("publisher", "offer", "sku", "version")}
        given = {key: value for key, value in parts.items() if value is not None}
        return {"source_image_reference": [given]}
    return {"source_image_reference": reference}


def disk(resource: Resource) -> Iterator[Block]:
    """A managed disk."""
    values = named(resource) | {
        "disk_size_gb": resource.get("diskSizeGB"),
        "disk_encryption_set_id": resource.get("encryption.diskEncryptionSetId"),
        "zone": _zone(resource),
    }
    yield resource.block("azurerm_managed_disk", values)


def extension(resource: Resource) -> Iterator[Block]:
    """An extension of a machine, with the settings that are shown."""
    values = {
        "virtual_machine_id": resource.owner(),
        "type": resource.get("type"),
        "settings": resource.get("settings"),
    }
    yield resource.block("azurerm_virtual_machine_extension", values)


_MACHINES = "Microsoft.Compute/virtualMachines"

TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Compute/disks": disk,
    _MACHINES: machine,
    f"{_MACHINES}/extensions": extension,
}
