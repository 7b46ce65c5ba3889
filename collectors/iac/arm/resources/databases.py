"""PostgreSQL, MySQL, MariaDB and Redis. Source: template reference, Microsoft.DBforPostgreSQL,
Microsoft.DBforMySQL, Microsoft.DBforMariaDB, Microsoft.Cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_, named, or_, public
from collectors.iac.blocks import Block

_NO_SSL = Unknown("sslEnforcement is not written")


def flexible(kind: str, *, postgres: bool) -> Translation:
    """A flexible server, of PostgreSQL or MySQL."""

    def translate(resource: Resource) -> Iterator[Block]:
        word = resource.get("network.publicNetworkAccess")
        access = (
            {"public_network_access_enabled": public(word)}
            if postgres
            else {"public_network_access": word}
        )
        values = named(resource) | {
            "version": resource.get("version"),
            "delegated_subnet_id": resource.get("network.delegatedSubnetResourceId"),
            "backup_retention_days": resource.get("backup.backupRetentionDays"),
            "geo_redundant_backup_enabled": is_(
                resource.get("backup.geoRedundantBackup"), "Enabled"
            ),
            "high_availability": _availability(resource.get("highAvailability.mode")),
            "customer_managed_key": _key(resource),
            "create_mode": resource.get("createMode"),
            "source_server_id": resource.get("sourceServerResourceId"),
            **access,
        }
        yield resource.block(kind, values)

    return translate


def _availability(mode: Any) -> Any:
    if mode is None or isinstance(mode, Unknown):
        return mode
    return None if str(mode).lower() == "disabled" else [{"mode": mode}]


def _key(resource: Resource) -> Any:
    kind = resource.get("dataEncryption.type")
    if kind is None or isinstance(kind, Unknown):
        return kind
    if str(kind).lower() != "azurekeyvault":
        return None
    missing = Unknown("the key is not written")
    return [{"key_vault_key_id": or_(resource.get("dataEncryption.primaryKeyURI"), missing)}]


def rule(kind: str, owner: str, start: str = "startIpAddress", end: str = "endIpAddress") -> (
    Translation
):  # fmt: skip
    """A firewall rule of a server."""
    ends = ("start_ip", "end_ip") if kind.startswith("azurerm_redis") else (
        "start_ip_address", "end_ip_address"
    )  # fmt: skip

    def translate(resource: Resource) -> Iterator[Block]:
        values = {
            owner: resource.owner(),
            ends[0]: resource.get(start),
            ends[1]: resource.get(end),
        }
        yield resource.block(kind, values)

    return translate


def setting(kind: str, owner: str) -> Translation:
    """A parameter of a server."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = {
            owner: resource.owner(),
            "name": resource.name,
            "value": resource.get("value"),
        }
        yield resource.block(kind, values)

    return translate


def single(kind: str) -> Translation:
    """A single server, which enforces no version of TLS unless it says so."""

    def translate(resource: Resource) -> Iterator[Block]:
        lowest = or_(resource.get("minimalTlsVersion"), "TLSEnforcementDisabled")
        values = named(resource) | {
            "version": resource.get("version"),
            "ssl_enforcement_enabled": or_(is_(resource.get("sslEnforcement"), "Enabled"), _NO_SSL),
            "ssl_minimal_tls_version_enforced": lowest,
            "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
            "create_mode": resource.get("createMode"),
            "creation_source_server_id": resource.get("sourceServerId"),
            "backup_retention_days": resource.get("storageProfile.backupRetentionDays"),
            "geo_redundant_backup_enabled": is_(
                resource.get("storageProfile.geoRedundantBackup"), "Enabled"
            ),
        }
        yield resource.block(kind, values)

    return translate


def key(kind: str) -> Translation:
    """The customer's key of a single server."""

    def translate(resource: Resource) -> Iterator[Block]:
        of_vault = is_(resource.get("serverKeyType"), "AzureKeyVault")
        if of_vault is False:
            return
        written = or_(resource.get("uri"), Unknown("the key is not written"))
        unsure = of_vault if isinstance(of_vault, Unknown) else None
        values = {"server_id": resource.owner(), "key_vault_key_id": unsure or written}
        yield resource.block(kind, values)

    return translate


