"""APIs of API Management: who reaches them, keys, TLS."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
SERVICE = "azurerm_api_management.s"


def _api(*others: Block, api: dict[str, Any] | None = None, **service: Any) -> Document:
    given = {"name": "a", "api_management_name": Reference(SERVICE, "name")}
    given |= {"protocols": ["https"]} | (api or {})
    own = {"name": "s", "location": "chinanorth3", "tags": {"a": "b"}} | service
    return documents(block("azurerm_api_management_api.a", given), block(SERVICE, own), *others)[0]


def test_defaults() -> None:
    found = _api()
    assert (found.region, found.tags) == ("chinanorth3", {"a": "b"})
    assert found.facts["authorization"] == "key"
    assert found.facts["public"] is True
    assert found.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert found.facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    ("service", "public", "minimum"),
    [
        ({"virtual_network_type": "Internal"}, False, "1.2"),
        ({"public_network_access_enabled": False}, False, "1.2"),
        ({"virtual_network_type": APPLY}, None, "1.2"),
        ({"security": [{"frontend_tls10_enabled": True}]}, True, "1.0"),
        ({"security": [{"enable_frontend_ssl30": True}]}, True, "ssl3"),
        ({"security": [{"frontend_tls11_enabled": APPLY}]}, True, None),
        ({"security": APPLY}, True, None),
    ],
)
def test_services(service: dict[str, Any], public: bool | None, minimum: str | None) -> None:
    facts = _api(**service).facts
    assert facts.get("public") is public
    assert facts["tls"].get("minimum") == minimum


def test_protocols() -> None:
    assert _api(api={"protocols": ["http", "https"]}).facts["tls"]["required"] is False
    assert "tls/required" in _api(api={"protocols": None}).unknown
    assert "tls/required" in _api(api={"protocols": ["https", APPLY]}).unknown


def test_a_key_is_asked_for_where_every_product_does() -> None:
    def linked(**values: Any) -> Document:
        product = block("azurerm_api_management_product.p", {"product_id": "p"} | values)
        link = {
            "api_name": Reference("azurerm_api_management_api.a", "name"),
            "product_id": Reference(product.address, "product_id"),
        }
        return _api(product, block("azurerm_api_management_product_api.l", link))

    assert linked().facts["authorization"] == "key"
    for doubt in (
        linked(subscription_required=False),
        linked(subscription_required=APPLY),
        _api(api={"subscription_required": False}),
        _api(api={"subscription_required": APPLY}),
        _api(api={"api_management_name": "elsewhere"}),
    ):
        assert "authorization" in doubt.unknown


def test_a_service_whose_apis_stand_elsewhere() -> None:
    values = {"name": "s", "location": "chinaeast2", "security": [{"frontend_tls10_enabled": True}]}
    service = block(SERVICE, values)
    (found,) = documents(service)
    assert (found.name, found.region, found.facts["public"]) == ("s", "chinaeast2", True)
    assert found.facts["tls"]["minimum"] == "1.0"
    assert {"authorization", "tls/required"} <= set(found.unknown)
    # With an API in the template it is judged by that.
    api = block("azurerm_api_management_api.a", {"api_management_name": Reference(SERVICE, "name")})
    assert [one.native_type for one in documents(service, api)] == ["azurerm_api_management_api"]
