"""Launch templates and scaling configurations of Alibaba Cloud."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x is decided at apply")
SCRIPT = "export DB_PASSWORD=Example-Only-2019!"
ENCODED = base64.b64encode(SCRIPT.encode()).decode()
REGION = {"region": "cn-beijing"}
BY_DEFAULT = block("alicloud_ecs_disk_encryption_by_default.d", {"encrypted": True}, REGION)
ON, OFF = {"encrypted": True}, {"encrypted": False}


def launched(kind: str, values: dict[str, Any], *others: Block) -> dict[str, Any]:
    document = the(block(f"{kind}.t", values, REGION), *others)
    assert document.type == "compute.launch_template"
    return document.facts


@pytest.mark.parametrize(
    ("values", "fact", "expected"),
    [
        ({}, "metadata_token_required", False),
        ({"http_tokens": "required"}, "metadata_token_required", True),
        ({"http_endpoint": "disabled"}, "metadata_token_required", True),
        ({"http_tokens": DOUBT}, "metadata_token_required", None),
        ({}, "public_address", False),
        ({"internet_max_bandwidth_out": "5"}, "public_address", True),
        ({"internet_max_bandwidth_out": DOUBT}, "public_address", None),
        ({}, "user_data_secrets", False),
        ({"user_data": SCRIPT}, "user_data_secrets", True),
        ({"userdata": ENCODED}, "user_data_secrets", True),
        ({"user_data": DOUBT}, "user_data_secrets", None),
        ({}, "disks_encrypted", None),
        ({"system_disk": DOUBT}, "disks_encrypted", None),
        ({"system_disk": [{"size": 40}]}, "disks_encrypted", None),
        ({"system_disk": [OFF]}, "disks_encrypted", False),
        ({"system_disk": [ON]}, "disks_encrypted", True),
        ({"system_disk": [ON], "data_disks": [ON, {"size": 20}]}, "disks_encrypted", False),
        ({"system_disk": [ON], "data_disks": DOUBT}, "disks_encrypted", None),
        ({"data_disks": [OFF]}, "disks_encrypted", False),
    ],
)
def test_a_launch_template(values: dict[str, Any], fact: str, expected: bool | None) -> None:
    for kind in ("alicloud_ecs_launch_template", "alicloud_launch_template"):
        assert launched(kind, values).get(fact) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, None),
        ({"system_disk_encrypted": "true"}, True),
        ({"system_disk_encrypted": False}, False),
        ({"system_disk_encrypted": True, "data_disk": [ON]}, True),
        ({"system_disk_encrypted": True, "data_disk": [{"size": 20}]}, False),
    ],
)
def test_disks_of_a_scaling_configuration(values: dict[str, Any], expected: bool | None) -> None:
    assert launched("alicloud_ess_scaling_configuration", values).get("disks_encrypted") == expected


def test_the_default_of_the_region_encrypts_what_says_nothing() -> None:
    for values in ({}, {"data_disks": [{"size": 20}]}):
        assert launched("alicloud_ecs_launch_template", values, BY_DEFAULT)["disks_encrypted"]


def test_the_script_of_an_instance() -> None:
    for values, expected in (({}, False), ({"user_data": ENCODED}, True)):
        assert the(block("alicloud_instance.i", values)).facts["user_data_secrets"] is expected
    launch = {"launch_template_id": "lt-1"}
    assert "user_data_secrets" in the(block("alicloud_instance.i", launch)).unknown


@pytest.mark.parametrize(
    ("values", "fact", "expected"),
    [
        ({}, "metadata_token_required", False),
        (
            {"instance_metadata_options": [{"http_tokens": "required"}]},
            "metadata_token_required",
            True,
        ),
        ({"instance_metadata_options": DOUBT}, "metadata_token_required", None),
        ({}, "public_address", False),
        ({"internet_max_bandwidth_out": 5}, "public_address", True),
        ({"scaling_config": [{"is_bond_eip": True}]}, "public_address", True),
        ({"scaling_config": DOUBT}, "public_address", None),
        (
            {"system_disk_encrypted": True, "data_disks": [{"encrypted": "true"}]},
            "disks_encrypted",
            True,
        ),
        ({"system_disk_encrypted": True, "data_disks": [{"size": 40}]}, "disks_encrypted", False),
        ({"user_data": ENCODED}, "user_data_secrets", True),
    ],
)
def test_a_pool_of_nodes(values: dict[str, Any], fact: str, expected: bool | None) -> None:
    pool = {"node_pool_name": "p", "cluster_id": "c-1", **values}
    assert launched("alicloud_cs_kubernetes_node_pool", pool).get(fact) == expected
