"""Which regions an account uses: those that hold something that it made. These are machines,
disks and copies, network interfaces (which most services have), networks, addresses, load
balancers, databases and buckets.
"""

from __future__ import annotations

from typing import Any

from collectors.aliyun import mongodb_calls, polardb_calls, rds_calls, redis_calls
from collectors.aliyun.account import Account
from collectors.aliyun.bucket import region_of
from collectors.aliyun.ecs_calls import (
    DESCRIBE_DISKS,
    DESCRIBE_IMAGES,
    DESCRIBE_INSTANCES,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_SNAPSHOTS,
    IMAGE_STATES,
)
from collectors.aliyun.oss_calls import LIST_BUCKETS
from collectors.aliyun.slb_calls import DESCRIBE_LOAD_BALANCERS
from collectors.aliyun.vpc_calls import DESCRIBE_EIP_ADDRESSES, DESCRIBE_VPCS
from collectors.calls import Call
from collectors.document import Unknown, also, then

Item = dict[str, Any]

# Lists that other services need too, so that looking costs nothing: whatever they find is in use.
# Alibaba Cloud makes nothing of it by itself, except a default VPC.
_SIGNS_OF_USE: tuple[tuple[Call, dict[str, Any]], ...] = (
    (DESCRIBE_INSTANCES, {}),
    (DESCRIBE_DISKS, {}),
    (DESCRIBE_NETWORK_INTERFACES, {}),
    (DESCRIBE_VPCS, {}),
    (DESCRIBE_EIP_ADDRESSES, {}),
    (DESCRIBE_LOAD_BALANCERS, {}),
    (DESCRIBE_SNAPSHOTS, {}),
    (DESCRIBE_IMAGES, {"ImageOwnerAlias": "self", "Status": IMAGE_STATES}),
    (rds_calls.DESCRIBE_INSTANCES, {}),
    (polardb_calls.DESCRIBE_CLUSTERS, {}),
    (redis_calls.DESCRIBE_INSTANCES, {}),
    *(
        (mongodb_calls.DESCRIBE_INSTANCES, {"DBInstanceType": kind})
        for kind in ("replicate", "sharding", "serverless")
    ),
)
REGION_CALLS = tuple({call.name: call for call, _ in _SIGNS_OF_USE}.values())
USE_CALLS = (LIST_BUCKETS, *REGION_CALLS)


def regions_in_use(account: Account) -> list[Any]:
    """The regions scanned that are in use, and unknown in the place of one that may be."""
    buckets = account.listed(LIST_BUCKETS)
    places = then(buckets, lambda found: {region_of(item) for item in found})
    uses = account.map(lambda region: _use_of(account, region, places), account.regions)
    return [one for one in uses if one is not None]


def _use_of(account: Account, region: str, places: set[str] | Unknown) -> str | Unknown | None:
    """The region where it is in use, null where it is not, and unknown where nothing was found and
    something could not be read."""
    if not isinstance(places, Unknown) and region in places:
        return region
    unread = also(places)
    for call, params in _SIGNS_OF_USE:
        found = account.listed(call, region, **params)
        if not isinstance(found, Unknown) and any(_is_made(account, item) for item in found):
            return region
        unread = unread or also(found)
    return unread


def _is_made(account: Account, item: Item) -> bool:
    """Whether the account made a thing: not what others share with it, no default VPC."""
    return (
        str(item.get("OwnerId") or account.id) == account.id and item.get("IsDefault") is not True
    )
