"""Options of `mlps check` for which findings count: those of what changed, those that are new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from collectors.document import UserError
from scanner import __version__
from scanner.assessment import Assessment
from scanner.baseline import Baseline, compared, load_baseline
from scanner.changes import Changes, changes_since
from scanner.commands._options import Evaluation

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
        **how: Any,
    ) -> None:
        """Read the templates as they were, and compare what `snapshot` says of them now. `how` are
        further arguments of collecting."""
        if self.changes is None or self.everything:
            return
        from collectors.iac.check import collect  # noqa: PLC0415
        from collectors.snapshot import open_snapshot  # noqa: PLC0415
        from scanner.narrowing import Before, before_of  # noqa: PLC0415

        top, scratch = self.changes.top, scratch.resolve()
        self.changes.check_out(scratch)
        tree, before = scratch / "tree", Before()
        then = [tree / path.resolve().relative_to(top) for path in paths]
        then = [path for path in then if path.exists()]
        here = tree / Path.cwd().resolve().relative_to(top)
        here.mkdir(parents=True, exist_ok=True)
        if then:
            try:
                with chdir(here):
                    old = scratch / "before"
                    collect(then, old, tool_version=__version__, **how)
                before = before_of((each.document for each in open_snapshot(old)), tree, top)
            except UserError:
                # There was no template yet, or none that is valid: all there is now is new.
                pass
        documents = (each.document for each in open_snapshot(snapshot))
        self.differing = before.differing(documents, linked=self.linked)

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
        deciding = [*settings.policies, *given]
        if settings.declared.path:
            deciding.append(settings.declared.path)
    return Focus(
        changes=changes,
        baseline=load_baseline(file) if file else None,
        linked=bool(settings.declared.config.systems),
        everything=changes is not None and any(changes.touch(path) for path in deciding),
    )
