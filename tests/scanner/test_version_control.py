"""What git says of templates, and what of it may stand in a report."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scanner.verdict import VersionControl
from scanner.version_control import public_address, version_control


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "infra").mkdir()
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "one")
    git(
        tmp_path, "remote", "add", "origin", "https://bot:s3cret@git.example.com/team/infra.git?t=1"
    )
    return tmp_path


def test_a_work_tree_says_what_it_is(repository: Path) -> None:
    assert version_control(repository / "infra") == VersionControl(
        repository="https://git.example.com/team/infra.git",
        revision=git(repository, "rev-parse", "HEAD"),
        branch="main",
        prefix="infra/",
    )


def test_a_commit_without_a_branch_has_none(repository: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    found = version_control(repository)
    assert found is not None
    assert (found.branch, found.prefix) == ("", "")


def test_what_is_no_work_tree_says_nothing(tmp_path: Path) -> None:
    assert version_control(tmp_path) is None
    git(tmp_path, "init", "-q")
    assert version_control(tmp_path) is None  # nothing is committed
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "one")
    assert version_control(tmp_path) is None  # nobody else can reach it


def test_without_git_nothing_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    assert version_control(repository) is None


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r.git"),
        ("https://token@github.com/o/r", "https://github.com/o/r"),
        ("https://u:p@gitlab.example.com:8443/o/r.git", "https://gitlab.example.com:8443/o/r.git"),
        ("https://host/r?private_token=x#y", "https://host/r"),
        ("git@github.com:o/r.git", "ssh://github.com/o/r.git"),
        ("ssh://git@github.com:22/o/r.git", "ssh://github.com:22/o/r.git"),
        ("/srv/git/r.git", ""),
        ("../r.git", ""),
        ("file:///srv/git/r.git", ""),
        ("C:\\git\\r", ""),
        ("https://[bad/r", ""),
        ("", ""),
    ],
)
def test_an_address_has_no_secret_and_no_path_of_this_machine(remote: str, address: str) -> None:
    assert public_address(remote) == address
