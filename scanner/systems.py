"""Which system a resource belongs to, by the selectors of `mlps.yaml`.

A condition on what is not known of a resource (tags that could not be read, a network that is
decided at apply) is neither true nor false: such a resource is judged for every system that it may
belong to, so that nothing is left out because something could not be read. The settings and
identities of an account are shared: they are judged for every system that stands in the account,
and what an Azure tenant has (its users, its programs) for every system in its subscriptions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from collectors.document import Document, UserError
from collectors.regions import GLOBAL
from scanner.config import Patterns, Selector, System
from scanner.patterns import any_matches, matches

_SHARED = ("account.", "identity.")
_IN_NETWORKS = frozenset(
    {"compute.cluster", "database.instance", "network.load_balancer", "storage.file_system"}
)
"""Types that stand in a network which their facts do not name."""
_DIRECTORY = "Microsoft.Graph/"
"""How the native types of what an Azure tenant has begin. One subscription documents it for all."""
_TEMPLATE = "template"
"""What a template's documents have in place of an account."""


class Assignment(Struct, frozen=True):
    """The systems that a document is judged for; not `certain` where that could not be decided."""

    systems: tuple[System, ...]
    certain: bool = True


class Systems:
    """The declared systems, and the accounts that each stands in."""

    def __init__(self, declared: list[System]) -> None:
        self.declared = declared
        self._by_account: dict[str, set[str]] = {}
        self._tenants: dict[str, str] = {}

    def learn(self, document: Document) -> Assignment:
        """The first pass, over every document: note that its systems stand in its account.

        Raises UserError, which names both, for a resource that belongs to two systems.
        """
        found = self._own(document)
        tenant = document.native.get("tenantId") if is_shared(document) else None
        if isinstance(tenant, str) and tenant:
            self._tenants[document.account] = tenant
        for system in found.systems:
            self._by_account.setdefault(document.account, set()).add(system.name)
        return found

    def of(self, document: Document) -> Assignment:
        """The systems that a document is judged for. Needs the whole first pass behind it.

        What is shared, and a stand-in that no selector holds, goes to every system in its account.
        """
        found = self._own(document)
        here = self._sharing(document)
        if is_shared(document) and not self._is_tagged(document, found):
            names = {system.name for system in found.systems} | here
            return Assignment(tuple(s for s in self.declared if s.name in names))
        if document.unlisted and not found.systems:
            return Assignment(tuple(s for s in self.declared if s.name in here), certain=False)
        return found

    def _sharing(self, document: Document) -> set[str]:
        """The systems that stand in a document's account; of what a tenant has, in any of its
        subscriptions."""
        here = self._by_account.get(document.account, set())
        tenant = self._tenants.get(document.account)
        if tenant is None or not document.native_type.startswith(_DIRECTORY):
            return here
        accounts = [account for account, its in self._tenants.items() if its == tenant]
        return here.union(*(self._by_account.get(account, set()) for account in accounts))

    def _is_tagged(self, document: Document, found: Assignment) -> bool:
        """Whether a tag says whose a shared document is."""
        return found.certain and any(
            not document.tags.keys().isdisjoint(selector.tags) and _holds(selector, document)
            for system in found.systems
            for selector in system.select
        )

    def _own(self, document: Document) -> Assignment:
        """The systems whose selectors hold, or may hold where what they ask for is not known."""
        answers = [(system, _selects(system, document)) for system in self.declared]
        chosen = [system for system, answer in answers if answer]
        if len(chosen) > 1 and not is_shared(document) and not document.unlisted:
            first, second = chosen[:2]
            raise UserError(
                f"{document.id} belongs to two systems, {first.name} and {second.name}.",
                'Narrow the selectors of one, for example with a pattern that excludes: "!…".',
            )
        if chosen:
            return Assignment(tuple(chosen))
        possible = [system for system, answer in answers if answer is None]
        return Assignment(tuple(possible), certain=not possible)


def is_shared(document: Document) -> bool:
    """Whether a document is about the whole account, which several systems may share."""
    return document.type.startswith(_SHARED)


def _selects(system: System, document: Document) -> bool | None:
    """True if a selector holds, None if one may, False if none can."""
    answers = [_holds(selector, document) for selector in system.select]
    if True in answers:
        return True
    return None if None in answers else False


def _holds(selector: Selector, document: Document) -> bool | None:
    answers = list(_conditions(selector, document))
    if False in answers:
        return False
    return None if None in answers else True


def _conditions(selector: Selector, document: Document) -> Iterator[bool | None]:
    """The answer of each condition that the selector has."""
    if selector.accounts:
        # A template does not know the account that it is deployed to.
        known = document.source is None or document.account != _TEMPLATE
        yield _known(document.account if known else None, selector.accounts)
    if selector.regions:
        # The stand-in for what is listed once for all regions may be of any of them.
        everywhere = document.unlisted and document.region == GLOBAL
        known = "region" not in document.unknown and not everywhere
        yield _known(document.region if known else None, selector.regions)
    if selector.ids:
        yield _known(None if document.unlisted else document.id, selector.ids)
    if selector.paths:
        yield _path_matches(document, selector.paths)
    if selector.resource_groups:
        groups = _resource_group(document)
        lower = [pattern.lower() for pattern in selector.resource_groups]
        yield None if groups is None else any_matches(groups, lower)
    if selector.vpcs:
        networks = _networks(document)
        yield None if networks is None else any_matches(networks, selector.vpcs)
    for key, patterns in selector.tags.items():
        yield _tag_matches(document, key, [patterns] if isinstance(patterns, str) else patterns)


def _known(value: str | None, patterns: Patterns) -> bool | None:
    """Whether a value matches; None where it is not known, unless everything would match."""
    if value is None:
        return True if patterns == ["*"] else None
    return matches(value, patterns)


def _path_matches(document: Document, patterns: Patterns) -> bool | None:
    if document.source is not None:
        return matches(document.source.uri, patterns)
    return None if document.unlisted else False


def _tag_matches(document: Document, key: str, patterns: Patterns) -> bool | None:
    if key in document.tags:
        return matches(document.tags[key], patterns)
    unknown = not {"tags", f"tags/{key}"}.isdisjoint(document.unknown)
    return None if unknown or document.unlisted else matches("", patterns)


def _networks(document: Document) -> list[str] | None:
    """The id of the network that a resource is in, whole and by its last part; none for what is in
    no network, None where it is not known."""
    if document.unlisted:
        return None
    network: Any = document.facts.get("vpc_id")
    if document.type == "network.vpc":
        network = document.id
    elif (network is None and "vpc_id" in document.unknown) or (
        "vpc_id" not in document.facts and document.type in _IN_NETWORKS
    ):
        return None
    return [network, network.rpartition("/")[2]] if isinstance(network, str) else []


def _resource_group(document: Document) -> list[str] | None:
    """Its name in small letters, as Azure compares names; AWS has no groups. None where it is not
    known: Azure's stands in the id, Alibaba Cloud's in the configuration, a template's nowhere."""
    if document.provider == "aws":
        return []
    if document.unlisted:
        return None
    steps = document.id.split("/")
    for name, group in itertools.pairwise(steps):
        if name.lower() == "resourcegroups":
            return [group.lower()]
    group_id = document.native.get("ResourceGroupId")
    return [group_id.lower()] if isinstance(group_id, str) else None
