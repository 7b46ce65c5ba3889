"""Facts: the list in the metadata and what the rule reads must be the same."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.decide import ENVELOPE, REFERENCES
from scanner.lint.problem import Problem
from scanner.lint.shapes import Path, Shapes
from scanner.lint.subject import Subject
from scanner.lint.values import Use

PARTS = ENVELOPE | {"type", "facts", "level", "system", "now", "context"}
"""What a check may read of its input; `native` and `native_type` besides, where it says so."""

_REFERENCES: Path = tuple(REFERENCES.split("."))

MAY_BE_UNKNOWN = frozenset({"region", "country", "tags"})
"""The parts of the envelope that a document may lack: they are listed like facts."""


def problems(subject: Subject) -> Iterator[Problem]:
    """Problems of the list of facts, in both directions, and of other parts of the input."""
    uses = {use for read in subject.reads for use in read.uses}
    yield from _parts(subject, uses)
    reads = {_listed_as(use) for use in uses} - {None}
    listed = [tuple(fact.split(".")) for fact in subject.check.facts]
    known = [path for path in listed if _is_known(path, subject.shapes)]
    for index, path in enumerate(listed):
        key, name = f"custom.facts[{index}]", ".".join(path)
        if path not in known:
            yield subject.at(key, "fact-nowhere", f"{name} is a fact of none of the targets.")
        elif not any(_is_read(path, read) for read in reads if read):
            yield subject.at(key, "fact-unread", f"{name} is listed and never read.")
        elif left := _left_out(path, {read for read in reads if read}, subject.shapes):
            yield subject.at(
                key,
                "fact-unread",
                f"{name} is listed as a whole, but the rule reads nothing of {_join(left)}: list"
                " what it reads.",
            )
    for use in sorted(uses, key=lambda use: (use.line, use.path)):
        # A struct of which a part is read needs no mention of its own.
        if use.deep or not any(
            _is_below(one.path, use.path) and one.path != use.path for one in uses
        ):
            yield from _unlisted(subject, use, listed)


def _parts(subject: Subject, uses: set[Use]) -> Iterator[Problem]:
    allowed = PARTS | ({"native", "native_type"} if subject.check.native else set())
    for use in uses:
        if not use.path:
            yield subject.on(
                use.line, "input-part", "input is used as a whole; name the part that is read."
            )
        elif use.path[0] in {"native", "native_type"} - allowed:
            yield subject.on(
                use.line,
                "input-part",
                f"input.{use.path[0]} is there only for checks with `native: true`.",
            )
        elif use.path[0] not in allowed:
            yield subject.on(use.line, "input-part", f"a check is given no input.{use.path[0]}.")
        elif use.path == ("facts",):
            yield subject.on(
                use.line,
                "input-part",
                "input.facts is used as a whole; name the fact that is read.",
            )


def _listed_as(use: Use) -> tuple[Path, bool] | None:
    """How `facts` names what is used, and whether all below is used; None for what is always
    there."""
    if use.path[:1] == ("facts",) and len(use.path) > 1:
        return use.path[1:], use.deep
    if use.path and use.path[0] in ENVELOPE:
        return use.path[:1], use.deep
    if use.path[:2] == _REFERENCES:
        return _REFERENCES, use.deep
    return None


def _is_known(path: Path, shapes: Shapes) -> bool:
    return shapes.has(path) or path == _REFERENCES or (len(path) == 1 and path[0] in ENVELOPE)


def _is_read(listed: Path, read: tuple[Path, bool]) -> bool:
    path, deep = read
    if _is_below(path, listed):
        return True
    return deep and _is_below(listed, path)


def _left_out(listed: Path, reads: set[tuple[Path, bool]], shapes: Shapes) -> list[Path]:
    """The parts of a struct that is listed as a whole of which the rule reads nothing. Empty where
    it looks at the struct alone: at the number of a list's elements, say."""
    below = {path for path, _ in reads if _is_below(path, listed) and path != listed}
    if not below or (listed, True) in reads:
        return []
    return sorted(
        leaf
        for leaf in shapes.leaves(listed)
        if not any(_is_below(leaf, path) or _is_below(path, leaf) for path in below)
    )


def _unlisted(subject: Subject, use: Use, listed: list[Path]) -> Iterator[Problem]:
    named = _listed_as(use)
    if named is None or (use.path[0] in ENVELOPE and use.path[0] not in MAY_BE_UNKNOWN):
        return
    path, deep = named
    if use.path[0] == "facts" and not subject.shapes.has(path):
        if path not in listed:
            message = f"{'.'.join(path)} is a fact of none of the targets."
            yield subject.on(use.line, "fact-nowhere", message)
        return
    leaves = {path} if path == _REFERENCES else subject.shapes.leaves(path) or {path}
    if deep:
        missing = sorted(leaf for leaf in leaves if not any(_is_below(leaf, one) for one in listed))
    elif any(_is_below(path, one) or _is_below(one, path) for one in listed):
        missing = []
    else:
        missing = [path]
    if missing:
        verb = "are" if len(missing) > 1 else "is"
        message = f"{_join(missing)} {verb} read and not listed in `facts`."
        yield subject.on(use.line, "fact-unlisted", message)


def _is_below(path: Path, other: Path) -> bool:
    """Whether a path is the other one, or lies below it."""
    return path[: len(other)] == other


def _join(paths: list[Path]) -> str:
    return ", ".join(".".join(path) for path in paths)
