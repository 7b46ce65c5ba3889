"""What container groups and container apps have alike: their identity, subnet and environment, and
where output goes."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, also
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.azurerm.compute import id_of
from collectors.iac.mappers.azurerm.diagnostics import WORKSPACE, kept_days
from collectors.iac.mappers.azurerm.ground import ids_of, of_subnet
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.azurerm.subnet import SUBNET, network_of
from collectors.iac.mappers.joins import identity, items, target_of
from collectors.logic import Known
from collectors.secrets import holds_secrets

_WORKSPACE = Unknown("the workspace is not part of this template")
_NETWORK = Unknown("the virtual network is not part of this template")
_VARIABLES = Unknown("the environment of a container is known after apply")
_PRINCIPAL = Unknown("the principal of the containers' identity is made at apply")


def role_of_containers(block: Block, project: Project) -> str | Unknown | None:
    """The first identity that they are given, or their own."""
    identities = nested(block.values, "identity")
    if isinstance(identities, Unknown) or not identities:
        return identities if isinstance(identities, Unknown) else None
    ids = items(identities[0], "identity_ids")
    if isinstance(ids, Unknown):
        return ids
    return identity(project, ids[0]) if ids else _PRINCIPAL


def secrets_in(variables: Any) -> Known:
    """Whether one of the variables of a container holds a secret, given their values by name."""
    if variables is None or isinstance(variables, Unknown):
        return variables if isinstance(variables, Unknown) else False
    if not isinstance(variables, dict):
        return _VARIABLES
    # A whole resource that stands for a value is none.
    plain = {k: v for k, v in variables.items() if isinstance(v, str | int | float | None)}
    if holds_secrets(plain):
        return True
    everything = len(plain) == len(variables)
    return also(None, *variables.values()) or (False if everything else _VARIABLES)


def put_into_subnet(facts: ContainerService, value: Any, project: Project) -> None:
    """The network of containers, and the groups before them, by what names their subnet."""
    subnet = target_of(project, value, SUBNET)
    network = network_of(subnet, project) if subnet else None
    facts.vpc_id = id_of(network) if network else _NETWORK
    facts.firewalls = ids_of(of_subnet(value, project), project)


def to_workspace(value: Any, project: Project) -> Logging:
    """Output that goes to the workspace which a value points to."""
    workspace = target_of(project, value, WORKSPACE)
    if workspace is None:
        away = Logging.unread(_WORKSPACE)
        away.enabled = True
        return away
    return Logging(
        enabled=True,
        destination=id_of(workspace),
        destination_account=project.account,
        destination_region=location_of(workspace, project),
        retention_days=kept_days(workspace, project),
    )
