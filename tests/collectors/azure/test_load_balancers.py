"""Load balancers, application gateways, WAF policies and public addresses over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Service
from collectors.azure.services import (
    application_gateways,
    load_balancers,
    public_ip_addresses,
    waf_policies,
)
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

CORE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Network"
EVERYWHERE = ["0.0.0.0/0", "::/0"]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(
        "application_gateways",
        "waf_policies",
        "load_balancers",
        "networks",
        "network_security_groups",
        "virtual_machines",
        "scale_sets",
        "diagnostics",
        "workspaces",
        "gateways",
        "alarms",
        "locks",
    )


@pytest.fixture(scope="module")
def found(server: AzureServer, open_account: OpenAccount) -> dict[str, Any]:
    """Everything by name; each service makes the calls that it declares."""

    def collect(service: Service) -> dict[str, Any]:
        made: set[Call] = set()
        assert service.account
        documents = by_name(service.account(open_account(server, made=made)))
        assert set(service.calls) - made == set()
        assert made - set(service.calls) == set()
        return documents

    modules = (application_gateways, load_balancers, public_ip_addresses, waf_policies)
    return {name: one for m in modules for name, one in collect(m.SERVICE).items()}


def test_load_balancers(found: dict[str, Any]) -> None:
    public, internal = found["lb-public"], found["lb-internal"]
    https, dns, ssh = public.facts["listeners"]
    assert (https["port"], https["protocol"], https["tls"]) == (443, "tcp", None)
    # The machine's group lets the internet in to 443 alone, and this leads to 8443.
    offices, inside = ["198.51.100.7/32", "203.0.113.0/24"], ["prefix-list:VirtualNetwork"]
    assert https["source_ranges"] == [*offices, *inside]
    assert dns["source_ranges"] == inside
    # A NAT rule to a machine whose group lets everybody in to SSH.
    assert (ssh["port"], ssh["source_ranges"]) == (50022, EVERYWHERE)
    assert (public.facts["scheme"], public.facts["backend_zones"]) == ("public", ["1"])
    assert "zones" in public.unknown
    assert (internal.facts["scheme"], internal.facts["zones"]) == ("private", ["1", "2", "3"])
    # A scale set in two zones.
    assert internal.facts["backend_zones"] == ["1", "2"]
    assert "listeners/0/port" in internal.unknown


def test_application_gateways(found: dict[str, Any]) -> None:
    web, old = found["agw-web"], found["agw-old"]
    https, http, admin = web.facts["listeners"]
    assert https["tls"] == {"minimum": "1.2", "required": True, "policy": "AppGwSslPolicy20220101"}
    assert (http["redirect_to_https"], http["tls"], http["source_ranges"]) == (
        True,
        None,
        EVERYWHERE,
    )
    assert (admin["port"], admin["tls"]["minimum"]) == (8080, "1.0")
    assert web.facts["access_log"]["retention_days"] == 200
    assert web.facts["access_log"]["destination_region"] == "chinanorth3"
    assert web.facts["waf"].lower().endswith("/waf-web")
    assert (web.facts["scheme"], web.facts["backend_zones"]) == ("public", ["1", "2"])
    assert "publicCertData" not in str(web.native)
    # Off, to a plain address, without a policy of TLS.
    assert (old.facts["waf"], old.facts["scheme"]) == (None, "private")
    assert old.facts["listeners"][0]["redirect_to_https"] is False
    assert "listeners/1/tls/minimum" in old.unknown
    assert old.facts["access_log"]["enabled"] is False
    assert (old.facts["zones"], web.facts["zones"]) == ([], ["1", "2", "3"])


def test_waf_policies(found: dict[str, Any]) -> None:
    modes = {name: one.facts["mode"] for name, one in found.items() if name.startswith("waf")}
    assert modes == {
        "waf-web": "block",
        "waf-idle": "count",
        "wafFront": "block",
        "wafLogs": "count",
    }
    web, front = found["waf-web"], found["wafFront"]
    assert (web.facts["rule_sets"], web.facts["logging"]["retention_days"]) == (["OWASP_3.2"], 200)
    assert web.facts["protects"] == [f"{CORE}/applicationGateways/agw-web"]
    assert front.facts["rule_sets"][0] == "Microsoft_DefaultRuleSet_2.1"
    assert front.facts["protects"][0].endswith("/profiles/fd-core")
    # In a storage account, of which nobody knows how long it keeps logs.
    assert front.facts["logging"]["enabled"] is True
    assert "logging/retention_days" in front.unknown
    assert found["waf-idle"].facts["logging"]["enabled"] is False


def test_a_gateway_with_a_firewall_of_its_own(serve: Serve, open_account: OpenAccount) -> None:
    own = {"enabled": True, "firewallMode": "Detection", "ruleSetType": "OWASP"}
    settings = {"webApplicationFirewallConfiguration": {**own, "ruleSetVersion": "3.0"}}
    old = {"id": f"{CORE}/applicationGateways/old", "name": "old", "properties": settings}
    named = {**settings, "firewallPolicy": {"id": f"{CORE}/x/waf-web"}}
    server = serve("waf_policies", "application_gateways", "diagnostics", "workspaces")
    server.put(
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Network/applicationGateways",
        {"value": [old, {**old, "name": "new", "properties": named}]},
    )
    server.put(
        f"{CORE}/applicationGateways/old/providers/Microsoft.Insights/diagnosticSettings",
        {"value": []},
    )
    found = by_name(waf_policies.waf_policies(open_account(server)))
    assert "new" not in found, "its policy has a document of its own"
    one = found["old"]
    assert (one.facts["mode"], one.facts["rule_sets"]) == ("count", ["OWASP_3.0"])
    assert one.facts["protects"] == [old["id"]]
    assert one.facts["logging"]["enabled"] is False
    assert one.id != old["id"]


def test_public_addresses(found: dict[str, Any]) -> None:
    seen = {
        name: (one.facts["attached_to"], one.facts["protected_by"], one.facts["ips_mode"])
        for name, one in found.items()
        if name.startswith("pip-")
    }
    assert seen == {
        "pip-web": ("instance", ["ddos"], None),
        # Its network has no plan; the next one is protected by itself.
        "pip-basic": ("instance", [], None),
        "pip-closed": ("instance", ["ddos"], None),
        "pip-lb": ("load_balancer", ["ddos"], None),
        "pip-agw": ("load_balancer", ["waf", "ddos"], None),
        "pip-afw": ("firewall", ["firewall", "ddos"], "block"),
        "pip-bas": ("bastion", [], None),
        "pip-vpn": ("gateway", ["ddos"], None),
        "pip-nat": ("gateway", [], None),
        "pip-idle": (None, [], None),
    }


@pytest.mark.parametrize(
    ("operation", "name", "facts"),
    [
        ("DiagnosticSettings_List", "agw-web", {"access_log/enabled"}),
        ("Workspaces_List", "agw-web", {"access_log/retention_days"}),
        ("WebApplicationFirewallPolicies_ListAll", "agw-web", {"waf"}),
        ("WebApplicationFirewallPolicies_ListAll", "pip-agw", {"protected_by"}),
        ("VirtualNetworks_ListAll", "pip-web", {"protected_by"}),
        ("NetworkInterfaces_ListAll", "pip-web", {"attached_to"}),
        ("AzureFirewalls_ListAll", "pip-afw", {"ips_mode"}),
        ("NetworkInterfaces_ListAll", "lb-public", {"backend_zones", "listeners/2/source_ranges"}),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, name: str, facts: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    account = open_account(server)
    module = {"agw": application_gateways, "pip": public_ip_addresses, "lb-": load_balancers}
    service = module[name[:3]].SERVICE
    assert service.account
    one = by_name(service.account(account))[name]
    server.decide = lambda asked: None
    assert facts <= set(one.unknown)
