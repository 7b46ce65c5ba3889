"""Instances of Lindorm."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
WIDE = {"ip_white_list": ["0.0.0.0/0"]}


def _instance(public: Any = None, **values: Any) -> Document:
    others = []
    if public is not None:
        own = {"instance_id": Reference("alicloud_lindorm_instance.l", "id")}
        others = [block("alicloud_lindorm_public_network.p", own | public)]
    return the(block("alicloud_lindorm_instance.l", {"vswitch_id": "vsw-1"} | values), *others)


@pytest.mark.parametrize(
    ("public", "values"),
    [
        (None, WIDE),
        ({"enable_public_network": 0}, WIDE),
        ({"enable_public_network": 1}, {"ip_white_list": ["10.0.0.1"]}),
    ],
)
def test_a_closed_instance(public: Any, values: dict[str, Any]) -> None:
    document = _instance(public, instance_name="metrics", **values)
    assert (document.name, document.facts["network_kind"]) == ("metrics", "vpc")
    assert document.facts["exposure"]["public"] is False


def test_an_open_instance() -> None:
    facts = _instance({"enable_public_network": 1}, **WIDE).facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["allow_list"] == ["0.0.0.0/0"]


@pytest.mark.parametrize(
    ("public", "values"),
    [
        ({}, WIDE),
        ({"enable_public_network": APPLY}, WIDE),
        ({"enable_public_network": 1, "instance_id": APPLY}, WIDE),
        ({"enable_public_network": 1}, {}),
        ({"enable_public_network": 1}, {"ip_white_list": APPLY}),
        ({"enable_public_network": 1}, {"ip_white_list": ["10.0.0.1", APPLY]}),
    ],
)
def test_an_instance_whose_reach_is_open(public: Any, values: dict[str, Any]) -> None:
    assert "exposure/public" in _instance(public, **values).unknown


@pytest.mark.parametrize(
    ("payment", "on", "protected"),
    [
        ("PayAsYouGo", True, True),
        ("PayAsYouGo", False, False),
        ("Subscription", False, None),
        ("Subscription", None, None),
        ("Subscription", True, True),
    ],
)
def test_deletion_protection(payment: str, on: bool | None, protected: bool | None) -> None:
    found = _instance(payment_type=payment, deletion_proection=on)
    assert found.facts["deletion_protection"] is protected


@pytest.mark.parametrize(
    "values",
    [
        {"payment_type": "PayAsYouGo"},
        {"payment_type": "PayAsYouGo", "deletion_proection": APPLY},
        {"payment_type": APPLY, "deletion_proection": False},
    ],
)
def test_deletion_protection_that_is_open(values: dict[str, Any]) -> None:
    assert "deletion_protection" in _instance(**values).unknown


def test_what_no_template_tells() -> None:
    unknown = _instance().unknown.keys()
    assert {"allow_list", "encryption/enabled", "tls/required", "backup/enabled"} <= unknown


def test_an_instance_of_the_newer_type() -> None:
    written = {
        "vswitch_id": "vsw-1",
        "instance_alias": "metrics",
        "payment_type": "POSTPAY",
        "deletion_protection": "true",
        "white_ip_list": [
            {"group_name": "a", "ip_list": "10.0.0.1,10.0.0.2"},
            {"group_name": "b", "ip_list": "0.0.0.0/0"},
        ],
    }
    address = "alicloud_lindorm_instance_v2.l"
    opened = block(
        "alicloud_lindorm_public_network.p",
        {"instance_id": Reference(address), "enable_public_network": 1},
    )
    found = the(block(address, written), opened)
    assert (found.name, found.facts["deletion_protection"]) == ("metrics", True)
    assert found.facts["allow_list"] == ["10.0.0.1/32", "10.0.0.2/32", "0.0.0.0/0"]
    assert found.facts["exposure"]["public"] is True
    without = the(block(address, written | {"white_ip_list": []}), opened)
    assert {"allow_list", "exposure/public"} <= without.unknown.keys()
    part = {"white_ip_list": [{"group_name": "a", "ip_list": APPLY}]}
    assert "exposure/public" in the(block(address, written | part), opened).unknown
