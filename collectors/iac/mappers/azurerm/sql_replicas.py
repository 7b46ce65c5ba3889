"""Where databases of Azure SQL are replicated to: by databases that are made as a secondary of
another one, and by failover groups."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.shared import Replica
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.joins import joined, target_of

GROUPS = ("azurerm_mssql_failover_group", "azurerm_sql_failover_group")

_SOURCES = (
    ("creation_source_database_id", "azurerm_mssql_database"),
    ("source_database_id", "azurerm_sql_database"),
)
_SERVERS = ("azurerm_mssql_server", "azurerm_sql_server")
_PARTNERS = ("partner_server", "partner_servers")
_SECONDARY = ("secondary", "onlinesecondary", "nonreadablesecondary")
_AWAY = Unknown("the server of the replica is not part of this template")


def replicas_of(database: Block, project: Project) -> list[Replica] | Unknown:
    """The replicas of a database that the template makes; a copy that is restored from it is
    none."""
    servers: list[Any] = []
    for argument, kind in _SOURCES:
        copies = joined(project, database, argument, kind)
        if copies.doubt:
            return copies.doubt
        for copy in copies.blocks:
            made = copy.read("create_mode", str, "Default")
            if isinstance(made, Unknown):
                return made
            if made.lower() in _SECONDARY:
                servers.append(copy.values.get("server_id") or copy.values.get("server_name"))
    groups = joined(project, database, "databases", *GROUPS)
    if groups.doubt:
        return groups.doubt
    for group in groups.blocks:
        for name in _PARTNERS:
            partners = nested(group.values, name)
            if isinstance(partners, Unknown):
                return partners
            servers += [partner.get("id") for partner in partners]
    return [_on(server, project) for server in servers]


def _on(value: Any, project: Project) -> Replica:
    """A replica on a server of the template, or on one that only names itself."""
    server = target_of(project, value, *_SERVERS)
    if server is None:
        return Replica(region=_AWAY, account=_AWAY)
    return Replica(region=location_of(server, project), account=project.account)


LINK_TYPES = frozenset(GROUPS)
