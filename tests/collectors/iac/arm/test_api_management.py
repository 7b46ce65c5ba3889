"""APIs of API Management in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.ApiManagement/service"
OLD = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols."
SERVICE: dict[str, Any] = {
    "type": KIND,
    "name": "s",
    "location": "chinanorth3",
    "properties": {
        "customProperties": {f"{OLD}Ssl30": "false", f"{OLD}Tls10": "true"},
        "virtualNetworkType": "External",
    },
}
API = {
    "type": f"{KIND}/apis",
    "name": "s/a",
    "properties": {"protocols": ["https"], "subscriptionRequired": True},
}
PRODUCT = {
    "type": f"{KIND}/products",
    "name": "s/p",
    "properties": {"subscriptionRequired": False},
}
LINK = {"type": f"{KIND}/products/apis", "name": "s/p/a", "properties": {}}


def test_an_api_with_its_service(deployment: Read) -> None:
    (found,) = deployment([SERVICE, API]).values()
    assert found.native_type == f"{KIND}/apis"
    assert found.facts["tls"] == {"minimum": "1.0", "required": True, "policy": None}
    assert (found.facts["authorization"], found.facts["public"]) == ("key", True)
    (opened,) = deployment([SERVICE, API, PRODUCT, LINK]).values()
    assert "authorization" in opened.unknown
    (bare,) = deployment([{**SERVICE, "properties": {}}, API]).values()
    assert "tls/minimum" in bare.unknown
    told = {"customProperties": {f"{OLD}Tls11": True}}
    (old,) = deployment([{**SERVICE, "properties": told}, API]).values()
    assert old.facts["tls"]["minimum"] == "1.1"
