"""Options of `mlps check` for which findings count: those of what changed, those that are new."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from collectors.document import Document, UserError
from scanner import __version__
from scanner.assessment import Assessment
from scanner.baseline import Baseline, compared, load_baseline
from scanner.changes import Changes, changes_since
from scanner.commands._options import Evaluation

if TYPE_CHECKING:
    from collectors.iac.account_context import AccountContext

_CHANGED: Callable[[Any], Any] = click.option(
    "--changed-since",
    metavar="REV",
    help="List and count only what changed since this commit, branch or tag of git: resources in"
    " files that changed, and those that changed with a variable, a module or a part elsewhere."
    " Everything is still read.",
)
_BASELINE: Callable[[Any], Any] = click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A JSON or SARIF report of an earlier run: findings that it has are shown as known and do"
    " not fail this one.",
)


def focus_options(function: Any) -> Any:
    """Add --changed-since and --baseline."""
    return _CHANGED(_BASELINE(function))


class Focus(Struct, kw_only=True):
    """What counts; what is wrong with the options is said before anything is read."""

    changes: Changes | None = None
    baseline: Baseline | None = None
    everything: bool = False
    """The configuration, the checks or the parameters changed, and any finding with them."""
    linked: bool = False
    """Systems are declared: rules are judged by the system of what they point to."""
    differing: frozenset[str] = frozenset()

    def look(
        self,
        paths: Sequence[Path],
        snapshot: Path,
        scratch: Path,
        account: Callable[[], AccountContext | None],
        **how: Any,
    ) -> None:
        """Read the templates as they were, and compare what `snapshot` says of them now. `account`
        reads the account's snapshot anew, because it keeps what was asked of it; `how` are further
        arguments of collecting."""
        if self.changes is None or self.everything:
            return
        from scanner.narrowing import before_of  # noqa: PLC0415

        top, tree = self.changes.top, scratch.resolve() / "tree"
        self.changes.check_out(tree.parent)
        then = [tree / path.resolve().relative_to(top) for path in paths]
        here = tree / Path.cwd().resolve().relative_to(top)
        here.mkdir(parents=True, exist_ok=True)
        how |= {"account": account()}
        with chdir(here):
            there = [path for path in then if path.exists()]
            earlier = list(_earlier(there, tree.parent, how))
        before = before_of(chain.from_iterable(map(_documents, earlier)), tree, top)
        self.differing = before.differing(_documents(snapshot), linked=self.linked)

    def of(self, assessment: Assessment) -> Assessment:
        """The assessment with what counts."""
        from scanner.narrowing import narrowed  # noqa: PLC0415

        if self.baseline:
            assessment = compared(assessment, self.baseline)
        if self.changes:
            changes = self.changes
            is_kept = None if self.everything else self.differing
            assessment = narrowed(assessment, changes, is_kept)
        return assessment


def _earlier(paths: Sequence[Path], scratch: Path, how: dict[str, Any]) -> Iterator[Path]:
    """Snapshots of templates as they were. Where one of the paths had no template yet, or none that
    is valid, the others are read by themselves: all there is now at that one is new."""
    from collectors.iac.check import collect  # noqa: PLC0415

    out = Path(tempfile.mkdtemp(dir=scratch)) / "before"
    try:
        if paths:
            collect(paths, out, tool_version=__version__, **how)
            yield out
    except UserError:
        for path in paths if len(paths) > 1 else ():
            yield from _earlier([path], scratch, how)


def _documents(snapshot: Path) -> Iterator[Document]:
    from collectors.snapshot import open_snapshot  # noqa: PLC0415

    return (each.document for each in open_snapshot(snapshot))


def focus(
    options: dict[str, Any], paths: Sequence[Path], settings: Evaluation, given: Sequence[Path]
) -> Focus:
    """What the options ask for; `given` are files of values. Raises UserError where git or a file
    cannot answer."""
    revision, file = options["changed_since"], options["baseline"]
    changes = changes_since(revision, Path.cwd()) if revision else None
    deciding: list[Path] = []
    if changes:
        outside = [path for path in paths if not path.resolve().is_relative_to(changes.top)]
        if outside:
            raise UserError(
                f"--changed-since: {outside[0]} lies outside the work tree of git in this folder.",
                "Run it within the work tree of the templates.",
            )
        # A configuration that is gone decided, too.
        deciding = [*settings.policies, *given, settings.declared.path or Path("mlps.yaml")]
    return Focus(
        changes=changes,
        baseline=load_baseline(file) if file else None,
        linked=bool(settings.declared.config.systems),
        everything=changes is not None and any(changes.touch(path) for path in deciding),
    )
