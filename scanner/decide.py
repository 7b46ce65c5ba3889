"""The verdict of one check on one document: the order of design.md §4, as a pure function."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import msgspec

from collectors.document import Document
from collectors.facts import fact_types
from scanner.checks import CheckMetadata
from scanner.engine import Answer, Failure
from scanner.verdict import Verdict

ENVELOPE = frozenset({"region", "country", "tags", "name", "account", "provider", "id"})
"""Parts of a document beside its facts that a check may read, list and point to."""

REFERENCES = "context.references"
"""What the configuration knows of the resources that this one points to: it is listed like a fact,
and may be unknown like one."""

_NO_REASON = "the document does not have it"


def decide(check: CheckMetadata, document: Document, answer: Answer | Failure) -> Verdict:
    """Fail, if a finding stands on what is known; else unknown, if anything that the check reads
    is absent; else not applicable, if it says so; else pass. An engine's failure is an error.

    `document.unknown` names what is not known of the context, too (`context/references/0/level`).
    """
    if isinstance(answer, Failure):
        return Verdict(check=check.id, status="error", reasons=[answer.reason])
    missing = dict(absent(check, document))
    standing = [f for f in answer.deny if _stands(f.at, document, missing)]
    if standing:
        partial = bool(missing) or len(standing) < len(answer.deny)
        return Verdict(check=check.id, status="fail", findings=standing, partial=partial)
    for finding in answer.deny:
        # Its finding points to what is not known: no verdict can be reached. Where a part of that
        # has a reason of its own, that is the reason.
        steps = _names(finding.at)
        if not any(_overlap(steps, _names(path)) for path in missing):
            missing[finding.at] = _NO_REASON
    if missing:
        reasons = [f"{path}: {reason}" for path, reason in sorted(missing.items())]
        return Verdict(check=check.id, status="unknown", reasons=reasons)
    return Verdict(check=check.id, status="pass" if answer.applies else "not_applicable")


def absent(check: CheckMetadata, document: Document) -> Iterator[tuple[str, str]]:
    """The path and the reason of everything that the check reads and the document does not have.

    A check on several types lists what it reads of any: what a type does not have is no gap.
    """
    if document.unlisted:
        reason = next(iter(document.unknown.values()), _NO_REASON)
        yield document.type, reason
        return
    for fact in check.facts:
        steps = fact.split(".")
        if fact == REFERENCES:
            yield from (
                (path, reason)
                for path, reason in document.unknown.items()
                if path.startswith("context/references/")
            )
            continue
        if not _belongs(steps[0], document):
            if not _belongs_elsewhere(steps[0], check):
                # Misspelt: what the rule reads instead is not looked after here.
                yield steps[0], "no type that the check is for has such a fact"
            continue
        for path, reason in document.unknown.items():
            if _overlap(_names(path), steps):
                yield path, reason
        if not _is_envelope(steps[0], document.type):
            for path in _gaps(document.facts, steps, ""):
                if not _is_named(path, document):
                    yield path, _NO_REASON


def _belongs(name: str, document: Document) -> bool:
    """Whether documents of this type have the fact. A type that we do not know may have any."""
    known = _fact_names().get(document.type)
    return known is None or name in known or name in ENVELOPE or name in document.facts


def _belongs_elsewhere(name: str, check: CheckMetadata) -> bool:
    """Whether another type that the check is for has the fact."""
    types = _fact_names() if "*" in check.targets else check.targets
    return any(name in _fact_names().get(type_, ()) for type_ in types)


def _is_envelope(name: str, type_: str) -> bool:
    return name in ENVELOPE and name not in _fact_names().get(type_, ())


@functools.cache
def _fact_names() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(field.name for field in msgspec.structs.fields(facts))
        for name, facts in fact_types().items()
    }


def _names(path: str) -> list[str]:
    """The steps of a path in a document without its list positions."""
    return [step for step in path.split("/") if not step.isdecimal()]


def _overlap(one: list[str], other: list[str]) -> bool:
    """Whether one path is the other, above it or below it."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _gaps(value: Any, steps: list[str], path: str) -> Iterator[str]:
    """The paths at which a fact's path breaks off. Lists are crossed; null is known to be none."""
    if not steps or value is None:
        return
    if isinstance(value, list):
        for index, element in enumerate(value):
            yield from _gaps(element, steps, f"{path}/{index}")
        return
    at = f"{path}/{steps[0]}" if path else steps[0]
    if not isinstance(value, dict) or steps[0] not in value:
        yield at
    else:
        yield from _gaps(value[steps[0]], steps[1:], at)


def _is_named(path: str, document: Document) -> bool:
    """Whether `unknown` already names the path or something above it."""
    return any(path == named or path.startswith(f"{named}/") for named in document.unknown)


def _stands(at: str, document: Document, missing: dict[str, str]) -> bool:
    """Whether what a finding points to is there and known, with every part that the check reads."""
    if document.unlisted or not _is_there(at, document):
        return False
    if any(at == path or at.startswith(f"{path}/") for path in document.unknown):
        return False
    return not any(
        at == path or at.startswith(f"{path}/") or path.startswith(f"{at}/") for path in missing
    )


def _is_there(at: str, document: Document) -> bool:
    value: Any = document.facts
    steps = at.split("/")
    if _is_envelope(steps[0], document.type):
        value, steps = getattr(document, steps[0]), steps[1:]
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return False
    return True