def linked_cache(resource: Resource) -> Iterator[Block]:
    """The link of a cache to one that follows or leads it."""
    values = {
        "target_redis_cache_name": resource.owner(),
        "linked_redis_cache_id": resource.get("linkedRedisCacheId"),
        "linked_redis_cache_location": resource.get("linkedRedisCacheLocation"),
        "server_role": resource.get("serverRole"),
    }
    yield resource.block("azurerm_redis_linked_server", values)


def redis(resource: Resource) -> Iterator[Block]:
    """A cache."""
    configuration = resource.get("redisConfiguration")
    values = named(resource) | {
        "redis_version": resource.get("redisVersion"),
        "subnet_id": resource.get("subnetId"),
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "non_ssl_port_enabled": resource.get("enableNonSslPort"),
        "minimum_tls_version": resource.get("minimumTlsVersion"),
        "zones": resource.body.get("zones"),
        "sku_name": or_(resource.get("sku.name"), at(resource.body, "sku.name")),
        "redis_configuration": _configuration(configuration),
    }
    yield resource.block("azurerm_redis_cache", values)


def _configuration(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    open_to_all = is_(at(value, "authnotrequired"), "true")
    authenticated = open_to_all if not isinstance(open_to_all, bool) else not open_to_all
    found = {
        "authentication_enabled": authenticated,
        "rdb_backup_enabled": at(value, "rdb-backup-enabled"),
        "aof_backup_enabled": at(value, "aof-backup-enabled"),
    }
    return [{name: each for name, each in found.items() if each is not None}]


_POSTGRES, _MYSQL = "azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"
_ON_POSTGRES = "Microsoft.DBforPostgreSQL/flexibleServers"
_ON_MYSQL = "Microsoft.DBforMySQL/flexibleServers"

TRANSLATIONS: dict[str, Translation] = {
    _ON_POSTGRES: flexible(_POSTGRES, postgres=True),
    f"{_ON_POSTGRES}/firewallRules": rule(f"{_POSTGRES}_firewall_rule", "server_id"),
    f"{_ON_POSTGRES}/configurations": setting(f"{_POSTGRES}_configuration", "server_id"),
    _ON_MYSQL: flexible(_MYSQL, postgres=False),
    f"{_ON_MYSQL}/firewallRules": rule(f"{_MYSQL}_firewall_rule", "server_name"),
    f"{_ON_MYSQL}/configurations": setting(f"{_MYSQL}_configuration", "server_name"),
    "Microsoft.DBforMySQL/servers": single("azurerm_mysql_server"),
    "Microsoft.DBforMySQL/servers/keys": key("azurerm_mysql_server_key"),
    "Microsoft.DBforMySQL/servers/configurations": setting(
        "azurerm_mysql_configuration", "server_name"
    ),
    "Microsoft.DBforMySQL/servers/firewallRules": rule(
        "azurerm_mysql_firewall_rule", "server_name"
    ),
    "Microsoft.DBforMariaDB/servers": single("azurerm_mariadb_server"),
    "Microsoft.DBforMariaDB/servers/configurations": setting(
        "azurerm_mariadb_configuration", "server_name"
    ),
    "Microsoft.DBforMariaDB/servers/firewallRules": rule(
        "azurerm_mariadb_firewall_rule", "server_name"
    ),
    "Microsoft.DBforPostgreSQL/servers": single("azurerm_postgresql_server"),
    "Microsoft.DBforPostgreSQL/servers/keys": key("azurerm_postgresql_server_key"),
    "Microsoft.DBforPostgreSQL/servers/configurations": setting(
        "azurerm_postgresql_configuration", "server_name"
    ),
    "Microsoft.DBforPostgreSQL/servers/firewallRules": rule(
        "azurerm_postgresql_firewall_rule", "server_name"
    ),
    "Microsoft.Cache/redis": redis,
    "Microsoft.Cache/redis/linkedServers": linked_cache,
    "Microsoft.Cache/redis/firewallRules": rule(
        "azurerm_redis_firewall_rule", "redis_cache_name", "startIP", "endIP"
    ),
}
