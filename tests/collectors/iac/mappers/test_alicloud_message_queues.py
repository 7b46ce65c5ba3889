"""Instances of RocketMQ 5 and 4."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
WIDE = {"internet_spec": "enable"}


def _queue(internet: Any = None, **values: Any) -> Document:
    network = {"network_info": {"internet_info": internet or {}}}
    written = {"instance_name": "orders"} | network | values
    return the(block("alicloud_rocketmq_instance.q", written))


@pytest.mark.parametrize(
    ("internet", "values"),
    [
        ({"internet_spec": "disable"}, {}),
        (WIDE, {"ip_whitelists": ["203.0.113.0/24"]}),
        (WIDE | {"ip_whitelist": ["203.0.113.0/24"]}, {}),
    ],
)
def test_a_closed_instance(internet: dict[str, Any], values: dict[str, Any]) -> None:
    document = _queue(internet, **values)
    assert (document.name, document.facts["exposure"]["public"]) == ("orders", False)


@pytest.mark.parametrize("values", [{}, {"ip_whitelists": []}, {"ip_whitelists": ["0.0.0.0/0"]}])
def test_an_open_instance(values: dict[str, Any]) -> None:
    """An empty list lets everyone in."""
    exposure = _queue(WIDE, **values).facts["exposure"]
    assert (exposure["public"], exposure["via"]) == (True, ["endpoint"])


@pytest.mark.parametrize(
    ("internet", "values"),
    [
        ({}, {}),
        ({"internet_spec": APPLY}, {}),
        ({"internet_spec": "other"}, {}),
        (WIDE, {"ip_whitelists": APPLY}),
        (WIDE, {"ip_whitelists": ["203.0.113.1", APPLY]}),
        ({}, {"network_info": APPLY}),
    ],
)
def test_an_instance_whose_reach_is_open(internet: dict[str, Any], values: dict[str, Any]) -> None:
    assert "exposure/public" in _queue(internet, **values).unknown


def test_encryption_of_what_is_stored() -> None:
    on = {"storage_encryption": True, "storage_secret_key": "alias/own"}
    found = _queue(product_info=[on]).facts["encryption"]
    assert (found["enabled"], found["key_manager"], found["key_id"]) == (
        True,
        "customer",
        "alias/own",
    )
    off = _queue(product_info=[{"storage_encryption": False}]).facts["encryption"]
    assert off["enabled"] is False


@pytest.mark.parametrize(
    ("product", "path"),
    [
        (None, "enabled"),
        ([{}], "enabled"),
        (APPLY, "enabled"),
        ([{"storage_encryption": APPLY}], "enabled"),
        ([{"storage_encryption": True}], "key_manager"),
    ],
)
def test_encryption_that_is_open(product: Any, path: str) -> None:
    assert f"encryption/{path}" in _queue(product_info=product).unknown


def test_what_no_template_tells() -> None:
    document = _queue()
    assert {"policy", "tls/minimum", "tls/required"} <= document.unknown.keys()
    old = the(block("alicloud_ons_instance.o", {"instance_name": "old"}))
    assert old.name == "old"
    assert {"exposure/public", "encryption/enabled", "tls/required"} <= old.unknown.keys()
