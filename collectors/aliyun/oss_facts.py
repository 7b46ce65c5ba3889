"""Facts of a bucket from the answers of OSS. Pure.

`Info` is what GetBucketInfo says of a bucket; what it leaves out is unknown, save where the API
reference tells what leaving it out means.
"""

from __future__ import annotations

from typing import Any, Literal

from collectors.aliyun.policy_conditions import narrows
from collectors.aliyun.policy_document import grants, is_public
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure, Grant, Tls
from collectors.facts.storage import Lifecycle
from collectors.logic import Known, every, negated, some
from collectors.policy_clauses import Clause, PolicyText, clauses

Info = dict[str, Any]
Rules = list[dict[str, Any]]
TlsVersion = Literal["1.0", "1.1", "1.2", "1.3"]

EVERYWHERE = ["0.0.0.0/0", "::/0"]
_READ = ["oss:GetObject", "oss:ListObjects"]
_ACLS: dict[str, list[str]] = {
    "private": [],
    "public-read": _READ,
    "public-read-write": [*_READ, "oss:PutObject", "oss:DeleteObject"],
}
_TLS: dict[str, TlsVersion] = {
    "TLSv1.0": "1.0", "TLSv1.1": "1.1", "TLSv1.2": "1.2", "TLSv1.3": "1.3",
}  # fmt: skip
_BY_ADDRESS = {"acs:sourceip", "acs:sourcevpc", "acs:sourcevpcid", "acs:vpcsourceip"}


def untold(name: str) -> Unknown:
    """What GetBucketInfo leaves out."""
    return Unknown(f"GetBucketInfo does not tell {name}")


def told(info: Info, name: str) -> str | Unknown:
    """A value of GetBucketInfo."""
    value = info.get(name)
    return value if isinstance(value, str) else untold(name)


def acl_grants(info: Info) -> list[Grant] | Unknown:
    """What the ACL of a bucket gives to everyone; the owner is not listed."""
    acl = (info.get("AccessControlList") or {}).get("Grant")
    actions = _ACLS.get(str(acl))
    if actions is None:
        return Unknown(f"the ACL {acl} is not known to this version")
    if not actions:
        return []
    return [
        Grant(
            principal="*",
            account=None,
            kind="anyone",
            actions=list(actions),
            conditions=[],
            narrows=False,
        )
    ]


def is_blocked(flag: str | Unknown) -> Known:
    """Whether a block of public access is on."""
    if flag in {"true", "false"}:
        return flag == "true"
    return flag if isinstance(flag, Unknown) else Unknown("the block of public access is not told")


def exposure(acl: list[Grant] | Unknown, policy: Known, blocked: Known) -> Exposure:
    """Effective exposure: a block of the bucket or of the account takes public ACLs and public
    policies out of effect (OSS user guide, "Block public access")."""
    held = negated(blocked)
    ways = {"acl": every([then(acl, bool), held]), "policy": every([policy, held])}
    public = some(ways.values())
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=[way for way, is_open in ways.items() if is_open is True])


def policy_is_public(document: PolicyText) -> Known:
    """Whether a bucket policy lets everyone in from everywhere, after its Deny by address."""
    public = then(grants(document), is_public)
    if public is not True:
        return public
    return then(source_ranges(document), lambda ranges: "0.0.0.0/0" in ranges)


def source_ranges(document: PolicyText) -> list[str] | Unknown:
    """From where a bucket can be reached, as far as its policy refuses other places to everyone.

    OSS has no other firewall for buckets. Networks of the cloud are no ranges: a bucket that only
    they reach has none.
    """
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    refusals = [clause for clause in found if not clause.allows and _keys(clause) & _BY_ADDRESS]
    if not refusals:
        return list(EVERYWHERE)
    for clause in refusals:
        ranges = _all_but(clause) if covers_bucket(clause) else None
        if ranges is not None:
            return ranges
    return Unknown("a Deny of the bucket policy by address refuses some of the requests")


def _all_but(clause: Clause) -> list[str] | None:
    """The ranges outside of which a Deny hits; null where it is not of that kind."""
    conditions = [
        (operator.lower(), key.lower(), values)
        for operator, keys in clause.conditions.items()
        for key, values in keys.items()
    ]
    if len(conditions) != 1:
        return None
    operator, key, values = conditions[0]
    if operator == "notipaddress" and key == "acs:sourceip":
        return values if narrows({"IpAddress": {key: values}}) else None
    if operator == "stringnotequals" and key in {"acs:sourcevpc", "acs:sourcevpcid"} and values:
        return []
    return None


def covers_bucket(clause: Clause) -> bool:
    """Whether a statement is about every caller and every action on every object. The policy of a
    bucket can name no other bucket."""
    return (
        clause.for_anyone
        and any(action.lower() in {"*", "oss:*"} for action in clause.actions)
        and any(_is_every_object(resource) for resource in clause.resources)
    )


