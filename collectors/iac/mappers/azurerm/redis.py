"""azurerm_redis_cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, template_document
from collectors.iac.mappers.azurerm.shared import (
    LOCK,
    allow_list,
    location_of,
    locked,
    server_exposure,
)
from collectors.iac.mappers.joins import IPV4_ANY, first_of, given, items, name_of, tags_of

REDIS = "azurerm_redis_cache"


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
        types=(REDIS,), facts=Database, map=map_redis, joined=("azurerm_redis_firewall_rule", LOCK)
    )
]
