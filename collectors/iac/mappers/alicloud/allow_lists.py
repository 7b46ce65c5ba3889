"""Allow-lists of databases that have several, and those that databases share."""

from __future__ import annotations

from typing import Any, cast

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.alicloud.shared import addresses
from collectors.iac.mappers.joins import items, target_of

MONGO_LISTS = "alicloud_mongodb_global_security_ip_group"
POLAR_LISTS = "alicloud_polardb_global_security_ip_group"

_ARGUMENTS = {MONGO_LISTS: "global_security_ip_list", POLAR_LISTS: "global_ip_list"}
_SHARED = "global_security_group_list"
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_ELSEWHERE = Unknown("an allow-list that databases share is not part of this template")


def every_list(
    block: Block, project: Project, argument: str, groups: str, shared: str
) -> list[str] | Unknown:
    """What the database's own list admits, what its groups do, each by the same argument, and what
    the lists that it shares with others do."""
    ranges, own = addresses(block.values, argument, []), nested(block.values, groups)
    named = items(block.values, _SHARED)
    doubt = also(ranges, own)
    if doubt:
        return doubt
    found: list[Any] = list(cast("list[str]", ranges))
    for group in cast("list[dict[str, Any]]", own):
        found += _each(addresses(group, argument, []))
    for value in [named] if isinstance(named, Unknown) else named:
        target = target_of(project, value, shared)
        if target is None:
            found.append(value if isinstance(value, Unknown) else _ELSEWHERE)
        else:
            found += _each(addresses(target.values, _ARGUMENTS[shared], []))
    return found or _NO_LIST


def _each(found: list[str] | Unknown) -> list[Any]:
    return [found] if isinstance(found, Unknown) else found


LINK_TYPES = frozenset({MONGO_LISTS, POLAR_LISTS})
