"""AWS::S3::Bucket and AWS::S3::BucketPolicy. Source: CloudFormation template reference, Amazon S3.

A bucket has its settings in one resource; each becomes the part that Terraform has of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, OpenArguments
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_BUCKET = "aws_s3_bucket"
_ACLS = {
    "Private": "private",
    "PublicRead": "public-read",
    "PublicReadWrite": "public-read-write",
    "AuthenticatedRead": "authenticated-read",
    "LogDeliveryWrite": "log-delivery-write",
    "BucketOwnerRead": "bucket-owner-read",
    "BucketOwnerFullControl": "bucket-owner-full-control",
    "AwsExecRead": "aws-exec-read",
}
_BLOCKS = {
    "BlockPublicAcls": "block_public_acls",
    "BlockPublicPolicy": "block_public_policy",
    "IgnorePublicAcls": "ignore_public_acls",
    "RestrictPublicBuckets": "restrict_public_buckets",
}


def bucket(resource: Resource) -> Iterator[Block]:
    """A bucket, and a block for each of its settings."""
    made = {
        "bucket": resource.get("BucketName"),
        "tags": tags(resource.get("Tags")),
        "object_lock_enabled": resource.get("ObjectLockEnabled"),
    }
    yield resource.block(_BUCKET, made)
    for name, values in _parts(resource):
        if values is not None:
            yield _part(resource, name, values)


def _part(resource: Resource, name: str, values: dict[str, Any] | Unknown) -> Block:
    """A setting of the bucket. Of one that is decided at deployment every argument is unknown."""
    block = resource.block(f"{_BUCKET}_{name}", {}, part=name)
    own = {"bucket": resource.itself()}
    block.values = OpenArguments(own, values) if isinstance(values, Unknown) else {**own, **values}
    return block


def _parts(resource: Resource) -> Iterator[tuple[str, Any]]:
    yield "acl", _acl(resource.get("AccessControl"))
    yield "public_access_block", part(resource.get("PublicAccessBlockConfiguration"), _BLOCKS)
    yield "ownership_controls", _ownership(resource.get("OwnershipControls"))
    yield (
        "server_side_encryption_configuration",
        _encryption(resource.get("BucketEncryption")),
    )
    yield "versioning", _versioning(resource.get("VersioningConfiguration"))
    yield "logging", _logging(resource)
    yield "replication_configuration", _replication(resource.get("ReplicationConfiguration"))
    yield "lifecycle_configuration", _lifecycle(resource.get("LifecycleConfiguration"))
    yield (
        "accelerate_configuration",
        part(resource.get("AccelerateConfiguration"), {"AccelerationStatus": "status"}),
    )
    yield "object_lock_configuration", _object_lock(resource.get("ObjectLockConfiguration"))


def _acl(value: Any) -> Any:
    if value is None or is_open(value):
        return value
    return {"acl": _ACLS.get(str(value), str(value))}


def _ownership(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {"rule": parts(value.get("Rules"), {"ObjectOwnership": "object_ownership"})}


def _encryption(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rules = value.get("ServerSideEncryptionConfiguration")
    if not isinstance(rules, list):
        return {"rule": rules}
    names = {"SSEAlgorithm": "sse_algorithm", "KMSMasterKeyID": "kms_master_key_id"}
    found = [
        {
            "apply_server_side_encryption_by_default": part(
                each.get("ServerSideEncryptionByDefault"), names
            )
        }
        if isinstance(each, dict)
        else each
        for each in rules
    ]
    return {"rule": found}


def _versioning(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {"versioning_configuration": [renamed(value, {"Status": "status"})]}


def _logging(resource: Resource) -> Any:
    """Without a destination a bucket keeps its logs itself."""
    value = resource.get("LoggingConfiguration")
    if not isinstance(value, dict):
        return value
    return {
        "target_bucket": value.get("DestinationBucketName", resource.itself()),
        "target_prefix": value.get("LogFilePrefix", ""),
    }


def _replication(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rules = value.get("Rules")
    if not isinstance(rules, list):
        return {"rule": rules}
    return {"rule": [_copying(each) if isinstance(each, dict) else each for each in rules]}


def _copying(rule: dict[str, Any]) -> dict[str, Any]:
    chosen = part(rule.get("Filter"), {"Prefix": "prefix", "TagFilter": "tag", "And": "and"})
    if isinstance(chosen, dict):
        both = part(chosen.get("and"), {"Prefix": "prefix", "TagFilters": "tags"})
        chosen = {**chosen, "and": both}
    return {
        "status": rule.get("Status"),
        "prefix": rule.get("Prefix"),
        "filter": chosen,
        "destination": part(rule.get("Destination"), {"Bucket": "bucket", "Account": "account"}),
    }


def _lifecycle(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rules = value.get("Rules")
    if not isinstance(rules, list):
        return {"rule": rules}
    return {"rule": [_rule(each) if isinstance(each, dict) else each for each in rules]}


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    narrowing = {
        new: rule[old]
        for old, new in {
            "TagFilters": "tags",
            "ObjectSizeGreaterThan": "object_size_greater_than",
            "ObjectSizeLessThan": "object_size_less_than",
        }.items()
        if rule.get(old)
    }
    expiration = renamed(rule, {"ExpirationInDays": "days", "ExpirationDate": "date"})
    noncurrent = part(
        rule.get("NoncurrentVersionExpiration"), {"NoncurrentDays": "noncurrent_days"}
    )
    if noncurrent is None and "NoncurrentVersionExpirationInDays" in rule:
        noncurrent = {"noncurrent_days": rule["NoncurrentVersionExpirationInDays"]}
    found = {
        "status": rule.get("Status"),
        "filter": {"prefix": rule.get("Prefix"), **narrowing},
        "expiration": expiration or None,
        "noncurrent_version_expiration": noncurrent,
        "abort_incomplete_multipart_upload": part(
            rule.get("AbortIncompleteMultipartUpload"),
            {"DaysAfterInitiation": "days_after_initiation"},
        ),
    }
    return {name: value for name, value in found.items() if value is not None}


def _object_lock(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rule = value.get("Rule")
    retention = rule.get("DefaultRetention") if isinstance(rule, dict) else rule
    names = {"Days": "days", "Years": "years", "Mode": "mode"}
    if rule is None:
        return {}
    return {"rule": [{"default_retention": part(retention, names)}]}


def bucket_policy(resource: Resource) -> Iterator[Block]:
    """A policy of a bucket that may stand elsewhere."""
    names = {"Bucket": "bucket", "PolicyDocument": "policy"}
    yield resource.block(f"{_BUCKET}_policy", renamed(resource.properties, names))


TRANSLATIONS: dict[str, Translation] = {
    "AWS::S3::Bucket": bucket,
    "AWS::S3::BucketPolicy": bucket_policy,
}
