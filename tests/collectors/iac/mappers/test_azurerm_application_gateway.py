"""azurerm_application_gateway and its WAF policies."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
GATEWAY = Reference("azurerm_application_gateway.g")
EVERYBODY = ["0.0.0.0/0", "::/0"]
HTTPS = {
    "name": "secure",
    "frontend_ip_configuration_name": "public",
    "frontend_port_name": "p443",
    "protocol": "Https",
    "ssl_certificate_name": "cert",
}
HTTP = HTTPS | {"name": "plain", "frontend_port_name": "p80", "protocol": "Http"}
HTTP.pop("ssl_certificate_name")
VALUES: dict[str, Any] = {
    "name": "gw",
    "location": "chinanorth3",
    "zones": ["1", "2"],
    "sku": [{"name": "WAF_v2", "tier": "WAF_v2"}],
    "firewall_policy_id": Reference("azurerm_web_application_firewall_policy.w"),
    "gateway_ip_configuration": [{"subnet_id": Reference("azurerm_subnet.s")}],
    "frontend_ip_configuration": [
        {"name": "public", "public_ip_address_id": Reference("azurerm_public_ip.p")},
        {"name": "inside", "subnet_id": Reference("azurerm_subnet.s")},
    ],
    "frontend_port": [{"name": "p443", "port": 443}, {"name": "p80", "port": 80}],
    "http_listener": [HTTPS, HTTP],
    "redirect_configuration": [{"name": "up", "target_listener_name": "secure"}],
    "request_routing_rule": [
        {"name": "a", "http_listener_name": "secure", "backend_address_pool_name": "b"},
        {"name": "b", "http_listener_name": "plain", "redirect_configuration_name": "up"},
    ],
    "ssl_policy": [{"policy_type": "Predefined", "policy_name": "AppGwSslPolicy20220101"}],
}
SUBNET = block("azurerm_subnet.s", {"name": "s"})
POLICY = {
    "name": "w",
    "location": "chinanorth3",
    "managed_rules": [{"managed_rule_set": [{"type": "OWASP", "version": "3.2"}]}],
}


def _policy(**settings: Any) -> Block:
    given = {"policy_settings": [settings]} if settings else {}
    return block("azurerm_web_application_firewall_policy.w", POLICY | given)


def _gateway(*others: Block, **values: Any) -> Document:
    own = {key: it for key, it in (VALUES | values).items() if it is not None}
    found = documents(block("azurerm_application_gateway.g", own), SUBNET, *others)
    return next(each for each in found if each.type == "network.load_balancer")


def test_good() -> None:
    log = block(
        "azurerm_monitor_diagnostic_setting.d",
        {
            "target_resource_id": GATEWAY,
            "log_analytics_workspace_id": Reference("azurerm_log_analytics_workspace.w"),
            "enabled_log": [{"category_group": "allLogs"}],
        },
    )
    document = _gateway(_policy(), log)
    tls = {"minimum": "1.2", "required": True, "policy": "AppGwSslPolicy20220101"}
    assert document.facts["scheme"] == "public"
    assert document.facts["listeners"] == [
        {
            "port": 443,
            "protocol": "https",
            "redirect_to_https": False,
            "tls": tls,
            "certificate_id": "cert",
            "source_ranges": EVERYBODY,
        },
        {
            "port": 80,
            "protocol": "http",
            "redirect_to_https": True,
            "tls": None,
            "certificate_id": None,
            "source_ranges": EVERYBODY,
        },
    ]
    assert document.facts["access_log"]["enabled"] is True
    assert document.facts["waf"] == "main.tf#azurerm_web_application_firewall_policy.w"
    assert document.facts["zones"] == ["1", "2"]


def test_minimal() -> None:
    document = _gateway(firewall_policy_id=None, ssl_policy=None, zones=None)
    assert document.facts["waf"] is None
    assert document.facts["access_log"]["enabled"] is False
    assert {"zones", "listeners/0/tls/minimum", "backend_zones"} <= set(document.unknown)
    old = _gateway(zones=None, sku=[{"tier": "Standard"}])
    assert old.facts["zones"] == []


@pytest.mark.parametrize(
    ("policy", "minimum"),
    [
        ({"policy_name": "AppGwSslPolicy20150501", "policy_type": "Predefined"}, "1.0"),
        ({"policy_type": "Custom", "min_protocol_version": "TLSv1_3"}, "1.3"),
        ({"disabled_protocols": ["TLSv1_0", "TLSv1_1"]}, "1.2"),
        ({"policy_name": APPLY}, None),
        ({"policy_type": "CustomV2", "min_protocol_version": APPLY}, None),
    ],
)
def test_tls(policy: dict[str, Any], minimum: str | None) -> None:
    assert _gateway(ssl_policy=[policy]).facts["listeners"][0]["tls"].get("minimum") == minimum
    by_profile = _gateway(
        ssl_profile=[{"name": "p", "ssl_policy": [policy]}],
        http_listener=[HTTPS | {"ssl_profile_name": "p"}],
    )
    assert by_profile.facts["listeners"][0]["tls"].get("minimum") == minimum


@pytest.mark.parametrize(
    ("values", "waf"),
    [
        ({"firewall_policy_id": APPLY}, ...),
        ({"firewall_policy_id": "/elsewhere"}, ...),
        ({"firewall_policy_id": None, "waf_configuration": [{"enabled": True}]},
         "main.tf#azurerm_application_gateway.g"),
        ({"firewall_policy_id": None, "waf_configuration": [{"enabled": False}]}, None),
        ({"firewall_policy_id": None, "waf_configuration": [{"enabled": APPLY}]}, ...),
        ({"firewall_policy_id": None,
          "http_listener": [HTTPS | {"firewall_policy_id": "/x"}, HTTP]}, None),
    ],
)  # fmt: skip
def test_which_firewall(values: dict[str, Any], waf: Any) -> None:
    document = _gateway(**values)
    assert document.facts.get("waf", ...) == waf


@pytest.mark.parametrize(
    ("settings", "mode", "stands"),
    [
        ({}, "block", True),
        ({"mode": "Detection"}, "count", True),
        ({"enabled": False}, "count", None),
        ({"mode": APPLY}, None, True),
        ({"enabled": APPLY}, None, ...),
    ],
)
def test_policies(settings: dict[str, Any], mode: str | None, stands: Any) -> None:
    policy = _policy(**settings)
    found = documents(block("azurerm_application_gateway.g", VALUES), policy)
    waf = next(each for each in found if each.type == "network.waf")
    assert waf.facts.get("mode") == mode
    assert waf.facts["rule_sets"] == ["OWASP_3.2"]
    assert waf.facts["protects"] == ["main.tf#azurerm_application_gateway.g"]
    assert waf.facts["logging"]["enabled"] is False
    gateway = next(each for each in found if each.type == "network.load_balancer")
    told = gateway.facts.get("waf", ...)
    assert (told if told in (None, ...) else True) is stands


def test_a_policy_that_nothing_uses_here() -> None:
    (found,) = documents(_policy())
    assert {"protects", "logging/enabled"} <= set(found.unknown)


def test_a_gateway_that_is_its_own_firewall() -> None:
    own = {
        "firewall_policy_id": None,
        "waf_configuration": [
            {"enabled": True, "firewall_mode": "Detection", "rule_set_version": "3.1"}
        ],
    }
    values = {key: it for key, it in (VALUES | own).items() if it is not None}
    _, waf = documents(block("azurerm_application_gateway.g", values))
    assert (waf.type, waf.facts["mode"]) == ("network.waf", "count")
    assert waf.facts["rule_sets"] == ["OWASP_3.1"]
    assert waf.id == "main.tf#azurerm_application_gateway.g/waf_configuration"


GROUP = block(
    "azurerm_network_security_group.n",
    {
        "name": "n",
        "security_rule": [
            {
                "direction": "Inbound",
                "access": "Allow",
                "priority": 100,
                "protocol": "Tcp",
                "source_address_prefix": "198.51.100.0/24",
                "destination_address_prefix": "*",
                "destination_port_range": "*",
                "source_port_range": "*",
            }
        ],
    },
)
LINK = block(
    "azurerm_subnet_network_security_group_association.l",
    {
        "subnet_id": Reference("azurerm_subnet.s"),
        "network_security_group_id": Reference("azurerm_network_security_group.n"),
    },
)


def test_whom_the_group_of_the_subnet_lets_in() -> None:
    ranges = _gateway(GROUP, LINK).facts["listeners"][0]["source_ranges"]
    assert "198.51.100.0/24" in ranges
    assert "0.0.0.0/0" not in ranges
    away = block(LINK.address, LINK.values | {"network_security_group_id": "/elsewhere"})
    assert "listeners/0/source_ranges" in _gateway(away).unknown
    subnet = [{"subnet_id": "/elsewhere"}]
    assert "listeners/0/source_ranges" in _gateway(gateway_ip_configuration=subnet).unknown


def test_a_gateway_inside() -> None:
    inner = HTTPS | {"frontend_ip_configuration_name": "inside"}
    document = _gateway(http_listener=[inner])
    assert document.facts["scheme"] == "private"
    assert document.facts["listeners"][0]["source_ranges"] == ["prefix-list:VirtualNetwork"]


def test_what_is_not_known() -> None:
    document = _gateway(http_listener=APPLY)
    assert {"scheme", "listeners"} <= set(document.unknown)
    document = _gateway(frontend_port=APPLY, request_routing_rule=APPLY)
    assert {
        "listeners/0/port",
        "listeners/0/source_ranges",
        "listeners/1/redirect_to_https",
    } <= set(document.unknown)
    document = _gateway(
        frontend_ip_configuration=[{"name": "public", "public_ip_address_id": APPLY}]
    )
    assert {"scheme", "listeners/0/source_ranges"} <= set(document.unknown)
