"""Azure's PostgreSQL and MySQL flexible servers, the 3.x PostgreSQL single server, Azure Redis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Exposure, Replica, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read, template_document
from collectors.iac.mappers.azurerm.shared import (
    LOCK,
    allow_list,
    location_of,
    locked,
    server_exposure,
)
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    first_of,
    given,
    identity,
    items,
    joined,
    name_of,
    tags_of,
)

POSTGRES, MYSQL = "azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"
SINGLE, REDIS = "azurerm_postgresql_server", "azurerm_redis_cache"

_VERSION_BY_NAME: dict[str, Literal["1.0", "1.1", "1.2", "1.3"]] = {
    "tlsv1": "1.0", "tlsv1.0": "1.0", "tlsv1.1": "1.1", "tlsv1.2": "1.2", "tlsv1.3": "1.3",
    "tls1_0": "1.0", "tls1_1": "1.1", "tls1_2": "1.2",
}  # fmt: skip


def map_flexible(block: Block, project: Project) -> Iterator[Document]:
    """A PostgreSQL or MySQL flexible server with its firewall rules and parameters."""
    postgres = block.type == POSTGRES
    region = location_of(block, project)
    by = "server_id" if postgres else "server_name"
    ranges = allow_list(block, project, by, f"{block.type}_firewall_rule")
    inside = given(block.values, "delegated_subnet_id")
    facts = Database(
        engine="postgresql" if postgres else "mysql",
        engine_version=block.read("version", str, Unknown("the template gives no version")),
        network_kind=cast("Any", then(inside, lambda yes: "vpc" if yes else "public")),
        exposure=_flexible_exposure(block, inside, ranges),
        allow_list=ranges,
        authentication=True,
        tls=_parameters_tls(block, project, by),
        encryption=_customer_key(block, project),
        backup=_backup(block, project, region),
        multi_zone=_zones(block),
        replicas=_replicas(block, project),
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        firewall_ids=[],
    )
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=region,
        name=name_of(block, "name"),
        tags=tags_of(block),
    )


def _flexible_exposure(
    block: Block, inside: bool | Unknown, ranges: list[str] | Unknown
) -> Exposure:
    """A server in a virtual network has no public endpoint; otherwise it has one by default."""
    if inside is True:
        return Exposure(public=False, via=[])
    switch = block.read("public_network_access_enabled", bool, True)
    word = block.read("public_network_access", str, "Enabled")  # MySQL
    if switch is False or (isinstance(word, str) and word.lower() == "disabled"):
        return Exposure(public=False, via=[])
    doubts = [value for value in (inside, switch, word) if isinstance(value, Unknown)]
    return server_exposure(doubts[0] if doubts else True, ranges)


def _parameters_tls(block: Block, project: Project, by: str) -> Tls:
    """Both services require TLS 1.2 unless a server parameter says otherwise."""
    settings = joined(project, block, by, f"{block.type}_configuration")
    values: dict[str, Any] = {}
    for setting in settings.blocks:
        name = setting.get("name")
        if isinstance(name, str):
            values[name.lower()] = setting.values.get("value")
    required = read(values, "require_secure_transport", str, settings.doubt or "on")
    lowest = first_of(
        values, ("ssl_min_protocol_version", "tls_version"), str, settings.doubt or "tlsv1.2"
    )
    return Tls(
        minimum=cast("Any", then(lowest, _lowest)),
        required=then(required, lambda word: word.lower() in ("on", "1", "true")),
        policy=None,
    )


def _lowest(names: str) -> str | Unknown:
    """The lowest of one or several versions ("TLSv1.2,TLSv1.3")."""
    found = [_VERSION_BY_NAME.get(name.strip().lower()) for name in names.split(",")]
    if None in found:
        return Unknown(f"TLS version {names} is not known")
    return min(version for version in found if version)


def _customer_key(block: Block, project: Project) -> Encryption:
    """Azure encrypts the storage of these servers always, with its own key by default."""
    keys = nested(block.values, "customer_managed_key")
    if isinstance(keys, Unknown):
        return Encryption(enabled=True, key_manager=keys, key_id=keys, algorithm="AES-256")
    key = identity(project, keys[0].get("key_vault_key_id")) if keys else None
    return Encryption(
        enabled=True,
        key_manager="customer" if keys else "provider",
        key_id=key,
        algorithm="AES-256",
    )


def _backup(block: Block, project: Project, region: str | Unknown) -> Backup:
    """Automatic backups cannot be turned off; 7 days is the documented default."""
    geo = block.read("geo_redundant_backup_enabled", bool, False)
    copies: Any = geo if isinstance(geo, Unknown) else []
    if geo is True:
        copies = [BackupCopy(region=paired_region(region), account=project.account, kind="geo")]
    return Backup(
        enabled=True,
        retention_days=block.read("backup_retention_days", int, 7),
        point_in_time=True,
        copies=copies,
    )


def _zones(block: Block) -> bool | Unknown:
    found = nested(block.values, "high_availability")
    if isinstance(found, Unknown) or not found:
        return found if isinstance(found, Unknown) else False
    mode = read(found[0], "mode", str, Unknown("high_availability gives no mode"))
    return then(mode, lambda text: text == "ZoneRedundant")


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    found = joined(project, block, "source_server_id", block.type)
    copies = [other for other in found.blocks if other.get("create_mode") == "Replica"]
    if found.doubt:
        return found.doubt
    return [Replica(region=location_of(o, project), account=project.account) for o in copies]


def map_single(block: Block, project: Project) -> Iterator[Document]:
    """A PostgreSQL single server (azurerm 3 and earlier)."""
    region = location_of(block, project)
    ranges = allow_list(block, project, "server_name", "azurerm_postgresql_firewall_rule")
    reason = Unknown("ssl_enforcement_enabled is not written")
    required: bool | Unknown = block.read("ssl_enforcement_enabled", bool, reason)
    lowest = block.read("ssl_minimal_tls_version_enforced", str, "TLS1_2")
    if lowest == "TLSEnforcementDisabled" or required is False:
        lowest = "TLS1_0"
    facts = Database(
        engine="postgresql",
        engine_version=block.read("version", str, Unknown("the template gives no version")),
        network_kind="public",
        exposure=server_exposure(block.read("public_network_access_enabled", bool, True), ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls(minimum=cast("Any", then(lowest, _lowest)), required=required, policy=None),
        encryption=Encryption(enabled=True, algorithm="AES-256"),
        backup=_backup(block, project, region),
        multi_zone=False,
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        firewall_ids=[],
    )
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=region,
        name=name_of(block, "name"),
        tags=tags_of(block),
    )


def map_redis(block: Block, project: Project) -> Iterator[Document]:
    """A Redis cache. Without a firewall rule every address may connect, unlike the databases."""
    ranges = allow_list(
        block,
        project,
        "redis_cache_name",
        "azurerm_redis_firewall_rule",
        start="start_ip",
        end="end_ip",
    )
    inside = given(block.values, "subnet_id")
    if ranges == [] and inside is not True:
        ranges = [IPV4_ANY]
    public = block.read("public_network_access_enabled", bool, True)
    exposure = server_exposure(False if inside is True else public, ranges)
    plain = first_of(block.values, ("non_ssl_port_enabled", "enable_non_ssl_port"), bool, False)
    lowest = block.read(
        "minimum_tls_version",
        str,
        Unknown("not written: the default is 1.0 or 1.2 by provider version"),
    )
    zones = items(block.values, "zones")
    facts = Database(
        engine="redis",
        engine_version=block.read("redis_version", str, "6"),
        network_kind=cast("Any", then(inside, lambda yes: "vpc" if yes else "public")),
        exposure=exposure,
        allow_list=ranges,
        authentication=_redis_setting(
            block, ("authentication_enabled", "enable_authentication"), True
        ),
        tls=Tls(minimum=cast("Any", lowest), required=then(plain, lambda on: not on), policy=None),
        backup=_redis_backup(block),
        multi_zone=then(zones, lambda found: len(found) > 1),
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        firewall_ids=[],
    )
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=location_of(block, project),
        name=name_of(block, "name"),
        tags=tags_of(block),
    )


def _redis_setting(block: Block, names: tuple[str, ...], default: bool) -> bool | Unknown:
    found = nested(block.values, "redis_configuration")
    if isinstance(found, Unknown):
        return found
    return cast("bool | Unknown", first_of(found[0], names, bool, default) if found else default)


def _redis_backup(block: Block) -> Backup:
    """Persistence of a Premium cache, off by default; it keeps snapshots by number, not by days."""
    snapshots = _redis_setting(block, ("rdb_backup_enabled",), False)
    log = _redis_setting(block, ("aof_backup_enabled",), False)
    enabled = (
        True
        if True in (snapshots, log)
        else next((x for x in (snapshots, log) if isinstance(x, Unknown)), False)
    )
    kept = 0 if enabled is False else Unknown("snapshots are kept by number, not by days")
    return Backup(enabled=enabled, retention_days=kept, point_in_time=False, copies=[])


MAPPINGS = [
    Mapping(
        types=(POSTGRES, MYSQL),
        facts=Database,
        map=map_flexible,
        joined=(
            LOCK,
            *(f"{kind}_firewall_rule" for kind in (POSTGRES, MYSQL)),
            *(f"{kind}_configuration" for kind in (POSTGRES, MYSQL)),
        ),
    ),
    Mapping(
        types=(SINGLE,),
        facts=Database,
        map=map_single,
        joined=("azurerm_postgresql_firewall_rule", LOCK),
    ),
    Mapping(
        types=(REDIS,), facts=Database, map=map_redis, joined=("azurerm_redis_firewall_rule", LOCK)
    ),
]
