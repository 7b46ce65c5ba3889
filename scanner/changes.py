"""What of a work tree changed since a commit, as git says it; and the tree as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from collectors.document import UserError

_SECONDS = 300
_LARGEST = 8 * 1024 * 1024
"""Bytes: a larger file is no template and no part of one."""
_FETCH = (
    "In a pipeline fetch it first: git fetch origin main, or fetch-depth: 0 in actions/checkout."
)


class Changes(Struct, frozen=True, kw_only=True):
    """`files` of a work tree (relative to its root `top`) are not as they were in `commit`, where
    there were `before`. The commit is where the work left `revision`: their merge base."""

    top: Path
    revision: str
    commit: str
    files: frozenset[str]
    before: frozenset[str]

    def has(self, uri: str) -> bool:
        """Whether a file changed: one that the commit has not, or that lies elsewhere, did. `uri`
        is a path, absolute or relative to the working folder."""
        plain = Path(os.path.abspath(Path.cwd() / uri))  # noqa: PTH100 - keeps links as they are
        for path in (plain, plain.resolve()):
            if not path.is_relative_to(self.top):
                return True
            name = path.relative_to(self.top).as_posix()
            if name in self.files or (not path.is_symlink() and name not in self.before):
                return True
        return False

    def touch(self, path: Path) -> bool:
        """Whether a file of the work tree, or any within a folder, changed or is gone. What lies
        elsewhere did not: it is no part of this work."""
        plain = path.resolve()
        if not plain.is_relative_to(self.top):
            return False
        if any((self.top / name).is_relative_to(plain) for name in self.files):
            return True
        files = path.rglob("*") if path.is_dir() else [path]
        return any(self.has(str(each)) for each in files if each.is_file())

    def check_out(self, folder: Path) -> None:
        """Write the tree of the commit into a folder, without what is too large for a template.
        Neither the work tree nor its index is touched. Raises UserError where git cannot."""
        try:
            self._check_out(folder)
        except _GitError as error:
            raise UserError(
                f"--changed-since: git cannot tell what the templates were: {error}.", _FETCH
            ) from error

    def _check_out(self, folder: Path) -> None:
        names = "".join(f"{name}\0" for name in sorted(self._small()))
        aside = {"GIT_INDEX_FILE": str(folder / ".index"), "GIT_LFS_SKIP_SMUDGE": "1"}
        _git(self.top, "read-tree", self.commit, env=aside)
        prefix = f"--prefix={folder / 'tree'}/"
        _git(self.top, "checkout-index", "-q", "-z", "--stdin", prefix, env=aside, given=names)
        (folder / "tree").mkdir(exist_ok=True)
        self._copy_ignored(folder / "tree")

    def _copy_ignored(self, tree: Path) -> None:
        """Values that git is told to ignore are no part of the work: they were as they are."""
        which = ("--others", "--ignored", "--exclude-standard", "-z")
        names = _git(self.top, "ls-files", *which, "--", "*.tfvars", "*.tfvars.json")
        for name in filter(None, names.split("\0")):
            # Of one that cannot be copied the resources are not as they were: they count.
            with suppress(OSError):
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.top / name, tree / name)

    def _small(self) -> Iterator[str]:
        for line in _git(self.top, "ls-tree", "-r", "-l", "-z", self.commit).split("\0"):
            about, _, name = line.partition("\t")
            size = about.split()[-1] if about else "-"
            if size.isdigit() and int(size) <= _LARGEST:
                yield name


def changes_since(revision: str, folder: Path) -> Changes:
    """What changed since a commit in the work tree that holds `folder`: what is modified, new (also
    untracked) or renamed. Raises UserError where there is no work tree or no such commit."""
    try:
        top = Path(_git(folder, "rev-parse", "--show-toplevel").rstrip("\n")).resolve()
    except _GitError as error:
        raise UserError(
            f"--changed-since asks git, and it says of this folder: {error}.",
            "Run it within the work tree of the templates.",
        ) from error
    try:
        named = f"{revision}^{{commit}}"
        found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", named)
    except _GitError as error:
        raise UserError(
            f"--changed-since: git knows no commit {revision!r} here.", _FETCH
        ) from error
    commit = _base(top, found.strip())
    changed = _git(top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", commit, "--")
    changed += _git(top, "ls-files", "--others", "--exclude-standard", "-z")
    before = _git(top, "ls-tree", "-r", "-z", "--name-only", commit)
    return Changes(
        top=top,
        revision=revision,
        commit=commit,
        files=frozenset(filter(None, changed.split("\0"))),
        before=frozenset(filter(None, before.split("\0"))),
    )


def _base(top: Path, commit: str) -> str:
    """Where the checked-out work left the commit. A shallow clone may not know it: then the commit
    itself, of which what others did since counts too."""
    try:
        return _git(top, "merge-base", commit, "HEAD").strip() or commit
    except _GitError:
        return commit


class _GitError(Exception):
    """Git's own words."""


def _git(folder: Path, *arguments: str, env: dict[str, str] | None = None, given: str = "") -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a revision is given behind --end-of-options
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=os.environ | (env or {}),
            input=os.fsencode(given),
        )
    except subprocess.TimeoutExpired as error:
        raise _GitError(f"no answer in {_SECONDS} seconds") from error
    except OSError as error:
        raise _GitError(f"git cannot be run: {error.strerror}") from error
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _GitError((lines[0] if lines else f"exit code {done.returncode}").rstrip("."))
    return os.fsdecode(done.stdout)
