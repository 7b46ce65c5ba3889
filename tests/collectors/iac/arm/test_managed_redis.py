"""Azure Managed Redis in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Cache/redisEnterprise"


def cluster(**properties: Any) -> dict[str, Any]:
    return {"type": KIND, "name": "c", "location": "chinanorth3", "properties": properties}


def database(**properties: Any) -> dict[str, Any]:
    return {"type": f"{KIND}/databases", "name": "c/default", "properties": properties}


def test_a_database_that_is_kept_well(deployment: Read) -> None:
    closed = cluster(publicNetworkAccess="Disabled", minimumTlsVersion="1.2")
    (found,) = deployment([closed, database(persistence={"rdbEnabled": True})]).values()
    assert found.native_type == f"{KIND}/databases"
    assert (found.facts["exposure"]["public"], found.region) == (False, "chinanorth3")
    assert found.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert found.facts["backup"]["enabled"] is True


def test_a_database_that_is_open_and_one_that_says_nothing(deployment: Read) -> None:
    opened = cluster(publicNetworkAccess="Enabled", highAvailability="Disabled")
    (found,) = deployment([opened, database(clientProtocol="Plaintext")]).values()
    assert found.facts["exposure"] == {"public": True, "via": ["firewall"]}
    assert (found.facts["tls"].get("required"), found.facts["multi_zone"]) == (False, False)
    (found,) = deployment([cluster(), database()]).values()
    assert {"exposure/public", "tls/minimum", "multi_zone"} <= set(found.unknown)
    assert (found.facts["backup"]["enabled"], found.facts["replicas"]) == (False, [])
    linked = {"linkedDatabases": [{"id": "/subscriptions/s/x"}]}
    (found,) = deployment([cluster(), database(geoReplication=linked)]).values()
    assert "replicas" in found.unknown


def test_zones_without_a_known_availability_are_not_known(deployment: Read) -> None:
    zoned = cluster(highAvailability="[parameters('ha')]") | {"zones": ["1", "2"]}
    (found,) = deployment([zoned, database()], parameters={"ha": {"type": "string"}}).values()
    assert "multi_zone" in found.unknown
