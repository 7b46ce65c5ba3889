"""Topics, domains and namespaces of Event Grid."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


@pytest.mark.parametrize(
    ("values", "minimum"),
    [
        ({}, None),
        ({"minimum_tls_version": APPLY}, None),
        ({"minimum_tls_version": "1.0"}, "1.0"),
        ({"minimum_tls_version": "1.2"}, "1.2"),
        ({"minimum_tls_version": "2"}, None),
    ],
)
@pytest.mark.parametrize("kind", ["topic", "domain", "namespace"])
def test_the_lowest_tls(kind: str, values: dict[str, Any], minimum: str | None) -> None:
    given = {"name": "t", "location": "chinaeast2", **values}
    found = the(block(f"azurerm_eventgrid_{kind}.t", given))
    assert found.facts["tls"].get("minimum") == minimum
    assert ("tls/minimum" in found.unknown) == (minimum is None)
    assert (found.facts["encryption"]["key_manager"], found.region) == ("provider", "chinaeast2")
