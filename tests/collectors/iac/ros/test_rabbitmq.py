# ruff: noqa: E501 - templates are easier to read on long lines
"""Instances of RabbitMQ of ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read


@pytest.mark.parametrize(
    ("eip", "public"),
    [("'False'", False), ("false", False), ("'True'", None), ("!Ref On", None), ("null", None)],
)
def test_who_reaches_an_instance(stack: Read, eip: str, public: bool | None) -> None:
    found = stack(
        f"  R: {{Type: ALIYUN::AMQP::Instance, Properties: {{InstanceName: orders, SupportEip: {eip}}}}}\n",
        head="Parameters: {On: {Type: String}}\n",
    )["R"]
    assert (found.name, found.facts["exposure"].get("public")) == ("orders", public)
    assert ("exposure/public" in found.unknown) is (public is None)
