"""What a service module gets: the subscription, a reader, and a way to make documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import Any, TypeVar

from azure.core.exceptions import ClientAuthenticationError

from collectors import steps
from collectors.azure.calls import AzureCall
from collectors.azure.errors import NOT_WHOLE, CallError
from collectors.azure.ids import name_of, region_of
from collectors.azure.reader import Reader
from collectors.azure.resource_graph import query
from collectors.azure.rights import Rights
from collectors.azure.tenant import another_tenant
from collectors.document import Document, Facts, Unknown, document, unlisted
from collectors.regions import GLOBAL, country_of, unknown_country

T = TypeVar("T")
R = TypeVar("R")
Item = dict[str, Any]

SUBSCRIPTION = "Microsoft.Resources/subscriptions"
"""The native type of a subscription, of which the `account.*` documents are."""


class Account:
    """One subscription while it is collected. Shared by threads.

    `rights` is what the caller may read in the whole of it, `types` what is asked of Resource
    Graph (empty: nothing is). `directory` reads the tenant through Microsoft Graph, once for all
    its subscriptions; `leads_tenant` is true in one of them, which alone documents what belongs to
    the tenant and to no subscription, such as its users; its `peers` are the other subscriptions of
    the tenant that are scanned, for what the tenant's users may do in them.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        name: str,
        tenant: str,
        reader: Reader,
        directory: Reader,
        workers: Executor,
        rights: Rights | Unknown,
        types: Iterable[str] = (),
        leads_tenant: bool = True,
        peers: Iterable[Account] = (),
        china: bool = False,
    ) -> None:
        self.id = id
        self.name = name
        self.tenant = tenant
        self.leads_tenant = leads_tenant
        self.peers = tuple(peers)
        self.china = china
        self._reader = reader
        self._directory = directory
        self._workers = workers
        self._rights = rights
        self._types = tuple(types)

    def read(self, call: AzureCall, resource: str = "", **params: Any) -> Any:
        """The answer of a call, None where it says "there is none", Unknown where it failed.

        `params` fill the holes of the call's path: `id` is a whole ARM id. A list of the whole
        subscription is unknown to a caller who may not read all of it, however long it is: Azure
        leaves out what the caller may not see without saying so. What the directory tells is
        unknown where it is another tenant's.
        """
        if call.of_directory:
            other = another_tenant(self._directory, self.tenant)
            return other or self._directory.read(call, resource, **params)
        if call.of_subscription:
            doubt = self._doubt(call)
            if doubt:
                return doubt
        return self._reader.read(call, resource, **params)

    def listed(self, call: AzureCall, resource: str = "", **params: Any) -> list[Any] | Unknown:
        """A list; empty where "there is none", or the subscription never used the product."""
        found = self.read(call, resource, **params)
        return [] if found is None else found

    def resources(self, call: AzureCall) -> list[Item] | Unknown:
        """Every resource of a type in the subscription, as ARM writes it, `call` being its
        `listing(…)`: from Resource Graph where that answers, from the type's own API otherwise.

        `type` is in lower case where it is from Resource Graph, and ids are compared by
        `ids.same`. What ARM adds outside of `properties` (a machine's `resources`) may be missing.
        """
        doubt = self._doubt(call)
        if doubt:
            return doubt
        if call.graphed and call.native_type in self._types:
            found = self.once("resource graph", self._all).get(call.native_type.lower())
            if found:
                return found
        return self.listed(call)

    def once(self, name: str, function: Callable[[], T]) -> T:
        """What many resources need and is worked out once, such as an index of a list."""
        found: T = self._reader.answers.once(("once", name), function)
        return found

    def failed_step(self, service: str, region: str, error: Exception) -> Unknown:
        """Record that a service's answers could not be understood."""
        return self._reader.answers.failed_step(service, region, error)

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Apply `function` to items concurrently, results in order. The function must not call
        `map` itself: workers do not wait for workers."""
        return list(self._workers.map(function, items))

    def document(
        self,
        facts: Facts,
        item: Item,
        *,
        native_type: str,
        id: str = "",  # noqa: A002
        name: str = "",
        region: str = "",
        tags: dict[str, str] | Unknown | None = None,
        native: Item | None = None,
    ) -> Document:
        """A document of a resource, which `item` is as ARM writes it: id, name, location, tags.

        `native` is kept as evidence and must be free of secrets; without it nothing is. Children
        have no location and no tags of their own: give those of the parent.
        """
        where = region or region_of(item)
        own = id or str(item["id"])
        return document(
            id=own,
            facts=facts,
            provider="azure",
            account=self.id,
            region=where,
            country=country_of("azure", where),
            name=name or str(item.get("name") or name_of(own)),
            tags=tags_of(item) if tags is None else tags,
            unknown=unknown_country("azure", where),
            native_type=native_type,
            native=native,
        )

    def whole(self, facts: Facts, native: Item | None = None) -> Document:
        """A document of the subscription itself, of which every scan writes one for each type. Its
        evidence names the tenant, whose users belong to all subscriptions of it."""
        return self.document(
            facts,
            {},
            id=f"azure/{self.id}/{facts.TYPE}",
            name=self.name,
            native_type=SUBSCRIPTION,
            native={"tenantId": self.tenant, **(native or {})},
        )

    def unlisted(
        self,
        facts_type: type[Facts],
        reason: Unknown,
        region: str = GLOBAL,
        native_type: str = "",
    ) -> Document:
        """The stand-in for all resources of a type that could not be listed."""
        return unlisted(
            facts_type,
            reason,
            provider="azure",
            account=self.id,
            region=region,
            country=country_of("azure", region),
            native_type=native_type,
        )

    def _doubt(self, call: AzureCall) -> Unknown | None:
        """Why a list of the whole subscription could be short, if it could."""
        if isinstance(self._rights, Unknown):
            return self._rights
        if self._rights.cover(call.permission):
            return None
        message = "no role of the caller grants this in the whole subscription"
        return self.once(
            f"doubt {call.name}",
            lambda: self._reader.answers.failed(call, "", "", NOT_WHOLE, message),
        )

    def _all(self) -> dict[str, list[Item]]:
        """What Resource Graph lists; nothing where it does not answer, which loses nothing: each
        type is then asked for by itself."""
        try:
            return query(self._reader, self.id, self._types)
        except (CallError, ClientAuthenticationError, KeyError, TypeError, AttributeError):
            return {}


Service = steps.Service[Account]
"""What a module under `collectors/azure/services/` offers, as its `SERVICE`."""


def tags_of(item: Item) -> dict[str, str]:
    """The tags of a resource."""
    return {str(key): str(value or "") for key, value in (item.get("tags") or {}).items()}
