"""alicloud_security_group: what its rules become, in order of effect."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")


def test_good() -> None:
    document = the(
        block(
            "alicloud_security_group.web",
            {
                "security_group_name": "web",
                "vpc_id": Reference("alicloud_vpc.main"),
                "tags": {"system": "shop"},
            },
            {"region": "cn-hangzhou"},
        ),
        block("alicloud_vpc.main", {}),
        block(
            "alicloud_security_group_rule.https",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "443/443",
                "security_group_id": Reference("alicloud_security_group.web"),
                "cidr_ip": "10.0.0.0/8",
                "description": "office",
            },
        ),
        block(
            "alicloud_security_group_rule.app",
            {
                "type": "ingress",
                "ip_protocol": "all",
                "port_range": "-1/-1",
                "security_group_id": Reference("alicloud_security_group.web"),
                "source_security_group_id": Reference("alicloud_security_group.web"),
                "priority": 2,
            },
        ),
        block(
            "alicloud_instance.app", {"security_groups": [Reference("alicloud_security_group.web")]}
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "web",
        {"system": "shop"},
    )
    assert document.facts == {
        "vpc_id": "main.tf#alicloud_vpc.main",
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 1,
                "protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
                "sources": ["10.0.0.0/8"],
                "destinations": [],
                "description": "office",
            },
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 2,
                "protocol": "any",
                "from_port": 0,
                "to_port": 65535,
                "sources": ["group:main.tf#alicloud_security_group.web"],
                "destinations": [],
                "description": "",
            },
        ],
        "default_ingress": "deny",
        "default_egress": "allow",
        "is_default": False,
        "attached": 1,
    }
    assert unknown(document) == {}


def test_bad_open_to_the_internet_with_drops_before_accepts_of_a_priority() -> None:
    document = the(
        block(
            "alicloud_security_group.web",
            {"name": "web", "security_group_type": "enterprise"},
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_security_group_rule.ssh",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "22/22",
                "security_group_id": Reference("alicloud_security_group.web"),
                "cidr_ip": "0.0.0.0/0",
                "priority": "5",
                "nic_type": "intranet",
            },
        ),
        block(
            "alicloud_security_group_rule.six",
            {
                "type": "ingress",
                "ip_protocol": "udp",
                "port_range": "1/65535",
                "security_group_id": Reference("alicloud_security_group.web"),
                "ipv6_cidr_ip": "::/0",
                "priority": 5,
                "policy": "drop",
            },
        ),
        block(
            "alicloud_security_group_rule.all",
            {
                "type": "ingress",
                "ip_protocol": "all",
                "port_range": "-1/-1",
                "security_group_id": Reference("alicloud_security_group.web"),
                "cidr_ip": "0.0.0.0/0",
            },
        ),
        block(
            "alicloud_security_group_rule.ping",
            {
                "type": "egress",
                "ip_protocol": "icmp",
                "port_range": "-1/-1",
                "security_group_id": Reference("alicloud_security_group.web"),
                "cidr_ip": "0.0.0.0/0",
            },
        ),
        block(
            "alicloud_security_group_rule.list",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "443/443",
                "security_group_id": Reference("alicloud_security_group.web"),
                "prefix_list_id": "pl-1",
                "priority": 9,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "web",
        {},
    )
    assert document.facts == {
        "vpc_id": None,
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 1,
                "protocol": "any",
                "from_port": 0,
                "to_port": 65535,
                "sources": ["0.0.0.0/0"],
                "destinations": [],
                "description": "",
            },
            {
                "direction": "egress",
                "action": "allow",
                "priority": 1,
                "protocol": "icmp",
                "from_port": None,
                "to_port": None,
                "sources": [],
                "destinations": ["0.0.0.0/0"],
                "description": "",
            },
            {
                "direction": "ingress",
                "action": "deny",
                "priority": 5,
                "protocol": "udp",
                "from_port": 1,
                "to_port": 65535,
                "sources": ["::/0"],
                "destinations": [],
                "description": "",
            },
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 5,
                "protocol": "tcp",
                "from_port": 22,
                "to_port": 22,
                "sources": ["0.0.0.0/0"],
                "destinations": [],
                "description": "nic_type intranet",
            },
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 9,
                "protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
                "sources": [None],
                "destinations": [],
                "description": "",
            },
        ],
        "default_ingress": "deny",
        "default_egress": "deny",
        "is_default": False,
    }
    assert unknown(document) == {
        "attached": "nothing in this template uses the group",
        f"rules/{len(document.facts['rules']) - 1}/sources/0": (
            "the entries of the prefix list pl-1 are not read"
        ),
    }


def test_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_security_group.web",
            {
                "security_group_name": APPLY,
                "vpc_id": APPLY,
                "security_group_type": APPLY,
                "tags": {"system": APPLY},
            },
        ),
        block(
            "alicloud_security_group_rule.a",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": APPLY,
                "security_group_id": Reference("alicloud_security_group.web"),
                "cidr_ip": APPLY,
                "policy": APPLY,
                "priority": APPLY,
            },
        ),
        block(
            "alicloud_security_group_rule.b",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "443/443",
                "security_group_id": APPLY,
                "cidr_ip": "10.0.0.0/8",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "",
        None,
        "alicloud_security_group.web",
        {},
    )
    assert document.facts == {
        "rules": [
            {
                "direction": "ingress",
                "protocol": "tcp",
                "sources": [None],
                "destinations": [],
                "description": "",
            },
            None,
        ],
        "default_ingress": "deny",
        "is_default": False,
    }
    assert unknown(document) == {
        "region": "the provider gives no region",
        "country": "the provider gives no region",
        "tags": "var.x is decided at apply",
        "vpc_id": "var.x is decided at apply",
        "rules/0/action": "var.x is decided at apply",
        "rules/0/priority": "var.x is decided at apply",
        "rules/0/from_port": "var.x is decided at apply",
        "rules/0/to_port": "var.x is decided at apply",
        "rules/0/sources/0": "var.x is decided at apply",
        "rules/1": "alicloud_security_group_rule.b.security_group_id: var.x is decided at apply",
        "default_egress": "var.x is decided at apply",
        "attached": "nothing in this template uses the group",
    }


def test_a_rule_of_a_group_elsewhere_is_judged_alone() -> None:
    document = the(
        block(
            "alicloud_security_group_rule.ssh",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "22/22",
                "security_group_id": "sg-1",
                "cidr_ip": "0.0.0.0/0",
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "ssh",
        {},
    )
    assert document.facts == {
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 1,
                "protocol": "tcp",
                "from_port": 22,
                "to_port": 22,
                "sources": ["0.0.0.0/0"],
                "destinations": [],
                "description": "",
            }
        ],
        "default_ingress": "deny",
    }
    assert unknown(document) == {
        "vpc_id": "the rule's group is not part of this template",
        "default_egress": "the rule's group is not part of this template",
        "is_default": "the rule's group is not part of this template",
        "attached": "the rule's group is not part of this template",
    }
