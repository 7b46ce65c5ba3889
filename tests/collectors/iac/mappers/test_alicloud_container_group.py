"""Container groups of Elastic Container Instance."""

from __future__ import annotations

from typing import Any

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
SWITCH = block("alicloud_vswitch.s", {"vpc_id": "vpc-1"})
OPEN = block("alicloud_security_group.g", {})
RULE = block(
    "alicloud_security_group_rule.r",
    {
        "security_group_id": Reference("alicloud_security_group.g"),
        "type": "ingress",
        "ip_protocol": "tcp",
        "port_range": "80/80",
        "cidr_ip": "0.0.0.0/0",
    },
)


def _group(values: dict[str, Any], *others: Block) -> Document:
    own = {
        "container_group_name": "shop",
        "vswitch_id": Reference("alicloud_vswitch.s"),
        "security_group_id": Reference("alicloud_security_group.g"),
        "containers": [{"name": "app"}],
    }
    return the(block("alicloud_eci_container_group.c", own | values), SWITCH, OPEN, *others)


def test_a_group_inside() -> None:
    document = _group({"ram_role_name": "shop", "tags": {"system": "shop"}}, RULE)
    assert (document.name, document.tags) == ("shop", {"system": "shop"})
    assert document.facts == {
        "vpc_id": "vpc-1",
        "network_kind": "vpc",
        "public_address": False,
        "exposure": {"public": False, "via": []},
        "firewalls": ["main.tf#alicloud_security_group.g"],
        "environment_secrets": False,
        "privileged_containers": [],
        "role": "shop",
        "logging": {},
    }
    outside = {path.partition("/")[0] for path in unknown(document)}
    assert outside == {"logging", "region", "country"}


def test_a_group_that_the_internet_reaches() -> None:
    assert _group({"auto_create_eip": True}, RULE).facts["exposure"]["public"] is True
    assert _group({"eip_instance_id": "eip-1"}, RULE).facts["public_address"] is True
    assert _group({"eip_instance_id": "eip-1"}).facts["exposure"]["public"] is False
    assert "public_address" in _group({"auto_create_eip": APPLY}).unknown


def test_what_containers_are_given() -> None:
    def facts(*containers: dict[str, Any]) -> Document:
        first, *more = containers
        return _group({"containers": [first], "init_containers": more})

    secret = {"environment_vars": [{"key": "DB_PASSWORD", "value": "Example-Only-2019"}]}
    later = {"environment_vars": [{"key": "DB_PASSWORD", "value": APPLY}]}
    assert facts({"name": "app"}, secret).facts["environment_secrets"] is True
    assert "environment_secrets" in facts(later).unknown
    mighty = {"security_context": [{"capability": [{"add": ["SYS_ADMIN"]}]}]}
    whole = {"security_context": [{"privileged": True}]}
    named = facts({"name": "a", **mighty}, {"name": "b", **whole}, {"name": "c"})
    assert named.facts["privileged_containers"] == ["a", "b"]
    doubtful = facts({"name": "a", "security_context": [{"privileged": APPLY}]})
    assert "privileged_containers/0" in doubtful.unknown
