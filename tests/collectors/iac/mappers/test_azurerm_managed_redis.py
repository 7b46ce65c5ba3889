"""Azure Managed Redis and Redis Enterprise: who reaches a database, TLS, zones and persistence."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
ANY = ["0.0.0.0/0", "::/0"]
CLUSTER = Reference("azurerm_redis_enterprise_cluster.c")


def managed(database: Any = None, **values: Any) -> Document:
    inside = {"default_database": [{}] if database is None else database}
    return the(block("azurerm_managed_redis.m", {"location": "China North 3", **inside, **values}))


def test_a_managed_cache_that_is_kept_well() -> None:
    found = managed(
        [{"persistence_redis_database_backup_frequency": "1h"}], public_network_access="Disabled"
    )
    facts = found.facts
    assert (facts["exposure"], facts["allow_list"]) == ({"public": False, "via": []}, [])
    assert facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (facts["backup"]["enabled"], facts["replicas"]) == (True, [])
    assert (found.region, "multi_zone" in found.unknown) == ("chinanorth3", True)


def test_a_managed_cache_that_is_open() -> None:
    found = managed([{"client_protocol": "Plaintext"}], high_availability_enabled=False).facts
    assert found["exposure"] == {"public": True, "via": ["firewall"]}
    assert (found["allow_list"], found["tls"]["required"]) == (ANY, False)
    assert (found["backup"]["enabled"], found["multi_zone"]) == (False, False)


@pytest.mark.parametrize("database", [APPLY, []])
def test_a_database_that_is_not_known(database: Any) -> None:
    found = managed(database)
    assert {"tls/required", "backup/enabled", "replicas"} <= set(found.unknown)
    assert found.facts["exposure"]["public"] is True


def test_what_is_decided_at_apply() -> None:
    names = ("client_protocol", "persistence_redis_database_backup_frequency",
             "geo_replication_group_name")  # fmt: skip
    found = managed(
        [dict.fromkeys(names, APPLY)], public_network_access=APPLY, high_availability_enabled=APPLY
    )
    assert {"exposure/public", "allow_list", "tls/required", "backup/enabled", "replicas",
            "multi_zone"} <= set(found.unknown)  # fmt: skip
    assert "replicas" in managed([{"geo_replication_group_name": "g"}]).unknown


def test_a_database_of_a_cluster() -> None:
    cluster = block(CLUSTER.address, {"location": "chinaeast2", "zones": ["1", "2"]})
    database = block(
        "azurerm_redis_enterprise_database.d",
        {"cluster_id": CLUSTER, "client_protocol": "Plaintext"},
    )
    lock = block("azurerm_management_lock.l", {"scope": CLUSTER})
    (found,) = documents(cluster, database, lock)
    assert (found.id, found.region) == ("main.tf#azurerm_redis_enterprise_database.d", "chinaeast2")
    assert found.facts["tls"] == {"minimum": "1.2", "required": False, "policy": None}
    assert (found.facts["multi_zone"], found.facts["deletion_protection"]) == (True, True)
    # The provider has no argument for the public endpoint of such a cluster.
    assert "exposure/public" in found.unknown
    (alone,) = documents(cluster)
    assert {"tls/required", "backup/enabled", "exposure/public"} <= set(alone.unknown)
    (away,) = documents(database)
    assert away.facts["tls"].get("required") is False
    assert {"tls/minimum", "exposure/public", "deletion_protection"} <= set(away.unknown)
