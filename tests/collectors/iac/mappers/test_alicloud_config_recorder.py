"""The recorder of Cloud Config."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
PLACE = {"region": "cn-shanghai"}


@pytest.mark.parametrize(
    ("types", "all_types"),
    [
        (["all"], True),
        (None, None),
        ([], None),
        (["ACS::ECS::Instance"], None),
        (APPLY, None),
        ([APPLY], None),
    ],
)
def test_what_is_recorded(types: Any, all_types: bool | None) -> None:
    values = {"resource_types": types}
    found = the(block("alicloud_config_configuration_recorder.r", values, PLACE))
    (recorder,) = found.facts["recorders"]
    assert (recorder["region"], recorder["enabled"]) == ("cn-shanghai", True)
    assert recorder.get("all_types") is all_types
    assert ("recorders/0/all_types" in found.unknown) is (all_types is None)
    assert found.facts["regions_in_use"] == ["cn-shanghai"]
    assert {"guardrails", "default_disk_encryption", "public_access_block"} <= set(found.unknown)
