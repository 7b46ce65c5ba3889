"""azurerm_private_endpoint: private ways from networks of the account to a resource."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.joins import items, points_to
from collectors.logic import Known, every, some

ENDPOINT = "azurerm_private_endpoint"
_NOT_APPROVED = Unknown("whether the private endpoint is approved shows after apply")


def has_private_endpoint(block: Block, project: Project, part: str = "") -> Known:
    """Whether an endpoint of the template leads to the resource, or to a part of it (`blob`)."""
    return some(
        _leads(connection, endpoint, block, project, part)
        for endpoint in project.of_type(ENDPOINT)
        for connection in _connections(endpoint)
    )


def _connections(endpoint: Block) -> list[dict[str, object]]:
    found = nested(endpoint.values, "private_service_connection")
    return [{"private_connection_resource_id": found}] if isinstance(found, Unknown) else found


def _leads(
    connection: dict[str, object], endpoint: Block, block: Block, project: Project, part: str
) -> Known:
    target = connection.get("private_connection_resource_id")
    if isinstance(target, Unknown):
        return target
    if not points_to(project, target, block):
        return False
    project.take(endpoint)
    # A connection that somebody must approve by hand waits for it.
    manual = read(connection, "is_manual_connection", bool, default=False)
    groups = items(connection, "subresource_names")
    named: Known = True
    if part:
        named = groups if isinstance(groups, Unknown) else part in groups
    return every([named, _NOT_APPROVED if manual is True else manual is False or manual])
