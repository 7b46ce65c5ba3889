"""azurerm_api_management_api with its service and products; a service without an API beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.shared import azure_document, location_of, target_or_named
from collectors.iac.mappers.joins import first_of, items, joined, tags_of, target_of
from collectors.logic import Known, every, negated

SERVICE, API = "azurerm_api_management", "azurerm_api_management_api"
PRODUCT, PRODUCT_API = "azurerm_api_management_product", "azurerm_api_management_product_api"

_SECURE = {"https", "wss"}
# The oldest first; the second name is that of versions 2 to 4 of the provider.
_OLD = (
    ("ssl3", ("frontend_ssl30_enabled", "enable_frontend_ssl30")),
    ("1.0", ("frontend_tls10_enabled", "enable_frontend_tls10")),
    ("1.1", ("frontend_tls11_enabled", "enable_frontend_tls11")),
)
_AWAY = Unknown("the API Management service is not part of this template")
_NO_API = Unknown("no API of the service is part of this template")
_NO_PROTOCOLS = Unknown("the API does not tell its protocols")
_NO_PRODUCT = Unknown("a product of the API is not part of this template")
_POLICIES = Unknown("policies of the API may ask for a sign-in, and are not read")


def map_api(block: Block, project: Project) -> Iterator[Document]:
    """An API; who reaches it, and with which TLS, is a setting of its service."""
    service = target_or_named(project, block.get("api_management_name"), SERVICE)
    facts = Api(
        authorization=_authorization(block, service, project),
        public=_is_public(service) if service else _AWAY,
        tls=Tls(
            minimum=_minimum(service) if service else _AWAY, required=_required(block), policy=None
        ),
        logging=logging_of(service, project, ("GatewayLogs",))
        if service
        else Logging.unread(_AWAY),
    )
    yield azure_document(
        block,
        project,
        facts,
        region=location_of(service, project) if service else _AWAY,
        tags=tags_of(service) if service else {},
    )


def map_service(block: Block, project: Project) -> Iterator[Document]:
    """A service without an API in the template: who reaches it, and with which TLS, holds for all
    of its APIs."""
    if joined(project, block, "api_management_name", API).blocks:
        return
    facts = Api(
        authorization=_NO_API,
        public=_is_public(block),
        tls=Tls(minimum=_minimum(block), required=_NO_API, policy=None),
        logging=logging_of(block, project, ("GatewayLogs",)),
    )
    yield azure_document(block, project, facts)


def _authorization(api: Block, service: Block | None, project: Project) -> str | Unknown:
    """A key where the API asks for a subscription, in products that do so too. What else there is
    stands in policies."""
    asked = api.read("subscription_required", bool, True)
    if asked is not True or service is None:
        return asked if isinstance(asked, Unknown) else _POLICIES if service else _AWAY
    links = joined(project, api, "api_name", PRODUCT_API)
    products = [target_of(project, each.get("product_id"), PRODUCT) for each in links.blocks]
    answers: list[Known] = [
        product.read("subscription_required", bool, True) if product else _NO_PRODUCT
        for product in products
    ]
    every_one = every([*answers, *([links.doubt] if links.doubt else [])])
    if isinstance(every_one, Unknown):
        return every_one
    return "key" if every_one else _POLICIES


def _is_public(service: Block) -> Known:
    """A service in Internal mode stands in a virtual network and has no public gateway."""
    kind = service.read("virtual_network_type", str, "None")
    inside = kind if isinstance(kind, Unknown) else kind.lower() == "internal"
    return every([negated(inside), service.read("public_network_access_enabled", bool, True)])


def _minimum(service: Block) -> Any:
    """The lowest version of TLS that the gateway accepts; old ones are off by default. One that is
    on is a bound, whatever is not known of older ones."""
    settings = nested(service.values, "security")
    if isinstance(settings, Unknown):
        return settings
    values = settings[0] if settings else {}
    accepted = {version: first_of(values, names, bool, False) for version, names in _OLD}
    on = next((version for version, word in accepted.items() if word is True), None)
    return on or also(*accepted.values()) or "1.2"


def _required(api: Block) -> Known:
    protocols = items(api.values, "protocols")
    if isinstance(protocols, Unknown):
        return protocols
    if not protocols:
        return _NO_PROTOCOLS
    doubt = next((each for each in protocols if isinstance(each, Unknown)), None)
    return doubt or {str(each).lower() for each in protocols} <= _SECURE


MAPPINGS = [
    Mapping(
        types=(API,),
        facts=Api,
        map=map_api,
        joined=(SERVICE, PRODUCT, PRODUCT_API, *LOGGING_TYPES),
    ),
    Mapping(types=(SERVICE,), facts=Api, map=map_service, joined=(API, *LOGGING_TYPES)),
]

LINK_TYPES = frozenset({"azurerm_api_management_product", "azurerm_api_management_product_api"})
