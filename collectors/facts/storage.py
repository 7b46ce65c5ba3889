"""Facts of object and file storage."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Backup, Encryption, Exposure, Grant, Logging, Replica, Tls


class Lifecycle(Struct, kw_only=True):
    """Lifecycle rules that remove data: null where no rule does."""

    noncurrent_expiry_days: int | Absent | None = ABSENT
    abort_incomplete_days: int | Absent | None = ABSENT


class BucketReplica(Replica, kw_only=True):
    """A replica of a bucket. `whole` is false where no rule that leads there copies all objects:
    where each picks some by prefix, tag or container, or where OSS is told to leave out those that
    were there before the rule."""

    whole: bool | Absent = ABSENT


class Bucket(Facts, kw_only=True):
    """A bucket, or an Azure storage account's blob service. `exposure` joins ACL, policy and the
    public-access blocks of bucket and account; `public_access_block` is true when the bucket's own
    or the account's block is wholly on. `versioning` false also when suspended. `policy` is empty
    when there is none; `replication` lists the targets. `lifecycle` is null without rules,
    `object_lock_days` null without a default retention and with one that a privileged user can lift
    (S3 Object Lock in governance mode, an immutability policy of Azure or retention policy of OSS
    that is not locked), `referers` null without a referer list;
    `mfa_delete` is null where the cloud has no such setting. `private_endpoint`: networks of the
    account have a private way to it (AWS: a VPC endpoint for S3 in its region; Azure: a private
    endpoint; Alibaba Cloud: the internal endpoint that OSS always has). AWS: one s3:GetBucket… call
    each."""

    TYPE: ClassVar[str] = "storage.bucket"

    exposure: Exposure | Absent = ABSENT
    public_access_block: bool | Absent = ABSENT
    acl: list[Grant] | Absent = ABSENT
    policy: list[Grant] | Absent = ABSENT
    encryption: Encryption | Absent = ABSENT
    tls: Tls | Absent = ABSENT
    versioning: bool | Absent = ABSENT
    mfa_delete: bool | Absent | None = ABSENT
    object_lock_days: int | Absent | None = ABSENT
    logging: Logging | Absent = ABSENT
    replication: list[BucketReplica] | Absent = ABSENT
    redundancy: Literal["zone", "multi-zone", "multi-region", "single"] | Absent = ABSENT
    lifecycle: Lifecycle | Absent | None = ABSENT
    source_ranges: list[str] | Absent = ABSENT
    private_endpoint: bool | Absent = ABSENT
    referers: list[str] | Absent | None = ABSENT
    acceleration: bool | Absent = ABSENT


class FileSystem(Facts, kw_only=True):
    """A shared file system (EFS, Azure Files, NAS). `mount_ranges` may mount it: by the firewalls
    of its mount targets, the network rules of its account, or its access groups."""

    TYPE: ClassVar[str] = "storage.file_system"

    encryption: Encryption | Absent = ABSENT
    tls: Tls | Absent = ABSENT
    mount_ranges: list[str] | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
    backup: Backup | Absent = ABSENT
    redundancy: Literal["zone", "multi-zone", "multi-region", "single"] | Absent = ABSENT
