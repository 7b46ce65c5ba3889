"""Absence: what is not known must end as unknown, so a rule may not read it as a no."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.lint.findings import at_path
from scanner.lint.problem import Problem
from scanner.lint.subject import Read, Subject

_WHY = {
    "negated-fact": "`not` is true of {text} where it is absent: compare it with a value, or demand"
    " it first (is_string, is_array, …).",
    "absent-member": "{text} may be absent, and engines differ on a member that has an absent part:"
    ' demand it in the rule, or write object.get(…, "name", "?") in the arguments of a finding.',
    "default-for-fact": "object.get hides that a fact is absent: it is for the arguments of a"
    " finding only; refer to the fact itself.",
    "dynamic-reference": "{text} names a part of the input by a variable: lint cannot tell what is"
    " read.",
}


def problems(subject: Subject) -> Iterator[Problem]:
    """Problems of absent facts: negated, defaulted, or hidden in a helper."""
    for slip in subject.slips:
        message = _WHY[slip.rule].format(text=slip.text)
        yield Problem(slip.file, slip.line, slip.rule, message)
    for read in subject.reads:
        if read.entry == "deny":
            yield from _hidden(subject, read)


def _hidden(subject: Subject, read: Read) -> Iterator[Problem]:
    """A rule that goes on where a fact is absent must point to that fact, or above it: its finding
    then becomes unknown."""
    at = at_path(read.definition)
    if at is None:
        return
    told = {use.path for use in read.uses if not use.hidden}
    for use in sorted(read.uses, key=lambda use: use.line):
        path = use.path[1:]
        if use.path[:1] != ("facts",) or not path or use.path in told or path[: len(at)] == at:
            continue
        told.add(use.path)
        yield subject.on(
            use.line,
            "hidden-absence",
            f"the rule also fires where {'.'.join(path)} is absent, but its finding points to"
            f" {'/'.join(at)}: point to {path[0]}, or demand the fact.",
        )
