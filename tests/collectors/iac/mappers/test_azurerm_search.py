"""Azure AI Search: who reaches a service, its zones and keys."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
ANY = ["0.0.0.0/0", "::/0"]


def service(**values: Any) -> Document:
    return the(block("azurerm_search_service.s", {"name": "s", "location": "chinaeast2", **values}))


@pytest.mark.parametrize(
    ("values", "public", "allowed"),
    [
        ({}, True, ANY),
        ({"allowed_ips": []}, True, ANY),
        ({"allowed_ips": ["203.0.113.7", "198.51.100.0/24"]}, False,
         ["203.0.113.7/32", "198.51.100.0/24"]),
        ({"allowed_ips": ["0.0.0.0/0"]}, True, ["0.0.0.0/0"]),
        ({"allowed_ips": APPLY}, None, None),
        ({"allowed_ips": ["203.0.113.7", APPLY]}, None, ["203.0.113.7/32"]),
        ({"public_network_access_enabled": False, "allowed_ips": ["0.0.0.0/0"]}, False, []),
        ({"public_network_access_enabled": APPLY}, None, None),
    ],
)  # fmt: skip
def test_access(values: dict[str, Any], public: bool | None, allowed: list[str] | None) -> None:
    found = service(**values)
    assert found.facts["exposure"].get("public") is public
    kept = found.facts.get("allow_list")
    assert (kept and [one for one in kept if one]) == allowed
    assert ("exposure/public" in found.unknown) == (public is None)


def test_what_a_service_does_anyway() -> None:
    found = service()
    assert found.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (found.facts["encryption"]["enabled"], found.facts["multi_zone"]) == (True, False)
    assert (found.facts["audit_log"]["enabled"], found.region) == (False, "chinaeast2")
    assert {"encryption/key_manager", "backup/enabled", "private_endpoint"} <= set(found.unknown)
    for replicas in (3, APPLY):
        assert "multi_zone" in service(replica_count=replicas).unknown
