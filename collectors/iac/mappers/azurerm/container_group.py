"""azurerm_container_group: a group of containers, each group a machine of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.capabilities import are_mighty
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Exposure, Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.containers import (
    put_into_subnet,
    role_of_containers,
    secrets_in,
    to_workspace,
)
from collectors.iac.mappers.azurerm.diagnostics import (
    LOGGING_TYPES,
    logging_of,
)
from collectors.iac.mappers.azurerm.ground import GROUND_TYPES
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.azurerm.subnet import NETWORK
from collectors.iac.mappers.joins import given, items
from collectors.logic import Known, every, some

GROUP = "azurerm_container_group"

_LOG = ("ContainerInstanceLog",)
_ADDRESS = Unknown("ip_address_type is not understood")
_PROFILE = Unknown("the subnet of a network profile is not read")
Values = dict[str, Any]


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """A group."""
    containers = _containers(block)
    facts = ContainerService(
        environment_secrets=then(containers, lambda all_: some(_secrets(one) for one in all_)),
        privileged_containers=_privileged(containers),
        role=role_of_containers(block, project),
        logging=_logging(block, project),
    )
    _place(facts, block, project)
    yield azure_document(block, project, facts)


def _containers(block: Block) -> list[Values] | Unknown:
    found = (nested(block.values, "container"), nested(block.values, "init_container"))
    doubt = also(*found)
    return doubt or [one for each in found if isinstance(each, list) for one in each]


def _secrets(container: Values) -> Known:
    """Whether a variable that is not stored as a secret holds one."""
    return secrets_in(container.get("environment_variables"))


def _privileged(containers: list[Values] | Unknown) -> list[str] | Unknown:
    if isinstance(containers, Unknown):
        return containers
    found = [(one, _is_privileged(one)) for one in containers]
    names = [str(one.get("name")) for one, is_so in found if is_so is True]
    doubts = [is_so for _, is_so in found if isinstance(is_so, Unknown)]
    return cast("list[str]", [*names, *doubts])


def _is_privileged(container: Values) -> Known:
    settings = nested(container, "security")
    if isinstance(settings, Unknown):
        return settings
    return some(
        one
        for each in settings
        for one in (
            read(each, "privilege_enabled", bool, default=False),
            # No argument of Terraform's, but a property of ARM's.
            then(items(each, "capabilities"), _gives_might),
        )
    )


def _gives_might(capabilities: list[Any]) -> Known:
    names = [read({"name": each}, "name", str, "") for each in capabilities]
    return True if are_mighty(names) else also(None, *names) or False


def _place(facts: ContainerService, block: Block, project: Project) -> None:
    """In a subnet of the account, where no group has a public address; or in the provider's
    network, where nothing stands before one. An address is public unless it is written."""
    inside = given(block.values, "subnet_ids", "network_profile_id")
    word = block.read("ip_address_type", str, "Public")
    kinds = {"public": True, "private": False, "none": False}
    public = every(
        [
            then(inside, lambda yes: not yes),
            then(word, lambda it: kinds.get(it.lower(), _ADDRESS)),
        ]
    )
    facts.network_kind = cast("Any", then(inside, lambda yes: "vpc" if yes else "public"))
    facts.public_address = public
    facts.exposure = Exposure(
        public=public,
        via=public if isinstance(public, Unknown) else ["public-ip"] if public else [],
    )
    if inside is not True:
        facts.vpc_id = inside if isinstance(inside, Unknown) else None
        facts.firewalls = inside if isinstance(inside, Unknown) else []
        return
    subnets = items(block.values, "subnet_ids")
    first = subnets if isinstance(subnets, Unknown) else subnets[0] if subnets else _PROFILE
    put_into_subnet(facts, first, project)


def _logging(block: Block, project: Project) -> Logging:
    """The output of the group: by its own setting, or a diagnostic setting."""
    settings = nested(block.values, "diagnostics")
    own = then(settings, lambda found: nested(found[0], "log_analytics") if found else [])
    if isinstance(own, Unknown):
        return Logging.unread(own)
    if not own:
        return logging_of(block, project, _LOG)
    return to_workspace(own[0].get("workspace_id"), project)


MAPPINGS = [
    Mapping(
        types=(GROUP,),
        facts=ContainerService,
        map=map_group,
        joined=(NETWORK, *GROUND_TYPES, *LOGGING_TYPES),
    )
]
