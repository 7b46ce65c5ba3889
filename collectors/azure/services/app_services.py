"""Sites of App Service: web apps and function apps, with their functions, and their deployment
slots, each of which has an address and settings of its own.

Application settings are not read: the call that lists them hands out secrets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account, Service
from collectors.azure.calls import AzureCall, child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import parent_of, region_of
from collectors.azure.machines import role_of
from collectors.azure.site_exposure import exposure_of
from collectors.azure.site_facts import (
    environment_encryption,
    is_function_app,
    log_category,
    plain_ftp,
    runtime_of,
    runtime_supported,
    tls_of,
)
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Function

NATIVE = "Microsoft.Web/sites"
SLOTS = f"{NATIVE}/slots"
LIST_SITES = listing(NATIVE, "WebApps_List")
LIST_SLOTS = child(SLOTS, "WebApps_ListSlots", "{id}/slots", paged=True)


class Kind(Struct, frozen=True, kw_only=True):
    """Sites, or slots of sites: their type, and the calls that read one."""

    native: str
    configuration: AzureCall
    sign_in: AzureCall
    functions: AzureCall


def _kind(native: str, functions: str, suffix: str = "") -> Kind:
    settings = "WebApps_GetAuthSettingsV2WithoutSecrets"
    return Kind(
        native=native,
        configuration=child(
            f"{native}/config", f"WebApps_GetConfiguration{suffix}", "{id}/config/web"
        ),
        sign_in=child(f"{native}/config", f"{settings}{suffix}", "{id}/config/authsettingsV2"),
        functions=child(f"{native}/functions", functions, "{id}/functions", paged=True),
    )


SITE = _kind(NATIVE, "WebApps_ListFunctions")
SLOT = _kind(SLOTS, "WebApps_ListInstanceFunctionsSlot", "Slot")

_KEPT = (
    "state", "hostNames", "enabled", "httpsOnly", "clientCertEnabled", "clientCertMode",
    "publicNetworkAccess", "virtualNetworkSubnetId", "serverFarmId", "lastModifiedTimeUtc",
)  # fmt: skip
Item = dict[str, Any]


def sites(account: Account) -> Iterable[Document]:
    """A document for each site, and for each slot of one."""
    found = account.resources(LIST_SITES)
    if isinstance(found, Unknown):
        yield account.unlisted(Function, found, native_type=NATIVE)
        yield account.unlisted(Function, found, native_type=SLOTS)
        return
    yield from account.map(lambda item: _document(account, SITE, item), found)
    for documents in account.map(lambda item: list(_slots(account, item)), found):
        yield from documents


def _slots(account: Account, site: Item) -> Iterable[Document]:
    found = account.listed(LIST_SLOTS, id=site["id"])
    if isinstance(found, Unknown):
        yield account.unlisted(Function, found, region_of(site), SLOTS)
        return
    yield from (_document(account, SLOT, slot) for slot in found)


def _document(account: Account, kind: Kind, item: Item) -> Document:
    id_, properties = item["id"], item["properties"]
    functions = is_function_app(item)
    configuration = then(account.read(kind.configuration, id=id_), lambda one: one["properties"])
    subnet = properties.get("virtualNetworkSubnetId")
    # An App Service environment stands in a network of the account.
    inside = subnet or properties.get("hostingEnvironmentProfile")
    runtime = then(configuration, runtime_of)
    return account.document(
        Function(
            runtime=runtime,
            runtime_supported=runtime_supported(runtime),
            vpc_id=parent_of(subnet)
            if subnet
            else Unknown("the environment of the site is not read")
            if inside
            else None,
            network_kind="vpc" if inside else "public",
            exposure=exposure_of(
                properties,
                configuration,
                then(account.read(kind.sign_in, id=id_), lambda one: one["properties"]),
                account.listed(kind.functions, id=id_) if functions else None,
            ),
            tls=tls_of(
                properties.get("httpsOnly"),
                then(configuration, lambda one: one.get("minTlsVersion")),
            ),
            plain_ftp=then(configuration, lambda one: plain_ftp(one.get("ftpsState"))),
            environment_secrets=Unknown("the settings of the site are secrets, and are not read"),
            environment_encryption=environment_encryption(),
            role=role_of(item.get("identity")),
            logging=logging_of(account, id_, (log_category(functions=functions),)),
        ),
        item,
        native_type=kind.native,
        native={"kind": item.get("kind"), **{n: properties[n] for n in _KEPT if n in properties}},
    )


SERVICE = Service(
    name="App Service",
    types=((Function, NATIVE), (Function, SLOTS)),
    calls=(
        LIST_SITES,
        SITE.configuration,
        SITE.sign_in,
        SITE.functions,
        LIST_SLOTS,
        SLOT.configuration,
        SLOT.sign_in,
        SLOT.functions,
        *LOGGING_CALLS,
    ),
    account=sites,
)
