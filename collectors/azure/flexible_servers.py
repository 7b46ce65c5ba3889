"""Flexible servers of Azure Database for PostgreSQL and for MySQL, which differ in their parameters
alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, cast

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.calls import AzureCall, child
from collectors.azure.database_subnets import SUBNET_ROUTE_CALLS, subnet_routes
from collectors.azure.diagnostic_settings import LOGGING_CALLS
from collectors.azure.ids import region_of, same
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.paired_regions import paired_region
from collectors.azure.private_endpoints import LIST_PRIVATE_ENDPOINTS, is_reached
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_facts import public_of, ranges_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Exposure, Logging, Replica, Tls
from collectors.logic import Known, told

Item = dict[str, Any]
Parameter = Callable[[str], str | Unknown]
"""The value of a server parameter by its name."""

FLEXIBLE_CALLS = (
    LIST_PRIVATE_ENDPOINTS,
    LIST_LOCKS,
    *SUBNET_ROUTE_CALLS,
    *RESOURCE_ALARM_CALLS,
    *LOGGING_CALLS,
)

_VERSIONS = {
    "tlsv1": "1.0", "tlsv1.0": "1.0", "tlsv1.1": "1.1", "tlsv1.2": "1.2", "tlsv1.3": "1.3",
}  # fmt: skip
_NOT_READ = Unknown("until when Azure supports the version of the engine is not read")


class Product(Struct, frozen=True, kw_only=True):
    """What is of one engine alone: its calls, the parameter of TLS versions, and its audit."""

    engine: Literal["postgresql", "mysql"]
    native: str
    list_servers: AzureCall
    list_rules: AzureCall
    get_parameter: AzureCall
    tls: str
    audit: Callable[[Account, str, Parameter], Logging]


def rules_call(native: str) -> AzureCall:
    """The call that lists a server's firewall rules."""
    return child(
        f"{native}/firewallRules", "FirewallRules_ListByServer", "{id}/firewallRules", paged=True
    )


def parameter_call(native: str) -> AzureCall:
    """The call that reads one parameter of a server."""
    return child(f"{native}/configurations", "Configurations_Get", "{id}/configurations/{name}")


def servers_of(account: Account, product: Product) -> Iterator[Document]:
    """A document for each server of a product."""
    servers = account.resources(product.list_servers)
    if isinstance(servers, Unknown):
        yield account.unlisted(Database, servers, native_type=product.native)
        return
    yield from account.map(lambda item: _document(account, product, item, servers), servers)


def _document(account: Account, product: Product, item: Item, servers: list[Item]) -> Document:
    id_, properties = item["id"], item["properties"]
    network = properties.get("network") or {}
    subnet = network.get("delegatedSubnetResourceId") or None
    public = public_of(network)
    ranges = (
        [] if subnet else then(public, lambda on: _allow_list(account, product, item) if on else [])
    )

    def parameter(name: str) -> str | Unknown:
        found = account.read(product.get_parameter, id=id_, name=name)
        return then(found, lambda known: str(known["properties"].get("value")))

    return account.document(
        Database(
            engine=product.engine,
            engine_version=told(properties, "version"),
            version_supported=_NOT_READ,
            network_kind="vpc" if subnet else then(public, lambda on: "public" if on else "vpc"),
            exposure=Exposure(public=False, via=[]) if subnet else server_exposure(public, ranges),
            allow_list=ranges,
            private_endpoint=True if subnet else is_reached(account, item),
            authentication=True,
            tls=_tls(parameter, product.tls),
            encryption=encryption_of(properties),
            audit_log=product.audit(account, id_, parameter),
            alarms=alarms_on(account, id_, product.native),
            backup=_backup(item),
            multi_zone=_multi_zone(properties),
            replicas=_replicas(item, servers),
            guard_instance=None,
            deletion_protection=locked(account, id_),
            auto_minor_upgrade=True,
            tenancy="shared",
            subnet_routes_to_internet=subnet_routes(account, subnet),
            firewall_ids=[],
        ),
        item,
        native_type=product.native,
        native=item,
    )


def _allow_list(account: Account, product: Product, item: Item) -> list[str] | Unknown:
    """The rules of a server with a public endpoint; one in a virtual network has none ("Private
    access")."""
    return ranges_of(
        account.listed(product.list_rules, id=item["id"]), "startIpAddress", "endIpAddress"
    )


def _tls(parameter: Parameter, versions: str) -> Tls:
    required = parameter("require_secure_transport")
    return Tls(
        minimum=cast("Any", then(parameter(versions), _lowest)),
        required=then(required, switched),
        policy=None,
    )


def switched(word: str) -> Known:
    """Whether a parameter is on."""
    if word.lower() in ("on", "off"):
        return word.lower() == "on"
    return Unknown("the value of a server parameter is not known")


def _lowest(names: str) -> str | Unknown:
    """The lowest of one or several versions ("TLSv1.2,TLSv1.3")."""
    found = [_VERSIONS.get(name.strip().lower()) for name in names.split(",")]
    if None in found:
        return Unknown(f"TLS {names} is not known")
    return min(version for version in found if version)


def encryption_of(properties: Item) -> Encryption:
    """Storage is always encrypted, with a key of the service where none is named."""
    settings = properties.get("dataEncryption") or {}
    kind = str(settings.get("type") or "SystemManaged").lower()
    if kind not in ("systemmanaged", "azurekeyvault"):
        unknown = Unknown("the kind of the server's encryption is not known")
        return Encryption(enabled=True, key_manager=unknown, key_id=unknown, algorithm="AES-256")
    own = kind == "azurekeyvault"
    return Encryption(
        enabled=True,
        key_manager="customer" if own else "provider",
        key_id=settings.get("primaryKeyURI") if own else None,
        algorithm="AES-256",
    )


def _backup(item: Item) -> Backup:
    """Automatic backups cannot be turned off; logs make any moment restorable ("Backup and
    restore")."""
    settings = item["properties"].get("backup") or {}
    geo = str(settings.get("geoRedundantBackup")).lower()
    copies: list[BackupCopy] | Unknown = []
    if geo == "enabled":
        region = paired_region(region_of(item))
        copies = [BackupCopy(region=region, account=item["id"].split("/")[2], kind="geo")]
    elif geo != "disabled":
        copies = Unknown("the server does not tell whether its backups are copied")
    return Backup(
        enabled=True,
        retention_days=told(settings, "backupRetentionDays"),
        point_in_time=True,
        copies=copies,
    )


def _multi_zone(properties: Item) -> Known:
    mode = str((properties.get("highAvailability") or {}).get("mode")).lower()
    if mode in ("zoneredundant", "samezone", "disabled"):
        return mode == "zoneredundant"
    return Unknown("the server does not tell its high availability")


def _replicas(item: Item, servers: list[Item]) -> list[Replica]:
    return [
        Replica(region=region_of(one), account=one["id"].split("/")[2])
        for one in servers
        if same(one["properties"].get("sourceServerResourceId"), item["id"])
        and "replica" in str(one["properties"].get("replicationRole")).lower()
    ]
