"""Who reaches a repository of Container Registry, and whether what is pushed is scanned. Pure."""

from __future__ import annotations

from typing import Any

from collectors.addresses import opens_to_internet
from collectors.document import Unknown
from collectors.facts.shared import Exposure
from collectors.logic import Known

Item = dict[str, Any]

_EVERY_TAG = {"", "*", ".*", "^.*$"}


def exposure(kind: str | Unknown, allowed: list[str] | Unknown) -> Exposure:
    """Anybody pulls from a public repository where the instance's endpoint is open to anybody."""
    if kind == "PRIVATE":
        return Exposure(public=False, via=[])
    if kind != "PUBLIC":
        untold = Unknown("ACR does not tell whether the repository is public")
        doubt = kind if isinstance(kind, Unknown) else untold
        return Exposure.unread(doubt)
    wide = opens_to_internet(allowed)
    if isinstance(wide, Unknown):
        return Exposure.unread(wide)
    return Exposure(public=wide, via=["endpoint"] if wide else [])


def scan_on_push(item: Item, rules: list[Item]) -> Known:
    """Whether a rule scans what is pushed (TriggerType AUTO). One for some tags only leaves it
    open."""
    patterns = [
        str(rule.get("RepoTagFilterPattern") or "")
        for rule in rules
        if rule.get("TriggerType") == "AUTO" and _covers(rule, item)
    ]
    if not patterns:
        return False
    if _EVERY_TAG.isdisjoint(patterns):
        return Unknown("only tags that match a pattern are scanned when they are pushed")
    return True


def _covers(rule: Item, item: Item) -> bool:
    """By ScanScope: the whole instance, whole namespaces, or repositories of a namespace."""
    scope = rule.get("ScanScope")
    if scope == "INSTANCE":
        return True
    if item["RepoNamespaceName"] not in (rule.get("Namespaces") or []):
        return False
    return scope == "NAMESPACE" or item["RepoName"] in (rule.get("RepoNames") or [])
