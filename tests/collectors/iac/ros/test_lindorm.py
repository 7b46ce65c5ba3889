# ruff: noqa: E501 - templates are easier to read on long lines
"""Instances of Lindorm of ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read


@pytest.mark.parametrize(
    ("values", "protected"),
    [
        ("", False),
        (", DeletionProtection: true", True),
        (", InstanceChargeType: PREPAY", None),
    ],
)
def test_an_instance(stack: Read, values: str, protected: bool | None) -> None:
    found = stack(
        f"  L: {{Type: ALIYUN::Lindorm::Instance, Properties: {{InstanceName: metrics, SecurityIpList: [10.0.0.1]{values}}}}}\n"
    )["L"]
    assert (found.name, found.facts["allow_list"]) == ("metrics", ["10.0.0.1/32"])
    assert found.facts["deletion_protection"] is protected
    assert "encryption/enabled" in found.unknown


def test_what_is_open(stack: Read) -> None:
    found = stack(
        "  L: {Type: ALIYUN::Lindorm::Instance, Properties: {SecurityIpList: !Ref Who, DeletionProtection: !Ref On}}\n",
        head="Parameters: {Who: {Type: Json}, On: {Type: Boolean}}\n",
    )["L"]
    assert {"allow_list", "deletion_protection"} <= found.unknown.keys()
