"""Allow-lists of databases that have several, and those that databases share."""

from __future__ import annotations

from typing import Any, cast

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.alicloud.shared import addresses
from collectors.iac.mappers.joins import items, target_of

MONGO_LISTS = "alicloud_mongodb_global_security_ip_group"
POLAR_LISTS = "alicloud_polardb_global_security_ip_group"
RDS_LISTS = "alicloud_rds_whitelist_template"

_ARGUMENTS = {
    MONGO_LISTS: ("global_security_group_list", "global_security_ip_list"),
    POLAR_LISTS: ("global_security_group_list", "global_ip_list"),
    RDS_LISTS: ("template_id_list", "ip_white_list"),
}
"""How a database names its shared lists, and how these give their ranges."""
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_ELSEWHERE = Unknown("an allow-list that databases share is not part of this template")


def every_list(
    block: Block, project: Project, argument: str, groups: str, shared: str
) -> list[str] | Unknown:
    """What the database's own list admits, what its groups do, each by the same argument, and what
    the lists that it shares with others do."""
    ranges, own = addresses(block.values, argument, []), nested(block.values, groups)
    doubt = also(ranges, own)
    if doubt:
        return doubt
    found: list[Any] = list(cast("list[str]", ranges))
    for group in cast("list[dict[str, Any]]", own):
        found += _each(addresses(group, argument, []))
    more = shared_ranges(block, project, shared)
    # A shared list comes beside the list that the service makes, and does not take its place.
    return [*(found or [_NO_LIST]), *more] if found or more else _NO_LIST


def shared_ranges(block: Block, project: Project, kind: str) -> list[Any]:
    """What the lists admit that the database shares with others."""
    naming, ranges = _ARGUMENTS[kind]
    named = items(block.values, naming)
    found: list[Any] = []
    for value in [named] if isinstance(named, Unknown) else named:
        target = target_of(project, value, kind)
        if target is None:
            found.append(value if isinstance(value, Unknown) else _ELSEWHERE)
        else:
            found += _each(addresses(target.values, ranges, []))
    return found


def _each(found: list[str] | Unknown) -> list[Any]:
    return [found] if isinstance(found, Unknown) else found


LINK_TYPES = frozenset(_ARGUMENTS)
