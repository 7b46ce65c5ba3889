"""Kubernetes clusters, registries and sites of App Service over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Service
from collectors.azure.services import app_services, container_registries, kubernetes_clusters
from collectors.azure.services.container_registries import scan_on_push
from collectors.azure.site_exposure import asks_for_sign_in, lets_anybody_in
from collectors.azure.site_facts import tls_of
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault

MODULES = {"aks": kubernetes_clusters, "acr": container_registries, "func": app_services}
EVERYWHERE = ["0.0.0.0/0", "::/0"]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(
        "kubernetes_clusters", "container_registries", "pricings", "app_services", "workspaces"
    )


@pytest.fixture(scope="module")
def found(server: AzureServer, open_account: OpenAccount) -> dict[str, Any]:
    """Everything by name; each service makes the calls that it declares."""

    def collect(service: Service) -> dict[str, Any]:
        made: set[Call] = set()
        assert service.account
        documents = by_name(service.account(open_account(server, made=made)))
        assert made == set(service.calls)
        return documents

    return {name: one for m in MODULES.values() for name, one in collect(m.SERVICE).items()}


def test_clusters(found: dict[str, Any]) -> None:
    core, old, lts = (found[name].facts for name in ("aks-core", "aks-old", "aks-lts"))
    supported = [one["version_supported"] for one in (core, old, lts)]
    assert supported == [True, False, True]
    assert (core["endpoint_public"], old["endpoint_public"]) == (False, True)
    assert old["endpoint_ranges"] == ["203.0.113.0/24"]
    managers = [one["secrets_encryption"]["key_manager"] for one in (core, old)]
    assert managers == ["customer", "provider"]
    logs = [one["audit_log"]["enabled"] for one in (core, old, lts)]
    assert logs == [True, False, True]
    assert core["audit_log"]["retention_days"] == 200
    assert [one["network_policy"] for one in (core, old, lts)] == [True, False, False]
    assert (core["node_zones"], "node_zones" in found["aks-old"].unknown) == (["1", "2", "3"], True)
    assert "servicePrincipalProfile" not in str(found["aks-core"].native)


def test_registries(found: dict[str, Any]) -> None:
    core, open_, private = (found[name].facts for name in ("acrcore", "acropen", "acrprivate"))
    assert (core["allow_list"], open_["allow_list"], private["allow_list"]) == (
        ["203.0.113.7/32"],
        EVERYWHERE,
        [],
    )
    assert [one["exposure"]["public"] for one in (core, open_, private)] == [False, True, False]
    assert [one["encryption"]["key_manager"] for one in (core, open_)] == ["customer", "provider"]
    assert (core["scan_on_push"], core["immutable_tags"]) == (True, None)
    assert [one["shared_admin"] for one in (core, open_, private)] == [True, False, False]


def test_plans_that_scan_images() -> None:
    def plan(name: str, tier: str, **more: Any) -> dict[str, Any]:
        return {"name": name, "properties": {"pricingTier": tier, **more}}

    off = {"name": "ContainerRegistriesVulnerabilityAssessments", "isEnabled": "False"}
    assert scan_on_push([]) is False
    assert scan_on_push([plan("Containers", "Free")]) is False
    assert scan_on_push([plan("Containers", "Standard", extensions=[off])]) is False
    assert scan_on_push([plan("ContainerRegistry", "Standard")]) is True
    assert isinstance(scan_on_push([plan("Containers", "Standard")]), Unknown)


def test_sites(found: dict[str, Any]) -> None:
    functions = [found[name].facts["exposure"] for name in ("func-open", "func-key", "func-office")]
    assert functions == [
        {"public": True, "via": ["endpoint"]},
        {"public": False, "via": []},
        {"public": False, "via": []},
    ]
    # Whether a web app has a sign-in of its own is not known.
    assert "exposure/public" in found["web-app"].unknown
    assert found["web-private"].facts["exposure"]["public"] is False
    # A slot has settings of its own: those of the site, which is closed, do not close it.
    slot = found["func-office/staging"]
    assert slot.native_type == "Microsoft.Web/sites/slots"
    assert slot.facts["exposure"] == {"public": True, "via": ["endpoint"]}
    open_ = found["func-open"].facts
    assert (open_["runtime"], open_["network_kind"], open_["logging"]["enabled"]) == (
        "Python|3.11",
        "vpc",
        True,
    )
    assert open_["vpc_id"].endswith("/virtualNetworks/vnet-core")
    private = found["web-private"].facts
    assert (private["runtime"], private["runtime_supported"]) == (None, None)
    assert "runtime" in found["func-key"].unknown
    assert "environment_secrets" in found["func-open"].unknown
    assert open_["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert found["web-app"].facts["tls"] == {"minimum": "1.0", "required": False, "policy": None}
    assert (open_["plain_ftp"], found["web-app"].facts["plain_ftp"]) == (False, True)


def test_tls_that_a_site_does_not_tell_is_unknown() -> None:
    found = tls_of(None, None)
    assert isinstance(found.required, Unknown)
    assert isinstance(found.minimum, Unknown)


def rule(action: str, address: str, priority: int, **more: Any) -> dict[str, Any]:
    return {"action": action, "ipAddress": address, "priority": priority, **more}


@pytest.mark.parametrize(
    ("rules", "default", "open_"),
    [
        ([], None, True),
        ([], "Deny", False),
        ([rule("Allow", "203.0.113.0/24", 100)], None, False),
        ([rule("Allow", "203.0.113.0/24", 100)], "Allow", True),
        ([rule("Deny", "203.0.113.0/24", 100), rule("Allow", "Any", 200)], None, True),
        ([rule("Allow", "Any", 200), rule("Deny", "Any", 100)], None, False),
        ([rule("Allow", "0.0.0.0/1", 100)], None, True),
        ([rule("Allow", "Any", 100, headers={"x-azure-fdid": ["x"]})], "Deny", False),
    ],
)
def test_access_restrictions(rules: list[dict[str, Any]], default: str | None, open_: bool) -> None:
    configuration = {
        "ipSecurityRestrictions": rules,
        "ipSecurityRestrictionsDefaultAction": default,
    }
    assert lets_anybody_in(configuration) is open_


def test_sign_in_by_app_service() -> None:
    on = {"platform": {"enabled": True}}
    redirect = {"unauthenticatedClientAction": "RedirectToLoginPage"}
    assert asks_for_sign_in({**on, "globalValidation": redirect}) is True
    anonymous = {"unauthenticatedClientAction": "AllowAnonymous"}
    assert asks_for_sign_in({**on, "globalValidation": anonymous}) is False
    excluded = {**redirect, "excludedPaths": ["/open"]}
    assert asks_for_sign_in({**on, "globalValidation": excluded}) is False
    assert asks_for_sign_in({"platform": {"enabled": False}}) is False
    assert isinstance(asks_for_sign_in(on), Unknown)


@pytest.mark.parametrize(
    ("operation", "name", "facts"),
    [
        ("ManagedClusters_ListKubernetesVersions", "aks-core", {"version_supported"}),
        ("DiagnosticSettings_List", "aks-core", {"audit_log/enabled"}),
        ("Pricings_List", "acrcore", {"scan_on_push"}),
        (
            "WebApps_GetConfiguration",
            "func-open",
            {"exposure/public", "plain_ftp", "runtime", "tls/minimum"},
        ),
        ("WebApps_GetAuthSettingsV2WithoutSecrets", "func-open", {"exposure/public"}),
        ("WebApps_ListFunctions", "func-open", {"exposure/public"}),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, name: str, facts: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    module = next(m for start, m in MODULES.items() if name.startswith(start))
    one = by_name(module.SERVICE.account(open_account(server)))[name]
    server.decide = lambda asked: None
    assert facts <= set(one.unknown)
