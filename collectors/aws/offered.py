"""Services that not every region has."""

from __future__ import annotations

from functools import cache

import boto3

from collectors.aws.account import Account
from collectors.document import Unknown

_NOBODY_ANSWERS = "EndpointConnectionError:"


def is_nothing_here(account: Account, region: str, service: str, found: object) -> bool:
    """Whether a list failed because the region has no such service: nothing answers where its
    endpoint would be, and the SDK, which lists the regions of the service, has none there. Either
    alone says nothing: a region may be newer than the SDK, and a connection may fail."""
    return (
        isinstance(found, Unknown)
        and found.reason.startswith(_NOBODY_ANSWERS)
        and bool(_regions(service, "aws"))
        and region not in _regions(service, account.partition)
    )


@cache
def _regions(service: str, partition: str) -> frozenset[str]:
    return frozenset(boto3.Session().get_available_regions(service, partition))
