"""Application gateways and their WAF policies. Source: template reference, Microsoft.Network.

Parts of a gateway name each other by their ids; Terraform does by their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown, then
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block, Reference

_NO_STATE = Unknown("the WAF policy does not write its state")
_NO_MODE = Unknown("the WAF policy does not write its mode")
_SINCE, _NEW, _OLD = "2023-02-01", "AppGwSslPolicy20220101", "AppGwSslPolicy20150501"
"""Since this version of the API the default policy is another one ("Application Gateway SSL policy
overview")."""

_PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "frontendIPConfigurations": (
        "frontend_ip_configuration",
        {"publicIPAddress.id": "public_ip_address_id", "subnet.id": "subnet_id"},
    ),
    "frontendPorts": ("frontend_port", {"port": "port"}),
    "gatewayIPConfigurations": ("gateway_ip_configuration", {"subnet.id": "subnet_id"}),
    "httpListeners": (
        "http_listener",
        {"protocol": "protocol", "firewallPolicy.id": "firewall_policy_id"},
    ),
    "listeners": ("listener", {"protocol": "protocol"}),
    "redirectConfigurations": ("redirect_configuration", {"targetUrl": "target_url"}),
    "requestRoutingRules": ("request_routing_rule", {}),
}
_NAMES = {
    "frontendIPConfiguration": "frontend_ip_configuration_name",
    "frontendPort": "frontend_port_name",
    "httpListener": "http_listener_name",
    "redirectConfiguration": "redirect_configuration_name",
    "sslCertificate": "ssl_certificate_name",
    "sslProfile": "ssl_profile_name",
    "targetListener": "target_listener_name",
}
_TLS = {
    "policyType": "policy_type",
    "policyName": "policy_name",
    "minProtocolVersion": "min_protocol_version",
    "disabledSslProtocols": "disabled_protocols",
}


def gateway(resource: Resource) -> Iterator[Block]:
    """An application gateway."""
    tier = resource.get("sku.tier")
    values = named(resource) | {
        "zones": resource.body.get("zones"),
        "sku": None if tier is None else [{"tier": tier}],
        "firewall_policy_id": resource.get("firewallPolicy.id"),
        "waf_configuration": _firewall(resource.get("webApplicationFirewallConfiguration")),
        "ssl_policy": or_(_policy(resource.get("sslPolicy")), _default(resource)),
        "ssl_profile": _profiles(resource.get("sslProfiles")),
        "url_path_map": _paths(resource.get("urlPathMaps")),
    }
    for listed, (argument, others) in _PARTS.items():
        values[argument] = _parts(resource.get(listed), others)
    yield resource.block("azurerm_application_gateway", values)


def _parts(listed: Any, others: dict[str, str]) -> Any:
    return [_part(each, others) for each in listed] if isinstance(listed, list) else listed


def _part(part: Any, others: dict[str, str]) -> dict[str, Any]:
    properties = at(part, "properties")
    values = {"name": at(part, "name")}
    values |= {new: at(properties, old) for old, new in others.items()}
    values |= {new: _last(at(properties, f"{old}.id")) for old, new in _NAMES.items()}
    return {name: value for name, value in values.items() if value is not None}


def _last(id_: Any) -> Any:
    """The name in which an id ends."""
    path = id_.address if isinstance(id_, Reference) else id_
    return path.rpartition("/")[2] if isinstance(path, str) else path


def _policy(policy: Any) -> Any:
    if not isinstance(policy, dict):
        return policy
    return [{new: it for old, new in _TLS.items() if (it := at(policy, old)) is not None}]


def _default(resource: Resource) -> Any:
    version = or_(resource.body.get("apiVersion"), Unknown("the version of the API is not written"))
    name = then(version, lambda text: _NEW if text >= _SINCE else _OLD)
    return [{"policy_type": "Predefined", "policy_name": name}]


def _profiles(listed: Any) -> Any:
    if not isinstance(listed, list):
        return listed
    found = [
        {"name": at(each, "name"), "ssl_policy": _policy(at(each, "properties.sslPolicy"))}
        for each in listed
    ]
    return [{key: it for key, it in each.items() if it is not None} for each in found]


def _paths(listed: Any) -> Any:
    if not isinstance(listed, list):
        return listed
    return [
        {"path_rule": rules}
        for each in listed
        if (rules := _parts(at(each, "properties.pathRules"), _PARTS["httpListeners"][1]))
    ]


def _firewall(settings: Any) -> Any:
    if not isinstance(settings, dict):
        return settings
    names = {
        "enabled": "enabled",
        "firewallMode": "firewall_mode",
        "ruleSetType": "rule_set_type",
        "ruleSetVersion": "rule_set_version",
    }
    return [{new: it for old, new in names.items() if (it := at(settings, old)) is not None}]


def policy(resource: Resource) -> Iterator[Block]:
    """A WAF policy."""
    settings = {
        "enabled": or_(is_(resource.get("policySettings.state"), "Enabled"), _NO_STATE),
        "mode": or_(resource.get("policySettings.mode"), _NO_MODE),
    }
    sets = resource.get("managedRules.managedRuleSets")
    if isinstance(sets, list):
        sets = [
            {"type": at(each, "ruleSetType"), "version": at(each, "ruleSetVersion")}
            for each in sets
        ]
    values = named(resource) | {
        "policy_settings": [settings],
        "managed_rules": None if sets is None else [{"managed_rule_set": sets}],
    }
    yield resource.block("azurerm_web_application_firewall_policy", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": policy,
    "Microsoft.Network/applicationGateways": gateway,
}
