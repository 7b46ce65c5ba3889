"""Buckets with their settings. Source: ALIYUN::OSS::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.ros.resources.shared import plain, policy, rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags

_BUCKET = "alicloud_oss_bucket"
_BUCKET_NAMES = {
    "BucketName": "bucket",
    "AccessControl": "acl",
    "RedundancyType": "redundancy_type",
}
_ENCRYPTION = {"SSEAlgorithm": "sse_algorithm", "KMSMasterKeyID": "kms_master_key_id"}
_REFERER = {"AllowEmptyReferer": "allow_empty", "RefererList": "referers"}
_LOGGING = {"TargetBucket": "target_bucket", "TargetPrefix": "target_prefix"}


def bucket(resource: Resource) -> Iterator[Block]:
    """A bucket with its settings, as the arguments that older providers have for them."""
    values = renamed(resource.properties, _BUCKET_NAMES)
    values["server_side_encryption_rule"] = part(
        resource.get("ServerSideEncryptionConfiguration"), _ENCRYPTION
    )
    values["versioning"] = part(resource.get("VersioningConfiguration"), {"Status": "status"})
    values["referer_config"] = part(resource.get("RefererConfiguration"), _REFERER)
    values["lifecycle_rule"] = _lifecycle(resource.get("LifecycleConfiguration"))
    values["policy"] = policy(resource.get("Policy"))
    logs = resource.get("LoggingConfiguration")
    # Without a target OSS keeps no log.
    if not isinstance(logs, dict) or logs.get("TargetBucket"):
        values["logging"] = part(logs, _LOGGING)
    yield resource.block(_BUCKET, values | {"tags": tags(resource.get("Tags"))})
    if resource.get("BlockPublicAccess") is not None:
        blocked = {
            "bucket": resource.itself(),
            "block_public_access": resource.get("BlockPublicAccess"),
        }
        yield resource.block(f"{_BUCKET}_public_access_block", blocked, part="BlockPublicAccess")


def _lifecycle(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rules = value.get("Rule")
    if is_open(rules):
        return rules
    return [_rule(each) if isinstance(each, dict) else each for each in rows(rules)]


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    status = rule.get("Status")
    found = {
        "enabled": status if is_open(status) or status is None else status == "Enabled",
        "prefix": rule.get("Prefix"),
        "expiration": _days(rule.get("Expiration")),
        "abort_multipart_upload": _days(rule.get("AbortMultipartUpload")),
    }
    return {name: value for name, value in found.items() if value is not None}


def _days(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return [renamed(value, {"Days": "days", "CreatedBeforeDate": "created_before_date"})]


def replication(resource: Resource) -> Iterator[Block]:
    """Rules by which a bucket is copied to others."""
    value = resource.get("ReplicationConfiguration")
    rules = value.get("Rule") if isinstance(value, dict) else value
    for i, rule in enumerate(rows(rules)):
        written = rule if isinstance(rule, dict) else {}
        target = written.get("Destination") if written else rule
        if isinstance(target, dict):
            target = [renamed(target, {"Bucket": "bucket", "Location": "location"})]
        elif is_open(target):
            target = Unknown("the destination is known after apply")
        values = {"bucket": resource.get("BucketName"), "destination": target, **_chosen(written)}
        yield resource.block(f"{_BUCKET}_replication", values, part=f"Rule/{i}" if i else "")


def _chosen(rule: dict[str, Any]) -> dict[str, Any]:
    """Which objects a rule copies."""
    prefixes, criteria = rule.get("PrefixSet"), rule.get("SourceSelectionCriteria")
    of_kms = part(criteria, {"SseKmsEncryptedObjects": "sse_kms_encrypted_objects"})
    if isinstance(of_kms, dict):
        of_kms = {name: part(each, {"Status": "status"}) for name, each in of_kms.items()}
    return {
        "action": rule.get("Action"),
        "prefix_set": open_(prefixes) if is_open(prefixes) else {"prefixes": prefixes},
        "source_selection_criteria": open_(of_kms) if is_open(of_kms) else of_kms,
        "historical_object_replication": rule.get("HistoricalObjectReplication"),
    }


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::OSS::Bucket": bucket,
    "ALIYUN::OSS::BucketLogging": plain(f"{_BUCKET}_logging", {"Bucket": "bucket", **_LOGGING}),
    "ALIYUN::OSS::BucketPublicAccessBlock": plain(
        f"{_BUCKET}_public_access_block",
        {"Bucket": "bucket", "BlockPublicAccess": "block_public_access"},
    ),
    "ALIYUN::OSS::BucketReplication": replication,
    "ALIYUN::OSS::BucketWorm": plain(
        f"{_BUCKET}_worm",
        {"Bucket": "bucket", "RetentionPeriodInDays": "retention_period_in_days"},
    ),
}
