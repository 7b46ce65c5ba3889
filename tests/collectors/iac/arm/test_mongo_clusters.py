"""Clusters of Azure DocumentDB in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.DocumentDB/mongoClusters"


def cluster(name: str = "m", **properties: Any) -> dict[str, Any]:
    return {"type": KIND, "name": name, "location": "chinanorth3", "properties": properties}


def rule(first: str, last: str) -> dict[str, Any]:
    ends = {"startIpAddress": first, "endIpAddress": last}
    return {"type": f"{KIND}/firewallRules", "name": "m/r", "properties": ends}


def test_a_cluster_with_all_that_is_written(deployment: Read) -> None:
    key = {"keyEncryptionKeyUrl": "https://v/keys/k"}
    found = deployment(
        [
            cluster(
                serverVersion="7.0",
                publicNetworkAccess="Enabled",
                highAvailability={"targetMode": "ZoneRedundantPreferred"},
                encryption={"customerManagedKeyEncryption": key},
            ),
            rule("203.0.113.0", "203.0.113.255"),
            cluster(
                "far",
                createMode="GeoReplica",
                replicaParameters={"sourceResourceId": f"[resourceId('{KIND}', 'm')]"},
            ),
        ]
    )
    one = next(each for each in found.values() if each.name == "m")
    facts = one.facts
    assert facts["engine_version"] == "7.0"
    # Zones are preferred, and may have no room.
    assert one.unknown["multi_zone"] == "the cluster prefers several zones, and may stand in one"
    assert (facts["exposure"]["public"], facts["allow_list"]) == (False, ["203.0.113.0/24"])
    assert facts["encryption"]["key_id"] == "https://v/keys/k"
    assert facts["replicas"] == [{"region": "chinanorth3", "account": "template"}]


def test_an_open_cluster_and_one_that_says_nothing(deployment: Read) -> None:
    opened = rule("0.0.0.0", "255.255.255.255")
    (found,) = deployment([cluster(publicNetworkAccess="Enabled"), opened]).values()
    assert found.native_type == KIND
    assert found.facts["exposure"] == {"public": True, "via": ["firewall"]}
    assert found.facts["encryption"]["key_manager"] == "provider"
    (found,) = deployment([cluster(), opened]).values()
    assert found.unknown["exposure/public"] == "publicNetworkAccess is not written"
    assert "multi_zone" in found.unknown
