"""TLS certificates of App Service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.app_certificate_facts import certificate_facts, renews
from collectors.azure.calls import listing
from collectors.azure.services.app_services import LIST_SITES, LIST_SLOTS
from collectors.document import Document, Unknown, also
from collectors.facts.key import Certificate
from collectors.logic import Known, some

NATIVE = "Microsoft.Web/certificates"
LIST_CERTIFICATES = listing(NATIVE, "Certificates_List")

_KEPT = (
    "friendlyName", "subjectName", "hostNames", "issuer", "issueDate", "expirationDate",
    "thumbprint", "canonicalName", "keyVaultId", "keyVaultSecretName", "keyVaultSecretStatus",
)  # fmt: skip
Item = dict[str, Any]


def certificates(account: Account) -> Iterable[Document]:
    """A document for each certificate."""
    found = account.resources(LIST_CERTIFICATES)
    if isinstance(found, Unknown):
        yield account.unlisted(Certificate, found, native_type=NATIVE)
        return
    if not found:
        return
    bound, doubt = _bound(account)
    for item in found:
        properties = item["properties"]
        kept = {name: properties[name] for name in _KEPT if name in properties}
        yield account.document(
            certificate_facts(
                properties.get("expirationDate")
                or Unknown("App Service does not tell when the certificate expires"),
                _in_use(properties, bound, doubt),
                # Managed ones have a canonical name.
                renews(bool(properties.get("canonicalName")), bool(properties.get("keyVaultId"))),
            ),
            item,
            native_type=NATIVE,
            native={"id": item["id"], "properties": kept},
        )


def thumbprints(sites: list[Item]) -> set[str]:
    """The certificates that names of sites, or of slots, are bound to, by thumbprint."""
    return {
        str(state["thumbprint"]).lower()
        for site in sites
        for state in site["properties"].get("hostNameSslStates") or ()
        if state.get("thumbprint")
    }


def _bound(account: Account) -> tuple[set[str], Unknown | None]:
    """The certificates that sites and their slots are bound to, and why there may be more."""
    sites = account.resources(LIST_SITES)
    if isinstance(sites, Unknown):
        return set(), sites
    slots = account.map(lambda site: account.listed(LIST_SLOTS, id=site["id"]), sites)
    known = [one for listed in slots if not isinstance(listed, Unknown) for one in listed]
    return thumbprints([*sites, *known]), also(None, *slots)


def _in_use(properties: Item, bound: set[str], doubt: Unknown | None) -> Known:
    return some((str(properties.get("thumbprint")).lower() in bound, doubt or False))


SERVICE = Service(
    name="App Service certificates",
    types=((Certificate, NATIVE),),
    calls=(LIST_CERTIFICATES, LIST_SITES, LIST_SLOTS),
    account=certificates,
)
