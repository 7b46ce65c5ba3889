"""azurerm_redis_cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.ids import subscription_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Replica, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.provider_version import TLS_BY_VERSION, by_version
from collectors.iac.mappers.azurerm.shared import (
    LOCK,
    REACHED,
    allow_list,
    azure_document,
    let_in,
    location_in,
    locked,
    server_exposure,
)
from collectors.iac.mappers.azurerm.subnet import subnet_routes
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    IPV6_ANY,
    first_of,
    given,
    items,
    joined,
    target_of,
)
from collectors.logic import Known, some

REDIS, LINK = "azurerm_redis_cache", "azurerm_redis_linked_server"

_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")
_NOT_READ = Unknown("what the cache keeps on disks is encrypted by their storage, and is not read")
_ZONES = Unknown("the cache does not tell the zones that Azure chose for it")


def map_redis(block: Block, project: Project) -> Iterator[Document]:
    """A Redis cache."""
    inside = given(block.values, "subnet_id")
    public: Known = block.read("public_network_access_enabled", bool, default=True)
    if inside is not False and public is not False:
        public = False if inside is True else inside
    ranges = _ranges(block, project)
    plain = first_of(block.values, ("non_ssl_port_enabled", "enable_non_ssl_port"), bool, False)
    default = by_version(block, (3,), newer="1.2", older="1.0", untold=TLS_BY_VERSION)
    lowest = block.read("minimum_tls_version", str, default)
    facts = Database(
        engine="redis",
        engine_version=block.read("redis_version", str, "6"),
        version_supported=_SUPPORT,
        network_kind=cast("Any", then(public, lambda on: "public" if on else "vpc")),
        exposure=server_exposure(public, ranges),
        allow_list=let_in(public, ranges),
        private_endpoint=some([inside, has_private_endpoint(block, project)]),
        authentication=_redis_setting(
            block, ("authentication_enabled", "enable_authentication"), True
        ),
        tls=Tls(minimum=cast("Any", lowest), required=then(plain, lambda on: not on), policy=None),
        encryption=Encryption.unread(_NOT_READ),
        # What Azure logs of a cache are its connections and sign-ins, and not what they do.
        audit_log=None,
        alarms=alarms_on(block, project),
        backup=_redis_backup(block),
        multi_zone=_multi_zone(block),
        replicas=_replicas(block, project),
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(block.get("subnet_id"), inside, project),
        firewall_ids=[],
    )
    yield azure_document(block, project, facts)


def _ranges(block: Block, project: Project) -> list[str] | Unknown:
    """Without a firewall rule every address may connect, unlike with the databases."""
    rules = "azurerm_redis_firewall_rule"
    ends = {"start": "start_ip", "end": "end_ip"}
    found = allow_list(block, project, "redis_cache_name", rules, **ends)
    return [IPV4_ANY, IPV6_ANY] if found == [] else found


def _multi_zone(block: Block) -> Known:
    """Zones that were chosen; those that Azure chooses are not told. Basic caches have one node."""
    zones = items(block.values, "zones")
    sku = block.read("sku_name", str, Unknown("the template gives no sku_name"))
    if isinstance(zones, Unknown) or zones:
        return zones if isinstance(zones, Unknown) else len(zones) > 1
    return then(sku, lambda word: False if word.lower() == "basic" else _ZONES)


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """The caches that are linked to this one and follow it."""
    found = joined(project, block, "target_redis_cache_name", LINK)
    if found.doubt:
        return found.doubt
    replicas: list[Replica] = []
    for link in found.blocks:
        role = link.read("server_role", str, Unknown("the link of the cache gives no role"))
        if isinstance(role, Unknown):
            return role
        if role.lower() == "secondary":
            replicas.append(_replica(link, project))
    return replicas


def _replica(link: Block, project: Project) -> Replica:
    place = {"location": link.values.get("linked_redis_cache_location")}
    region = location_in(place, project, Unknown("the link of the cache gives no location"))
    cache = link.values.get("linked_redis_cache_id")
    owner = subscription_of(cache) if isinstance(cache, str) else None
    inside = target_of(project, cache, REDIS)
    away = Unknown("the linked cache is not part of this template")
    return Replica(region=region, account=project.account if inside else owner or away)


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
        types=(REDIS,),
        facts=Database,
        map=map_redis,
        joined=("azurerm_redis_firewall_rule", LINK, LOCK, ENDPOINT, *WATCHING),
    )
]

PART_OF = {
    "azurerm_redis_firewall_rule": PartOf("azurerm_redis_cache", ("redis_cache_name",), REACHED),
}

LINK_TYPES = frozenset({LINK, "azurerm_management_lock", "azurerm_private_endpoint"})
