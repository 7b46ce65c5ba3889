"""What container groups and container apps have alike: their identity, and where output goes."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.azurerm.compute import id_of
from collectors.iac.mappers.azurerm.diagnostics import WORKSPACE, kept_days
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.joins import identity, items, target_of

_WORKSPACE = Unknown("the workspace is not part of this template")
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
