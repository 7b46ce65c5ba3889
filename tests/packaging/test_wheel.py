"""The built wheel in an empty environment, as pipx installs it, on the newest Python here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
VERSIONS = ("3.13", "3.12", "3.11")
"""The newest that is here is taken: the oldest runs all other tests."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def _python(version: str) -> str | None:
    """An interpreter of exactly this version: on the PATH, or one that pyenv keeps."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for found in (shutil.which(f"python{version}"), *pyenv.glob(f"{version}.*/bin/python")):
        if found and _version(str(found)) == version:
            return str(found)
    return None


def _version(python: str) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def test_installed_wheel_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    python = next(found for version in VERSIONS if (found := _python(version)))
    env = tmp_path / "env"
    subprocess.run([python, "-m", "venv", env], check=True)
    pip = [
        str(env / "bin" / "pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        str(wheel),
    ]
    subprocess.run(pip, check=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.tf").write_text(
        'provider "aws" {\n  region = "cn-north-1"\n}\n'
        'resource "aws_security_group" "web" {\n  name = "web"\n'
        '  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n'
        '    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n'
    )

    checked = _mlps(env, project, "check", ".", "--save", "html=mlps.html")
    assert checked.returncode == 1, checked.stderr
    assert "管理端口" in (project / "mlps.html").read_text(encoding="utf-8")
    assert "boundary-admin-ports" in checked.stdout
    assert "main.tf:" in checked.stdout

    assert "8.2.1.1" in _mlps(env, project, "items", "--level", "3").stdout
    assert "boundary-admin-ports" in _mlps(env, project, "checks").stdout

    # The cloud SDKs are extras: without one, one line says what to install.
    missing = _mlps(env, project, "scan", "aws")
    assert missing.returncode == 2
    assert missing.stderr.splitlines() == [
        "mlps: Scanning AWS needs boto3, which is not installed.",
        "      Install it with: pipx install 'mlps-scanner[aws]' (or pip install …)",
    ]


def _mlps(env: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = {"HOME": str(folder), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    command = [str(env / "bin" / "mlps"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=home, capture_output=True, text=True, check=False
    )
