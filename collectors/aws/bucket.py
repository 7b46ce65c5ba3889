"""What other services ask about a bucket: where it lies, and how long its objects are kept."""

from __future__ import annotations

from collectors.aws.account import Account
from collectors.aws.s3_calls import GET_BUCKET_LIFECYCLE, GET_BUCKET_LOCATION, LIST_BUCKETS
from collectors.aws.s3_facts import expiry_days
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.regions import GLOBAL

PLACE_CALLS: tuple[Call, ...] = (LIST_BUCKETS, GET_BUCKET_LOCATION)
RETENTION_CALLS: tuple[Call, ...] = (*PLACE_CALLS, GET_BUCKET_LIFECYCLE)


def region_of(constraint: str | None) -> str:
    """The region that a LocationConstraint means: null is us-east-1, "EU" is eu-west-1 (Amazon S3
    API reference, GetBucketLocation)."""
    return {"": "us-east-1", "EU": "eu-west-1"}.get(constraint or "", constraint or "us-east-1")


def bucket_region(account: Account, name: str) -> str | Unknown:
    """The region of a bucket of this account; unknown for a bucket that it does not own."""
    owned = is_owned(account, name)
    if isinstance(owned, Unknown):
        return owned
    if not owned:
        return Unknown(f"the bucket {name} does not belong to account {account.id}")
    return then(account.read(GET_BUCKET_LOCATION, GLOBAL, name, Bucket=name), region_of)


def is_owned(account: Account, name: str) -> bool | Unknown:
    """Whether a bucket belongs to this account."""
    buckets = account.read(LIST_BUCKETS)
    return then(buckets, lambda found: any(bucket["Name"] == name for bucket in found))


def owner(account: Account, name: str) -> str | Unknown:
    """The account that owns a bucket, where that can be told: this one, or unknown."""
    owned = is_owned(account, name)
    if isinstance(owned, Unknown):
        return owned
    return account.id if owned else Unknown(f"the owner of the bucket {name} is not told")


def object_retention_days(account: Account, name: str, prefix: str = "") -> int | Unknown | None:
    """How long the bucket keeps objects under a prefix; null for ever."""
    region = bucket_region(account, name)
    if isinstance(region, Unknown):
        return region
    rules = account.read(GET_BUCKET_LIFECYCLE, region, name, Bucket=name)
    return then(rules, lambda found: expiry_days(found or [], prefix))
