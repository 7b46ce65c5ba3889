"""What ElastiCache's answers say of a cache: who signs in, TLS, encryption, snapshots. Pure.

"Group" is a replication group, "node" one of DescribeCacheClusters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.logic import Known, told
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, Tls

Item = dict[str, Any]

MINIMUM = Unknown("the lowest TLS version of ElastiCache is not told")
_NO_MODE = Unknown("ElastiCache does not tell whether plaintext is accepted beside TLS")
# Since this version TLS can be offered beside plaintext (user guide, "Enabling in-transit
# encryption on an existing cluster").
_FIRST_WITH_MODES = 7


def tls(item: Item, version: str | Unknown) -> Tls:
    """TLS of a group or node: off, beside plaintext, or all that is accepted."""
    on = told(item, "TransitEncryptionEnabled")
    if on is False:
        return Tls(minimum="none", required=False, policy=None)
    return Tls(minimum=MINIMUM, required=then(on, lambda _: _required(item, version)), policy=None)


def _required(item: Item, version: str | Unknown) -> Known:
    mode = item.get("TransitEncryptionMode", _NO_MODE)
    if mode in {"required", "preferred"}:
        return bool(mode == "required")
    major = "" if isinstance(version, Unknown) else version.partition(".")[0]
    if major.isdecimal() and int(major) < _FIRST_WITH_MODES:
        return True
    return mode if isinstance(mode, Unknown) else _NO_MODE


def asks_who(
    engine: str | Unknown, item: Item, groups: Iterable[str], users: list[Item] | Unknown
) -> Known:
    """Whether a cache asks who connects: by a token, or by users none of whom is let in without a
    password. Memcached asks for nothing."""
    if engine == "memcached":
        return False
    if item.get("AuthTokenEnabled"):
        return True
    names = list(groups)
    if not names:
        return False
    return then(users, lambda known: _each_signs_in(known, names))


def _each_signs_in(users: list[Item], groups: list[str]) -> Known:
    """Whether every user of the groups that is on needs a password or a token of IAM. A group has a
    default user at least (user guide, "Role-Based Access Control")."""
    members = [one for one in users if set(groups) & set(one.get("UserGroupIds") or [])]
    if not members:
        return Unknown("the users of the user group of the cache are not listed")
    return not any(enters_freely(one) for one in members)


def enters_freely(user: Item) -> bool:
    """Whether a user is on and needs no password: to know its name is enough then."""
    kind = (user.get("Authentication") or {}).get("Type", "no-password")
    is_on = str(user.get("AccessString", "on")).split()[:1] != ["off"]
    return kind == "no-password" and is_on


def backup(engine: str | Unknown, item: Item) -> Backup:
    """Daily snapshots, which are restored as they are. There are none of Memcached clusters."""
    days = told(item, "SnapshotRetentionLimit")
    if engine == "memcached" and isinstance(days, Unknown):
        return NO_BACKUP
    return Backup(
        enabled=then(days, lambda known: known > 0),
        retention_days=days,
        point_in_time=False,
        copies=[],
    )


def members_elsewhere(members: list[Item], own: str, region: str) -> list[str]:
    """The regions of the other members of a group's global datastore, which are of the same
    account (user guide, "Global datastores")."""
    return [
        one["ReplicationGroupRegion"]
        for one in members
        if (one["ReplicationGroupId"], one["ReplicationGroupRegion"]) != (own, region)
    ]
