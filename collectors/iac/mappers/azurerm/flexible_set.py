"""azurerm_orchestrated_virtual_machine_scale_set: scale sets in Flexible mode. Their machines are
machines of their own; one document stands for those that are made of the set's model."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure.host_protection import is_managed
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Instance, Patch
from collectors.facts.shared import Backup
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.compute import role_of
from collectors.iac.mappers.azurerm.gateways import zones_of
from collectors.iac.mappers.azurerm.machine_agents import (
    FINDINGS,
    agent_of,
    measured,
)
from collectors.iac.mappers.azurerm.machine_extensions import extension_secrets
from collectors.iac.mappers.azurerm.machine_system import (
    System,
    image_facts,
    image_of,
    tenancy_of,
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
from collectors.iac.mappers.running import STATE
from collectors.logic import Known, negated, some

_MODEL = ("os_profile", "network_interface", "os_disk")
_NO_ZONE = Unknown("the resource names no availability zone")
_NO_SYSTEM = Unknown("os_profile does not tell the system of the machines")
_NO_BOOT = Unknown("azurerm has no argument for how the machines of the set boot")
_AT_APPLY = Unknown("the machines of the set show after apply, and backups name each of them")


def map_set(block: Block, project: Project) -> Iterator[Document]:
    """The machines of a set. One without a model has only those that name it themselves."""
    if given(block.values, *_MODEL) is False:
        return
    system = _system(block)
    interfaces = nested(block.values, "network_interface")
    facts = Instance(
        vpc_id=network_behind(interfaces, project),
        state=STATE,
        network_kind="vpc",
        public_ips=addresses_of(block, interfaces),
        exposure=exposure_of(interfaces, project),
        firewalls=groups_of(interfaces, project),
        image_id=image_of(block, project),
        image=image_facts(block, project),
        agent=agent_of(block, project),
        vulnerabilities=FINDINGS,
        monitoring=measured(block, project),
        key_pair=system.key_pair,
        password_login=system.password_login,
        metadata_token_required=None,
        role=then(nested(block.values, "identity"), role_of),
        disks_encrypted=True,
        patch=Patch(managed=system.patched, critical_missing=None),
        alarms=alarms_on(block, project),
        backup=Backup.unread(_AT_APPLY),
        # No arguments of Terraform's, these three, but properties of ARM's.
        tenancy=tenancy_of(block, "host_group_id"),
        secure_boot=block.read("secure_boot_enabled", bool, _NO_BOOT),
        vtpm=block.read("vtpm_enabled", bool, _NO_BOOT),
        deletion_protection=_locked(block, project),
        user_data_secrets=some(
            [
                system.user_data_secrets,
                user_data_secrets(block.values),
                extension_secrets(block, project),
            ]
        ),
        zone=then(zones_of(block.values), lambda zones: zones[0] if zones else _NO_ZONE),
    )
    yield azure_document(block, project, facts)


def _system(block: Block) -> System:
    """One without os_profile is made of a disk that was prepared elsewhere."""
    profiles = nested(block.values, "os_profile")
    if isinstance(profiles, Unknown):
        return System(profiles, profiles, profiles, profiles)
    if not profiles:
        untold = Unknown("the machine does not tell its patch mode")
        return System(None, False, untold, user_data_secrets=False)
    secrets = user_data_secrets(profiles[0])
    windows = nested(profiles[0], "windows_configuration")
    linux = nested(profiles[0], "linux_configuration")
    if isinstance(linux, list) and linux:
        off = read(linux[0], "disable_password_authentication", bool, True)
        patched = then(read(linux[0], "patch_mode", str, "ImageDefault"), is_managed)
        return System(negated(off), given(linux[0], "admin_ssh_key"), patched, secrets)
    if isinstance(windows, list) and windows:
        return System(True, False, windows_patched(windows[0]), secrets)
    doubt = also(linux, windows) or _NO_SYSTEM
    return System(doubt, doubt, doubt, secrets)


def _locked(block: Block, project: Project) -> Known:
    """A lock of the group holds for the machines, and one of the set alone does not."""
    group = settle_group(block, project)
    if group:
        return locked(group, project)
    found = locked(block, project)
    return found if isinstance(found, Unknown) else False


MAPPINGS = [Mapping(types=(FLEXIBLE,), facts=Instance, map=map_set, joined=SET_TYPES)]
