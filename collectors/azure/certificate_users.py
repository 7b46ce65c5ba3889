"""Which certificates of Key Vault are in use: those that application gateways and API Management
take by the address of their secret. Others may be in use too, which nothing tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from collectors.azure.account import Account
from collectors.azure.network_calls import LIST_APPLICATION_GATEWAYS
from collectors.azure.services.api_management import LIST_SERVICES
from collectors.document import Unknown
from collectors.logic import Known

USER_CALLS = (LIST_APPLICATION_GATEWAYS, LIST_SERVICES)

_OTHERS = Unknown("what else may use the certificate is not read")
_PINNED = Unknown("a version of the certificate is in use, and its end is not read")
Item = dict[str, Any]


def in_use(account: Account, uri: str) -> Known:
    """Whether the newest version of a certificate is in use, by the address of its secret. One that
    is taken by its version may be older than that."""
    users = account.once("users of certificates", lambda: _users(account))
    named = [version for place, version in users if place == _place(uri)[0]]
    if "" in named:
        return True
    doubt = next((one for one, _ in users if isinstance(one, Unknown)), _OTHERS)
    return _PINNED if named else doubt


def _users(account: Account) -> list[tuple[str | Unknown, str]]:
    """The secrets that are taken, each with the version that is asked for ("" for the newest), and
    why there may be more."""
    found: list[tuple[str | Unknown, str]] = []
    for call, addresses in ((LIST_APPLICATION_GATEWAYS, _of_gateway), (LIST_SERVICES, _of_apis)):
        listed = account.resources(call)
        if isinstance(listed, Unknown):
            found.append((listed, ""))
            continue
        found += [_place(uri) for item in listed for uri in addresses(item["properties"]) if uri]
    return found


def _of_gateway(properties: Item) -> Iterator[str | None]:
    for certificate in properties.get("sslCertificates") or ():
        yield (certificate.get("properties") or {}).get("keyVaultSecretId")


def _of_apis(properties: Item) -> Iterator[str | None]:
    for name in properties.get("hostnameConfigurations") or ():
        yield name.get("keyVaultId")


def _place(uri: str) -> tuple[str, str]:
    """A secret by its vault and name, and its version."""
    address = urlsplit(uri.lower())
    parts = [*address.path.strip("/").split("/"), "", ""]
    return f"{address.netloc}/{parts[1]}", parts[2]
