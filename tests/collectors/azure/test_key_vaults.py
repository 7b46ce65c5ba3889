"""Key Vault and Managed HSM over HTTP: keys, secrets and certificates, and never a value."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from collectors.azure import vault_facts
from collectors.azure.services import vault_keys, vault_secrets
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("key_vaults", "workspaces", "application_gateways", "api_management")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(module: ModuleType, *denied: str) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        made: set[Call] = set()
        found = by_name(module.SERVICE.account(open_account(server, made=made)))
        assert made <= set(module.SERVICE.calls)
        assert denied or made == set(module.SERVICE.calls)
        return found

    return collect


def test_keys(collected: Collected) -> None:
    found = collected(vault_keys)
    storage, tde, plain = (
        found[n].facts for n in ("kv-core/storage", "kv-core/tde", "kv-old/plain")
    )
    assert (storage["origin"], storage["algorithm"]) == ("hsm", "RSA-3072")
    assert (plain["origin"], plain["algorithm"]) == ("provider", "RSA-2048")
    days = [one["rotation_days"] for one in (storage, tde, plain)]
    assert days == [90, 365, None], "after its making, before it expires, and never"
    assert (found["kv-old/off"].facts["state"], plain["state"]) == ("disabled", "enabled")
    assert found["kv-old/off"].facts["algorithm"] == "EC-P-256"
    assert (storage["network_ranges"], storage["private_endpoint"]) == ([], True)
    assert (plain["network_ranges"], plain["private_endpoint"]) == (["0.0.0.0/0", "::/0"], False)
    assert (storage["audit_log"]["enabled"], storage["audit_log"]["retention_days"]) == (True, 200)
    assert (plain["audit_log"]["enabled"], plain["deletion_protection"]) == (False, False)
    assert storage["deletion_protection"] is True


def test_access_policies_are_grants_to_principals_of_the_tenant(collected: Collected) -> None:
    found = collected(vault_keys)
    assert found["kv-core/storage"].facts["policy"] == [], "roles decide"
    (grant,) = found["kv-old/plain"].facts["policy"]
    assert (grant["account"], grant["actions"]) == (SUBSCRIPTION, ["Get", "List"])


def test_the_key_of_a_certificate_is_renewed_with_it(collected: Collected) -> None:
    assert "rotation_days" in collected(vault_keys)["kv-old/site"].unknown


def test_a_key_of_an_hsm(collected: Collected) -> None:
    root = collected(vault_keys)["hsm-core/root"]
    assert (root.facts["origin"], root.facts["algorithm"]) == ("hsm", "RSA-4096")
    assert (root.facts["network_ranges"], root.facts["audit_log"]["enabled"]) == ([], True)
    assert "policy" in root.unknown


def test_secrets_and_certificates(collected: Collected) -> None:
    found = collected(vault_secrets)
    password, site = found["kv-core/db-password"].facts, found["kv-old/site"]
    assert (password["rotation_days"], password["last_rotated"]) == (None, "2018-01-03T01:04:36Z")
    assert password["expires"] == "2030-01-01T00:00:00Z"
    assert found["kv-old/token"].facts["expires"] is None
    assert found["kv-wide/lonely"].facts["network_ranges"] == ["0.0.0.0/2", "203.0.113.7/32"]
    assert (site.type, site.facts["expires"]) == ("key.certificate", "2030-01-01T00:00:00Z")
    assert site.unknown["in_use"] == "what else may use the certificate is not read"
    assert "of an app" not in str(found["kv-old/token"].native)


def test_certificates_that_are_in_use(collected: Collected, server: AzureServer) -> None:
    gateways = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Network/applicationGateways"
    apis = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.ApiManagement/service"
    site = "https://KV-old.vault.azure.cn/secrets/site"

    def used(gateway: str, host: str, *denied: str) -> Any:
        certificate = {"name": "c", "properties": {"keyVaultSecretId": gateway}}
        names = [{"type": "Proxy", "keyVaultId": host}, {"type": "Portal"}]
        for path, properties in (
            (gateways, {"sslCertificates": [certificate, {"name": "uploaded"}]}),
            (apis, {"hostnameConfigurations": names}),
        ):
            server.put(path, {"value": [{"id": f"{path}/one", "properties": properties}]})
        found = collected(vault_secrets, *denied)["kv-old/site"]
        return found.facts.get("in_use", found.unknown.get("in_use"))

    other = "https://kv-old.vault.azure.cn/secrets/other"
    assert used(site, other) is True
    assert used(other, f"{site}/") is True
    # The version that is taken may be older than the one whose end is told.
    assert "is in use" in used(f"{site}/0123", other)
    assert used(site, other, "ApiManagementService_List") is True
    assert "AuthorizationFailed" in used(other, other, "ApiManagementService_List")
    assert "AuthorizationFailed" in used(other, other, "ApplicationGateways_ListAll")


def test_calls_that_are_denied(collected: Collected) -> None:
    named = collected(vault_keys, "Keys_Get")["kv-old/plain"]
    assert {"origin", "rotation_days", "state"} <= set(named.unknown)
    certain = collected(vault_keys, "Secrets_List")
    assert "rotation_days" in certain["kv-old/plain"].unknown
    assert certain["kv-core/storage"].facts["rotation_days"] == 90
    assert {one.unlisted for one in collected(vault_secrets, "Secrets_List").values()} == {True}
    for operation in ("Vaults_ListBySubscription", "ManagedHsms_ListBySubscription"):
        assert any(one.unlisted for one in collected(vault_keys, operation).values())


@pytest.mark.parametrize(("text", "days"), [("P90D", 90), ("P18M", 540), ("P1Y2M3D", 428)])
def test_durations(text: str, days: int) -> None:
    assert vault_facts.days_of(text) == days


@pytest.mark.parametrize("text", ["P", "", None, "PT5H", "90"])
def test_what_is_no_duration_is_not_understood(text: str | None) -> None:
    assert isinstance(vault_facts.days_of(text), Unknown)
