"""APIs of API Management."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of
from collectors.document import Document, Unknown
from collectors.facts.network import Api
from collectors.facts.shared import Tls

SERVICES = "Microsoft.ApiManagement/service"
NATIVE = f"{SERVICES}/apis"
LIST_SERVICES = listing(SERVICES, "ApiManagementService_List")
LIST_APIS = child(NATIVE, "Api_ListByService", "{id}/apis", paged=True)
LIST_PRODUCTS = child(f"{NATIVE}/products", "ApiProduct_ListByApis", "{id}/products", paged=True)

_PROTOCOLS = "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols."
_OLD: tuple[tuple[str, Literal["ssl3", "1.0", "1.1"]], ...] = (
    ("Ssl30", "ssl3"),
    ("Tls10", "1.0"),
    ("Tls11", "1.1"),
)
Item = dict[str, Any]


def apis(account: Account) -> Iterable[Document]:
    """A document for each API of each service."""
    services = account.resources(LIST_SERVICES)
    if isinstance(services, Unknown):
        yield account.unlisted(Api, services, native_type=NATIVE)
        return
    for service in services:
        found = account.listed(LIST_APIS, id=service["id"])
        if isinstance(found, Unknown):
            yield account.unlisted(Api, found, region_of(service), NATIVE)
            continue
        for api in found:
            yield _document(account, service, api)


def _document(account: Account, service: Item, api: Item) -> Document:
    settings, properties = service["properties"], api["properties"]
    protocols = {str(one).lower() for one in properties.get("protocols") or ()}
    secure = {"https", "wss"}
    return account.document(
        Api(
            authorization=_authorization(account, api),
            public=_is_public(settings),
            tls=Tls(
                minimum=minimum_of(settings.get("customProperties") or {}),
                required=protocols <= secure
                if protocols
                else Unknown("the API does not tell its protocols"),
                policy=None,
            ),
            logging=logging_of(account, service["id"], ("GatewayLogs",)),
        ),
        api,
        region=region_of(service),
        tags=tags_of(service),
        native_type=NATIVE,
        native=api,
    )


def _authorization(account: Account, api: Item) -> str | Unknown:
    """A key where the API asks for a subscription, in a product that does so too: one in an open
    product takes requests without ("Subscriptions in Azure API Management"). What else there is
    stands in policies, of the service and down to each operation."""
    policies = Unknown("policies of the API may ask for a sign-in, and are not read")
    if api["properties"].get("subscriptionRequired") is not True:
        return policies
    products = account.listed(LIST_PRODUCTS, id=api["id"])
    if isinstance(products, Unknown):
        return products
    asked = all(one["properties"].get("subscriptionRequired") is True for one in products)
    return "key" if asked else policies


def _is_public(settings: Item) -> bool:
    """A service in Internal mode stands in a virtual network and has no public gateway."""
    inside = str(settings.get("virtualNetworkType")).lower() == "internal"
    return not inside and str(settings.get("publicNetworkAccess")).lower() != "disabled"


def minimum_of(properties: Item) -> Literal["ssl3", "1.0", "1.1", "1.2"] | Unknown:
    """The lowest version of TLS that the gateway accepts of clients. What is on without being told
    depends on the service's age."""
    for name, version in _OLD:
        value = str(properties.get(f"{_PROTOCOLS}{name}")).lower()
        if value == "true":
            return version
        if value != "false":
            return Unknown("the service does not tell which versions of TLS it accepts")
    return "1.2"


SERVICE = Service(
    name="API Management",
    types=((Api, NATIVE),),
    calls=(LIST_SERVICES, LIST_APIS, LIST_PRODUCTS, *LOGGING_CALLS),
    account=apis,
)
