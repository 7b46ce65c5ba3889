"""The system of a virtual machine: its image, sign-in, patches and user data. Also of the older
azurerm_virtual_machine, which has it in blocks for Linux and for Windows."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, cast

from collectors.azure.host_protection import is_managed
from collectors.azure.ids import subscription_of
from collectors.azure.machines import (
    UNTOLD_CREATION,
    UNTOLD_DEPRECATION,
    UNTOLD_OWNER,
    own_deprecated,
)
from collectors.document import Unknown, also, then
from collectors.facts.compute import InstanceImage
from collectors.iac.blocks import Block, Project, Reference, nested, read
from collectors.iac.mappers.joins import first_of, given, identity, items
from collectors.iac.mappers.start_script import script_secrets
from collectors.logic import Known, negated

LINUX, WINDOWS = "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine"
OLDER = "azurerm_virtual_machine"
MACHINES = (LINUX, WINDOWS, OLDER)

_USER_DATA = ("custom_data", "user_data", "user_data_base64")
_NO_IMAGE = Unknown("the machine names no image")
_MANAGED_IMAGE = re.compile(r"(?:^|\.)azurerm_image\.")
_PREPARED = Unknown("the machine tells no settings of its system")
_SIGN_IN = Unknown("os_profile_linux_config does not tell whether passwords are off")


class System(NamedTuple):
    """Facts of `collectors.facts.compute.Instance`; `patched` is that of `Patch.managed`."""

    password_login: Known | None
    key_pair: Known
    patched: Known
    user_data_secrets: Known


def system_of(block: Block) -> System:
    """The system of a machine."""
    if block.type == OLDER:
        return _older(block.values)
    secrets = user_data_secrets(block.values)
    if block.type == WINDOWS:
        return System(True, False, windows_patched(block.values), secrets)
    # Passwords are off unless written.
    off = block.read("disable_password_authentication", bool, True)
    mode = block.read("patch_mode", str, "ImageDefault")
    return System(
        negated(off), given(block.values, "admin_ssh_key"), then(mode, is_managed), secrets
    )


def windows_patched(values: dict[str, Any]) -> Known:
    """Azure patches a machine in AutomaticByPlatform mode, Windows itself in AutomaticByOS, which
    takes automatic updates."""
    mode = read(values, "patch_mode", str, "AutomaticByOS")
    names = ("automatic_updates_enabled", "enable_automatic_updates")
    updates: Known = first_of(values, names, bool, True)
    return updates if str(mode).lower() == "automaticbyos" else then(mode, is_managed)


def _older(values: dict[str, Any]) -> System:
    linux, windows, profile = (
        nested(values, name)
        for name in ("os_profile_linux_config", "os_profile_windows_config", "os_profile")
    )
    secrets = then(profile, lambda found: user_data_secrets(found[0]) if found else False)
    doubt = also(linux, windows)
    if isinstance(linux, list) and linux:
        off = read(linux[0], "disable_password_authentication", bool, _SIGN_IN)
        return System(negated(off), given(linux[0], "ssh_keys"), False, secrets)
    if doubt is None and isinstance(windows, list) and windows:
        patched = read(windows[0], "enable_automatic_upgrades", bool, default=False)
        return System(True, False, patched, secrets)
    if doubt is None and profile == []:
        # One of a disk that was prepared elsewhere: Azure sets nothing in it.
        return System(None, False, _PREPARED, secrets)
    reason = doubt or also(profile) or _PREPARED
    return System(reason, reason, reason, secrets)


def image_facts(block: Block, project: Project) -> InstanceImage | Unknown:
    """The image as `collectors.azure.machine_images` tells it. Azure has no list of approved ones
    but by policies."""
    own, reference = _own_image(block), _reference(block)
    if isinstance(own, Unknown) or (own is None and not reference):
        return own or _NO_IMAGE
    owner: Any
    deprecated: Any = UNTOLD_DEPRECATION
    if own is not None:
        target = project.target(own)
        made = target is not None and not target.type.startswith("data.")
        text = own if isinstance(own, str) else ""
        owner = project.account if made else subscription_of(text) or UNTOLD_OWNER
        managed = isinstance(own, Reference) and _MANAGED_IMAGE.search(own.address)
        deprecated = None if managed else own_deprecated(text) if text else UNTOLD_DEPRECATION
    elif isinstance(reference, Unknown):
        return reference
    else:
        owner = read(reference[0], "publisher", str, UNTOLD_OWNER)
    return InstanceImage(owner=owner, approved=None, created=UNTOLD_CREATION, deprecated=deprecated)


def _own_image(block: Block) -> Any:
    """What names an image of an account, None where nothing does."""
    own = block.values.get("source_image_id")
    references = _reference(block)
    if own is None and block.type == OLDER and isinstance(references, list) and references:
        own = references[0].get("id")
    return own


def _reference(block: Block) -> list[dict[str, Any]] | Unknown:
    older = block.type == OLDER
    return nested(block.values, "storage_image_reference" if older else "source_image_reference")


def image_of(block: Block, project: Project) -> str | Unknown:
    """The image that a machine is made of."""
    image = identity(project, _own_image(block))
    if image is not None:
        return image
    references = _reference(block)
    if isinstance(references, Unknown):
        return references
    parts = [
        read(r, key, str, Unknown(f"the image gives no {key}"))
        for r in references[:1]
        for key in ("publisher", "offer", "sku", "version")
    ]
    doubt = also(*parts) if parts else _NO_IMAGE
    return doubt or ":".join(cast("list[str]", parts))


def tenancy_of(block: Block, *hosts: str) -> Any:
    """Whether machines stand on hosts of their own, which one of some arguments names."""
    return then(given(block.values, *hosts), lambda yes: "dedicated-host" if yes else "shared")


def zone_of(block: Block, missing: Unknown) -> str | Unknown:
    """The zone that a machine names, `missing` where it names none; the older one has a list."""
    zones = items(block.values, "zones") if block.type == OLDER else []
    if isinstance(zones, Unknown) or not zones:
        return zones if isinstance(zones, Unknown) else block.read("zone", str, missing)
    return read({"zone": zones[0]}, "zone", str, missing)


def user_data_secrets(values: dict[str, Any]) -> Known:
    """Whether what a machine is given to start with holds a secret. Newer types take it in base64,
    the older one both ways."""
    return script_secrets(values, *_USER_DATA)
