"""Registries of Azure Container Registry: one document for each, because the repositories in it can
be listed with a token of the registry itself alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.addresses import networks, opens_to_internet
from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Registry
from collectors.facts.shared import Encryption, Exposure
from collectors.logic import told

NATIVE = "Microsoft.ContainerRegistry/registries"
LIST_REGISTRIES = listing(NATIVE, "Registries_List")
LIST_PRICINGS = child(
    "Microsoft.Security/pricings",
    "Pricings_List",
    "/subscriptions/{subscription}/providers/Microsoft.Security/pricings",
    scope="account",
    paged=True,
)

_SCANNING = "containerregistriesvulnerabilityassessments"
Item = dict[str, Any]


def registries(account: Account) -> Iterable[Document]:
    """A document for each registry."""
    found = account.resources(LIST_REGISTRIES)
    if isinstance(found, Unknown):
        yield account.unlisted(Registry, found, native_type=NATIVE)
        return
    if not found:
        return
    scanned = then(account.listed(LIST_PRICINGS), scan_on_push)
    for item in found:
        allowed = allow_list(item["properties"])
        yield account.document(
            Registry(
                scan_on_push=scanned,
                immutable_tags=None,
                encryption=_encryption(item["properties"]),
                exposure=_exposure(item["properties"], allowed),
                allow_list=allowed,
                shared_admin=told(item["properties"], "adminUserEnabled"),
            ),
            item,
            native_type=NATIVE,
            native=item,
        )


def scan_on_push(pricings: list[Item]) -> bool | Unknown:
    """Whether a plan of Defender for Cloud scans images that are pushed: that of containers with
    its extension, or the one of registries that it replaced."""
    on = {
        str(one["name"]).lower(): one["properties"]
        for one in pricings
        if str(one["properties"].get("pricingTier")).lower() == "standard"
    }
    if "containerregistry" in on:
        return True
    if "containers" not in on:
        return False
    for extension in on["containers"].get("extensions") or ():
        if str(extension.get("name")).lower() == _SCANNING:
            return str(extension.get("isEnabled")).lower() == "true"
    return Unknown("Defender for Containers does not tell whether it scans registries")


def allow_list(properties: Item) -> list[str] | Unknown:
    """Who reaches the public endpoint. Registries below the Premium SKU have no such list."""
    access = str(told(properties, "publicNetworkAccess")).lower()
    if access == "disabled":
        return []
    if access != "enabled":
        return Unknown("the registry does not tell whether its public endpoint is on")
    rules = properties.get("networkRuleSet") or {}
    if str(rules.get("defaultAction")).lower() != "deny":
        return [IPV4_ANY, IPV6_ANY]
    return [range_ for rule in rules.get("ipRules") or () for range_ in networks(rule["value"])]


def _encryption(properties: Item) -> Encryption:
    """Registries are encrypted at rest, with a key of Microsoft's where none is named ("Encrypt
    registry with a customer-managed key")."""
    settings = properties.get("encryption") or {}
    own = str(settings.get("status")).lower() == "enabled"
    vault = settings.get("keyVaultProperties") or {}
    return Encryption(
        enabled=True,
        key_manager="customer" if own else "provider",
        key_id=vault.get("keyIdentifier") if own else None,
        algorithm="AES-256",
    )


def _exposure(properties: Item, allowed: list[str] | Unknown) -> Exposure:
    """Anybody pulls where anonymous pulls are on and the endpoint is open to anybody."""
    anonymous = told(properties, "anonymousPullEnabled")
    if anonymous is False:
        return Exposure(public=False, via=[])
    wide = opens_to_internet(allowed)
    if wide is False:
        return Exposure(public=False, via=[])
    for doubt in (anonymous, wide):
        if isinstance(doubt, Unknown):
            return Exposure.unread(doubt)
    return Exposure(public=True, via=["endpoint"])


SERVICE = Service(
    name="Azure Container Registry",
    types=((Registry, NATIVE),),
    calls=(LIST_REGISTRIES, LIST_PRICINGS),
    account=registries,
)
