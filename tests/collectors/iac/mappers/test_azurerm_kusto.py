"""Data Explorer, App Configuration and Azure AI services."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
ANY = ["0.0.0.0/0", "::/0"]
CLUSTER = "azurerm_kusto_cluster.c"
STORE = "azurerm_app_configuration.s"


def cluster(**values: Any) -> Document:
    return the(block(CLUSTER, {"name": "c", "location": "chinaeast2", **values}))


@pytest.mark.parametrize(
    ("values", "public", "allowed"),
    [
        ({}, True, ANY),
        ({"allowed_ip_ranges": ["203.0.113.7"]}, False, ["203.0.113.7/32"]),
        ({"allowed_ip_ranges": ["0.0.0.0/0"]}, True, ["0.0.0.0/0"]),
        ({"allowed_ip_ranges": APPLY}, None, None),
        ({"public_network_access_enabled": False}, False, []),
        ({"public_network_access_enabled": APPLY}, None, None),
    ],
)
def test_who_reaches_a_cluster(values: Any, public: bool | None, allowed: Any) -> None:
    facts = cluster(**values).facts
    assert (facts["exposure"].get("public"), facts.get("allow_list")) == (public, allowed)


def test_encryption_and_zones_of_a_cluster() -> None:
    plain = cluster()
    assert (plain.facts["encryption"]["enabled"], plain.facts["multi_zone"]) == (False, False)
    assert plain.facts["encryption"]["key_manager"] == "provider"
    assert {"tls/required", "backup/enabled", "private_endpoint"} <= set(plain.unknown)
    whole = cluster(disk_encryption_enabled=True, zones=["1", "2"]).facts
    assert (whole["encryption"]["enabled"], whole["multi_zone"]) == (True, True)
    assert "multi_zone" in cluster(zones=APPLY).unknown
    own: Any = Reference(CLUSTER)
    key = f"{CLUSTER.removesuffix('.c')}_customer_managed_key.k"
    for target, manager in ((own, "customer"), (APPLY, None)):
        beside = block(key, {"cluster_id": target, "key_name": "adx"})
        found = the(block(CLUSTER, {"name": "c"}), beside)
        assert found.facts["encryption"].get("key_manager") == manager


def store(*beside: Any, **values: Any) -> Document:
    return the(block(STORE, {"name": "s", "location": "chinaeast2", **values}), *beside)


def endpoint() -> Any:
    own: Any = Reference(STORE)
    connection = {"private_connection_resource_id": own, "is_manual_connection": False}
    return block("azurerm_private_endpoint.e", {"private_service_connection": [connection]})


@pytest.mark.parametrize(
    ("word", "alone", "reached"),
    [("Enabled", True, True), ("Disabled", False, False), (None, None, False), (APPLY, None, None)],
)
def test_who_reaches_a_store(word: Any, alone: bool | None, reached: bool | None) -> None:
    """Where nothing is written an endpoint turns the public one off, and another stack may have
    one."""
    values = {} if word is None else {"public_network_access": word}
    assert store(**values).facts["exposure"].get("public") is alone
    assert store(endpoint(), **values).facts["exposure"].get("public") is reached


def test_key_and_replicas_of_a_store() -> None:
    written = store(
        encryption=[{"key_vault_key_identifier": "https://k/keys/c"}],
        replica=[{"name": "far", "location": "China East 3"}, {"name": "x", "location": APPLY}],
    )
    assert written.facts["encryption"]["key_manager"] == "customer"
    assert written.facts["replicas"][0]["region"] == "chinaeast3"
    assert "replicas/1/region" in written.unknown
    assert (store().facts["encryption"]["key_manager"], store().facts["replicas"]) == (
        "provider",
        [],
    )
    assert "encryption/key_manager" in store(encryption=APPLY).unknown
    assert "replicas" in store(replica=APPLY).unknown


@pytest.mark.parametrize(
    ("values", "public", "authorization"),
    [
        ({}, True, "key"),
        ({"public_network_access_enabled": False, "local_auth_enabled": False}, False, "token"),
        ({"network_acls": [{"default_action": "Deny"}]}, False, "key"),
        ({"network_acls": [{"default_action": "Deny", "ip_rules": ["203.0.113.7"]}]}, True, "key"),
        ({"network_acls": APPLY, "local_auth_enabled": APPLY}, None, None),
        ({"public_network_access": "Disabled"}, False, "key"),
        ({"local_authentication_enabled": False}, True, "token"),
    ],
)
def test_accounts_of_ai_services(values: Any, public: Any, authorization: Any) -> None:
    facts = the(block("azurerm_ai_services.a", {"name": "a", **values})).facts
    assert (facts.get("public"), facts.get("authorization")) == (public, authorization)
    assert facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
