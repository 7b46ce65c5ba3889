"""Narrowing an assessment to what changed: for reviews, where the rest is not at stake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from collectors.document import Document
from scanner.assessment import Assessment, ChangedSince, Result
from scanner.changes import Changes

_NETWORK = "network."


class Before(Struct, frozen=True):
    """The resources of the templates as they were: what was known of each, by its id."""

    digests: dict[str, frozenset[str]] = {}
    networks: frozenset[str] = frozenset()
    """The ids of networks and what belongs to them."""

    def differing(self, documents: Iterable[Document], *, linked: bool) -> frozenset[str]:
        """The ids of resources that are not as they were. `linked`: systems are declared, so that
        what a network or group is decides for the rules that point to it: all of them count once
        one is not as it was, or is gone."""
        networks: set[str] = set()
        found: set[str] = set()
        for each in documents:
            if _digest(each) not in self.digests.get(each.id, frozenset()):
                found.add(each.id)
            if each.type.startswith(_NETWORK):
                networks.add(each.id)
        if linked and (found & networks or self.networks - networks):
            found |= networks
        return frozenset(found)


def before_of(documents: Iterable[Document], tree: Path, top: Path) -> Before:
    """What the documents say of a work tree, of which a copy stands at `tree` and it at `top`."""
    found: dict[str, set[str]] = {}
    networks: set[str] = set()
    for document in documents:
        text = msgspec.json.encode(document).decode().replace(str(tree), str(top))
        moved = msgspec.json.decode(text, type=Document)
        found.setdefault(moved.id, set()).add(_digest(moved))
        if moved.type.startswith(_NETWORK):
            networks.add(moved.id)
    digests = {name: frozenset(each) for name, each in found.items()}
    return Before(digests, frozenset(networks))


def _digest(document: Document) -> str:
    """Of what is known of a resource, not of where in its file it stands."""
    plain = msgspec.structs.replace(document, source=None)
    return hashlib.sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


def narrowed(
    assessment: Assessment, changes: Changes, differing: frozenset[str] | None
) -> Assessment:
    """The assessment with the results alone that are about what changed: a resource in a file that
    did, or of which something else is known than before (`differing` are their ids, None for all):
    what another file decides for it, such as its bucket policy, a variable, its module's call."""
    kept: list[Result] = []
    left: list[Result] = []
    for result in assessment.results:
        is_kept = differing is None or _is_kept(result, changes, differing)
        (kept if is_kept else left).append(result)
    unread = assessment.failed_calls or assessment.empty_systems or assessment.uncertain
    return msgspec.structs.replace(
        assessment,
        results=kept,
        incomplete=bool(unread) or any(result.status != "fail" for result in kept),
        changed_since=ChangedSince(
            revision=changes.revision,
            commit=changes.commit,
            files=len(changes.files),
            failures=sum(result.counts for result in left),
            undecided=sum(result.status != "fail" for result in left),
        ),
    )


def _is_kept(result: Result, changes: Changes, differing: frozenset[str]) -> bool:
    source = result.resource.source
    # What has no place in a file, such as a system of mlps.yaml, is always at stake.
    return source is None or result.resource.id in differing or changes.has(source.uri)
