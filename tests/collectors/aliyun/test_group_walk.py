"""Rules of security groups walked in their order, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.group_walk import admitted, first_word
from collectors.aliyun.security_group_rules import in_order, rules_of
from collectors.document import Unknown
from collectors.facts.shared import Rule

UNREAD = Unknown("Forbidden.RAM: ecs:DescribePrefixListAttributes")


def rules(*permissions: dict[str, Any]) -> list[Rule]:
    base = {
        "Direction": "ingress", "Policy": "Accept", "Priority": 1, "IpProtocol": "TCP",
        "PortRange": "443/443",
    }  # fmt: skip
    return rules_of([{**base, **permission} for permission in permissions], lambda _: UNREAD)


EVERYONE = {"SourceCidrIp": "0.0.0.0/0"}
OFFICE = {"SourceCidrIp": "203.0.113.0/24"}
REST = {**EVERYONE, "Policy": "Drop", "IpProtocol": "ALL", "PortRange": "-1/-1", "Priority": 100}


def ranges(*permissions: dict[str, Any], **how: Any) -> list[str] | Unknown:
    """Who reaches a listener of an IPv4 load balancer: at 443/tcp, if `how` does not say else."""
    about = {"protocol": "https", "ports": (443, 443), "versions": (4,), **how}
    return admitted(rules(*permissions), **about)


@pytest.mark.parametrize(
    ("permissions", "expected"),
    [
        # Without a drop of everyone a group limits nobody, whomever it names.
        ([], ["0.0.0.0/0"]),
        ([OFFICE], ["0.0.0.0/0", "203.0.113.0/24"]),
        ([OFFICE, REST], ["203.0.113.0/24"]),
        ([REST], []),
        ([OFFICE, {**REST, "SourceCidrIp": "198.51.100.0/24"}], ["0.0.0.0/0", "203.0.113.0/24"]),
        ([OFFICE, {**REST, "DestCidrIp": "10.0.1.9/32"}], ["0.0.0.0/0", "203.0.113.0/24"]),
        ([OFFICE, {**REST, "SourcePortRange": "1/9"}], ["0.0.0.0/0", "203.0.113.0/24"]),
        ([OFFICE, {**REST, "PortRange": "80/80"}], ["0.0.0.0/0", "203.0.113.0/24"]),
        ([OFFICE, {**REST, "IpProtocol": "UDP"}], ["0.0.0.0/0", "203.0.113.0/24"]),
        ([{**OFFICE, "PortRange": "80/80"}, REST], []),
        ([{"SourceGroupId": "sg-web"}, REST], []),
        ([{**EVERYONE, "Priority": 2}, {**REST, "Priority": 1}], []),
    ],
)
def test_only_a_drop_of_everyone_limits_who_reaches_a_load_balancer(
    permissions: list[dict[str, Any]], expected: list[str]
) -> None:
    assert ranges(*permissions) == expected


@pytest.mark.parametrize(
    ("permissions", "opens"),
    [
        ([EVERYONE], True),
        ([EVERYONE, {**REST, "Priority": 1}], False),
        # A drop of a part shuts nothing out: of some sources, machines, or ports of the client.
        ([EVERYONE, {**REST, "Priority": 1, "SourceCidrIp": "0.0.0.0/1"}], True),
        ([EVERYONE, {**REST, "Priority": 1, "DestCidrIp": "10.0.1.9/32"}], True),
        ([EVERYONE, {**REST, "Priority": 1, "SourcePortRange": "1/1023"}], True),
        # What the checks see as the internet is: less than a quarter of it too.
        ([{"SourceCidrIp": "64.0.0.0/3"}], True),
        ([{"SourceCidrIp": "64.0.0.0/8"}], False),
        ([{"Ipv6SourceCidrIp": "::/0"}], False),
    ],
)
def test_whether_the_internet_comes_in(permissions: list[dict[str, Any]], opens: bool) -> None:
    assert first_word(rules(*permissions), 4, None) is opens


def test_a_range_of_ports_is_open_to_all_who_reach_one_of_them() -> None:
    found: list[dict[str, Any]] = [{**EVERYONE, "PortRange": "450/450"}, OFFICE, REST]
    assert ranges(*found, protocol="tcp", ports=(400, 500)) == ["0.0.0.0/0", "203.0.113.0/24"]
    assert ranges(*found, protocol="tcp", ports=(451, 500)) == []
    # A drop that ends within the range leaves the ports after it open.
    early = {**REST, "IpProtocol": "TCP", "PortRange": "1/450"}
    assert ranges(early, protocol="tcp", ports=(400, 500)) == ["0.0.0.0/0"]
    assert ranges(early, protocol="tcp_udp", ports=(400, 450)) == ["0.0.0.0/0"]


def test_each_ip_version_is_dropped_by_itself() -> None:
    assert ranges(REST, versions=(4, 6)) == ["::/0"]
    six = {**REST, "SourceCidrIp": "", "Ipv6SourceCidrIp": "::/0"}
    assert ranges(REST, six, versions=(4, 6)) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"SourcePrefixListId": "pl-x"},
        {**EVERYONE, "PortRange": ""},
        {**EVERYONE, "IpProtocol": "X"},
    ],
)
def test_a_rule_that_is_not_understood_leaves_the_ranges_unknown(odd: dict[str, Any]) -> None:
    assert isinstance(ranges(odd, REST), Unknown)


def test_an_unread_drop_leaves_it_open_whether_what_follows_lets_in() -> None:
    unread = {**REST, "SourceCidrIp": "", "SourcePrefixListId": "pl-x", "Priority": 1}
    after = {**EVERYONE, "Priority": 2}
    assert first_word(rules(unread, after), 4, None) == UNREAD
    assert first_word(rules(unread), 4, None) is False
    allowed = {"SourcePrefixListId": "pl-x"}
    assert first_word(rules(allowed, REST), 4, None) == UNREAD
    assert first_word(rules(allowed, after), 4, None) is True


def test_rules_of_several_groups_are_put_in_one_order() -> None:
    drop, allow = rules(REST), rules({**EVERYONE, "Priority": 100})
    assert [rule.action for rule in in_order([*allow, *drop])] == ["deny", "allow"]
