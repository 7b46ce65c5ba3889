"""azurerm_orchestrated_virtual_machine_scale_set: scale sets in Flexible mode. Their machines are
machines of their own; one document stands for those that are made of the set's model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from collectors.azure.host_protection import is_managed
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Instance, Patch
from collectors.facts.shared import Backup
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.compute import role_of
from collectors.iac.mappers.azurerm.gateways import zones_of
from collectors.iac.mappers.azurerm.machine_system import (
    image_of,
    user_data_secrets,
    windows_patched,
)
from collectors.iac.mappers.azurerm.placement import FLEXIBLE
from collectors.iac.mappers.azurerm.scale_set import (
    SET_TYPES,
    addresses_of,
    exposure_of,
    groups_of,
    network_behind,
)
from collectors.iac.mappers.azurerm.shared import azure_document, locked, settle_group
from collectors.iac.mappers.azurerm.watching import alarms_on
from collectors.iac.mappers.joins import given
from collectors.logic import Known, some

_MODEL = ("os_profile", "network_interface", "os_disk")
_NO_ZONE = Unknown("the resource names no availability zone")
_NO_SYSTEM = Unknown("os_profile does not tell the system of the machines")
_NO_BOOT = Unknown("azurerm has no argument for how the machines of the set boot")
_AT_APPLY = Unknown("the machines of the set show after apply, and backups name each of them")
Values = dict[str, Any]


class _SignIn(NamedTuple):
    """What the operating system of the model tells."""

    key_pair: Known
    password: Known | None
    patched: Known


def map_set(block: Block, project: Project) -> Iterator[Document]:
    """The machines of a set. One without a model has only those that name it themselves."""
    if given(block.values, *_MODEL) is False:
        return
    system = _system(block)
    interfaces = nested(block.values, "network_interface")
    facts = Instance(
        vpc_id=network_behind(interfaces, project),
        network_kind="vpc",
        public_ips=addresses_of(block, interfaces),
        exposure=exposure_of(interfaces, project),
        firewalls=groups_of(interfaces, project),
        image_id=image_of(block, project),
        key_pair=system.key_pair,
        password_login=system.password,
        metadata_token_required=None,
        role=then(nested(block.values, "identity"), role_of),
        disks_encrypted=True,
        patch=Patch(managed=system.patched, critical_missing=None),
        alarms=alarms_on(block, project),
        backup=Backup.unread(_AT_APPLY),
        tenancy=cast(
            "Any",
            # No argument of Terraform's, but a property of ARM's.
            then(
                given(block.values, "host_group_id"),
                lambda yes: "dedicated-host" if yes else "shared",
            ),
        ),
        # No arguments of Terraform's, but properties of ARM's.
        secure_boot=block.read("secure_boot_enabled", bool, _NO_BOOT),
        vtpm=block.read("vtpm_enabled", bool, _NO_BOOT),
        deletion_protection=_locked(block, project),
        user_data_secrets=_user_data_secrets(block),
        zone=then(zones_of(block.values), lambda zones: zones[0] if zones else _NO_ZONE),
    )
    yield azure_document(block, project, facts)


def _system(block: Block) -> _SignIn:
    """One without os_profile is made of a disk that was prepared elsewhere."""
    profiles = nested(block.values, "os_profile")
    if isinstance(profiles, Unknown):
        return _SignIn(profiles, profiles, profiles)
    if not profiles:
        untold = Unknown("the machine does not tell its patch mode")
        return _SignIn(key_pair=False, password=None, patched=untold)
    windows = nested(profiles[0], "windows_configuration")
    linux = nested(profiles[0], "linux_configuration")
    if isinstance(linux, list) and linux:
        off = read(linux[0], "disable_password_authentication", bool, True)
        return _SignIn(
            given(linux[0], "admin_ssh_key"),
            then(off, lambda disabled: not disabled),
            then(read(linux[0], "patch_mode", str, "ImageDefault"), is_managed),
        )
    if isinstance(windows, list) and windows:
        return _SignIn(key_pair=False, password=True, patched=windows_patched(windows[0]))
    doubt = next((one for one in (linux, windows) if isinstance(one, Unknown)), _NO_SYSTEM)
    return _SignIn(doubt, doubt, doubt)


def _user_data_secrets(block: Block) -> Known:
    profiles = nested(block.values, "os_profile")
    inside = then(profiles, lambda found: user_data_secrets(found[0]) if found else False)
    return some([inside, user_data_secrets(block.values)])


def _locked(block: Block, project: Project) -> Known:
    """A lock of the group holds for the machines, and one of the set alone does not."""
    group = settle_group(block, project)
    if group:
        return locked(group, project)
    found = locked(block, project)
    return found if isinstance(found, Unknown) else False


MAPPINGS = [Mapping(types=(FLEXIBLE,), facts=Instance, map=map_set, joined=SET_TYPES)]
