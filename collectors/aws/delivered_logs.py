"""Logs that CloudWatch Logs delivers for a service: a source names the resource, a delivery pairs
it with a destination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collectors.aws.account import Account
from collectors.aws.log_delivery import BUCKET_CALLS, GROUP_CALLS, to_arn, to_bucket
from collectors.calls import Call
from collectors.document import Unknown
from collectors.facts.shared import Logging

Item = dict[str, Any]


def _call(operation: str, result: str) -> Call:
    return Call(
        provider="aws",
        service="logs",
        operation=operation,
        permission=f"logs:{operation}",
        scope="region",
        result=result,
        paged=True,
    )


DESCRIBE_SOURCES = _call("DescribeDeliverySources", "deliverySources")
DESCRIBE_DELIVERIES = _call("DescribeDeliveries", "deliveries")
DESCRIBE_DESTINATIONS = _call("DescribeDeliveryDestinations", "deliveryDestinations")
DELIVERY_CALLS = (
    DESCRIBE_SOURCES,
    DESCRIBE_DELIVERIES,
    DESCRIBE_DESTINATIONS,
    *GROUP_CALLS,
    *BUCKET_CALLS,
)

_NOT_LISTED = Unknown("CloudWatch Logs does not list the destination of a delivery")


def delivered(account: Account, regions: Sequence[str], arn: str, kind: str) -> Logging:
    """Where the logs of a resource of one kind (PutDeliverySource, logType) are delivered to, by
    the deliveries of any of the regions; off where none of them names it."""
    doubts: list[Unknown] = []
    for region in regions:
        found = _of_region(account, region, arn, kind)
        if isinstance(found, Logging):
            return found
        if found is not None:
            doubts.append(found)
    return Logging.unread(doubts[0]) if doubts else Logging.off()


def _of_region(account: Account, region: str, arn: str, kind: str) -> Logging | Unknown | None:
    sources = account.read(DESCRIBE_SOURCES, region)
    if isinstance(sources, Unknown):
        return sources
    names = {
        one["name"]
        for one in sources
        if one.get("logType") == kind and arn in one.get("resourceArns", ())
    }
    if not names:
        return None
    deliveries = account.read(DESCRIBE_DELIVERIES, region)
    if isinstance(deliveries, Unknown):
        return deliveries
    ends = [
        one["deliveryDestinationArn"] for one in deliveries if one["deliverySourceName"] in names
    ]
    return _to(account, region, ends[0]) if ends else None


def _to(account: Account, region: str, destination: str) -> Logging:
    """A log that goes where a destination leads, by the destination's ARN."""
    listed = account.read(DESCRIBE_DESTINATIONS, region)
    if isinstance(listed, Unknown):
        return _somewhere(listed)
    ends = (
        (one.get("deliveryDestinationConfiguration") or {}).get("destinationResourceArn")
        for one in listed
        if one["arn"] == destination
    )
    end = next(ends, None)
    if not end:
        return _somewhere(_NOT_LISTED)
    if end.split(":")[2] != "s3":
        return to_arn(account, end)
    bucket, _, folder = end.split(":", 5)[5].partition("/")
    prefix = f"{folder.rstrip('/')}/" if folder else ""
    return to_bucket(account, bucket, f"{prefix}AWSLogs/{account.id}/")


def _somewhere(reason: Unknown) -> Logging:
    return Logging(
        enabled=True,
        destination=reason,
        destination_account=reason,
        destination_region=reason,
        retention_days=reason,
    )
