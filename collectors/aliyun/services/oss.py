"""OSS buckets of every region, with everything that decides on their exposure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun import oss_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.bucket import Bucket, own_bucket, region_of
from collectors.aliyun.bucket_copies import copies_all, copies_objects
from collectors.aliyun.kms_calls import DESCRIBE_KEY, key_manager
from collectors.aliyun.oss_calls import (
    GET_BUCKET_HTTPS_CONFIG,
    GET_BUCKET_INFO,
    GET_BUCKET_LIFECYCLE,
    GET_BUCKET_POLICY,
    GET_BUCKET_REFERER,
    GET_BUCKET_REPLICATION,
    GET_BUCKET_TAGS,
    GET_BUCKET_WORM,
    GET_PUBLIC_ACCESS_BLOCK,
    LIST_BUCKETS,
)
from collectors.aliyun.policy_document import grants
from collectors.document import Document, Unknown, then
from collectors.facts import storage
from collectors.facts.shared import Encryption, Logging
from collectors.regions import GLOBAL

NATIVE = "ACS::OSS::Bucket"
_KEPT = ("Name", "Location", "CreationDate", "StorageClass", "DataRedundancyType",
         "ResourceGroupId", "Versioning", "BlockPublicAccess", "AccessMonitor")  # fmt: skip


def buckets(account: Account) -> Iterable[Document]:
    """A document for each bucket of the account, in whichever region it lies."""
    found = account.read(LIST_BUCKETS)
    if isinstance(found, Unknown):
        yield account.unlisted(storage.Bucket, found, GLOBAL, NATIVE)
        return
    yield from account.map(
        lambda item: _document(Bucket(account, item["Name"], region_of(item))), found
    )


def _document(bucket: Bucket) -> Document:
    account, info = bucket.account, bucket.info()
    return account.document(
        _facts(bucket, info),
        id=account.arn("oss", f"oss-{bucket.region}", bucket.name),
        region=bucket.region,
        name=bucket.name,
        native_type=NATIVE,
        tags=then(bucket.read(GET_BUCKET_TAGS), tags_of),
        native={"Name": bucket.name}
        if isinstance(info, Unknown)
        else {name: info[name] for name in _KEPT if name in info},
    )


def _facts(bucket: Bucket, info: oss_facts.Info | Unknown) -> storage.Bucket:
    policy = bucket.read(GET_BUCKET_POLICY)
    return storage.Bucket(
        exposure=bucket.exposure(),
        public_access_block=bucket.blocked(),
        acl=then(info, oss_facts.acl_grants),
        policy=then(policy, grants),
        encryption=then(info, lambda known: encryption(bucket, known)),
        tls=oss_facts.tls(policy, bucket.read(GET_BUCKET_HTTPS_CONFIG)),
        versioning=bucket.versioning(),
        mfa_delete=None,
        object_lock_days=bucket.lock_days(),
        logging=then(info, lambda known: _logging(bucket, known)),
        replication=then(
            bucket.read(GET_BUCKET_REPLICATION), lambda rules: _copies(bucket, rules or [])
        ),
        redundancy=then(info, oss_facts.redundancy),
        lifecycle=then(bucket.read(GET_BUCKET_LIFECYCLE), oss_facts.lifecycle),
        source_ranges=then(policy, oss_facts.source_ranges),
        # Every bucket has an internal endpoint (OSS user guide, "Regions and endpoints").
        private_endpoint=True,
        referers=then(bucket.read(GET_BUCKET_REFERER), oss_facts.referers),
        acceleration=then(info, lambda known: oss_facts.is_on(known, "TransferAcceleration")),
    )


def encryption(bucket: Bucket, info: oss_facts.Info) -> Encryption | Unknown:
    """The rule for new objects. OSS keeps the keys of AES256 and SM4 itself, and makes a key of its
    own in KMS where a rule for KMS names none (OSS user guide, "Server-side encryption")."""
    rule = info.get("ServerSideEncryptionRule")
    kind = rule.get("SSEAlgorithm") if isinstance(rule, dict) else None
    if rule is None or kind is None:
        return oss_facts.untold("ServerSideEncryptionRule")
    if kind in {"None", ""}:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    key = rule.get("KMSMasterKeyID") or None if kind == "KMS" else None
    return Encryption(
        enabled=True,
        key_manager=key_manager(bucket.account, bucket.region, key) if key else "provider",
        key_id=key,
        algorithm=(rule.get("KMSDataEncryption") or "AES256") if kind == "KMS" else kind,
    )


def _logging(bucket: Bucket, info: oss_facts.Info) -> Logging | Unknown:
    """The access log, whose bucket lies in the same account and region (OSS user guide,
    "Logging")."""
    told = info.get("BucketPolicy")
    if not isinstance(told, dict) or "LogBucket" not in told:
        return oss_facts.untold("LogBucket")
    if not told["LogBucket"]:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=None,
        )
    account = bucket.account
    target = own_bucket(account, told["LogBucket"])
    return Logging(
        enabled=True,
        destination=told["LogBucket"],
        destination_account=account.id,
        destination_region=bucket.region,
        retention_days=then(target, lambda one: one.object_days(told.get("LogPrefix") or "")),
    )


def _copies(bucket: Bucket, rules: list[dict[str, Any]]) -> list[storage.BucketReplica]:
    """Where rules copy objects to that are not being closed, each place once."""
    targets: dict[tuple[str, str], bool] = {}
    for rule in rules:
        if rule.get("Status") != "closing" and copies_objects(rule.get("Action") or "ALL"):
            to = (rule["Destination"]["Location"], rule["Destination"]["Bucket"])
            targets[to] = copies_all(rule) or targets.get(to, False)
    return [
        storage.BucketReplica(
            region=place.removeprefix("oss-"),
            account=then(own_bucket(bucket.account, name), lambda target: target.account.id),
            whole=whole,
        )
        for (place, name), whole in sorted(targets.items())
    ]


SERVICE = Service(
    name="OSS buckets",
    types=((storage.Bucket, NATIVE),),
    calls=(
        LIST_BUCKETS,
        GET_PUBLIC_ACCESS_BLOCK,
        GET_BUCKET_INFO,
        GET_BUCKET_POLICY,
        GET_BUCKET_REFERER,
        GET_BUCKET_HTTPS_CONFIG,
        GET_BUCKET_LIFECYCLE,
        GET_BUCKET_WORM,
        GET_BUCKET_REPLICATION,
        GET_BUCKET_TAGS,
        DESCRIBE_KEY,
    ),
    account=buckets,
)
