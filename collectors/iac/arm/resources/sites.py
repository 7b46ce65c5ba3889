"""Sites of App Service with their settings, slots, functions and plans. Source: template reference,
Microsoft.Web.

They become the resources of Terraform's older versions, which have no defaults of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.site_facts import is_function_app
from collectors.document import Unknown, then
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import managed_identity, named, nothing, or_, public
from collectors.iac.blocks import Block

_WEB, _FUNCTIONS = "azurerm_app_service", "azurerm_function_app"
_SWIFT = f"{_WEB}_virtual_network_swift_connection"
_NOT_WRITTEN = Unknown("whether a sign-in is required is not written")


def site(resource: Resource) -> Iterator[Block]:
    """A site."""
    yield resource.block(_kind(resource), _values(resource))


def slot(resource: Resource) -> Iterator[Block]:
    """A deployment slot."""
    values = _values(resource) | {"app_service_id": resource.owner()}
    yield resource.block(f"{_kind(resource)}_slot", values)


def _kind(resource: Resource) -> str:
    return _FUNCTIONS if is_function_app(resource.body) else _WEB


def _values(resource: Resource) -> dict[str, Any]:
    settings = _merged(resource.get("siteConfig"), _config(resource, "web"))
    word = or_(resource.get("publicNetworkAccess"), at(settings, "publicNetworkAccess"))
    variables = or_(_config(resource, "appsettings"), _pairs(at(settings, "appSettings"), "value"))
    return named(resource) | {
        "service_plan_id": resource.get("serverFarmId"),
        # An environment stands in a network of the account, as a subnet does.
        "virtual_network_subnet_id": or_(
            resource.get("virtualNetworkSubnetId"), resource.get("hostingEnvironmentProfile.id")
        ),
        "public_network_access_enabled": public(word),
        # Without a word plain HTTP is taken too ("Securing Azure Functions"), and TLS from 1.2 on
        # ("TLS/SSL certificates for Azure App Service": in the portal and by the API).
        "https_only": resource.get("httpsOnly"),
        "client_certificate_enabled": resource.get("clientCertEnabled"),
        "client_certificate_mode": resource.get("clientCertMode"),
        "client_certificate_exclusion_paths": resource.get("clientCertExclusionPaths"),
        "site_config": [_settings(settings)] if isinstance(settings, dict) else settings,
        "auth_settings_v2": _sign_in(_config(resource, "authsettingsv2")),
        "auth_settings": _older(_config(resource, "authsettings")),
        "app_settings": variables,
        "connection_string": _strings(
            _config(resource, "connectionstrings"), at(settings, "connectionStrings")
        ),
        "identity": managed_identity(resource.body.get("identity")),
    }


def _strings(beside: Any, inside: Any) -> Any:
    """Connection strings: those of `config/connectionstrings`, which take the place of those in the
    site, have their value and type under their name."""
    if isinstance(beside, dict):
        found: Any = {name: at(one, "value") for name, one in beside.items()}
    else:
        found = or_(beside, _pairs(inside, "connectionString"))
    if not isinstance(found, dict):
        return found
    return [{"name": name, "value": value} for name, value in found.items()]


def _config(resource: Resource, name: str) -> Any:
    """The properties of a `config` child."""
    found = (
        one.properties
        for one in resource.children
        if one.type.lower().endswith("/config") and str(one.name).lower() == name
    )
    return next(found, None)


def _merged(inside: Any, beside: Any) -> Any:
    """The settings in a site with those of its `config/web`, which are set after it."""
    if inside is None or beside is None:
        return beside if inside is None else inside
    if isinstance(inside, dict) and isinstance(beside, dict):
        later = {name.lower() for name in beside}
        kept = {name: it for name, it in inside.items() if name.lower() not in later}
        return {**kept, **beside}
    return inside if isinstance(inside, Unknown) else beside


def _pairs(value: Any, key: str) -> Any:
    """A list of names with values as a mapping."""
    if not isinstance(value, list):
        return value
    return {str(at(one, "name")): at(one, key) for one in value}


def _settings(settings: dict[str, Any]) -> dict[str, Any]:
    """After rules that let somebody in, and without a word, nobody else is."""
    rules = at(settings, "ipSecurityRestrictions")
    default = or_(at(settings, "ipSecurityRestrictionsDefaultAction"), "Deny" if rules else None)
    found = {
        "linux_fx_version": or_(
            at(settings, "linuxFxVersion") or None, at(settings, "windowsFxVersion")
        ),
        "ip_restriction": [_rule(one) for one in rules] if isinstance(rules, list) else rules,
        "ip_restriction_default_action": default,
        "min_tls_version": at(settings, "minTlsVersion"),
        "ftps_state": at(settings, "ftpsState"),
    }
    return {name: it for name, it in found.items() if it is not None}


def _rule(value: Any) -> dict[str, Any]:
    found = {
        "ip_address": at(value, "ipAddress"),
        "action": at(value, "action"),
        "priority": at(value, "priority"),
        "virtual_network_subnet_id": at(value, "vnetSubnetResourceId"),
        "headers": at(value, "headers"),
    }
    return {name: it for name, it in found.items() if it is not None}


def _sign_in(properties: Any) -> Any:
    """Whether App Service asks for a sign-in: by its word, or by what it does without one."""
    if properties is None or isinstance(properties, Unknown):
        return properties
    action = at(properties, "globalValidation.unauthenticatedClientAction")
    required = at(properties, "globalValidation.requireAuthentication")
    found = {
        "auth_enabled": at(properties, "platform.enabled"),
        "require_authentication": or_(required, _NOT_WRITTEN if action is None else True),
        "unauthenticated_action": action,
        "excluded_paths": at(properties, "globalValidation.excludedPaths"),
    }
    return [{name: it for name, it in found.items() if it is not None}]


def _older(properties: Any) -> Any:
    if properties is None or isinstance(properties, Unknown):
        return properties
    found = {
        "enabled": or_(at(properties, "enabled"), False),
        "unauthenticated_client_action": at(properties, "unauthenticatedClientAction"),
    }
    return [{name: it for name, it in found.items() if it is not None}]


def function(resource: Resource) -> Iterator[Block]:
    """A function."""
    values = {
        "function_app_id": resource.owner(),
        "config_json": resource.get("config"),
        "enabled": then(resource.get("isDisabled"), lambda off: off is not True),
    }
    yield resource.block("azurerm_function_app_function", values)


def plan(resource: Resource) -> Iterator[Block]:
    """A plan, which may stand in an environment."""
    values = named(resource) | {
        "app_service_environment_id": resource.get("hostingEnvironmentProfile.id")
    }
    yield resource.block("azurerm_service_plan", values)


def connection(resource: Resource) -> Iterator[Block]:
    """The connection of a site to a subnet."""
    values = {"app_service_id": resource.owner(), "subnet_id": resource.get("subnetResourceId")}
    yield resource.block(_SWIFT, values)


_ON = "Microsoft.Web/sites"

TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Web/serverfarms": plan,
    _ON: site,
    f"{_ON}/config": nothing,
    f"{_ON}/functions": function,
    f"{_ON}/networkConfig": connection,
    f"{_ON}/slots": slot,
    f"{_ON}/slots/config": nothing,
    f"{_ON}/slots/functions": function,
}
