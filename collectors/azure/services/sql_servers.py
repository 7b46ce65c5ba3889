"""Databases of Azure SQL on logical servers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from collectors.azure import sql_facts
from collectors.azure.account import Account, Service, tags_of
from collectors.azure.ids import region_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_auditing import AUDITING_CALLS, database_audit, server_audit
from collectors.azure.sql_calls import (
    DATABASES,
    GET_PROTECTOR,
    GET_SHORT_RETENTION,
    GET_TDE,
    LIST_DATABASES,
    LIST_FIREWALL_RULES,
    LIST_IPV6_RULES,
    LIST_REPLICATION_LINKS,
    LIST_SERVERS,
)
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Logging
from collectors.logic import told

_OWN_RULES = Unknown("the database may have firewall rules of its own, which T-SQL alone tells")
Item = dict[str, Any]


def databases(account: Account) -> Iterable[Document]:
    """A document for each database of users; of a server without one there is nothing to say."""
    servers = account.resources(LIST_SERVERS)
    if isinstance(servers, Unknown):
        yield account.unlisted(Database, servers, native_type=DATABASES)
        return
    found = account.map(lambda server: list(_of_server(account, server, servers)), servers)
    yield from (document for documents in found for document in documents)


def _of_server(account: Account, server: Item, servers: list[Item]) -> Iterator[Document]:
    listed = account.listed(LIST_DATABASES, id=server["id"])
    if isinstance(listed, Unknown):
        yield account.unlisted(Database, listed, region_of(server), DATABASES)
        return
    mine = [one for one in listed if not is_system(one)]
    if not mine:
        return
    audit = server_audit(account, server["id"])
    links = account.listed(LIST_REPLICATION_LINKS, id=server["id"])
    protector = account.read(GET_PROTECTOR, id=server["id"])
    public = sql_facts.public_of(server["properties"])
    allowed = then(public, lambda on: _allow_list(account, server["id"]) if on else [])
    for database in mine:
        facts = _facts(account, server, database, audit)
        facts.allow_list = allowed
        facts.exposure = server_exposure(public, allowed)
        facts.encryption = sql_facts.encryption_of(
            account.read(GET_TDE, id=database["id"]), protector
        )
        facts.replicas = sql_facts.replicas_of(database, links, servers)
        yield account.document(
            facts,
            database,
            name=f"{server['name']}/{database['name']}",
            tags=tags_of(database) or tags_of(server),
            native_type=DATABASES,
            native=database,
        )


def is_system(database: Item) -> bool:
    """The database `master`, which holds no data of users."""
    return "system" in str(database.get("kind")).lower() or database["name"].lower() == "master"


def _allow_list(account: Account, server: str) -> list[str] | Unknown:
    """Rules of the server, and in doubt whatever rules a database has itself: those are told by
    T-SQL alone, and let in besides ("Server-level and database-level IP firewall rules")."""
    ipv4 = account.listed(LIST_FIREWALL_RULES, id=server)
    ipv6 = account.listed(LIST_IPV6_RULES, id=server)
    first = sql_facts.ranges_of(ipv4, "startIpAddress", "endIpAddress")
    second = sql_facts.ranges_of(ipv6, "startIPv6Address", "endIPv6Address")
    if isinstance(first, list) and isinstance(second, list):
        return cast("list[str]", [*first, *second, _OWN_RULES])
    return also(first, second) or []


def _facts(account: Account, server: Item, database: Item, audit: Logging) -> Database:
    """Microsoft keeps the engine at its newest version, on machines that serve others too."""
    id_, properties = database["id"], database["properties"]
    return Database(
        engine="sqlserver",
        engine_version=told(server["properties"], "version"),
        version_supported=True,
        network_kind=then(
            sql_facts.public_of(server["properties"]), lambda on: "public" if on else "vpc"
        ),
        private_endpoint=has_private_endpoint(server["properties"]),
        authentication=True,
        tls=sql_facts.tls_of(server["properties"]),
        audit_log=database_audit(account, id_, audit),
        alarms=alarms_on(account, id_, DATABASES),
        backup=sql_facts.backup_of(
            account.read(GET_SHORT_RETENTION, id=id_),
            properties.get("currentBackupStorageRedundancy"),
            database,
        ),
        multi_zone=told(properties, "zoneRedundant"),
        guard_instance=None,
        deletion_protection=locked(account, id_),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


SERVICE = Service(
    name="Azure SQL Database",
    types=((Database, DATABASES),),
    calls=(
        LIST_SERVERS,
        LIST_DATABASES,
        LIST_FIREWALL_RULES,
        LIST_IPV6_RULES,
        LIST_REPLICATION_LINKS,
        GET_PROTECTOR,
        GET_TDE,
        GET_SHORT_RETENTION,
        LIST_LOCKS,
        *AUDITING_CALLS,
        *RESOURCE_ALARM_CALLS,
    ),
    account=databases,
)
