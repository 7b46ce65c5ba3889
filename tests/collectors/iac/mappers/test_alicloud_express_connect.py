"""Leased lines and border routers of Alibaba Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
LINE = "alicloud_express_connect_physical_connection.l"
ROUTER = "alicloud_express_connect_virtual_border_router.r"
PLACE = {"region": "cn-hangzhou"}


@pytest.mark.parametrize(("written", "width"), [(100, 100), ("100", 100), ("200M", 200)])
def test_a_line(written: Any, width: int) -> None:
    values = {"bandwidth": written, "physical_connection_name": "to-site"}
    found = the(block(LINE, values, PLACE))
    facts = found.facts
    assert (found.name, facts["kind"], facts["bandwidth_mbps"]) == ("to-site", "express", width)
    assert (facts["peers"], facts["tunnels"], facts["zones"]) == ([], None, None)
    assert (facts["protected_by"], facts["ips_mode"]) == ([], None)
    assert unknown(found) == {}


def test_a_router() -> None:
    values = {"bandwidth": 50, "virtual_border_router_name": "edge"}
    found = the(block(ROUTER, values, PLACE))
    assert (found.name, found.facts["bandwidth_mbps"]) == ("edge", 50)
    assert found.facts["peers"] == [{"account": None, "region": None, "vpc_id": None}]
    assert set(unknown(found)) == {"peers/0/cidrs"}


@pytest.mark.parametrize("kind", [LINE, ROUTER])
@pytest.mark.parametrize("written", [None, "", "1G", APPLY, Reference("x.y")])
def test_a_bandwidth_that_is_not_known(kind: str, written: Any) -> None:
    found = the(block(kind, {"bandwidth": written}, PLACE))
    assert "bandwidth_mbps" in found.unknown
    assert "bandwidth_mbps" not in found.facts


@pytest.mark.parametrize("kind", [LINE, ROUTER])
def test_one_of_which_nothing_is_written(kind: str) -> None:
    assert "bandwidth_mbps" in the(block(kind, {}, PLACE)).unknown
