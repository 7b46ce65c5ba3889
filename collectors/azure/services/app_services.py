"""Sites of App Service: web apps and function apps, with their functions.

Application settings are not read: the call that lists them hands out secrets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import parent_of
from collectors.azure.machines import role_of
from collectors.azure.site_exposure import exposure_of
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Function
from collectors.facts.shared import Encryption

NATIVE = "Microsoft.Web/sites"
LIST_SITES = listing(NATIVE, "WebApps_List")
GET_CONFIGURATION = child(f"{NATIVE}/config", "WebApps_GetConfiguration", "{id}/config/web")
GET_SIGN_IN = child(
    f"{NATIVE}/config", "WebApps_GetAuthSettingsV2WithoutSecrets", "{id}/config/authsettingsV2"
)
LIST_FUNCTIONS = child(f"{NATIVE}/functions", "WebApps_ListFunctions", "{id}/functions", paged=True)

_UNSUPPORTED = Unknown("until when App Service supports the runtime is not read")
_KEPT = (
    "state", "hostNames", "enabled", "httpsOnly", "clientCertEnabled", "clientCertMode",
    "publicNetworkAccess", "virtualNetworkSubnetId", "serverFarmId", "lastModifiedTimeUtc",
)  # fmt: skip
Item = dict[str, Any]


def sites(account: Account) -> Iterable[Document]:
    """A document for each site."""
    found = account.resources(LIST_SITES)
    if isinstance(found, Unknown):
        yield account.unlisted(Function, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item), found)


def is_function_app(item: Item) -> bool:
    """Whether a site is a function app: its kind is a list of words."""
    return "functionapp" in str(item.get("kind")).lower().split(",")


def _document(account: Account, item: Item) -> Document:
    id_, properties = item["id"], item["properties"]
    functions = is_function_app(item)
    configuration = then(account.read(GET_CONFIGURATION, id=id_), lambda one: one["properties"])
    subnet = properties.get("virtualNetworkSubnetId")
    # An App Service environment stands in a network of the account.
    inside = subnet or properties.get("hostingEnvironmentProfile")
    runtime = then(configuration, _runtime)
    return account.document(
        Function(
            runtime=runtime,
            runtime_supported=None if runtime is None else _UNSUPPORTED,
            vpc_id=parent_of(subnet)
            if subnet
            else Unknown("the environment of the site is not read")
            if inside
            else None,
            network_kind="vpc" if inside else "public",
            exposure=exposure_of(
                properties,
                configuration,
                then(account.read(GET_SIGN_IN, id=id_), lambda one: one["properties"]),
                account.listed(LIST_FUNCTIONS, id=id_) if functions else None,
            ),
            environment_secrets=Unknown("the settings of the site are secrets, and are not read"),
            # "App settings are always encrypted when stored" (Configure an App Service app).
            environment_encryption=Encryption(
                enabled=True, key_manager="provider", key_id=None, algorithm=None
            ),
            role=role_of(item.get("identity")),
            logging=logging_of(
                account, id_, ("FunctionAppLogs",) if functions else ("AppServiceHTTPLogs",)
            ),
        ),
        item,
        native_type=NATIVE,
        native={"kind": item.get("kind"), **{n: properties[n] for n in _KEPT if n in properties}},
    )


def _runtime(configuration: Item) -> str | Unknown | None:
    """`Python|3.11` of Linux; null for a container. What Windows runs stands in settings."""
    for name in ("linuxFxVersion", "windowsFxVersion"):
        text = str(configuration.get(name) or "")
        if text.lower().startswith(("docker|", "compose|", "sitecontainers")):
            return None
        if text:
            return text
    return Unknown("the runtime stands in settings, which are not read")


SERVICE = Service(
    name="App Service",
    types=((Function, NATIVE),),
    calls=(LIST_SITES, GET_CONFIGURATION, GET_SIGN_IN, LIST_FUNCTIONS, *LOGGING_CALLS),
    account=sites,
)
