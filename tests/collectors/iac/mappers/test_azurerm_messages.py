"""Namespaces of Event Hubs and Service Bus."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
NEWER = {"version": "~> 4.0"}


@pytest.mark.parametrize("asked", [{}, {"version": ">= 3.0"}, {"version": "~> 2.99"}])
def test_the_lowest_tls_of_older_versions_of_the_provider(asked: dict[str, Any]) -> None:
    found = the(block("azurerm_eventhub_namespace.n", {"name": "n"}, asked))
    assert "tls/minimum" in found.unknown


def test_defaults() -> None:
    values = {"name": "n", "location": "chinaeast2"}
    document = the(block("azurerm_servicebus_namespace.n", values, NEWER))
    assert document.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "policy": [],
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "exposure": {"public": False, "via": []},
    }


@pytest.mark.parametrize(
    ("values", "minimum", "manager"),
    [
        ({"minimum_tls_version": "1.0"}, "1.0", "provider"),
        ({"minimum_tls_version": APPLY}, None, "provider"),
        ({"customer_managed_key": [{"key_vault_key_id": "k"}]}, "1.2", "customer"),
        ({"customer_managed_key": APPLY}, "1.2", None),
    ],
)
def test_what_is_written(values: dict[str, Any], minimum: Any, manager: Any) -> None:
    facts = the(block("azurerm_servicebus_namespace.n", values, NEWER)).facts
    assert facts["tls"].get("minimum") == minimum
    assert facts["encryption"].get("key_manager") == manager


def test_a_key_beside_the_namespace() -> None:
    namespace = block("azurerm_eventhub_namespace.n", {"name": "n"})
    reference: Any = Reference(namespace.address)
    kind = "azurerm_eventhub_namespace_customer_managed_key.k"
    given = {"eventhub_namespace_id": reference, "key_vault_key_ids": ["k"]}
    found = the(namespace, block(kind, given)).facts["encryption"]
    assert (found["key_manager"], found["key_id"]) == ("customer", "k")
    maybe = the(namespace, block(kind, given | {"eventhub_namespace_id": APPLY}))
    assert "encryption/key_manager" in maybe.unknown
