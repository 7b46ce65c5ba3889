"""Security groups in a row, port by port."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.inbound import Target, lets_internet_in
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
