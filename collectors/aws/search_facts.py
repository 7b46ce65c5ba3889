"""What OpenSearch Service says of a domain: who signs in, TLS, auditing, zones. Pure."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Any

from collectors.aws.logic import Known, told
from collectors.aws.policy_conditions import narrows
from collectors.aws.policy_denials import takes_back
from collectors.aws.policy_document import Clause, PolicyText, clauses, grants
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, Exposure, Grant, Tls
from collectors.policy_clauses import hits, keys_of

Item = dict[str, Any]

_VERSIONS = {"1-0": "1.0", "1-2": "1.2", "1-3": "1.3"}
# Conditions about where a request comes from: who sends it is still asked of nobody.
_OF_NETWORKS = {"aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"}
_REQUESTS = tuple(f"es:ESHttp{verb}" for verb in ("Get", "Head", "Post", "Put", "Patch", "Delete"))
_KEPT_DAYS = 14
_PAUSED = Unknown("the automated snapshots of the domain are paused for a time")


def engine_of(version: str) -> tuple[str, str]:
    """The engine and its version: `OpenSearch_2.11`, `Elasticsearch_7.10`; before there was a
    choice, `7.10`."""
    name, _, number = version.rpartition("_")
    return name.lower() or "elasticsearch", number


def asks_who(domain: Item) -> Known:
    """Whether a domain asks who sends a request: by fine-grained access control, or by an access
    policy that lets in nobody whose request is not signed. Without a policy nobody is let in who
    has no rights as an identity (developer guide, "When policies collide"), in a VPC too."""
    fine = domain.get("AdvancedSecurityOptions") or {}
    if fine.get("Enabled"):
        return not fine.get("AnonymousAuthEnabled", False)
    policy: PolicyText = domain.get("AccessPolicies") or None
    return then(grants(policy), lambda found: not any(map(_lets_anyone_in, found)))


def _lets_anyone_in(grant: Grant) -> bool:
    """Whether a grant is for anyone, at best from some networks."""
    if grant.kind != "anyone":
        return False
    assert not isinstance(grant.conditions, Unknown)
    keys = {key.lower() for key in grant.conditions}
    return grant.narrows is not True or bool(keys & _OF_NETWORKS)


def allowed_ranges(domain: Item) -> list[str] | Unknown | None:
    """The addresses from which the access policy lets requests in, whoever sends them: CIDRs,
    sorted; null where it lets some in from any address, or lets in nobody itself, so that rights of
    identities decide, which name no address."""
    policy: PolicyText = domain.get("AccessPolicies") or None
    return then(clauses(policy), _ranges)


def _ranges(found: list[Clause]) -> list[str] | None:
    allowed = [clause for clause in found if clause.allows and any(_requests(clause))]
    ranges = [_ranges_of(clause, found) for clause in allowed]
    if not ranges or None in ranges:
        return None
    return sorted({value for some in ranges for value in some or ()})


def _requests(clause: Clause) -> list[str]:
    """The requests of a domain that a statement is about."""
    return [action for action in _REQUESTS if hits(clause, action)]


def _ranges_of(clause: Clause, found: list[Clause]) -> list[str] | None:
    """The few addresses that an Allow names, or that Denies leave of it; else null."""
    named = _addresses(clause, "ipaddress")
    if named is not None:
        return named
    left: list[str] = []
    for action in _requests(clause):
        denials = [
            ranges
            for other in found
            if takes_back(other, clause, action) and len(keys_of(other.conditions)) == 1
            for ranges in [_addresses(other, "notipaddress")]
            if ranges is not None
        ]
        if not denials:
            return None
        left += denials[0]
    return left


def _addresses(clause: Clause, operator: str) -> list[str] | None:
    """The values of a condition about the sender's address, where they are but a few networks."""
    values = [
        value
        for written, keys in clause.conditions.items()
        if written.lower() == operator
        for key, some in keys.items()
        if key.lower() == "aws:sourceip"
        for value in some
    ]
    if not narrows({"IpAddress": {"aws:SourceIp": values}}):
        return None
    return [str(ip_network(value.strip(), strict=False)) for value in values]


def endpoint_exposure(ranges: list[str] | Unknown | None) -> Exposure:
    """Everybody reaches an endpoint outside of VPCs, unless the access policy lets requests in from
    a few networks alone."""
    if isinstance(ranges, Unknown):
        return Exposure.unread(ranges)
    return Exposure(public=ranges is None, via=["endpoint"] if ranges is None else [])


def tls(domain: Item) -> Tls:
    """What the endpoint of a domain accepts."""
    options = domain.get("DomainEndpointOptions") or {}
    policy = options.get("TLSSecurityPolicy")
    unnamed = Unknown(f"the security policy {policy} is not known to this version")
    required = told(options, "EnforceHTTPS")
    return Tls(minimum=_minimum(policy) or unnamed, required=required, policy=policy)


def _minimum(policy: str | None) -> Any:
    written = re.match(r"Policy-Min-TLS-(\d-\d)\b", policy or "")
    return _VERSIONS.get(written[1]) if written else None


def audit_group(domain: Item) -> str | None:
    """The ARN of the log group that audit logs go to; null where none are written, as without
    fine-grained access control (developer guide, "Monitoring audit logs")."""
    fine = domain.get("AdvancedSecurityOptions") or {}
    log = (domain.get("LogPublishingOptions") or {}).get("AUDIT_LOGS") or {}
    group: str | None = log.get("CloudWatchLogsLogGroupArn")
    return group if fine.get("Enabled") and log.get("Enabled") else None


def backup(domain: Item) -> Backup:
    """Automated snapshots, which every domain has for 14 days (developer guide, "Creating index
    snapshots"); they can be paused."""
    pause = domain.get("AutomatedSnapshotPauseOptions") or {}
    paused = pause.get("State") == "Active" or (pause.get("Enabled") and "State" not in pause)
    return Backup(
        enabled=_PAUSED if paused else True,
        retention_days=_KEPT_DAYS,
        point_in_time=False,
        copies=[],
    )


def multi_zone(domain: Item) -> Known:
    """Whether the nodes stand in several zones."""
    spans: bool | Unknown = told(domain.get("ClusterConfig") or {}, "ZoneAwarenessEnabled")
    return spans
