"""Flexible servers of Azure Database for MySQL."""

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
    switched,
)
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Logging

NATIVE = "Microsoft.DBforMySQL/flexibleServers"


def audit(account: Account, id_: str, parameter: Parameter) -> Logging:
    """The audit log that a parameter turns on, where it is sent away ("Audit logs")."""
    on = then(parameter("audit_log_enabled"), switched)
    if isinstance(on, Unknown):
        return Logging.unread(on)
    return logging_of(account, id_, ("MySqlAuditLogs",)) if on else Logging.off()


PRODUCT = Product(
    engine="mysql",
    native=NATIVE,
    list_servers=listing(NATIVE, "Servers_List"),
    list_rules=rules_call(NATIVE),
    get_parameter=parameter_call(NATIVE),
    tls="tls_version",
    audit=audit,
)


def servers(account: Account) -> Iterable[Document]:
    """A document for each server."""
    return servers_of(account, PRODUCT)


SERVICE = Service(
    name="Azure Database for MySQL",
    types=((Database, NATIVE),),
    calls=(PRODUCT.list_servers, PRODUCT.list_rules, PRODUCT.get_parameter, *FLEXIBLE_CALLS),
    account=servers,
)
