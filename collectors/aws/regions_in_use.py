"""Which regions an account uses: those that hold something that it made. These are machines, disks,
network interfaces (which most services put into a VPC), networks, databases, log groups, copies,
keys or buckets.
"""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.bucket import PLACE_CALLS, bucket_region
from collectors.aws.ec2_calls import (
    DESCRIBE_IMAGES,
    DESCRIBE_INSTANCES,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_SNAPSHOTS,
    DESCRIBE_VOLUMES,
    DESCRIBE_VPCS,
)
from collectors.aws.encryption import manager_of
from collectors.aws.kms_calls import DESCRIBE_KEY, LIST_KEYS
from collectors.aws.logic import Known, some
from collectors.aws.rds_calls import DESCRIBE_CLUSTER_SNAPSHOTS, DESCRIBE_CLUSTERS
from collectors.aws.rds_calls import DESCRIBE_INSTANCES as DESCRIBE_DATABASES
from collectors.aws.rds_calls import DESCRIBE_SNAPSHOTS as DESCRIBE_DATABASE_SNAPSHOTS
from collectors.aws.s3_calls import LIST_BUCKETS
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.calls import Call
from collectors.document import Unknown, also, then

Item = dict[str, Any]

# Lists that other services need too, so that looking costs nothing: whatever they find is in use.
# AWS makes nothing of it by itself, except a default VPC and its own keys.
_SIGNS_OF_USE: tuple[tuple[Call, dict[str, Any]], ...] = (
    (DESCRIBE_INSTANCES, {}),
    (DESCRIBE_VOLUMES, {}),
    (DESCRIBE_NETWORK_INTERFACES, {}),
    (DESCRIBE_VPCS, {}),
    (DESCRIBE_DATABASES, {}),
    (DESCRIBE_CLUSTERS, {}),
    (DESCRIBE_LOG_GROUPS, {}),
    (DESCRIBE_SNAPSHOTS, {"OwnerIds": ["self"]}),
    (DESCRIBE_IMAGES, {"Owners": ["self"], "IncludeDeprecated": True, "IncludeDisabled": True}),
    (DESCRIBE_DATABASE_SNAPSHOTS, {"SnapshotType": "manual"}),
    (DESCRIBE_CLUSTER_SNAPSHOTS, {"SnapshotType": "manual"}),
    (LIST_KEYS, {}),
)
CALLS = (*PLACE_CALLS, *(call for call, _ in _SIGNS_OF_USE), DESCRIBE_KEY)


def regions_in_use(account: Account) -> list[Any]:
    """The regions scanned that are in use, and unknown in the place of one that may be."""
    return [one for one in uses(account) if one is not None]


def uses(account: Account) -> list[str | Unknown | None]:
    """Of each region scanned, its name where it is in use, null where it is not, and unknown where
    nothing was found and something could not be read."""
    buckets = then(account.read(LIST_BUCKETS), lambda found: [item["Name"] for item in found])
    names = [] if isinstance(buckets, Unknown) else buckets
    places: list[str | Unknown] = account.map(lambda name: bucket_region(account, name), names)
    unplaced = also(buckets, *places)
    return account.map(lambda region: _use_of(account, region, places, unplaced), account.regions)


def _use_of(
    account: Account, region: str, places: list[str | Unknown], unplaced: Unknown | None
) -> str | Unknown | None:
    unread = unplaced
    if region in places:
        return region
    for call, params in _SIGNS_OF_USE:
        in_use = _is_made(account, region, call, account.read(call, region, **params))
        if in_use is True:
            return region
        unread = unread or also(in_use)
    return unread


def _is_made(account: Account, region: str, call: Call, found: list[Item] | Unknown) -> Known:
    """Whether a list has anything that the account made: not what others share with it."""
    if isinstance(found, Unknown):
        return found
    own = [item for item in found if item.get("OwnerId", account.id) == account.id]
    if call is DESCRIBE_VPCS:
        return any(not vpc["IsDefault"] for vpc in own)
    if call is LIST_KEYS:
        return some(_is_customers(account, region, key["KeyArn"]) for key in own)
    return bool(own)


def _is_customers(account: Account, region: str, key: str) -> Known:
    metadata = account.read(DESCRIBE_KEY, region, key, KeyId=key)
    return then(metadata, lambda known: manager_of(known) != "provider")
