"""Clusters of Container Service for Kubernetes."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
PLACE = {"region": "cn-hangzhou"}
CLUSTER = Reference("alicloud_cs_managed_kubernetes.c", "id")


def _managed(values: dict[str, Any], *others: Block) -> Document:
    return the(block("alicloud_cs_managed_kubernetes.c", values, PLACE), *others)


def _pool(name: str, switch: str, **more: Any) -> Block:
    switches = [Reference(f"alicloud_vswitch.{switch}", "id")]
    values = {"cluster_id": CLUSTER, "vswitch_ids": switches, **more}
    return block(f"alicloud_cs_kubernetes_node_pool.{name}", values)


A = block("alicloud_vswitch.a", {"zone_id": "cn-hangzhou-a"})
B = block("alicloud_vswitch.b", {"zone_id": "cn-hangzhou-b"})


def test_a_guarded_cluster() -> None:
    document = _managed(
        {
            "name": "core",
            "version": "1.32.1-aliyun.1",
            "slb_internet_enabled": False,
            "encryption_provider_key": "alias/own",
            "audit_log_config": [{"enabled": True, "sls_project_name": "audit"}],
            "addons": [{"name": "terway-eniip"}],
        },
        _pool("one", "a", soc_enabled=True),
        _pool("two", "a", security_hardening_os=True),
        A,
    )
    facts = document.facts
    assert document.name == "core"
    assert (facts["endpoint_public"], facts["endpoint_ranges"], facts["rbac"]) == (False, [], True)
    assert facts["secrets_encryption"] == {
        "enabled": True,
        "key_manager": "customer",
        "key_id": "alias/own",
        "algorithm": "AES-256",
    }
    assert facts["audit_log"]["enabled"] is True
    assert (facts["node_zones"], facts["nodes_hardened"]) == (["cn-hangzhou-a"], True)
    assert {"network_policy", "version_supported", "audit_log/retention_days"} <= set(
        document.unknown
    )


def test_a_cluster_of_which_nothing_is_written() -> None:
    document = _managed({})
    assert document.facts["endpoint_public"] is True
    assert document.facts["secrets_encryption"]["enabled"] is False
    unknown = {"version", "endpoint_ranges", "audit_log/enabled", "node_zones", "nodes_hardened"}
    assert unknown <= set(document.unknown)


def test_an_open_cluster() -> None:
    written = {
        "slb_internet_enabled": False,
        "control_plane_endpoints_config": [
            {"load_balancers_config": [{"endpoint_type": "public"}]}
        ],
        "encryption_provider_key": "alias/own",
        "disable_encryption": True,
        "audit_log_config": [{"enabled": False}],
        "pod_cidr": "10.0.0.0/16",
    }
    document = _managed(written, _pool("one", "a", soc_enabled=True), _pool("two", "b"), A, B)
    facts = document.facts
    assert facts["endpoint_public"] is True
    assert facts["secrets_encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert (facts["network_policy"], facts["nodes_hardened"]) == (False, False)
    assert "several zones" in document.unknown["node_zones"]


def test_a_cluster_that_is_decided_at_apply() -> None:
    arguments = ("version", "slb_internet_enabled", "encryption_provider_key", "audit_log_config")
    document = _managed(
        dict.fromkeys((*arguments, "addons"), APPLY), _pool("p", "a", soc_enabled=APPLY)
    )
    assert document.facts == {"rbac": True, "secrets_encryption": {}, "audit_log": {}}


@pytest.mark.parametrize(
    ("kind", "values", "public"),
    [
        ("serverless_kubernetes", {}, False),
        ("serverless_kubernetes", {"endpoint_public_access_enabled": True}, True),
        ("kubernetes", {}, True),
        ("edge_kubernetes", {"slb_internet_enabled": False}, False),
    ],
)
def test_other_kinds_of_clusters(kind: str, values: dict[str, Any], public: bool) -> None:
    document = the(block(f"alicloud_cs_{kind}.c", values))
    assert document.facts["endpoint_public"] is public
    assert document.facts.get("nodes_hardened", "open") == (
        None if kind.startswith("serverless") else "open"
    )


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ('{"IPVlan":"false","NetworkPolicy":"true"}', True),
        ('{"IPVlan":"false","NetworkPolicy":"false"}', False),
        ('{"NetworkPolicy":true}', True),
        ('{"IPVlan":"false"}', None),
        ("", None),
        ("[]", None),
        (Unknown("var.x has no value here"), None),
    ],
)
def test_terway_enforces_network_policies_as_it_is_configured(
    config: Any, expected: bool | None
) -> None:
    addons = [
        {"name": "terway-eniip", "config": config},
        {"name": "terway-controlplane", "config": "{}"},
    ]
    found = the(block("alicloud_cs_managed_kubernetes.c", {"name": "c", "addons": addons}))
    assert found.facts.get("network_policy") is expected
