"""Clusters of ARM templates, with Azure's own defaults."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

CLUSTER = "Microsoft.ContainerService/managedClusters"


def test_a_cluster_with_its_pools(deployment: Read) -> None:
    cluster: dict[str, Any] = {
        "type": CLUSTER,
        "name": "aks",
        "location": "chinanorth3",
        "properties": {
            "kubernetesVersion": "1.32.1",
            "enableRBAC": True,
            "apiServerAccessProfile": {"authorizedIPRanges": ["0.0.0.0/0"]},
            "networkProfile": {"networkPolicy": "calico"},
            "agentPoolProfiles": [{"name": "a", "availabilityZones": ["1"]}],
            "securityProfile": {"azureKeyVaultKms": {"enabled": True, "keyId": "https://v/k"}},
        },
    }
    pool = {
        "type": f"{CLUSTER}/agentPools",
        "name": "aks/b",
        "properties": {"availabilityZones": ["2"]},
    }
    (found,) = deployment([cluster, pool]).values()
    assert found.native_type == CLUSTER
    assert found.facts["endpoint_public"] is True
    assert found.facts["endpoint_ranges"] == ["0.0.0.0/0"]
    assert found.facts["node_zones"] == ["1", "2"]
    assert found.facts["secrets_encryption"]["key_manager"] == "customer"
    assert (found.facts["rbac"], found.facts["network_policy"]) == (True, True)
    cluster["properties"] = {"apiServerAccessProfile": {"enablePrivateCluster": True}}
    (found,) = deployment([cluster]).values()
    assert found.facts["endpoint_public"] is False
    assert {"rbac", "version", "node_zones"} <= set(found.unknown)
    # API versions of 2019.
    cluster["properties"] = {"apiServerAuthorizedIPRanges": ["203.0.113.0/24"]}
    (found,) = deployment([cluster]).values()
    assert found.facts["endpoint_ranges"] == ["203.0.113.0/24"]


def test_a_cluster_of_which_nothing_is_known(deployment: Read) -> None:
    cluster = {"type": CLUSTER, "name": "aks", "properties": "[reference('x').properties]"}
    (found,) = deployment([cluster]).values()
    assert {"endpoint_public", "endpoint_ranges", "rbac"} <= set(found.unknown)
