"""Cloud Firewall: at the border and between VPCs."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
INSTANCE = "alicloud_cloud_firewall_instance.i"
CONFIG = "alicloud_cloud_firewall_ips_config.c"
BETWEEN = "alicloud_cloud_firewall_vpc_firewall.f"
BETWEEN_CONFIG = "alicloud_cloud_firewall_vpc_firewall_ips_config.c"
IN_CEN = "alicloud_cloud_firewall_vpc_firewall_cen.f"
OFF = {"basic_rules": 0, "patch_rules": 0, "cti_rules": 0}
CEN = Reference("alicloud_cen_instance.c")


@pytest.mark.parametrize(
    ("config", "mode"),
    [
        ({"run_mode": 1, "basic_rules": 1}, "block"),
        ({"run_mode": "1", "basic_rules": 0, "cti_rules": "1"}, "block"),
        ({"run_mode": 0, "basic_rules": 1}, "alert"),
        ({"run_mode": 1, **OFF}, "off"),
        ({"run_mode": APPLY, **OFF}, "off"),
    ],
)
def test_the_border(config: dict[str, Any], mode: str) -> None:
    found = documents(block(INSTANCE, {}), block(CONFIG, config))
    assert [each.facts["ips_mode"] for each in found] == [mode]
    alone = the(block(CONFIG, config))
    assert (alone.facts["ips_mode"], alone.facts["kind"]) == (mode, "firewall")


@pytest.mark.parametrize(
    "config",
    [
        None,
        {},
        {"run_mode": 1},
        {"run_mode": 1, "basic_rules": 0},
        {"run_mode": 1, **OFF, "cti_rules": APPLY},
        {"basic_rules": 1},
        {"run_mode": APPLY, "basic_rules": 1},
        {"run_mode": 7, "basic_rules": 1},
    ],
)
def test_a_border_that_is_open(config: dict[str, Any] | None) -> None:
    others = [] if config is None else [block(CONFIG, config)]
    assert "ips_mode" in the(block(INSTANCE, {}), *others).unknown


def test_a_border_of_another_account() -> None:
    on = {"run_mode": 1, "basic_rules": 1}
    here, there = {"region": "cn-beijing"}, {"profile": "other"}
    own = block(CONFIG, on, {"region": "cn-hangzhou"})
    assert the(block(INSTANCE, {}, here), own).facts["ips_mode"] == "block"
    border, other = documents(block(INSTANCE, {}, here), block(CONFIG, on, there))
    assert "ips_mode" in border.unknown
    assert other.facts["ips_mode"] == "block"


def test_a_border_that_is_set_in_several_ways() -> None:
    on, watching = {"run_mode": 1, "basic_rules": 1}, {"run_mode": 0, "basic_rules": 1}
    others = [block(CONFIG, on), block("alicloud_cloud_firewall_ips_config.d", watching)]
    assert "ips_mode" in the(block(INSTANCE, {}), *others).unknown


@pytest.mark.parametrize(
    ("firewall", "values", "to"),
    [
        (BETWEEN, {"local_vpc": [{"region_no": "cn-beijing"}]}, Reference(BETWEEN)),
        (IN_CEN, {"vpc_region": "cn-beijing", "cen_id": CEN}, CEN),
        (IN_CEN, {"vpc_region": "cn-beijing", "cen_id": "cen-1"}, "cen-1"),
    ],
)
def test_between_networks(firewall: str, values: dict[str, Any], to: Any) -> None:
    settings = {"run_mode": 0, "basic_rules": 1, "enable_all_patch": 1, "vpc_firewall_id": to}
    others = [block("alicloud_cen_instance.c", {}), block(BETWEEN_CONFIG, settings)]
    one, *more = (
        each
        for each in documents(block(firewall, values | {"status": "open"}), *others)
        if each.facts.get("kind") == "firewall"
    )
    assert (one.facts["ips_mode"], one.region, more) == ("alert", "cn-beijing", [])
    closed = documents(block(firewall, values | {"status": "close"}), *others)
    assert not [each for each in closed if each.facts.get("kind") == "firewall"]


@pytest.mark.parametrize("values", [{}, {"status": APPLY}, {"status": "open", "local_vpc": APPLY}])
@pytest.mark.parametrize("to", [None, APPLY, "another"])
def test_between_networks_is_open(values: dict[str, Any], to: Any) -> None:
    settings = {"run_mode": 1, "basic_rules": 1, "enable_all_patch": 1, "vpc_firewall_id": to}
    assert "ips_mode" in the(block(BETWEEN, values), block(BETWEEN_CONFIG, settings)).unknown
