"""azurerm_linux_virtual_machine_scale_set and azurerm_windows_virtual_machine_scale_set: a document
for each, because the instances are all made of one model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.best_backup import NO_BACKUP
from collectors.azure.inbound import Target
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Instance, Patch
from collectors.facts.shared import Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.azurerm.backends import before_planned, named_before_planned
from collectors.iac.mappers.azurerm.compute import id_of, role_of
from collectors.iac.mappers.azurerm.doors import DOOR_TYPES, Door, doors_to, exposed, own_door
from collectors.iac.mappers.azurerm.gateways import zones_of
from collectors.iac.mappers.azurerm.ground import GROUND_TYPES, ids_of
from collectors.iac.mappers.azurerm.machine_agents import (
    COLLECTING,
    FINDINGS,
    agent_of,
    measured,
)
from collectors.iac.mappers.azurerm.machine_extensions import EXTENSIONS, extension_secrets
from collectors.iac.mappers.azurerm.machine_system import (
    image_facts,
    image_of,
    tenancy_of,
    user_data_secrets,
)
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, locked
from collectors.iac.mappers.azurerm.subnet import NETWORK, SUBNET, network_of
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import first_of, given, target_of
from collectors.iac.mappers.named_within import values_at
from collectors.iac.mappers.running import STATE
from collectors.logic import Known, negated, some

LINUX = "azurerm_linux_virtual_machine_scale_set"
WINDOWS = "azurerm_windows_virtual_machine_scale_set"

_BALANCED = (
    "load_balancer_backend_address_pool_ids", "load_balancer_inbound_nat_rules_ids",
)  # fmt: skip
_NO_ZONE = Unknown("the resource names no availability zone")
_NO_SUBNET = Unknown("the interfaces of the machine name no subnet")
Values = dict[str, Any]


def map_set(block: Block, project: Project) -> Iterator[Document]:
    """A scale set in Uniform mode."""
    linux = block.type == LINUX
    password = negated(block.read("disable_password_authentication", bool, True))
    interfaces = nested(block.values, "network_interface")
    facts = Instance(
        vpc_id=network_behind(interfaces, project),
        state=_state(block),
        network_kind="vpc",
        public_ips=addresses_of(block, interfaces),
        exposure=exposure_of(interfaces, project),
        firewalls=groups_of(interfaces, project),
        image_id=image_of(block, project),
        image=image_facts(block, project),
        agent=agent_of(block, project),
        vulnerabilities=FINDINGS,
        monitoring=measured(block, project),
        key_pair=given(block.values, "admin_ssh_key") if linux else False,
        password_login=password if linux else True,
        metadata_token_required=None,
        role=then(nested(block.values, "identity"), role_of),
        disks_encrypted=True,
        patch=Patch(managed=_patched(block, linux=linux), critical_missing=None),
        alarms=alarms_on(block, project),
        # Azure Backup does not take instances of uniform sets ("Support matrix").
        backup=NO_BACKUP,
        tenancy=tenancy_of(block, "host_group_id"),
        secure_boot=block.read("secure_boot_enabled", bool, False),
        vtpm=block.read("vtpm_enabled", bool, False),
        deletion_protection=locked(block, project),
        user_data_secrets=some(
            (user_data_secrets(block.values), extension_secrets(block, project))
        ),
        zone=then(zones_of(block.values), lambda zones: zones[0] if zones else _NO_ZONE),
    )
    yield azure_document(block, project, facts)


def _state(block: Block) -> str | Unknown:
    """A set that is made without machines has none that run."""
    return then(block.read("instances", int, STATE), lambda n: "deallocated" if n == 0 else STATE)


def _patched(block: Block, *, linux: bool) -> Known:
    """A set is patched by new images of its system, or by Windows itself."""
    policies = nested(block.values, "automatic_os_upgrade_policy")
    if isinstance(policies, Unknown):
        return policies
    names = ("automatic_os_upgrade_enabled", "enable_automatic_os_upgrade")
    upgraded: Known = first_of(policies[0], names, bool, False) if policies else False
    if upgraded is True or linux:
        return upgraded
    updates: Known = first_of(
        block.values, ("automatic_updates_enabled", "enable_automatic_updates"), bool, True
    )
    return updates if updates is True else also(upgraded, updates) or False


def addresses_of(block: Block, interfaces: list[Values] | Unknown) -> list[str] | Unknown:
    """The public addresses of the instances' own, which apply will assign, named by what brings
    them."""
    own = [f"{block.source.uri}#{block.address}.public_ip_address"]
    return then(_has_address(interfaces), lambda has: own if has else [])


def _has_address(interfaces: list[Values] | Unknown) -> Known:
    """Whether instances get public addresses of their own."""
    if isinstance(interfaces, Unknown):
        return interfaces
    return some(_gives_address(each) for each in interfaces)


def _gives_address(interface: Values) -> Known:
    configurations = nested(interface, "ip_configuration")
    if isinstance(configurations, Unknown):
        return configurations
    listed = [nested(each, "public_ip_address") for each in configurations]
    if any(isinstance(each, list) and each for each in listed):
        return True
    return also(None, *listed) or False


def exposure_of(interfaces: list[Values] | Unknown, project: Project) -> Exposure:
    """By public addresses of the instances' own, or by load balancers."""
    if isinstance(interfaces, Unknown):
        return Exposure.unread(interfaces)
    return exposed([door for each in interfaces for door in _doors(each, project)])


def _doors(interface: Values, project: Project) -> list[Door]:
    groups = before_planned(interface, project)
    named = [
        value for name in _BALANCED for value in values_at(interface, ("ip_configuration", name))
    ]
    found = doors_to([each for each in named if each is not None], groups, project)
    own = _gives_address(interface)
    return found if own is False else [*found, own_door(own, groups, Target(address=None))]


def groups_of(interfaces: list[Values] | Unknown, project: Project) -> list[str] | Unknown:
    """The ids of the security groups before the instances."""
    if isinstance(interfaces, Unknown):
        return interfaces
    return ids_of(
        [value for each in interfaces for value in named_before_planned(each, project)], project
    )


def _subnets(interfaces: list[Values]) -> list[Any]:
    found = values_at(interfaces, ("ip_configuration", "subnet_id"))
    return [value for value in found if value is not None]


def network_behind(interfaces: list[Values] | Unknown, project: Project) -> str | Unknown:
    """The virtual network of the instances: all their interfaces are in one."""
    if isinstance(interfaces, Unknown):
        return interfaces
    for value in _subnets(interfaces):
        subnet = target_of(project, value, SUBNET)
        network = network_of(subnet, project) if subnet else None
        return (
            id_of(network)
            if network
            else Unknown("the virtual network is not part of this template")
        )
    return _NO_SUBNET


SET_TYPES = (LOCK, NETWORK, *EXTENSIONS, *COLLECTING, *WATCHING, *GROUND_TYPES, *DOOR_TYPES)
"""The types that are joined to a scale set."""

MAPPINGS = [Mapping(types=(LINUX, WINDOWS), facts=Instance, map=map_set, joined=SET_TYPES)]
