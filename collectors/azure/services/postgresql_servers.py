"""Flexible servers of Azure Database for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.diagnostic_settings import logging_of
from collectors.azure.flexible_servers import (
    FLEXIBLE_CALLS,
    Parameter,
    Product,
    parameter_call,
    rules_call,
    servers_of,
)
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Logging

NATIVE = "Microsoft.DBforPostgreSQL/flexibleServers"


def audit(account: Account, id_: str, parameter: Parameter) -> Logging:
    """What pgAudit writes into the server's log, where that is sent away ("Audit logging")."""
    classes, libraries = parameter("pgaudit.log"), parameter("shared_preload_libraries")
    if isinstance(classes, Unknown):
        return Logging.unread(classes)
    if isinstance(libraries, Unknown):
        return Logging.unread(libraries)
    loaded = [name.strip().lower() for name in libraries.split(",")]
    if classes.strip().lower() in ("", "none") or "pgaudit" not in loaded:
        return Logging.off()
    return logging_of(account, id_, ("PostgreSQLLogs",))


PRODUCT = Product(
    engine="postgresql",
    native=NATIVE,
    list_servers=listing(NATIVE, "Servers_List"),
    list_rules=rules_call(NATIVE),
    get_parameter=parameter_call(NATIVE),
    tls="ssl_min_protocol_version",
    audit=audit,
)


def servers(account: Account) -> Iterable[Document]:
    """A document for each server."""
    return servers_of(account, PRODUCT)


SERVICE = Service(
    name="Azure Database for PostgreSQL",
    types=((Database, NATIVE),),
    calls=(PRODUCT.list_servers, PRODUCT.list_rules, PRODUCT.get_parameter, *FLEXIBLE_CALLS),
    account=servers,
)
