"""Which revision of which repository templates were read from, as git says it.

Only what may stand in a report: a remote's address without a user, password or token in it, and no
path of this machine.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from scanner.verdict import VersionControl

# A host of one letter is a drive of Windows.
_SCP = re.compile(r"(?:[^@/\s]+@)?(?P<host>[\w.-]{2,}):(?!//)(?P<path>[^\s]+)")
_SCHEMES = frozenset({"http", "https", "ssh", "git"})
_SECONDS = 10


def version_control(folder: Path) -> VersionControl | None:
    """That of the work tree which a folder lies in; None where it lies in none, where nothing is
    committed, where the remote is no address that others can reach, or where git is not there."""
    revision = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    prefix = _git(folder, "rev-parse", "--show-prefix")
    if not revision or prefix is None:
        return None
    remote = _git(folder, "config", "--get", "remote.origin.url")
    repository = public_address(remote or "")
    if not repository:
        return None
    return VersionControl(
        repository=repository,
        revision=revision,
        branch=_git(folder, "symbolic-ref", "--quiet", "--short", "HEAD") or "",
        prefix=prefix,
    )


def public_address(remote: str) -> str:
    """The address of a remote without what may be secret; empty where it is none, such as a path
    of this machine."""
    if "://" not in remote and (found := _SCP.fullmatch(remote)):
        remote = f"ssh://{found['host']}/{found['path'].lstrip('/')}"
    try:
        parts = urlsplit(remote)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or not parts.hostname:
        return ""
    # A query or a fragment may hold a token as well.
    return urlunsplit((parts.scheme, f"{parts.hostname}{port}", parts.path, "", ""))


def _git(folder: Path, *arguments: str) -> str | None:
    """What git answers; None where it does not."""
    try:
        done = subprocess.run(  # noqa: S603 - no part of it comes from elsewhere
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, UnicodeDecodeError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
