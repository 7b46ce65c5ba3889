"""Tablestore: over which networks an instance answers, and whether its tables are encrypted."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


@pytest.mark.parametrize(
    ("values", "public", "kind"),
    [
        ({"network_type_acl": ["VPC"]}, False, "vpc"),
        ({"network_type_acl": ["INTERNET", "VPC"]}, True, "public"),
        ({"network_type_acl": ["CLASSIC", "VPC"]}, False, "classic"),
        ({"accessed_by": "Any"}, True, "public"),
        ({"accessed_by": "ConsoleOrVpc"}, False, "vpc"),
        ({}, None, None),
        ({"network_type_acl": APPLY}, None, None),
        ({"network_type_acl": [APPLY]}, None, None),
    ],
)
def test_who_reaches_an_instance(
    values: dict[str, Any], public: bool | None, kind: str | None
) -> None:
    document = the(block("alicloud_ots_instance.o", {"name": "o", **values}))
    assert document.facts["exposure"].get("public") is public
    assert document.facts.get("network_kind") == kind
    assert "encryption/enabled" in document.unknown


@pytest.mark.parametrize(
    ("tables", "enabled"),
    [
        ([{"enable_sse": True}, {}], False),
        ([{"enable_sse": False}], False),
        # Programs may make further tables.
        ([{"enable_sse": True}], None),
        ([{"enable_sse": APPLY}], None),
    ],
)
def test_a_table_that_is_not_encrypted_decides(
    tables: list[dict[str, Any]], enabled: bool | None
) -> None:
    own = {"instance_name": Reference("alicloud_ots_instance.o", "name")}
    parts = [block(f"alicloud_ots_table.t{n}", own | each) for n, each in enumerate(tables)]
    document = the(block("alicloud_ots_instance.o", {"name": "o"}), *parts)
    assert document.facts["encryption"].get("enabled") is enabled
