"""Azure Managed Redis and the Enterprise tiers before it. Source: template reference,
Microsoft.Cache/redisEnterprise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block
from collectors.logic import some

_CLUSTERS = "Microsoft.Cache/redisEnterprise"
_NO_MINIMUM = Unknown("minimumTlsVersion is not written")


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster; what its lowest version of TLS is by default is not documented."""
    values = named(resource) | {
        "public_network_access": resource.get("publicNetworkAccess"),
        "minimum_tls_version": or_(resource.get("minimumTlsVersion"), _NO_MINIMUM),
        "high_availability_enabled": is_(resource.get("highAvailability"), "Enabled"),
        "zones": resource.body.get("zones"),
    }
    yield resource.block("azurerm_redis_enterprise_cluster", values)


def database(resource: Resource) -> Iterator[Block]:
    """A database, which takes encrypted connections unless it says otherwise."""
    values = {
        "name": resource.name,
        "cluster_id": resource.owner(),
        "client_protocol": resource.get("clientProtocol"),
        "persistence": _persistence(resource),
        "linked_database_id": resource.get("geoReplication.linkedDatabases"),
    }
    yield resource.block("azurerm_redis_enterprise_database", values)


def _persistence(resource: Resource) -> Any:
    told = (resource.get(f"persistence.{name}") for name in ("aofEnabled", "rdbEnabled"))
    return some([is_(or_(one, "false"), "true") for one in told])


TRANSLATIONS: dict[str, Translation] = {_CLUSTERS: cluster, f"{_CLUSTERS}/databases": database}
