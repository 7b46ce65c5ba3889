"""Virtual machine scale sets in both modes. Source: template reference, Microsoft.Compute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.compute import (
    PREPARED,
    image,
    is_linux,
    patch_mode,
    unknown_system,
)
from collectors.iac.arm.resources.words import each, is_, named, or_
from collectors.iac.blocks import Block

_PROFILE = "virtualMachineProfile"
_LINUX = f"{_PROFILE}.osProfile.linuxConfiguration"
_WINDOWS = f"{_PROFILE}.osProfile.windowsConfiguration"


def scale_set(resource: Resource) -> Iterator[Block]:
    """A scale set: of machines of its own model, or in Flexible mode one that makes machines."""
    mode = is_(resource.get("orchestrationMode"), "Flexible")
    linux = is_linux(resource, f"{_PROFILE}.")
    if mode is True:
        yield resource.block(
            "azurerm_orchestrated_virtual_machine_scale_set", _flexible(resource, linux=linux)
        )
        return
    upgrades = or_(
        resource.get("upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade"),
        unknown_system(resource, f"{_PROFILE}."),
    )
    values = _values(resource) | {
        "automatic_os_upgrade_policy": None
        if upgrades is None
        else [{"automatic_os_upgrade_enabled": upgrades}],
    }
    if linux:
        values |= _sign_in(resource)
    else:
        plain = PREPARED if _is_prepared(resource) else None
        updates = resource.get(f"{_WINDOWS}.enableAutomaticUpdates")
        values["automatic_updates_enabled"] = or_(updates, plain)
    kind = "linux" if linux else "windows"
    yield resource.block(f"azurerm_{kind}_virtual_machine_scale_set", values)


def _values(resource: Resource) -> dict[str, Any]:
    """What sets of both modes and both systems have."""
    uefi = f"{_PROFILE}.securityProfile.uefiSettings"
    return named(resource) | {
        "zones": resource.body.get("zones"),
        "instances": at(resource.body, "sku.capacity"),
        "host_group_id": resource.get("hostGroup.id"),
        "identity": _identity(resource),
        "custom_data": resource.get(f"{_PROFILE}.osProfile.customData"),
        "user_data": resource.get(f"{_PROFILE}.userData"),
        "network_interface": _interfaces(resource),
        "extension": _extensions(resource),
        "secure_boot_enabled": resource.get(f"{uefi}.secureBootEnabled"),
        "vtpm_enabled": resource.get(f"{uefi}.vTpmEnabled"),
        **image(resource, f"{_PROFILE}."),
    }


def _sign_in(resource: Resource) -> dict[str, Any]:
    off = resource.get(f"{_LINUX}.disablePasswordAuthentication")
    plain = PREPARED if _is_prepared(resource) else False
    return {
        "admin_ssh_key": resource.get(f"{_LINUX}.ssh.publicKeys"),
        "disable_password_authentication": or_(off, plain),
    }


def _extensions(resource: Resource) -> Any:
    listed = resource.get(f"{_PROFILE}.extensionProfile.extensions")
    if not isinstance(listed, list):
        return listed
    return [
        {name: at(one, f"properties.{name}") for name in ("type", "settings")} for one in listed
    ]


def extension(resource: Resource) -> Iterator[Block]:
    """An extension beside its set."""
    values = {
        "virtual_machine_scale_set_id": resource.owner(),
        "type": resource.get("type"),
        "settings": resource.get("settings"),
    }
    yield resource.block("azurerm_virtual_machine_scale_set_extension", values)


def _is_prepared(resource: Resource) -> bool:
    """Whether the machines are made of an image in which Azure sets nothing."""
    return resource.get(f"{_PROFILE}.osProfile") is None


def _flexible(resource: Resource, *, linux: bool) -> dict[str, Any]:
    """A set without a model has none of what its machines are made of. Secure boot and a vTPM are
    off where they are not written."""
    model = resource.get(_PROFILE)
    if model is None:
        return named(resource)
    values = _values(resource)
    for name in ("secure_boot_enabled", "vtpm_enabled"):
        values[name] = or_(values[name], False)
    system = _LINUX if linux else _WINDOWS
    told = _sign_in(resource) if linux else {}
    told["patch_mode"] = patch_mode(resource, system, linux=linux)
    written = {name: value for name, value in told.items() if value is not None}
    profile = resource.get(f"{_PROFILE}.osProfile")
    if isinstance(profile, dict):
        profile = [{f"{'linux' if linux else 'windows'}_configuration": [written]}]
    return values | {"os_disk": [{}], "os_profile": profile}


def _identity(resource: Resource) -> Any:
    kind = at(resource.body, "identity.type")
    return None if kind is None or is_(kind, "None") is True else [{"type": kind}]


def _interfaces(resource: Resource) -> Any:
    listed = resource.get(f"{_PROFILE}.networkProfile.networkInterfaceConfigurations")
    return [_interface(one) for one in listed] if isinstance(listed, list) else listed


def _interface(interface: Any) -> dict[str, Any]:
    configurations = at(interface, "properties.ipConfigurations")
    if isinstance(configurations, list):
        configurations = [_configuration(one) for one in configurations]
    values = {
        "network_security_group_id": at(interface, "properties.networkSecurityGroup.id"),
        "ip_configuration": configurations,
    }
    return {name: value for name, value in values.items() if value is not None}


def _configuration(configuration: Any) -> dict[str, Any]:
    properties = at(configuration, "properties")
    address = at(properties, "publicIPAddressConfiguration")
    rules = [*_ids(properties, "InboundNatPools"), *_ids(properties, "InboundNatRules")]
    values = {
        "subnet_id": at(properties, "subnet.id"),
        "public_ip_address": [{"name": at(address, "name")}]
        if isinstance(address, dict)
        else address,
        "load_balancer_backend_address_pool_ids": _ids(properties, "BackendAddressPools"),
        "load_balancer_inbound_nat_rules_ids": rules,
    }
    return {name: value for name, value in values.items() if value is not None}


def _ids(properties: Any, what: str) -> list[Any]:
    return [at(one, "id") for one in each(at(properties, f"loadBalancer{what}"))]


_SETS = "Microsoft.Compute/virtualMachineScaleSets"

TRANSLATIONS: dict[str, Translation] = {_SETS: scale_set, f"{_SETS}/extensions": extension}