def _is_every_object(resource: str) -> bool:
    name = resource.rpartition(":")[2]
    return name.endswith("*") and "/" not in name.removesuffix("/*")


def denies_plain_http(document: PolicyText) -> bool | Unknown:
    """Whether the policy denies everyone every request without TLS: a Deny with no other condition
    than Bool acs:SecureTransport false."""
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    return any(not one.allows and covers_bucket(one) and _is_without_tls(one) for one in found)


def _is_without_tls(clause: Clause) -> bool:
    return [
        (operator.lower(), key.lower(), [value.lower() for value in values])
        for operator, keys in clause.conditions.items()
        for key, values in keys.items()
    ] == [("bool", "acs:securetransport", ["false"])]


def _keys(clause: Clause) -> set[str]:
    return {key.lower() for keys in clause.conditions.values() for key in keys}


def tls(policy: PolicyText | Unknown, settings: dict[str, Any] | Unknown) -> Tls:
    """OSS answers plain HTTP until the policy refuses it, and TLS 1.0 unless versions are set (OSS
    user guide, "Configure TLS versions")."""
    return Tls(
        minimum=then(settings, _minimum),
        required=then(policy, denies_plain_http),
        policy=None,
    )


def _minimum(settings: dict[str, Any]) -> TlsVersion | Unknown:
    if settings.get("Enable") == "false":
        return "1.0"
    versions = settings.get("TLSVersion") or []
    known = [_TLS[version] for version in versions if version in _TLS]
    if settings.get("Enable") != "true" or not known or len(known) != len(versions):
        return Unknown("GetBucketHttpsConfig does not tell the TLS versions")
    return min(known)


def lock_days(worm: dict[str, Any] | None) -> int | None:
    """Days of a locked retention policy: one that is not locked lapses after a day (OSS user guide,
    "Retention policies")."""
    if worm is None or worm["State"] != "Locked":
        return None
    return int(worm["RetentionPeriodInDays"])


def redundancy(info: Info) -> Literal["zone", "multi-zone"] | Unknown:
    """LRS keeps copies in one zone, ZRS in several."""
    kind = told(info, "DataRedundancyType")
    if kind in {"LRS", "ZRS"}:
        return "zone" if kind == "LRS" else "multi-zone"
    return kind if isinstance(kind, Unknown) else Unknown(f"the redundancy {kind} is not known")


def is_on(info: Info, name: str) -> bool | Unknown:
    """A feature that is Enabled or Disabled."""
    value = told(info, name)
    if value in {"Enabled", "Disabled"}:
        return value == "Enabled"
    return value if isinstance(value, Unknown) else untold(name)


def lifecycle(rules: Rules | None) -> Lifecycle | None:
    """What enabled rules remove, and after how many days at the soonest; a fixed date is no
    period."""
    if not rules:
        return None
    enabled = [rule for rule in rules if rule["Status"] == "Enabled"]
    return Lifecycle(
        noncurrent_expiry_days=_soonest(enabled, "NoncurrentVersionExpiration", "NoncurrentDays"),
        abort_incomplete_days=_soonest(enabled, "AbortMultipartUpload", "Days"),
    )


def _soonest(rules: Rules, action: str, key: str) -> int | None:
    days = (int(rule[action][key]) for rule in rules if key in (rule.get(action) or {}))
    return min(days, default=None)


def expiry_days(rules: Rules | None, prefix: str) -> int | Unknown | None:
    """The days after which rules remove objects under a prefix; null when none does.

    A rule narrowed by tags, filters or a longer prefix meets only some of these objects, and a
    fixed date is not a period: either makes the answer unknown.
    """
    days: list[int] = []
    for rule in rules or []:
        expiration = rule.get("Expiration") or {}
        own = rule.get("Prefix") or ""
        if rule["Status"] != "Enabled" or not expiration.keys() & {
            "Days",
            "Date",
            "CreatedBeforeDate",
        }:
            continue
        narrowed = rule.get("Tag") or rule.get("Filter")
        if prefix.startswith(own) and "Days" in expiration and not narrowed:
            days.append(int(expiration["Days"]))
        elif prefix.startswith(own) or own.startswith(prefix):
            return Unknown("a lifecycle rule of the bucket removes some of the objects")
    return min(days, default=None)


def referers(settings: dict[str, Any]) -> list[str] | Unknown | None:
    """The referers let in; null without a list, and when a request without a referer passes
    anyway."""
    allow_empty = settings.get("AllowEmptyReferer")
    if allow_empty not in {"true", "false"}:
        return Unknown("GetBucketReferer does not tell whether requests without a referer pass")
    listed = (settings.get("RefererList") or {}).get("Referer") or []
    return list(listed) if allow_empty == "false" and listed else None
