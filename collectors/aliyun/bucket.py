"""What services ask about a bucket: its region, who reaches it, how long its objects are kept.

Buckets of other accounts are not listed: what is asked about one is unknown.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aliyun import oss_facts
from collectors.aliyun.account import Account
from collectors.aliyun.oss_calls import (
    GET_BUCKET_INFO,
    GET_BUCKET_LIFECYCLE,
    GET_BUCKET_POLICY,
    GET_BUCKET_WORM,
    GET_PUBLIC_ACCESS_BLOCK,
    LIST_BUCKETS,
)
from collectors.aliyun.public_access import public_access_block
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure
from collectors.logic import Known, some

EXPOSURE_CALLS: tuple[Call, ...] = (
    LIST_BUCKETS,
    GET_BUCKET_INFO,
    GET_BUCKET_POLICY,
    GET_PUBLIC_ACCESS_BLOCK,
)
RETENTION_CALLS: tuple[Call, ...] = (LIST_BUCKETS, GET_BUCKET_LIFECYCLE)
LOCK_CALLS: tuple[Call, ...] = (LIST_BUCKETS, GET_BUCKET_WORM)


class Bucket(Struct, frozen=True):
    """A bucket, and the region that its questions go to."""

    account: Account
    name: str
    region: str

    def read(self, call: Call) -> Any:
        """The answer of a call about the bucket."""
        return self.account.read(call, self.region, self.name, Bucket=self.name)

    def info(self) -> oss_facts.Info | Unknown:
        """What GetBucketInfo says."""
        found: oss_facts.Info | Unknown = self.read(GET_BUCKET_INFO)
        return found

    def blocked(self) -> Known:
        """Whether the bucket's own block of public access is on, or the account's."""
        own = then(
            self.info(),
            lambda info: oss_facts.is_blocked(oss_facts.told(info, "BlockPublicAccess")),
        )
        return some([own, public_access_block(self.account)])

    def exposure(self) -> Exposure:
        """Whether anyone reaches it, by ACL or policy."""
        return oss_facts.exposure(
            then(self.info(), oss_facts.acl_grants),
            then(self.read(GET_BUCKET_POLICY), oss_facts.policy_is_public),
            self.blocked(),
        )

    def versioning(self) -> bool | Unknown:
        """Whether old versions are kept. A bucket that never kept any has no such element (OSS API
        reference, "GetBucketVersioning")."""
        return then(self.info(), lambda info: info.get("Versioning") == "Enabled")

    def lock_days(self) -> int | Unknown | None:
        """Days of a locked retention policy."""
        return then(self.read(GET_BUCKET_WORM), oss_facts.lock_days)

    def object_days(self, prefix: str = "") -> int | Unknown | None:
        """Days that objects under a prefix are kept; null for ever."""
        rules = self.read(GET_BUCKET_LIFECYCLE)
        return then(rules, lambda found: oss_facts.expiry_days(found, prefix))


def region_of(item: dict[str, Any]) -> str:
    """The region of a bucket as ListBuckets names it: "oss-cn-hangzhou" is cn-hangzhou."""
    return str(item.get("Region") or item["Location"].removeprefix("oss-"))


def own_bucket(account: Account, name: str) -> Bucket | Unknown:
    """A bucket of the account by its name; Unknown for one that it does not own."""
    buckets = account.read(LIST_BUCKETS)
    if isinstance(buckets, Unknown):
        return buckets
    for item in buckets:
        if item["Name"] == name:
            return Bucket(account, name, region_of(item))
    return Unknown(f"the bucket {name} does not belong to account {account.id}")
