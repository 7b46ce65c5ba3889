"""Auditing of Azure SQL in templates: policies of servers and of databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collectors.azure import sql_facts
from collectors.document import Unknown, also, then
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import logging_of, logging_of_part
from collectors.iac.mappers.azurerm.storage import ACCOUNT, deletes_logs
from collectors.iac.mappers.joins import Joined, identity, joined, target_of

AUDIT = "azurerm_mssql_server_extended_auditing_policy"
OWN_AUDIT = "azurerm_mssql_database_extended_auditing_policy"

_MASTER = "databases/master"
_INLINE = "extended_auditing_policy"
MONITORED = Unknown("extended_auditing_policy does not tell whether Azure Monitor gets the audit")
"""What a policy sends to Azure Monitor that says nothing of it, and has no documented default."""
Values = dict[str, Any]


def server_audit(server: Block, project: Project) -> Logging:
    """The audit of a server, by a policy of its own or, in older versions of the provider, by one
    in its own block."""
    return _audit(
        server,
        joined(project, server, "server_id", AUDIT),
        project,
        lambda: logging_of_part(
            server, project, _MASTER, sql_facts.AUDIT_EVENTS, sql_facts.AUDIT_GROUPS
        ),
    )


def database_audit(database: Block, project: Project, server: Any) -> Any:
    """The audit that holds for a database: its server's where that is on, else its own."""
    if server.enabled is True:
        return server
    own = _audit(
        database,
        joined(project, database, "database_id", OWN_AUDIT),
        project,
        lambda: logging_of(database, project, sql_facts.AUDIT_EVENTS, sql_facts.AUDIT_GROUPS),
    )
    return own if own.enabled is True or server.enabled is False else server


def _audit(
    owner: Block, separate: Joined, project: Project, monitored: Callable[[], Logging]
) -> Logging:
    """A policy of its own goes before the one in the block. What goes to Azure Monitor is
    `monitored`, sent on by a diagnostic setting ("Set up auditing for Azure SQL Database")."""
    if separate.blocks:
        return by_policy(separate.blocks[0].values, True, project, monitored)
    inline = nested(owner.values, _INLINE)
    if isinstance(inline, list) and inline:
        return by_policy(inline[0], MONITORED, project, monitored)
    doubt = also(separate.doubt, inline)
    return Logging.unread(doubt) if doubt else Logging.off()


def by_policy(
    policy: Values, by_default: bool | Unknown, project: Project, monitored: Callable[[], Logging]
) -> Logging:
    """The audit by a policy. 0 days in a storage account means without end."""
    store = identity(project, policy.get("storage_endpoint"))
    on = read(policy, "enabled", bool, True)
    if store is None:
        by_monitor = read(policy, "log_monitoring_enabled", bool, by_default)
        doubt = also(on, by_monitor)
        if on is False or doubt:
            return Logging.unread(doubt) if doubt and on is not False else Logging.off()
        return monitored() if by_monitor else Logging.unread(sql_facts.NO_AUDIT_STORE)
    account = target_of(project, policy.get("storage_endpoint"), ACCOUNT)
    kept = read(policy, "retention_in_days", int, 0)
    return Logging(
        enabled=on,
        destination=store,
        destination_account=Unknown("the template does not name the account of the destination"),
        destination_region=Unknown("the region of the storage account is not read"),
        retention_days=(deletes_logs(account, project) if account else None)
        or then(kept, lambda n: n or None),
    )
