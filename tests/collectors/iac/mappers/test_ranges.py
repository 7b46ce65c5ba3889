"""What firewall rules name by reference: never all of the internet, or not known."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

VPC = block("aws_vpc.main", {})
NETWORK = block("azurerm_virtual_network.main", {})
SETTING = block("terraform_data.open", {})
OPEN = Reference("terraform_data.open", "output")


def _aws(ranges: Any, argument: str = "cidr_blocks") -> Any:
    rule = {"protocol": "tcp", "from_port": 22, "to_port": 22, argument: ranges}
    group = block("aws_security_group.g", {"ingress": [rule]})
    return the(group, VPC, SETTING).facts["rules"]


def _azure(address: Any) -> Any:
    rule = {
        "direction": "Inbound",
        "access": "Allow",
        "protocol": "Tcp",
        "priority": 100,
        "destination_port_range": "22",
        "source_address_prefixes": [address],
    }
    group = block("azurerm_network_security_group.g", {"security_rule": [rule]})
    return the(group, NETWORK, SETTING).facts["rules"][0]["sources"]


@pytest.mark.parametrize(
    "ranges",
    [
        [OPEN],
        OPEN,
        Reference("data.aws_ip_ranges.all", "cidr_blocks"),
        Reference("module.m.random_string.x", "result"),
        ["/0"],
        ["10.0.0.1"],
    ],
)
def test_bad_what_may_be_any_range_of_a_security_group_is_not_known(ranges: Any) -> None:
    assert ["sources" in rule for rule in _aws(ranges)] == [False]


def test_good_the_ranges_of_a_network_are_told_by_its_name() -> None:
    by = Reference("aws_vpc.main", "cidr_block")
    (rule,) = _aws([by])
    (six,) = _aws([Reference("aws_vpc.main", "ipv6_cidr_block")], "ipv6_cidr_blocks")
    assert rule["sources"] == ["main.tf#aws_vpc.main"]
    assert six["sources"] == ["main.tf#aws_vpc.main.ipv6_cidr_block"]
    (elsewhere,) = _aws(Reference("data.aws_vpc.other", "cidr_block"))
    assert elsewhere["sources"] == ["data.aws_vpc.other"]


def test_a_network_security_group_is_read_alike() -> None:
    assert _azure(OPEN) == [None]
    named = Reference("azurerm_virtual_network.main", "address_space")
    assert _azure(named) == ["prefix-list:main.tf#azurerm_virtual_network.main"]


READ = """
data "aws_vpc" "v" { id = "vpc-1" }
data "aws_ssm_parameter" "p" { name = "ranges" }
resource "aws_security_group" "g" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = [data.aws_vpc.v.cidr_block, data.aws_ssm_parameter.p.value]
  }
}
"""


def test_what_a_data_source_reads_is_told_by_its_name_in_a_list_too(project: Write) -> None:
    group = documents(project(READ))[1]["aws_security_group.g"]
    sources = [rule.get("sources") for rule in group.facts["rules"]]
    assert sources == [["infra/main.tf#data.aws_vpc.v"], None]
