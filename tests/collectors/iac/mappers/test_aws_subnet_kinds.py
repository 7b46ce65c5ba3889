"""What templates of AWS put into subnets."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
SUBNET = block("aws_subnet.s", {"cidr_block": "10.0.0.0/24"})
HERE = [Reference(SUBNET.address)]


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        ("aws_instance", {"subnet_id": HERE[0]}, "instance"),
        ("aws_autoscaling_group", {"vpc_zone_identifier": HERE}, "instance"),
        ("aws_db_subnet_group", {"subnet_ids": HERE}, "database"),
        ("aws_opensearch_domain", {"vpc_options": [{"subnet_ids": HERE}]}, "database"),
        ("aws_efs_mount_target", {"subnet_id": HERE[0]}, "file_system"),
        ("aws_lambda_function", {"vpc_config": [{"subnet_ids": HERE}]}, "function"),
        ("aws_lb", {"subnets": HERE}, "load_balancer"),
        ("aws_lb", {"subnets": [APPLY]}, None),
        ("aws_lb", {"subnets": ["subnet-elsewhere"]}, None),
    ],
)
def test_what_stands_in_a_subnet(kind: str, values: dict[str, Any], found: str | None) -> None:
    document = the(SUBNET, block(f"{kind}.x", values))
    assert document.facts.get("workload_kinds") == ([found] if found else None)
    assert ("workload_kinds" in document.unknown) is (found is None)


@pytest.mark.parametrize("beside", [[], [block("aws_nat_gateway.n", {"subnet_id": HERE[0]})]])
def test_a_store_that_may_come_to_stand_in_it(beside: list[Block]) -> None:
    unsure = block("aws_db_subnet_group.g", {"subnet_ids": APPLY})
    document = the(SUBNET, unsure, *beside)
    assert f"workload_kinds/{len(beside)}" in document.unknown
