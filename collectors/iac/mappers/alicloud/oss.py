"""alicloud_oss_bucket with every resource that sets a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountConfiguration
from collectors.facts.shared import Encryption, Logging
from collectors.facts.storage import Bucket
from collectors.iac.accounts import weighed
from collectors.iac.blocks import (
    NOT_GIVEN,
    Block,
    Mapping,
    PartOf,
    Project,
    read,
    template_document,
)
from collectors.iac.mappers.alicloud import policy
from collectors.iac.mappers.alicloud.bucket_access import (
    ACCOUNT_BLOCK,
    BUCKET,
    OBJECT,
    acl_grants,
    acl_of,
    blocked_of,
    exposure_of,
    open_objects,
    part_of,
    ranges_of,
    statements_of,
    tls_of,
)
from collectors.iac.mappers.alicloud.bucket_copies import copies_of
from collectors.iac.mappers.alicloud.bucket_rules import kept_days, lifecycle
from collectors.iac.mappers.alicloud.shared import aliyun_document, customer_key, region_of
from collectors.iac.mappers.joins import (
    identity,
    items,
    settle,
    target_of,
)
from collectors.iac.mappers.pointers import names_of
from collectors.regions import GLOBAL

PARTS = tuple(
    f"{BUCKET}_{part}"
    for part in (
        "acl",
        "public_access_block",
        "policy",
        "server_side_encryption",
        "versioning",
        "logging",
        "referer",
        "https_config",
        "replication",
        "worm",
        "transfer_acceleration",
        "data_redundancy_transition",
    )
)


def map_bucket(block: Block, project: Project) -> Iterator[Document]:
    """A bucket, joined with its parts."""
    yield aliyun_document(block, project, facts_of(block, project), "bucket")


def facts_of(block: Block, project: Project) -> Bucket:
    """What is known of a bucket by its parts; a separate resource wins over the deprecated
    argument."""
    acl = acl_of(block, project)
    statements = statements_of(block, project)
    blocked = blocked_of(block, project)
    return Bucket(
        exposure=exposure_of(acl, statements, blocked, open_objects(block, project)),
        public_access_block=blocked,
        acl=then(acl, acl_grants),
        policy=weighed(project, then(statements, policy.grants)),
        encryption=_encryption(block, project),
        tls=tls_of(block, project, statements),
        versioning=_versioning(block, project),
        mfa_delete=None,
        object_lock_days=_worm(block, project),
        logging=_logging(block, project, region_of(block, project)),
        replication=copies_of(block, project),
        redundancy=_redundancy(block, project),
        lifecycle=lifecycle(block),
        source_ranges=ranges_of(block, project),
        # The internal endpoint, which OSS always has.
        private_endpoint=True,
        referers=_referers(block, project),
        acceleration=_acceleration(block, project),
    )


def bucket_named(project: Project, value: Any) -> Block | None:
    """The bucket of the template that a value leads to, or whose name it is."""
    found = target_of(project, value, BUCKET)
    name = settle(project, value)
    if found is None and isinstance(name, str):
        named = (one for one in project.of_type(BUCKET) if name in names_of(one))
        found = next((project.take(one) for one in named), None)
    return found


def _encryption(block: Block, project: Project) -> Encryption:
    """Server-side encryption by rule; without a rule objects are stored as they come."""
    rule = part_of(block, project, "server_side_encryption", "server_side_encryption_rule")
    if rule is None:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    if isinstance(rule, Unknown):
        return Encryption.unread(rule)
    kind = read(rule, "sse_algorithm", str, Unknown("the rule gives no sse_algorithm"))
    if isinstance(kind, Unknown):
        return Encryption(enabled=True, key_manager=kind, key_id=kind, algorithm=kind)
    key = rule.get("kms_master_key_id") or None if kind == "KMS" else None
    algorithm = read(rule, "kms_data_encryption", str, "AES256") if kind == "KMS" else "AES256"
    return customer_key(project, True, key, then(algorithm, lambda text: text or "AES256"))


def _versioning(block: Block, project: Project) -> bool | Unknown:
    """Off unless enabled, and off when suspended."""
    part = part_of(block, project, "versioning", "versioning")
    if part is None or isinstance(part, Unknown):
        return part or False
    status = read(part, "status", str, "Disabled")
    return then(status, lambda text: text.lower() == "enabled")


def _worm(block: Block, project: Project) -> int | Unknown | None:
    """Days of a locked retention policy: one that is not locked lapses after a day."""
    part = part_of(block, project, "worm")
    if part is None or isinstance(part, Unknown):
        return part
    status = read(part, "status", str, "InProgress")
    if isinstance(status, Unknown):
        return status
    if status != "Locked":
        return None
    return read(part, "retention_period_in_days", int, Unknown("the policy gives no period"))


def _logging(block: Block, project: Project, region: str | Unknown) -> Logging:
    """Access logs go to a bucket of the same account and region."""
    part = part_of(block, project, "logging", "logging")
    if isinstance(part, Unknown):
        return Logging(enabled=part, destination=part)
    if part is None:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=0,
        )
    return Logging(
        enabled=True,
        destination=identity(project, part.get("target_bucket", NOT_GIVEN)),
        destination_account=project.account,
        destination_region=region,
        retention_days=_kept(
            bucket_named(project, part.get("target_bucket")), read(part, "target_prefix", str, "")
        ),
    )


def _kept(target: Block | None, prefix: str | Unknown) -> int | Unknown | None:
    """Days that the log bucket keeps what is under a prefix."""
    if target is None:
        return Unknown("the log bucket is not part of this template")
    return then(prefix, lambda known: kept_days(target, known))


def _redundancy(block: Block, project: Project) -> Any:
    """LRS, the default, keeps copies in one zone, ZRS in several; a transition goes to ZRS."""
    moved = part_of(block, project, "data_redundancy_transition")
    if moved is not None:
        return moved if isinstance(moved, Unknown) else "multi-zone"
    kind = block.read("redundancy_type", str, "LRS")
    return then(kind, lambda text: "multi-zone" if text == "ZRS" else "zone")


def _referers(block: Block, project: Project) -> list[str] | Unknown | None:
    """The referers let in; null without a list, and when an empty referer passes anyway."""
    part = part_of(block, project, "referer", "referer_config")
    if part is None or isinstance(part, Unknown):
        return part
    empty = read(part, "allow_empty_referer", bool, read(part, "allow_empty", bool, True))
    entries = items(part, "referer_list" if part.get("referer_list") else "referers")
    doubt = also(empty, entries)
    if doubt or empty is True or not entries:
        return doubt
    return cast(
        "list[str]",
        [
            e if isinstance(e, str) else Unknown("known after apply")
            for e in cast("list[Any]", entries)
        ],
    )


def _acceleration(block: Block, project: Project) -> bool | Unknown:
    """Transfer acceleration is a service to be turned on; nothing written leaves it off."""
    part = part_of(block, project, "transfer_acceleration", "transfer_acceleration")
    if part is None or isinstance(part, Unknown):
        return part or False
    return read(part, "enabled", bool, Unknown("transfer_acceleration does not say enabled"))


def map_account_block(block: Block, project: Project) -> Iterator[Document]:
    """The account's public-access block, for every bucket in every region."""
    elsewhere = Unknown("a public-access block tells of nothing else in the account")
    missing = Unknown("block_public_access is not written")
    facts = AccountConfiguration(
        recorders=elsewhere,
        guardrails=elsewhere,
        regions_in_use=elsewhere,
        default_disk_encryption=elsewhere,
        public_access_block=block.read("block_public_access", bool, missing),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=GLOBAL,
        name=block.name,
        tags={},
    )


MAPPINGS = [
    Mapping(types=(BUCKET,), facts=Bucket, map=map_bucket, joined=(*PARTS, ACCOUNT_BLOCK, OBJECT)),
    Mapping(types=(ACCOUNT_BLOCK,), facts=AccountConfiguration, map=map_account_block),
]

PART_OF = {
    "alicloud_oss_bucket_acl": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_data_redundancy_transition": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_https_config": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_logging": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_policy": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_public_access_block": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_referer": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_replication": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_server_side_encryption": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_transfer_acceleration": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_versioning": PartOf("alicloud_oss_bucket", ("bucket",)),
    "alicloud_oss_bucket_worm": PartOf("alicloud_oss_bucket", ("bucket",)),
}

LINK_TYPES = frozenset({"alicloud_oss_bucket_object"})
