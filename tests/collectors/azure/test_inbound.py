"""Security groups in a row, port by port."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.inbound import Target, lets_internet_in, sources_let_in
from collectors.document import Unknown
from collectors.facts.shared import Rule

HERE = Target(address="10.1.1.4", groups=frozenset({"/asg"}))


def rule(action: Any, first: Any, last: Any, **more: Any) -> Rule:
    """An inbound rule for TCP from and to anywhere, but for what is said otherwise."""
    values: dict[str, Any] = {
        "direction": "ingress",
        "priority": 100,
        "protocol": "tcp",
        "sources": ["0.0.0.0/0", "::/0"],
        "destinations": ["0.0.0.0/0", "::/0"],
        "description": "",
    }
    return Rule(action=action, from_port=first, to_port=last, **{**values, **more})


WEB, SSH, ALL = rule("allow", 443, 443), rule("allow", 22, 22), rule("allow", 0, 65535)
DENY_ALL = rule("deny", 0, 65535, protocol="any")
OFFICE = rule("allow", 22, 22, sources=["203.0.113.0/24"])


@pytest.mark.parametrize(
    ("groups", "open_"),
    [
        ([[WEB]], True),
        ([[]], False),
        ([[OFFICE]], False),
        ([[WEB], [SSH]], False),
        ([[WEB, SSH], [SSH]], True),
        ([[ALL], [rule("allow", 8000, 9000)]], True),
        ([[DENY_ALL, WEB]], False),
        ([[rule("deny", 443, 443), WEB]], False),
        ([[rule("deny", 443, 443, sources=["198.51.100.0/24"]), WEB]], True),
        ([[rule("deny", 0, 442), rule("deny", 444, 65535), ALL]], True),
        ([[rule("allow", None, None, protocol="icmp")]], True),
        ([[rule("allow", None, None, protocol="icmp")], [WEB]], False),
        ([[rule("allow", 443, 443, destinations=["group:/ASG"])]], True),
        ([[rule("allow", 443, 443, destinations=["group:/other"])]], False),
        ([[rule("allow", 443, 443, destinations=["10.1.1.0/24"])]], True),
        ([[rule("allow", 443, 443, destinations=["10.1.2.0/24"])]], False),
        ([[rule("deny", 443, 443, destinations=["group:/other"]), WEB]], True),
        ([[rule("allow", 0, 65535, direction="egress")]], False),
        ([[rule("allow", 443, 443, sources=["prefix-list:VirtualNetwork"])]], False),
    ],
)
def test_groups_let_in_what_all_of_them_let_in(groups: list[list[Rule]], open_: bool) -> None:
    assert lets_internet_in(groups, HERE) is open_


def test_doubt_is_neither_open_nor_closed() -> None:
    doubtful = rule(Unknown("?"), 443, 443)
    assert isinstance(lets_internet_in([[doubtful]], HERE), Unknown)
    # Whatever it says, another port is open; or the next group is closed.
    assert lets_internet_in([[doubtful, SSH]], HERE) is True
    assert lets_internet_in([[doubtful], [SSH]], HERE) is False
    nowhere = Target(address=None)
    narrow = rule("allow", 443, 443, destinations=["10.1.1.0/24"])
    assert isinstance(lets_internet_in([[narrow]], nowhere), Unknown)


VNET = "prefix-list:VirtualNetwork"
EVERYBODY = ["0.0.0.0/0", "::/0"]


@pytest.mark.parametrize(
    ("groups", "sources"),
    [
        ([[OFFICE]], ["203.0.113.0/24", VNET]),
        ([[WEB]], [VNET]),
        ([[SSH]], [*EVERYBODY, VNET]),
        # The narrower of two groups.
        ([[SSH], [OFFICE]], ["203.0.113.0/24", VNET]),
        ([[OFFICE], [SSH]], ["203.0.113.0/24", VNET]),
        # What is refused to some sources alone is left in: more, and never less.
        ([[rule("deny", 22, 22, sources=["203.0.113.7/32"]), OFFICE]], ["203.0.113.0/24", VNET]),
        # Everything is refused, the virtual network too.
        ([[OFFICE, DENY_ALL]], ["203.0.113.0/24"]),
        ([[DENY_ALL, SSH]], []),
        # Of IPv4 everything is refused, and the target has no other.
        ([[rule("deny", 22, 22, sources=["0.0.0.0/0"]), SSH]], []),
        ([[rule("allow", 22, 22, destinations=["10.9.9.0/24"]), OFFICE]], ["203.0.113.0/24", VNET]),
        ([[rule("allow", 22, 22, direction="egress")]], [VNET]),
        # A rule in doubt may let in.
        ([[rule(Unknown("?"), 22, 22, sources=["198.51.100.0/24"])]], ["198.51.100.0/24", VNET]),
        ([[rule("allow", 22, 22, sources=Unknown("?"))]], Unknown),
        ([[rule("allow", 22, 22, sources=["203.0.113.0/24", Unknown("?")])]], Unknown),
    ],
)
def test_sources_are_those_that_the_narrowest_group_lets_in(
    groups: list[list[Rule]], sources: Any
) -> None:
    found = sources_let_in(groups, HERE, ("tcp",), 22)
    assert isinstance(found, Unknown) if sources is Unknown else found == sources


@pytest.mark.parametrize(
    ("address", "refused", "open_"),
    [
        ("10.1.1.4", "0.0.0.0/0", False),
        ("10.1.1.4", "::/0", True),
        ("fd00::4", "::/0", False),
        ("fd00::4", "0.0.0.0/0", True),
        # Which of both it has is not known.
        (None, "0.0.0.0/0", True),
    ],
)
def test_what_is_refused_to_one_family_is_open_to_the_other(
    address: str | None, refused: str, open_: bool
) -> None:
    groups = [[rule("deny", 22, 22, sources=[refused]), SSH]]
    assert lets_internet_in(groups, Target(address=address)) is open_
    sources = sources_let_in(groups, Target(address=address), ("tcp",), 22)
    assert (sources == [*EVERYBODY, VNET]) is open_
