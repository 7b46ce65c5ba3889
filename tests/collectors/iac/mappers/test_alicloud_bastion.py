"""Bastions of Alibaba Cloud, and the vSwitches that they stand in."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")
BASTION = "alicloud_bastionhost_instance.b"
HERE, THERE = Reference("alicloud_vswitch.h"), Reference("alicloud_vswitch.i")
SWITCHES = (
    block("alicloud_vswitch.h", {"zone_id": "cn-hangzhou-h"}),
    block("alicloud_vswitch.i", {"zone_id": "cn-hangzhou-i"}),
)


@pytest.mark.parametrize(
    ("values", "zones"),
    [
        ({"plan_code": "cloudbastion_ha", "slave_vswitch_id": THERE}, 2),
        ({"plan_code": "cloudbastion_ha", "slave_vswitch_id": HERE}, 1),
        ({"plan_code": "cloudbastion"}, 1),
        ({"plan_code": "cloudbastion", "slave_vswitch_id": ""}, 1),
    ],
)
def test_zones(values: dict[str, Any], zones: int) -> None:
    found = the(block(BASTION, {"vswitch_id": HERE, "description": "ops", **values}), *SWITCHES)
    assert found.facts["zones"] == ["cn-hangzhou-h", "cn-hangzhou-i"][:zones]
    assert (found.facts["kind"], found.name) == ("bastion", "ops")
    assert {"bandwidth_mbps", "protected_by", "ips_mode"} <= set(unknown(found))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"vswitch_id": HERE},
        {"plan_code": "cloudbastion"},
        {"vswitch_id": HERE, "plan_code": "cloudbastion_ha"},
        {"vswitch_id": HERE, "plan_code": APPLY},
        {"vswitch_id": HERE, "plan_code": "cloudbastion", "slave_vswitch_id": APPLY},
        {"vswitch_id": APPLY, "plan_code": "cloudbastion"},
        {"vswitch_id": "vsw-1", "plan_code": "cloudbastion"},
    ],
)
def test_zones_that_are_not_known(values: dict[str, Any]) -> None:
    found = the(block("alicloud_yundun_bastionhost_instance.b", values), *SWITCHES)
    assert "zones" in found.unknown


def test_vswitches_of_a_bastion() -> None:
    values = {"vswitch_id": HERE, "slave_vswitch_id": THERE}
    found = documents(*SWITCHES, block(BASTION, values))
    assert [each.facts.get("workload_kinds") for each in found[:2]] == [["bastion"]] * 2


def test_a_vswitch_that_may_be_of_a_bastion() -> None:
    found = the(*SWITCHES, block(BASTION, {"vswitch_id": THERE, "slave_vswitch_id": APPLY}))
    assert "workload_kinds/0" in found.unknown


def test_the_second_vswitch_of_a_vpn_gateway() -> None:
    values = {"vswitch_id": HERE, "disaster_recovery_vswitch_id": THERE}
    found = documents(*SWITCHES, block("alicloud_vpn_gateway.g", values))
    assert found[1].facts["workload_kinds"] == ["gateway"]
