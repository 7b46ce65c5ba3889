"""Allow-lists of databases as CIDRs, and whether they make a public endpoint one for everybody.
Pure; templates are judged by the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.addresses import networks, opens_to_internet
from collectors.document import Unknown, also, then
from collectors.facts.shared import Exposure
from collectors.logic import told

# The services read the bare address as everyone (RDS user guide, "Configure an IP address
# whitelist"); "%" is what old instances hold in its place.
_EVERYONE = {"0.0.0.0/32": "0.0.0.0/0", "%": "0.0.0.0/0", "::/128": "::/0"}


def cidrs(entry: str) -> list[str]:
    """The CIDRs of an entry, or of several with commas between them."""
    return [_EVERYONE.get(cidr, cidr) for cidr in networks(entry)]


def allow_list(groups: Iterable[Any]) -> list[str]:
    """The CIDRs of all groups of an allow-list, each once, in the order of the answer. A group is
    a text with commas or a list."""
    found: dict[str, None] = {}
    for group in groups:
        for entry in group if isinstance(group, list) else [group or ""]:
            found.update(dict.fromkeys(cidrs(entry)))
    return list(found)


def with_templates(
    own: list[str] | Unknown, templates: list[dict[str, Any]] | Unknown | None, key: str
) -> Any:
    """The CIDRs of an allow-list together with those of the templates that are linked to it, which
    let in just as its own groups do, and have theirs under `key`; null where the kind of database
    knows none. What one of both could not tell stands at the end."""
    parts = (own, then(templates or [], lambda found: _of_templates(found, key)))
    known = [cidr for part in parts if not isinstance(part, Unknown) for cidr in part]
    doubt = also(*parts)
    found = list(dict.fromkeys(known))
    if doubt is None:
        return found
    return [*found, doubt] if found else doubt


def _of_templates(templates: list[dict[str, Any]], key: str) -> list[str] | Unknown:
    groups = [told(one, key) for one in templates]
    return also(None, *groups) or allow_list(groups)


def endpoint_exposure(endpoint: bool | Unknown, ranges: list[str] | Unknown) -> Exposure:
    """A database is reachable from the internet when it has a public endpoint and an allow-list
    that lets everyone in: neither alone is enough."""
    wide = opens_to_internet(ranges)
    if False in (endpoint, wide):
        return Exposure(public=False, via=[])
    doubt = also(endpoint, wide)
    if doubt:
        return Exposure.unread(doubt)
    return Exposure(public=True, via=["endpoint"])
