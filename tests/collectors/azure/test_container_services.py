"""Container Instances and Container Apps over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Service
from collectors.azure.container_ingress import exposure_of
from collectors.azure.container_logs import environment_logging
from collectors.azure.security_rules import rules_of
from collectors.azure.services import container_apps, container_instances
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION, load

CORE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
NETWORK = f"{CORE}/Microsoft.Network/virtualNetworks/vnet-core"
GUARD = f"{CORE}/Microsoft.Network/networkSecurityGroups/nsg-web"
WORLD = (
    "container_instances",
    "container_apps",
    "networks",
    "network_security_groups",
    "load_balancers",
    "workspaces",
)
MODULES = (container_instances, container_apps)


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(*WORLD)


def collected(
    service: Service, server: AzureServer, open_account: OpenAccount, *denied: str
) -> dict[str, Any]:
    """The documents by their names; calls of an operation that is named are denied."""
    fault = Fault(status=403, code="AuthorizationFailed")
    server.decide = lambda asked: fault if asked.call.operation in denied else None
    made: set[Call] = set()
    assert service.account
    found = by_name(service.account(open_account(server, made=made)))
    assert denied or made == set(service.calls)
    server.decide = lambda asked: None
    return found


def test_container_groups(server: AzureServer, open_account: OpenAccount) -> None:
    found = collected(container_instances.SERVICE, server, open_account)
    demo, batch, worker = (found[name].facts for name in ("demo1", "batch", "worker"))
    assert (demo["network_kind"], demo["public_address"]) == ("public", True)
    assert demo["exposure"] == {"public": True, "via": ["public-ip"]}
    assert (demo["firewalls"], demo["vpc_id"], demo["role"]) == ([], None, None)
    assert (demo["environment_secrets"], demo["logging"]["enabled"]) == (True, False)
    assert (batch["vpc_id"], batch["network_kind"]) == (NETWORK, "vpc")
    assert (batch["public_address"], batch["exposure"]["public"]) == (False, False)
    assert batch["firewalls"] == [GUARD]
    assert batch["environment_secrets"] is False, "what is stored as a secret has no value"
    assert batch["role"] == "00000000-0000-4000-8000-0000000000aa"
    assert batch["logging"]["retention_days"] == 200
    assert (batch["privileged_containers"], worker["privileged_containers"]) == (
        ["init"],
        ["worker"],
    )
    assert worker["firewalls"] == [], "its subnet has no security group"
    assert found["demo1"].tags == {"system": "core-bank"}
    assert "hunter2" not in str([one.native for one in found.values()])


def test_apps(server: AzureServer, open_account: OpenAccount) -> None:
    found = collected(container_apps.SERVICE, server, open_account)
    shop, bank, inner, job = (found[name].facts for name in ("shop", "bank", "inner", "nightly"))
    assert (shop["network_kind"], shop["vpc_id"], shop["firewalls"]) == ("public", None, None)
    assert shop["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (shop["environment_secrets"], shop["logging"]["enabled"]) == (True, False)
    assert (bank["network_kind"], bank["vpc_id"], bank["firewalls"]) == ("vpc", NETWORK, [GUARD])
    assert (bank["exposure"]["public"], bank["environment_secrets"]) == (False, False)
    assert bank["logging"]["retention_days"] == 200
    assert bank["role"] == "00000000-0000-4000-8000-0000000000ab"
    assert (inner["exposure"]["public"], inner["firewalls"]) == (False, [])
    assert inner["logging"]["enabled"] is True
    assert "older revisions" in found["inner"].unknown["environment_secrets"]
    assert (job["exposure"]["public"], job["network_kind"]) == (False, "vpc")
    lost = found["worker"]
    assert lost.facts["exposure"] == {"public": False, "via": []}, "it has no ingress"
    assert {"network_kind", "vpc_id", "firewalls", "logging/enabled"} <= set(lost.unknown)
    assert "s3cret" not in str([one.native for one in found.values()])


@pytest.mark.parametrize(
    ("module", "operation", "name", "unknown"),
    [
        (container_instances, "VirtualNetworks_ListAll", "batch", {"firewalls"}),
        (container_instances, "LoadBalancers_ListAll", "batch", {"exposure/public"}),
        (container_instances, "DiagnosticSettings_List", "demo1", {"logging/enabled"}),
        (container_instances, "Workspaces_List", "batch", {"logging/retention_days"}),
        (container_apps, "ManagedEnvironments_ListBySubscription", "shop",
         {"exposure/public", "network_kind", "logging/enabled"}),
        (container_apps, "Workspaces_List", "bank", {"logging/destination"}),
    ],
)  # fmt: skip
def test_what_is_denied_is_unknown(
    server: AzureServer,
    open_account: OpenAccount,
    module: Any,
    operation: str,
    name: str,
    unknown: set[str],
) -> None:
    found = collected(module.SERVICE, server, open_account, operation)[name]
    assert unknown <= set(found.unknown)


@pytest.mark.parametrize("module", MODULES)
def test_lists_that_are_denied_have_stand_ins(
    server: AzureServer, open_account: OpenAccount, module: Any
) -> None:
    lists = [call.operation for call in module.SERVICE.calls[:2] if "List" in call.operation]
    found = collected(module.SERVICE, server, open_account, *lists)
    assert all(one.unlisted for one in found.values())


EXTERNAL = {"external": True, "targetPort": 3000, "transport": "auto"}


def restricted(*rules: tuple[str, str]) -> dict[str, Any]:
    """An ingress that is external, with restrictions of addresses."""
    told = [{"name": "x", "action": action, "ipAddressRange": range_} for action, range_ in rules]
    return {**EXTERNAL, "ipSecurityRestrictions": told}


@pytest.mark.parametrize(
    ("ingress", "environment", "expected"),
    [
        (None, {}, False),
        ({**EXTERNAL, "external": False}, {}, False),
        (EXTERNAL, {}, True),
        (EXTERNAL, {"vnetConfiguration": {"internal": True}}, False),
        (EXTERNAL, {"vnetConfiguration": {"internal": False}}, True),
        (EXTERNAL, {"publicNetworkAccess": "Disabled"}, False),
        ({"external": False, "additionalPortMappings": [{"external": True, "targetPort": 1}]},
         {}, True),
        ({**EXTERNAL, "clientCertificateMode": "require"}, {}, Unknown),
        ({**EXTERNAL, "clientCertificateMode": "accept"}, {}, True),
        (restricted(("Allow", "203.0.113.1/28")), {}, False),
        (restricted(("Allow", "203.0.113.1/28"), ("Allow", "0.0.0.0/1")), {}, True),
        (restricted(("Deny", "203.0.113.1/28")), {}, True),
        (restricted(("Deny", "0.0.0.0/1")), {}, True),
        (restricted(("Deny", "0.0.0.0/0")), {}, False),
        (restricted(("Deny", "203.0.113.1/28"), ("Allow", "10.0.0.0/8")), {}, Unknown),
        (EXTERNAL, Unknown("x"), Unknown),
        ({**EXTERNAL, "external": False}, Unknown("x"), False),
    ],
)  # fmt: skip
def test_who_reaches_an_app(ingress: Any, environment: Any, expected: Any) -> None:
    found = exposure_of({"configuration": {"ingress": ingress}}, environment, [])
    assert isinstance(found.public, Unknown) if expected is Unknown else found.public is expected


@pytest.mark.parametrize(
    ("ports", "ingress", "expected"),
    [
        (["443"], {}, True),
        (["80"], {}, True),
        (["8080"], {}, False),
        (["8080"], {"transport": "tcp", "exposedPort": 8080}, True),
        (["443"], {"transport": "Tcp", "exposedPort": 8080}, False),
        (["1"], {"additionalPortMappings": [{"external": True, "targetPort": 1}]}, True),
    ],
)
def test_the_security_group_of_the_subnet_stands_before_apps(
    ports: list[str], ingress: dict[str, Any], expected: bool
) -> None:
    groups = load("network_security_groups")
    (listed,) = groups.values()
    rule = next(one for one in listed["value"][0]["properties"]["securityRules"])
    allow = {
        **rule["properties"],
        "access": "Allow",
        "direction": "Inbound",
        "protocol": "Tcp",
        "destinationPortRange": None,
        "destinationPortRanges": ports,
        "priority": 100,
    }
    rules = rules_of([{**rule, "properties": allow}])
    app = {"configuration": {"ingress": {**EXTERNAL, **ingress}}}
    assert exposure_of(app, {}, [rules]).public is expected
    assert isinstance(exposure_of(app, {}, Unknown("x")).public, Unknown)


@pytest.mark.parametrize(
    ("settings", "enabled"),
    [
        (None, False),
        ({"destination": "none"}, False),
        ({"destination": "log-analytics", "logAnalyticsConfiguration": {"customerId": "x"}}, True),
        ({"destination": "log-analytics"}, Unknown),
        ({"destination": "elsewhere"}, Unknown),
    ],
)
def test_where_the_output_goes(
    server: AzureServer, open_account: OpenAccount, settings: Any, enabled: Any
) -> None:
    environment = {"id": "/x", "properties": {"appLogsConfiguration": settings}}
    found = environment_logging(open_account(server), environment)
    assert isinstance(found.enabled, Unknown) if enabled is Unknown else found.enabled is enabled
    assert enabled is not True or isinstance(found.retention_days, Unknown)
