"""Replication rules of OSS: which of them copy objects, and which copy all. Pure; templates are
judged by the same."""

from __future__ import annotations

from typing import Any

_COPYING = {"ALL", "PUT"}
"""Operations that carry objects over (PutBucketReplication: Action)."""


def copies_objects(actions: str) -> bool:
    """Whether a rule carries over more than deletions."""
    return not _COPYING.isdisjoint(actions.replace(" ", "").upper().split(","))


def copies_all(rule: dict[str, Any]) -> bool:
    """Whether a rule leaves no object out: by prefix, by tag, as one that a key of KMS encrypts, or
    as one that was there before it. Those from before are copied unless it says otherwise
    (PutBucketReplication)."""
    criteria = rule.get("SourceSelectionCriteria") or {}
    of_kms = criteria.get("SseKmsEncryptedObjects") or {}
    return (
        not any(_prefixes(rule))
        and not rule.get("UserTaggings")
        and str(of_kms.get("Status")).lower() != "disabled"
        and str(rule.get("HistoricalObjectReplication")).lower() != "disabled"
    )


def _prefixes(rule: dict[str, Any]) -> list[Any]:
    found = (rule.get("PrefixSet") or {}).get("Prefix")
    return found if isinstance(found, list) else [found]
