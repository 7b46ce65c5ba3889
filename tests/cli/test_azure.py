"""`mlps scan azure`, `mlps collect azure` and `mlps permissions azure` as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors.azure.collect import declared_calls
from collectors.azure.subscriptions import LIST_SUBSCRIPTIONS
from tests.collectors.azure.entra import Entra, client_certificate, entra
from tests.collectors.azure.server import AzureServer, azure_server
from tests.collectors.azure.world import SUBSCRIPTION, TENANT, load

Mlps = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def server() -> Iterator[AzureServer]:
    with azure_server(load()) as running:
        yield running
        assert running.problems == []


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entra]:
    with entra(tmp_path_factory.mktemp("entra")) as running:
        yield running


@pytest.fixture
def mlps(tmp_path: Path, tokens: Entra) -> Mlps:
    """`mlps(*arguments)` in an empty folder, with a service principal's secret; `env` replaces."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> Any:
        clean = {name: value for name, value in os.environ.items() if "AZURE" not in name}
        given = tokens.environment() if env is None else env
        only = {"AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential"}
        return subprocess.run(
            [sys.executable, "-m", "scanner", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**clean, "HOME": str(tmp_path), **only, **given},
            check=False,
        )

    return run


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text())


def test_a_scan_reports_the_subscription(
    server: AzureServer, tokens: Entra, mlps: Mlps, tmp_path: Path
) -> None:
    server.decide = lambda asked: None
    done = mlps(
        "scan", "azure", "--endpoint-url", server.url, "--format", "json", "--snapshot", "kept"
    )
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    failed = {
        (one["check"], one["resource"]["name"])
        for one in report["assessment"]["results"]
        if one["status"] == "fail"
    }
    assert ("boundary-admin-ports", "k8s-master-C02B7042-nsg") in failed
    kept = manifest(tmp_path / "kept")
    assert kept["accounts"] == [SUBSCRIPTION]
    assert kept["failed_calls"] == []
    assert "chinanorth3" in kept["regions"]
    assert ("https://management.azure.com/.default", "secret") in tokens.asked
    assert ("https://graph.microsoft.com/.default", "secret") in tokens.asked


def test_a_certificate_and_the_cloud_in_china(tokens: Entra, mlps: Mlps, tmp_path: Path) -> None:
    proof = tokens.environment(AZURE_CLIENT_CERTIFICATE_PATH=str(client_certificate(tmp_path)))
    with azure_server(load(), "china") as china:
        done = mlps(
            "collect", "azure", "--cloud", "china", "--endpoint-url", china.url, "-o", "out",
            "--no-resource-graph", "--subscription", SUBSCRIPTION.upper(), env=proof,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert china.problems == []
        assert LIST_SUBSCRIPTIONS.name not in {asked.name for asked in china.seen}
    assert manifest(tmp_path / "out")["accounts"] == [SUBSCRIPTION]
    assert ("https://management.chinacloudapi.cn/.default", "certificate") in tokens.asked
    assert ("https://microsoftgraph.chinacloudapi.cn/.default", "certificate") in tokens.asked
    lines = (tmp_path / "out" / SUBSCRIPTION / "resources.ndjson").read_text().splitlines()
    (identity,) = [one for one in map(json.loads, lines) if one["type"] == "account.identity"]
    # Nobody can set it there: what the tenant of the tests says does not count.
    assert identity["facts"]["password_policy"]["lockout_attempts"] == 10


def test_no_credentials(server: AzureServer, mlps: Mlps, tmp_path: Path) -> None:
    done = mlps("collect", "azure", "--endpoint-url", server.url, "-o", "out", env={})
    assert done.returncode == 2
    assert "No Azure credentials were accepted" in done.stderr
    assert "az login" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_secret_that_is_refused(server: AzureServer, tokens: Entra, mlps: Mlps) -> None:
    wrong = tokens.environment(AZURE_CLIENT_SECRET="wrong")
    done = mlps("collect", "azure", "--endpoint-url", server.url, "-o", "out", env=wrong)
    assert done.returncode == 2
    assert "AADSTS7000215" in done.stderr


def test_both_ways_to_name_subscriptions_are_refused(mlps: Mlps) -> None:
    done = mlps(
        "collect", "azure", "--subscription", SUBSCRIPTION, "--management-group", "g", "-o", "out"
    )
    assert done.returncode == 2
    assert "--management-group" in done.stderr


def test_the_role_names_exactly_the_declared_actions(mlps: Mlps) -> None:
    role = json.loads(mlps("permissions", "azure", "--subscription", SUBSCRIPTION).stdout)
    calls = declared_calls()
    assert role["Actions"] == sorted({one.permission for one in calls if one.service != "graph"})
    assert all(action.endswith("/read") for action in role["Actions"])
    assert role["AssignableScopes"] == [f"/subscriptions/{SUBSCRIPTION}"]
    for call in calls:
        if call.service == "graph":
            assert call.permission in role["Description"]
    group = json.loads(mlps("permissions", "azure", "--management-group", "mg").stdout)
    assert set(group["Actions"]) - set(role["Actions"]) == {
        "Microsoft.Management/managementGroups/descendants/read"
    }


def test_the_permissions_of_microsoft_graph(mlps: Mlps, tmp_path: Path) -> None:
    told = json.loads(mlps("permissions", "azure", "--graph").stdout)
    needed = {one.permission for one in declared_calls() if one.service == "graph"}
    assert set(told["applicationPermissions"]) == needed
    assert {one.split(".")[1] for one in needed} == {"Read"}
    text = mlps("permissions", "azure", "--graph", "--format", "terraform").stdout
    assert all(f'"{one}"' in text for one in needed)
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "main.tf").write_text(text)
    assert mlps("check", "graph", "--format", "json").returncode in {0, 1}


def test_the_role_as_terraform_can_be_read(mlps: Mlps, tmp_path: Path) -> None:
    text = mlps("permissions", "azure", "--format", "terraform").stdout
    (tmp_path / "role").mkdir()
    (tmp_path / "role" / "main.tf").write_text(text)
    assert mlps("check", "role", "--format", "json").returncode in {0, 1}
    assert "azurerm_role_definition" in text
    assert TENANT not in text
