"""Databases of Azure SQL Managed Instance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.azure import sql_facts
from collectors.azure.account import Account, Service, tags_of
from collectors.azure.database_subnets import SUBNET_ROUTE_CALLS, subnet_routes
from collectors.azure.ground import REACHABILITY_CALLS, read_ground, rules_before
from collectors.azure.ids import region_of
from collectors.azure.inbound import Target, lets_internet_in_at
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.sql_calls import (
    GET_INSTANCE_PROTECTOR,
    GET_INSTANCE_RETENTION,
    GET_INSTANCE_TDE,
    INSTANCE_DATABASES,
    INSTANCES,
    LIST_INSTANCE_DATABASES,
    LIST_INSTANCES,
)
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Exposure, Logging
from collectors.logic import told

Item = dict[str, Any]


def databases(account: Account) -> Iterable[Document]:
    """A document for each database; of an instance without one there is nothing to say."""
    instances = account.resources(LIST_INSTANCES)
    if isinstance(instances, Unknown):
        yield account.unlisted(Database, instances, native_type=INSTANCE_DATABASES)
        return
    for instance in instances:
        yield from _of_instance(account, instance)


def _of_instance(account: Account, instance: Item) -> Iterator[Document]:
    found = account.listed(LIST_INSTANCE_DATABASES, id=instance["id"])
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region_of(instance), INSTANCE_DATABASES)
        return
    if not found:
        return
    protector = account.read(GET_INSTANCE_PROTECTOR, id=instance["id"])
    for database in found:
        yield account.document(
            _facts(account, instance, database, protector),
            database,
            name=f"{instance['name']}/{database['name']}",
            tags=tags_of(database) or tags_of(instance),
            native_type=INSTANCE_DATABASES,
            native=database,
        )


def _facts(account: Account, instance: Item, database: Item, protector: Item | Unknown) -> Database:
    """An instance stands in a subnet. Microsoft keeps its engine up to date."""
    properties = instance["properties"]
    return Database(
        engine="sqlserver",
        engine_version=told(properties, "databaseFormat"),
        version_supported=True,
        network_kind="vpc",
        exposure=_exposure(account, properties),
        allow_list=[],
        private_endpoint=True,
        authentication=True,
        tls=sql_facts.tls_of(properties),
        encryption=sql_facts.encryption_of(
            account.read(GET_INSTANCE_TDE, id=database["id"]), protector
        ),
        audit_log=Logging.unread(sql_facts.AUDIT_BY_SQL),
        alarms=alarms_on(account, instance["id"], INSTANCES),
        backup=sql_facts.backup_of(
            account.read(GET_INSTANCE_RETENTION, id=database["id"]),
            properties.get("currentBackupStorageRedundancy"),
            instance,
        ),
        multi_zone=told(properties, "zoneRedundant"),
        replicas=sql_facts.INSTANCE_GROUPS,
        guard_instance=None,
        deletion_protection=locked(account, database["id"]),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(account, properties.get("subnetId")),
        firewall_ids=[],
    )


def _exposure(account: Account, properties: Item) -> Exposure:
    """Public where the public endpoint is on, and the groups of the subnet let anybody reach it."""
    on = properties.get("publicDataEndpointEnabled")
    if on is False:
        return Exposure(public=False, via=[])
    if on is not True:
        doubt = Unknown("the instance does not tell whether its public endpoint is on")
        return Exposure.unread(doubt)
    configuration = {"subnet": {"id": properties.get("subnetId")}}
    rules = rules_before({"properties": {}}, configuration, read_ground(account))
    if isinstance(rules, Unknown):
        return Exposure.unread(rules)
    open_ = lets_internet_in_at(rules, Target(address=None), ("tcp",), sql_facts.PUBLIC_PORT)
    if isinstance(open_, Unknown):
        return Exposure.unread(open_)
    return Exposure(public=open_, via=["endpoint"] if open_ else [])


SERVICE = Service(
    name="Azure SQL Managed Instance",
    types=((Database, INSTANCE_DATABASES),),
    calls=(
        LIST_INSTANCES,
        LIST_INSTANCE_DATABASES,
        GET_INSTANCE_PROTECTOR,
        GET_INSTANCE_TDE,
        GET_INSTANCE_RETENTION,
        LIST_LOCKS,
        *SUBNET_ROUTE_CALLS,
        *REACHABILITY_CALLS,
        *RESOURCE_ALARM_CALLS,
    ),
    account=databases,
)
