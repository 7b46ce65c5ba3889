"""Sessions: which cloud, which subscriptions, how patiently."""

from __future__ import annotations

from msgspec import Struct

from collectors.azure.cloud import CLOUDS, Cloud, CloudName


class Patience(Struct, frozen=True, kw_only=True):
    """How often a request is tried, and the seconds between: `first`, doubled up to `longest`,
    which also bounds how long a `Retry-After` is waited for."""

    attempts: int = 8
    first: float = 0.5
    longest: float = 60.0


class AzureOptions(Struct, frozen=True, kw_only=True):
    """What the user asked for.

    `subscriptions` are ids; with `management_group` (its id, not the name that is shown) all
    subscriptions below it; without either every one that the credentials see. `resource_graph`
    false lists each type by its own API alone.
    """

    cloud: CloudName = "global"
    subscriptions: tuple[str, ...] = ()
    management_group: str | None = None
    endpoint_url: str | None = None
    concurrency: int = 16
    resource_graph: bool = True
    patience: Patience = Patience()
    connect_seconds: float = 10
    read_seconds: float = 60

    @property
    def endpoints(self) -> Cloud:
        """The cloud's endpoints."""
        return CLOUDS[self.cloud]
