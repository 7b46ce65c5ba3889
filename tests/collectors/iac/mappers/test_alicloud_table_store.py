"""Tablestore: over which networks an instance answers."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
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
    assert "encryption" in document.unknown
