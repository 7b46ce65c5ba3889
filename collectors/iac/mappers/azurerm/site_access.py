"""What stands between the internet and a site of App Service, in the words of ARM, as
`collectors.azure.site_exposure` judges it. What a template does not decide is unknown."""

from __future__ import annotations

import json
from typing import Any

from collectors.azure.site_exposure import is_anonymous
from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, Project, Reference, nested, read
from collectors.iac.mappers.joins import first_of, given, joined

FUNCTION = "azurerm_function_app_function"

_ELSEWHERE = Unknown("functions that are deployed as code are not part of a template")
_DEFAULT_ACTION = Unknown(
    "ip_restriction_default_action is not written: older versions of the provider refuse, newer"
    " ones allow"
)
_REQUIRED = Unknown("auth_settings_v2 does not tell whether a sign-in is required")
_ACTION = Unknown("auth_settings does not tell what happens without a sign-in")
_MODE = Unknown("the mode of client certificates is not written")
_NOT_UNDERSTOOD = Unknown("the configuration of a function is not understood")
Item = dict[str, Any]


def closed_by(block: Block, *, functions: bool) -> Item | Unknown:
    """The settings of a site that close it: the public endpoint, client certificates."""
    values = block.values
    public = block.read("public_network_access_enabled", bool, default=True)
    if public is False:
        return {"publicNetworkAccess": "Disabled"}
    on = first_of(values, ("client_certificate_enabled", "client_cert_enabled"), bool, False)
    if on is False:
        return public if isinstance(public, Unknown) else {}
    default: str | Unknown = _MODE
    if block.type.startswith(("azurerm_linux_", "azurerm_windows_")):
        default = "Optional" if functions else "Required"
    mode = first_of(values, ("client_certificate_mode", "client_cert_mode"), str, default)
    paths = given(values, "client_certificate_exclusion_paths")
    if isinstance(mode, str) and mode.lower() != "required":
        return public if isinstance(public, Unknown) else {}
    return also(public, on, mode, paths) or {
        "clientCertEnabled": on,
        "clientCertMode": mode,
        "clientCertExclusionPaths": "/" if paths else "",
    }


def access_of(settings: dict[str, Any]) -> Item | Unknown:
    """The list of addresses of `site_config`. One that is open in part is unknown as a whole."""
    rules = nested(settings, "ip_restriction")
    if isinstance(rules, Unknown):
        return rules
    found = [_rule(each) for each in rules]
    default = read(
        settings, "ip_restriction_default_action", str, _DEFAULT_ACTION if rules else "Allow"
    )
    doubt = also(default, *found)
    return doubt or {
        "ipSecurityRestrictions": found,
        "ipSecurityRestrictionsDefaultAction": default,
    }


def _rule(values: dict[str, Any]) -> Item | Unknown:
    addresses = (read(values, name, str, "") for name in ("ip_address", "service_tag"))
    address, tag = addresses
    action = read(values, "action", str, "Allow")
    priority = read(values, "priority", int, 65000)
    subnet = given(values, "virtual_network_subnet_id", "subnet_id")
    headers = given(values, "headers")
    doubt = also(address, tag, action, priority, subnet, headers)
    if doubt:
        return doubt
    return {
        "ipAddress": address or tag,
        "action": action,
        "priority": priority,
        "vnetSubnetResourceId": "a subnet" if subnet else None,
        "headers": {"any": ["any"]} if headers else None,
    }


def sign_in_of(block: Block) -> Item | Unknown:
    """The sign-in by App Service, which is off unless it is written."""
    later, older = (nested(block.values, name) for name in ("auth_settings_v2", "auth_settings"))
    doubt = also(later, older)
    if doubt:
        return doubt
    if isinstance(later, list) and later:
        return _later(later[0])
    return _older(older[0]) if isinstance(older, list) and older else {}


def _later(values: dict[str, Any]) -> Item | Unknown:
    on = read(values, "auth_enabled", bool, default=False)
    if on is False:
        return {}
    required = read(values, "require_authentication", bool, _REQUIRED)
    action = read(values, "unauthenticated_action", str, "RedirectToLoginPage")
    excluded = given(values, "excluded_paths")
    if required is False or excluded is True:
        return {}
    return also(on, required, action, excluded) or _asks(action)


def _older(values: dict[str, Any]) -> Item | Unknown:
    on = read(values, "enabled", bool, Unknown("auth_settings gives no enabled"))
    if on is False:
        return {}
    action = read(values, "unauthenticated_client_action", str, _ACTION)
    return also(on, action) or _asks(action)


def _asks(action: Any) -> Item:
    validation = {"requireAuthentication": True, "unauthenticatedClientAction": action}
    return {"platform": {"enabled": True}, "globalValidation": validation}


def functions_of(block: Block, project: Project) -> list[Item] | Unknown:
    """The functions of a template that anybody may invoke; where it has none, those deployed as
    code decide, of which it does not tell."""
    found = joined(project, block, "function_app_id", FUNCTION)
    known = [_function(each) for each in found.blocks]
    sure = [{"properties": each} for each in known if not isinstance(each, Unknown)]
    if any(is_anonymous(each["properties"]) for each in sure):
        return sure
    return also(None, *known) or found.doubt or _ELSEWHERE


def _function(block: Block) -> Item | Unknown:
    on = block.read("enabled", bool, default=True)
    return then(on, lambda yes: then(_configured(block), lambda it: _of(it, on=yes)))


def _of(configuration: Item, *, on: bool) -> Item:
    return {"isDisabled": not on, "config": configuration}


def _configured(block: Block) -> Item | Unknown:
    value = block.get("config_json")
    if isinstance(value, dict):
        return value
    if isinstance(value, Unknown | Reference) or not isinstance(value, str):
        return Unknown("the configuration of a function is known after apply")
    try:
        found = json.loads(value)
        bindings = found.get("bindings") or []
    except (ValueError, AttributeError):
        return _NOT_UNDERSTOOD
    is_list = isinstance(bindings, list) and all(isinstance(one, dict) for one in bindings)
    return found if is_list else _NOT_UNDERSTOOD
