"""The security group that AWS makes with a VPC."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")


def defaults(vpc: dict[str, Any], *others: Block) -> list[Any]:
    found = documents(block("aws_vpc.v", {"cidr_block": "10.0.0.0/16", **vpc}), *others)
    return [each for each in found if each.type == "network.firewall" and each.name == "default"]


def test_it_lets_its_members_reach_each_other_and_everything() -> None:
    (found,) = defaults({})
    assert (found.id, found.native_type) == (
        "main.tf#aws_vpc.v.aws_default_security_group",
        "AWS::EC2::SecurityGroup",
    )
    assert (found.facts["is_default"], found.tags) == (True, {})
    inwards, out = found.facts["rules"]
    assert inwards["sources"] == [f"group:{found.id}"]
    assert (out["direction"], out["destinations"]) == ("egress", ["0.0.0.0/0"])


@pytest.mark.parametrize(
    ("vpc", "six"),
    [
        ({"assign_generated_ipv6_cidr_block": True}, True),
        ({"assign_generated_ipv6_cidr_block": False}, False),
        ({"ipv6_ipam_pool_id": "pool"}, True),
    ],
)
def test_one_with_ipv6(vpc: dict[str, Any], six: bool) -> None:
    (found,) = defaults(vpc)
    assert ("::/0" in found.facts["rules"][1]["destinations"]) is six


def test_one_that_is_taken_over_is_judged_as_it_is_written() -> None:
    own = Reference("aws_vpc.v", "id")
    assert defaults({}, block("aws_default_security_group.d", {"vpc_id": own})) == []
    assert defaults({}, block("aws_default_security_group.d", {"vpc_id": APPLY})) == []
    other = block("aws_default_security_group.d", {"vpc_id": "vpc-1"})
    assert len(defaults({}, other)) == 1


def test_the_default_network_may_have_been_changed() -> None:
    found = documents(block("aws_default_vpc.v", {}))
    assert [each.type for each in found] == ["network.vpc"]
