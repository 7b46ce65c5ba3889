"""Ranges of addresses that firewall rules name."""

from __future__ import annotations

from ipaddress import ip_network

from collectors.document import Unknown
from collectors.iac.blocks import Project, Reference
from collectors.iac.mappers.joins import identity, kind_of, settle


def range_of(project: Project, value: object, narrow: frozenset[str]) -> str | Unknown | None:
    """The range that a rule names; None where the value is not given.

    A reference to a resource of one of the types `narrow`, whose addresses are never all of the
    internet, stands by the id of that resource. Any other may be any range: a parameter or a list
    that is read at apply may hold 0.0.0.0/0.
    """
    last = settle(project, value)
    if not isinstance(last, Reference):
        return identity(project, last)
    if kind_of(project, last) not in narrow:
        return Unknown(f"{last.address}.{last.attribute} is known after apply")
    own = identity(project, last)
    # The two ranges of one network are not the same one.
    return f"{own}.{last.attribute}" if "ipv6" in last.attribute else own


def is_range(text: str) -> bool:
    """Whether a text is a range of addresses with its length, as clouds take it."""
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return "/" in text
