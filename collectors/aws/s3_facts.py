"""Facts of a bucket from the answers of S3. Pure."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, every, negated, some
from collectors.document import Unknown
from collectors.facts.shared import Exposure, Grant
from collectors.facts.storage import Lifecycle

BLOCK_FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")

Block = dict[str, Known] | Unknown | None
"""A public-access block as S3 gives it; null where none is set, which blocks nothing. In a template
a flag of it can be unknown."""

_ANYONE = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")


def blocks(block: Block, flag: str) -> Known:
    """Whether a public-access block sets a flag."""
    if isinstance(block, Unknown):
        return block
    found = block.get(flag, False) if block else False
    return found if isinstance(found, Unknown) else bool(found)


def public_access_block(bucket: Block, account: Block) -> Known:
    """Whether all flags are set, each on the bucket or on the account: S3 applies what is stricter
    (S3 user guide, "Blocking public access")."""
    return every(some(blocks(block, flag) for block in (bucket, account)) for flag in BLOCK_FLAGS)


def exposure(
    acl: Known, policy: Known, bucket: Block, account: Block, objects: Known = False
) -> Exposure:
    """Effective exposure of a bucket whose ACL and policy, and the ACLs of its objects as far as a
    template writes them, let anyone in, or not.

    `IgnorePublicAcls` takes a public ACL out of effect and `RestrictPublicBuckets` a public policy,
    set on the bucket or on the account (S3 user guide, "Blocking public access"). The other two
    flags only refuse new ones.
    """
    levels = (bucket, account)
    ignored = some(blocks(level, "IgnorePublicAcls") for level in levels)
    restricted = some(blocks(level, "RestrictPublicBuckets") for level in levels)
    ways = {
        "acl": every([acl, negated(ignored)]),
        "policy": every([policy, negated(restricted)]),
        "object-acl": every([objects, negated(ignored)]),
    }
    public = some(ways.values())
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=[way for way, is_open in ways.items() if is_open is True])


def acl_is_public(grants: list[dict[str, Any]]) -> bool:
    """Whether an ACL grants anything to everyone, or to everyone with an AWS account."""
    return any(_is_anyone(grant) for grant in grants)


def acl_grants(grants: list[dict[str, Any]]) -> list[Grant]:
    """The grants of an ACL. It names other owners by canonical id, which does not tell the account.

    A group that is not "anyone" is the log delivery of S3, a service.
    """
    return [_grant(grant) for grant in grants]


def _grant(grant: dict[str, Any]) -> Grant:
    grantee = grant["Grantee"]
    named = grantee.get("ID") or grantee.get("EmailAddress")
    unnamed = Unknown("an ACL names its grantee by canonical id")
    return Grant(
        principal=named or grantee["URI"],
        account=unnamed if named else None,
        kind="account" if named else "anyone" if _is_anyone(grant) else "service",
        actions=[grant["Permission"]],
        conditions=[],
        narrows=False,
    )


def _is_anyone(grant: dict[str, Any]) -> bool:
    return bool(grant["Grantee"].get("URI", "").endswith(_ANYONE))


def lifecycle(rules: list[dict[str, Any]] | None) -> Lifecycle | None:
    """What enabled lifecycle rules remove, and after how many days at the soonest."""
    if rules is None:
        return None
    enabled = [rule for rule in rules if rule["Status"] == "Enabled"]
    return Lifecycle(
        noncurrent_expiry_days=_soonest(enabled, "NoncurrentVersionExpiration", "NoncurrentDays"),
        abort_incomplete_days=_soonest(
            enabled, "AbortIncompleteMultipartUpload", "DaysAfterInitiation"
        ),
    )


def _soonest(rules: list[dict[str, Any]], action: str, key: str) -> int | None:
    return min((rule[action][key] for rule in rules if key in rule.get(action, {})), default=None)


def expiry_days(rules: list[dict[str, Any]], prefix: str) -> int | Unknown | None:
    """The days after which lifecycle rules remove objects under a prefix; null when none does.

    A rule narrowed by tags, sizes or a longer prefix meets only some of these objects, and a fixed
    date is not a period: either makes the answer unknown.
    """
    days: list[int] = []
    for rule in rules:
        expiration = rule.get("Expiration", {})
        removes = "Days" in expiration or "Date" in expiration
        own = _prefix(rule)
        if rule["Status"] != "Enabled" or not removes:
            continue
        if prefix.startswith(own) and "Days" in expiration and not _is_narrowed(rule):
            days.append(expiration["Days"])
        elif prefix.startswith(own) or own.startswith(prefix):
            return Unknown("a lifecycle rule of the bucket removes some of the objects")
    return min(days, default=None)


def _prefix(rule: dict[str, Any]) -> str:
    scope = rule.get("Filter", {})
    return scope.get("Prefix") or scope.get("And", {}).get("Prefix") or rule.get("Prefix") or ""


def _is_narrowed(rule: dict[str, Any]) -> bool:
    scope = rule.get("Filter", {})
    scope = {**scope, **scope.get("And", {})}
    return any(
        key in scope for key in ("Tag", "Tags", "ObjectSizeGreaterThan", "ObjectSizeLessThan")
    )


def object_lock_days(configuration: dict[str, Any] | None) -> int | None:
    """The default retention of new objects in days that nobody can lift. Null without one, and in
    the mode GOVERNANCE: who may s3:BypassGovernanceRetention deletes as before (S3 user guide,
    "Locking objects with Object Lock")."""
    retention = (configuration or {}).get("Rule", {}).get("DefaultRetention", {})
    if retention.get("Mode") != "COMPLIANCE":
        return None
    if "Days" in retention:
        return int(retention["Days"])
    return int(retention["Years"]) * 365 if "Years" in retention else None


def encryption_key(configuration: dict[str, Any]) -> tuple[str, str | None]:
    """The algorithm and the KMS key of a bucket's default encryption. Where a rule names nothing
    S3 encrypts with keys of its own (S3 user guide, "Default encryption")."""
    for rule in configuration["Rules"]:
        default = rule.get("ApplyServerSideEncryptionByDefault")
        if default:
            return default["SSEAlgorithm"], default.get("KMSMasterKeyID")
    return "AES256", None


def copies_all(rule: dict[str, Any]) -> bool:
    """Whether a rule takes every object, whatever its prefix and tags are. Those from before it are
    copied by none (S3 user guide, "What does Amazon S3 replicate?")."""
    chosen = rule.get("Filter") or {}
    both = chosen.get("And") or {}
    return not any(
        (rule.get("Prefix"), chosen.get("Prefix"), chosen.get("Tag"), both.get("Prefix"),
         both.get("Tags"))
    )  # fmt: skip
