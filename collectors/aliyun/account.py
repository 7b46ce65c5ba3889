"""What a service module gets: the account, its regions, a reader, and a way to make documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import Any, TypeVar

from collectors import steps
from collectors.aliyun.reader import Reader
from collectors.calls import Call
from collectors.document import Document, Facts, Unknown, document, unlisted
from collectors.regions import GLOBAL, country_of, unknown_country

T = TypeVar("T")
R = TypeVar("R")

CENTRAL = "cn-hangzhou"
"""The region that central products (RAM, the Resource Directory) are asked in."""

ACCOUNT = "ACS::::Account"
"""The native type of an account. Cloud Config has none for it."""


class Account:
    """One Alibaba Cloud account while it is collected. Shared by threads; holds no state."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        regions: tuple[str, ...],
        reader: Reader,
        workers: Executor,
    ) -> None:
        self.id = id
        self.regions = regions
        self._reader = reader
        self._workers = workers

    def read(self, call: Call, region: str = GLOBAL, resource: str = "", **params: Any) -> Any:
        """The answer of a call, None where it says "there is none", Unknown where it failed.

        `region` "global" asks a central product. `RegionId` is set for calls that take one.
        """
        where = CENTRAL if region == GLOBAL else region
        return self._reader.read(call, where, resource, **params)

    def listed(
        self, call: Call, region: str = GLOBAL, resource: str = "", **params: Any
    ) -> list[Any] | Unknown:
        """A list; empty where the product is not activated, or not offered in the region."""
        found = self.read(call, region, resource, **params)
        return [] if found is None else found

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

    def arn(self, service: str, region: str, resource: str) -> str:
        """A resource name as RAM writes it: `acs:ecs:cn-hangzhou:1234567890123456:instance/i-1`."""
        where = "*" if region == GLOBAL else region
        return f"acs:{service}:{where}:{self.id}:{resource}"

    def document(
        self,
        facts: Facts,
        *,
        id: str,  # noqa: A002
        region: str,
        name: str,
        native_type: str,
        tags: dict[str, str] | Unknown | None = None,
        native: dict[str, Any] | None = None,
    ) -> Document:
        """A document of a resource in this account. `native` must already be free of secrets."""
        return document(
            id=id,
            facts=facts,
            provider="aliyun",
            account=self.id,
            region=region,
            country=country_of("aliyun", region),
            name=name,
            tags=tags,
            unknown=unknown_country("aliyun", region),
            native_type=native_type,
            native=native,
        )

    def whole(self, facts: Facts, native: dict[str, Any] | None = None) -> Document:
        """A document of the account itself, of which every scan writes one for each type."""
        return self.document(
            facts,
            id=f"aliyun/{self.id}/{facts.TYPE}",
            region=GLOBAL,
            name=self.id,
            native_type=ACCOUNT,
            native=native,
        )

    def unlisted(
        self, facts_type: type[Facts], reason: Unknown, region: str, native_type: str
    ) -> Document:
        """The stand-in for all resources of a type in a region that could not be listed."""
        return unlisted(
            facts_type,
            reason,
            provider="aliyun",
            account=self.id,
            region=region,
            country=country_of("aliyun", region),
            native_type=native_type,
        )


Service = steps.Service[Account]
"""What a module under `collectors/aliyun/services/` offers, as its `SERVICE`."""


def tags_of(found: Any) -> dict[str, str]:
    """A list of tags as a dict, in each of the shapes in which the products write it:
    `{"Tag": [{"TagKey": …, "TagValue": …}]}`, `[{"Key": …, "Value": …}]`."""
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), [])
    tags = {}
    for tag in found or []:
        lower = {name.lower(): value for name, value in tag.items()}
        key = lower.get("tagkey", lower.get("key"))
        if key is not None:
            tags[str(key)] = str(lower.get("tagvalue", lower.get("value", "")) or "")
    return tags
