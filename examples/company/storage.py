"""Buckets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from examples.company.account import (
    ACCOUNT_ID,
    CORE,
    LOGS,
    MAIN_REGION,
    MALL,
    OA,
    STANDBY_REGION,
    STRANGER_ACCOUNT,
    Account,
    Tags,
    allow,
    bucket_arn,
    pairs,
    policy_document,
    root_of,
)
from examples.company.identity import role_arn
from examples.company.keys import Keys

TRAIL_BUCKET = "example-bank-trail"
ACCESS_LOG_BUCKET = "example-bank-access-logs"
STANDBY_BUCKET = "example-bank-core-docs-standby"

Statements = Sequence[Mapping[str, Any]]


def _tls_only(bucket: str) -> dict[str, Any]:
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn(bucket), bucket_arn(bucket, "*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def _service_writes(bucket: str, service: str, sid: str) -> dict[str, Any]:
    # One resource, not a list of one: people write both, and moto 5.2 looks for this form.
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "s3:PutObject",
        "Resource": bucket_arn(bucket, "*"),
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT_ID}},
    }


class Bucket(msgspec.Struct, frozen=True):
    """A bucket and everything that is set on it."""

    name: str
    region: str
    tags: Tags
    blocked: bool = False
    """Is public access blocked on the bucket itself?"""
    acl: str = ""
    policy: Statements = ()
    key: str = ""
    provider_key: bool = False
    versioning: str = ""
    lock_days: int = 0
    logged: bool = False
    replicated_to: str = ""
    noncurrent_days: int = 0
    website: bool = False


BUCKETS = (
    Bucket(
        ACCESS_LOG_BUCKET,
        MAIN_REGION,
        LOGS,
        blocked=True,
        policy=(
            _service_writes(ACCESS_LOG_BUCKET, "logging.s3.amazonaws.com", "AccessLogs"),
            _tls_only(ACCESS_LOG_BUCKET),
        ),
        provider_key=True,
        versioning="Enabled",
    ),
    Bucket(
        TRAIL_BUCKET,
        MAIN_REGION,
        LOGS,
        blocked=True,
        policy=(
            allow(
                ["s3:GetBucketAcl"],
                [bucket_arn(TRAIL_BUCKET)],
                Principal={"Service": "cloudtrail.amazonaws.com"},
                Sid="TrailLooks",
            ),
            _service_writes(TRAIL_BUCKET, "cloudtrail.amazonaws.com", "TrailWrites"),
            _tls_only(TRAIL_BUCKET),
        ),
        key="log-archive",
        versioning="Enabled",
        lock_days=400,
        logged=True,
    ),
    Bucket(
        STANDBY_BUCKET,
        STANDBY_REGION,
        CORE,
        blocked=True,
        policy=(_tls_only(STANDBY_BUCKET),),
        key="core-data",
        versioning="Enabled",
    ),
    Bucket(
        "example-bank-core-docs",
        MAIN_REGION,
        CORE,
        blocked=True,
        policy=(_tls_only("example-bank-core-docs"),),
        key="core-data",
        versioning="Enabled",
        logged=True,
        replicated_to=STANDBY_BUCKET,
        noncurrent_days=365,
    ),
    # bad: anyone may read, over plain HTTP too
    Bucket(
        "example-mall-static",
        MAIN_REGION,
        MALL,
        policy=(
            allow(
                ["s3:GetObject"],
                [bucket_arn("example-mall-static", "*")],
                Principal="*",
                Sid="Shoppers",
            ),
        ),
        provider_key=True,
        website=True,
    ),
    # bad: anyone may read and write, no default encryption, no versions, no log
    Bucket("example-mall-uploads", MAIN_REGION, MALL, acl="public-read-write"),
    # bad: a vendor that left may read and write
    Bucket(
        "example-oa-share",
        MAIN_REGION,
        OA,
        blocked=True,
        policy=(
            allow(
                ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
                [bucket_arn("example-oa-share"), bucket_arn("example-oa-share", "*")],
                Principal={"AWS": root_of(STRANGER_ACCOUNT)},
                Sid="Vendor",
            ),
        ),
        provider_key=True,
        versioning="Suspended",
    ),
    # bad: a public policy that the block makes harmless today; no encryption of its own
    Bucket(
        "example-oa-export",
        MAIN_REGION,
        OA,
        blocked=True,
        policy=(
            allow(
                ["s3:GetObject"],
                [bucket_arn("example-oa-export", "*")],
                Principal={"AWS": "*"},
                Sid="Everyone",
            ),
        ),
    ),
)


def fill_storage(account: Account, region: str, keys: Keys) -> None:
    """Fill one region."""
    s3 = account.client("s3", region)
    for bucket in BUCKETS:
        if bucket.region == region:
            _create(account, s3, bucket)
            _protect(s3, bucket, keys)


def replicate_buckets(account: Account, region: str) -> None:
    """Add the replication rules, once buckets exist in both regions."""
    s3 = account.client("s3", region)
    for bucket in BUCKETS:
        if bucket.region == region and bucket.replicated_to:
            s3.put_bucket_replication(
                Bucket=bucket.name,
                ReplicationConfiguration={
                    "Role": role_arn("bucket-replication"),
                    "Rules": [
                        {
                            "ID": "standby",
                            "Priority": 1,
                            "Status": "Enabled",
                            "Filter": {"Prefix": ""},
                            "DeleteMarkerReplication": {"Status": "Disabled"},
                            "Destination": {"Bucket": bucket_arn(bucket.replicated_to)},
                        }
                    ],
                },
            )


def _create(account: Account, s3: Any, bucket: Bucket) -> None:
    request: dict[str, Any] = {
        "Bucket": bucket.name,
        "CreateBucketConfiguration": {"LocationConstraint": bucket.region},
        "ObjectOwnership": "ObjectWriter" if bucket.acl else "BucketOwnerEnforced",
    }
    if bucket.lock_days:
        request["ObjectLockEnabledForBucket"] = True
    s3.create_bucket(**request)
    s3.put_bucket_tagging(Bucket=bucket.name, Tagging={"TagSet": pairs(bucket.tags)})
    account.made("s3", "bucket")


def _protect(s3: Any, bucket: Bucket, keys: Keys) -> None:
    name = bucket.name
    if bucket.acl:
        s3.put_bucket_acl(Bucket=name, ACL=bucket.acl)
    if bucket.key or bucket.provider_key:
        rule: dict[str, Any] = {"SSEAlgorithm": "AES256"}
        if bucket.key:
            rule = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": keys.keys[bucket.key]}
        s3.put_bucket_encryption(
            Bucket=name,
            ServerSideEncryptionConfiguration={
                "Rules": [
                    {
                        "ApplyServerSideEncryptionByDefault": rule,
                        "BucketKeyEnabled": bool(bucket.key),
                    }
                ]
            },
        )
    if bucket.versioning:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": bucket.versioning})
    if bucket.lock_days:
        s3.put_object_lock_configuration(
            Bucket=name,
            ObjectLockConfiguration={
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": bucket.lock_days}},
            },
        )
    if bucket.logged:
        s3.put_bucket_logging(
            Bucket=name,
            BucketLoggingStatus={
                "LoggingEnabled": {"TargetBucket": ACCESS_LOG_BUCKET, "TargetPrefix": f"{name}/"}
            },
        )
    if bucket.noncurrent_days:
        s3.put_bucket_lifecycle_configuration(
            Bucket=name,
            LifecycleConfiguration={
                "Rules": [
                    {
                        "ID": "old-versions",
                        "Status": "Enabled",
                        "Filter": {"Prefix": ""},
                        "NoncurrentVersionExpiration": {"NoncurrentDays": bucket.noncurrent_days},
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    }
                ]
            },
        )
    if bucket.website:
        s3.put_bucket_website(
            Bucket=name, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}}
        )
    if bucket.policy:
        s3.put_bucket_policy(Bucket=name, Policy=policy_document(bucket.policy))
    if bucket.blocked:
        s3.put_public_access_block(
            Bucket=name,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": True,
            },
        )
