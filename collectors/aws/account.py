"""What a service module gets: the account, its regions, a reader, and a way to make documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any, TypeVar

from collectors import steps
from collectors.calls import Call
from collectors.document import Document, Facts, Unknown, document, unlisted
from collectors.regions import GLOBAL, country_of, unknown_country

if TYPE_CHECKING:
    # Templates are read with some of the modules that use this one, and without boto3.
    from collectors.aws.reader import Reader

T = TypeVar("T")
R = TypeVar("R")


class Account:
    """One AWS account while it is collected. Shared by threads; holds no state of its own."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        partition: str,
        home_region: str,
        regions: tuple[str, ...],
        reader: Reader,
        workers: Executor,
    ) -> None:
        self.id = id
        self.partition = partition
        self.home_region = home_region
        self.regions = regions
        self._reader = reader
        self._workers = workers

    def read(self, call: Call, region: str = GLOBAL, resource: str = "", **params: Any) -> Any:
        """The answer of a call, None where it says "there is none", Unknown where it failed.

        `region` "global" asks the account's home region: for IAM, STS and the list of buckets.
        """
        where = self.home_region if region == GLOBAL else region
        return self._reader.read(call, where, resource, **params)

    def failed_step(self, service: str, region: str, error: Exception) -> Unknown:
        """Record that a service's answers could not be understood."""
        return self._reader.answers.failed_step(service, region, error)

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> list[R]:
        """Apply `function` to items concurrently, results in order. The function must not call
        `map` itself: workers do not wait for workers."""
        return list(self._workers.map(function, items))

    def arn(self, service: str, region: str, resource: str) -> str:
        """An ARN in this account's partition."""
        where = "" if region == GLOBAL else region
        return f"arn:{self.partition}:{service}:{where}:{self.id}:{resource}"

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
            provider="aws",
            account=self.id,
            region=region,
            country=self.country(region),
            name=name,
            tags=tags,
            unknown=unknown_country("aws", region),
            native_type=native_type,
            native=native,
        )

    def unlisted(
        self, facts_type: type[Facts], reason: Unknown, region: str, native_type: str
    ) -> Document:
        """The stand-in for all resources of a type in a region that could not be listed."""
        return unlisted(
            facts_type,
            reason,
            provider="aws",
            account=self.id,
            region=region,
            country=self.country(region),
            native_type=native_type,
        )

    def country(self, region: str) -> str | None:
        """The country of a region; of "global" it is that of the partition where it has one."""
        if region == GLOBAL:
            return "CN" if self.partition == "aws-cn" else None
        return country_of("aws", region)


Service = steps.Service[Account]
"""What a module under `collectors/aws/services/` offers, as its `SERVICE`."""


def tags_of(tags: list[dict[str, str]] | None) -> dict[str, str]:
    """AWS's list of {Key, Value} as a dict."""
    return {tag["Key"]: tag["Value"] for tag in tags or []}
