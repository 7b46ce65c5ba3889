"""azurerm_private_endpoint: private ways from networks of the account to a resource."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.document import Unknown
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.joins import items
from collectors.iac.mappers.pointers import names_of, path
from collectors.logic import Known, every, some

ENDPOINT = "azurerm_private_endpoint"
_ELSEWHERE = Unknown("no private endpoint of this template leads to it; another stack may have one")
_NOT_APPROVED = Unknown("whether the private endpoint is approved shows after apply")

Connection = tuple[Block, dict[str, Any]]


class _Connections(Struct):
    """The connections of a project's endpoints: by the identity of what they lead to, by the name
    that they write, and why there may be more."""

    to_block: dict[int, list[Connection]] = {}
    to_name: dict[str, list[Connection]] = {}
    doubt: Unknown | None = None


def has_private_endpoint(block: Block, project: Project, part: str = "") -> Known:
    """Whether an endpoint of the template leads to the resource, or to a part of it (`blob`). Where
    none does, one of another stack may, such as that of the networks."""
    known = _connections(project)
    found = list(known.to_block.get(id(block), ()))
    for name in names_of(block):
        found += known.to_name.get(name, ())
    told = some([*(_is_way(project, one, part) for one in found), known.doubt or False])
    return _ELSEWHERE if told is False else told


def _connections(project: Project) -> _Connections:
    """Found once for a project, so that many resources do not each walk through all endpoints."""
    key = (f"{ENDPOINT} connections", "")
    found: _Connections | None = project.pointing.get(key)
    if found is None:
        with unwatched():
            found = project.pointing[key] = _made(project)
    return found


def _made(project: Project) -> _Connections:
    found = _Connections()
    for endpoint in project.of_type(ENDPOINT):
        listed = nested(endpoint.values, "private_service_connection")
        for connection in [] if isinstance(listed, Unknown) else listed:
            target = connection.get("private_connection_resource_id")
            if isinstance(target, Unknown):
                found.doubt = found.doubt or target
            for step in path(project, target):
                if isinstance(step, Block):
                    found.to_block.setdefault(id(step), []).append((endpoint, connection))
                elif isinstance(step, str):
                    found.to_name.setdefault(step, []).append((endpoint, connection))
        if isinstance(listed, Unknown):
            found.doubt = found.doubt or listed
    return found


def _is_way(project: Project, found: Connection, part: str) -> Known:
    endpoint, connection = found
    project.take(endpoint)
    # A connection that somebody must approve by hand waits for it.
    manual = read(connection, "is_manual_connection", bool, default=False)
    groups = items(connection, "subresource_names")
    named: Known = True
    if part:
        named = groups if isinstance(groups, Unknown) else part in groups
    return every([named, _NOT_APPROVED if manual is True else manual is False or manual])
