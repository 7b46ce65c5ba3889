"""Services, APIs and products of API Management. Source: template reference,
Microsoft.ApiManagement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block
from collectors.logic import negated

_PROTOCOLS = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols."
_OLD = {
    "Ssl30": "frontend_ssl30_enabled",
    "Tls10": "frontend_tls10_enabled",
    "Tls11": "frontend_tls11_enabled",
}
_UNTOLD = Unknown("the service does not write which versions of TLS it accepts")
_NOT_ASKED = Unknown("subscriptionRequired is not written")


def service(resource: Resource) -> Iterator[Block]:
    """A service. Which old versions of TLS one takes without a word depends on its age."""
    disabled = is_(resource.get("publicNetworkAccess"), "Disabled")
    values = named(resource) | {
        "virtual_network_type": resource.get("virtualNetworkType"),
        "public_network_access_enabled": None if disabled is None else negated(disabled),
        "security": [_security(resource.get("customProperties"))],
    }
    yield resource.block("azurerm_api_management", values)


def _security(properties: Any) -> dict[str, Any]:
    """The names of these settings have dots."""
    if not isinstance(properties, dict):
        return dict.fromkeys(_OLD.values(), or_(properties, _UNTOLD))
    lower = {key.lower(): value for key, value in properties.items()}
    return {
        new: or_(is_(lower.get(f"{_PROTOCOLS}{old}".lower()), "true"), _UNTOLD)
        for old, new in _OLD.items()
    }


def api(resource: Resource) -> Iterator[Block]:
    """An API of a service."""
    values = {
        "name": resource.name,
        "api_management_name": resource.owner(),
        "protocols": resource.get("protocols"),
        "subscription_required": or_(resource.get("subscriptionRequired"), _NOT_ASKED),
    }
    yield resource.block("azurerm_api_management_api", values)


def product(resource: Resource) -> Iterator[Block]:
    """A product of a service."""
    values = {
        "name": resource.name,
        "subscription_required": or_(resource.get("subscriptionRequired"), _NOT_ASKED),
    }
    yield resource.block("azurerm_api_management_product", values)


def product_api(resource: Resource) -> Iterator[Block]:
    """An API in a product, by its name."""
    values = {"api_name": resource.name, "product_id": resource.owner()}
    yield resource.block("azurerm_api_management_product_api", values)


_SERVICES = "Microsoft.ApiManagement/service"

TRANSLATIONS: dict[str, Translation] = {
    _SERVICES: service,
    f"{_SERVICES}/apis": api,
    f"{_SERVICES}/products": product,
    f"{_SERVICES}/products/apis": product_api,
}
