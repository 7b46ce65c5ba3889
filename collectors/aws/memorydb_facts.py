"""What MemoryDB tells of a cluster: who signs in, TLS, whose key. Pure: templates ask it too."""

from __future__ import annotations

from typing import Any

from collectors.aws.cache_facts import enters_freely
from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.facts.shared import Replica, Tls

Item = dict[str, Any]

OPEN_ACCESS = "open-access"
"""The access control list of the service, which lets in anybody without a password (developer
guide, "Authenticating users with Access Control Lists")."""

NO_TLS = Tls(minimum="none", required=False, policy=None)


def tls(enabled: Known) -> Tls:
    """TLS is all that a cluster accepts, or off. The lowest version is 1.2 (developer guide,
    "In-transit encryption (TLS) in MemoryDB")."""
    if enabled is False:
        return NO_TLS
    minimum: Any = then(enabled, lambda _: "1.2")
    return Tls(minimum=minimum, required=enabled, policy=None)


def asks_who(acl: str, users: list[Item] | Unknown) -> Known:
    """Whether a cluster asks who connects: every user of its access control list that is on has a
    password, or a token of IAM."""
    if acl == OPEN_ACCESS:
        return False
    return then(users, lambda known: _each_signs_in(known, acl))


def _each_signs_in(users: list[Item], acl: str) -> Known:
    members = [one for one in users if acl in (one.get("ACLNames") or [])]
    if not members:
        return Unknown(f"the users of the access control list {acl} are not listed")
    return not any(enters_freely(one) for one in members)


def replicas(clusters: list[Item], arn: str) -> list[Replica]:
    """The other clusters of a multi-Region cluster, by their ARNs."""
    members = [one for cluster in clusters for one in cluster["Clusters"]]
    return [
        Replica(region=one["Region"], account=one["ARN"].split(":")[4])
        for one in members
        if one["ARN"] != arn
    ]
