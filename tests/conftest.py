"""What all tests share: one moto server, the Go tools, a clean home."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from hypothesis import HealthCheck, settings

from examples.company import MAIN_REGION, STANDBY_REGION, fill
from examples.moto_server import running_moto, start_for_all
from tests.required import missing
from tests.shared import held, once

ROOT = Path(__file__).parent.parent

# No test judges times: a busy machine is no defect.
settings.register_profile("mlps", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mlps")


@pytest.fixture(scope="session")
def moto_endpoint() -> Iterator[str]:
    """A real moto HTTP server. A module that needs an empty one posts to /moto-api/reset first."""
    with running_moto() as url:
        yield url


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same in all of its processes."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="session", autouse=True)
def run_pipe(run_folder: Path) -> Iterator[Path]:
    """What servers that all processes share live by: it ends with the last process of the run."""
    with held(run_folder / "run.pipe") as pipe:
        yield pipe


@pytest.fixture(scope="session")
def company_endpoint(run_folder: Path, run_pipe: Path) -> str:
    """A moto server with the example company (examples/company). Read it only: making it takes
    longer than anything that is asked of it, so all tests share it."""

    def make() -> str:
        endpoint = start_for_all(run_pipe, run_folder / "company.log")
        fill(endpoint)
        return endpoint

    return once(run_folder / "company.endpoint", make)


@pytest.fixture(scope="session")
def company_snapshot(company_endpoint: str, run_folder: Path) -> Path:
    """The snapshot of the example company, collected by `mlps collect aws`. Read it only."""
    return Path(
        once(run_folder / "company.snapshot", lambda: _collected(company_endpoint, run_folder))
    )


def _collected(endpoint: str, folder: Path) -> str:
    path = folder / "company"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    keys = {"AWS_ACCESS_KEY_ID": "example", "AWS_SECRET_ACCESS_KEY": "example"}
    command = [sys.executable, "-m", "scanner", "collect", "aws", "-o", str(path)]
    command += ["--region", MAIN_REGION, "--region", STANDBY_REGION]
    command += ["--endpoint-url", endpoint]
    done = subprocess.run(
        command, cwd=ROOT, env=clean | keys, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return str(path)


@pytest.fixture(scope="session", autouse=True)
def _models_are_read_once() -> Iterator[None]:
    """All sessions of boto3 share what botocore reads of its models of services: several seconds,
    for each session that a test, or what it runs, opens in this process."""
    loaders = functools.cache(botocore.session.create_loader)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", loaders)
        yield


@pytest.fixture(autouse=True)
def _no_real_cloud(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Credentials of the machine are never used, and instance metadata is never asked."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "AZURE_", "ALIBABA_CLOUD_")):
            monkeypatch.delenv(name)
    nowhere = tmp_path_factory.getbasetemp() / "no-such-aws-files"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(nowhere / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(nowhere / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


def _tool(name: str) -> str:
    """The path of a Go tool."""
    found = os.environ.get(f"MLPS_{name.upper()}") or shutil.which(name)
    return found or missing(f"{name} is not installed; .ci/run installs it where Go is present")


@pytest.fixture(scope="session")
def opa() -> str:
    """The path of a real `opa`."""
    return _tool("opa")


@pytest.fixture(scope="session")
def regal() -> str:
    """The path of a real `regal`."""
    return _tool("regal")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the fault suites did: how many faults they injected, how many verdicts they compared."""
    sums: dict[str, int] = {}
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name in {"faults injected", "verdicts compared"}:
                sums[name] = sums.get(name, 0) + int(value)
    if sums:
        told = ", ".join(f"{count} {name}" for name, count in sorted(sums.items()))
        terminalreporter.write_line(f"fault suites: {told}")
