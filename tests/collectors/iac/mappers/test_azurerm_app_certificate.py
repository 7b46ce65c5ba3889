"""Certificates of App Service: which are renewed by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
UPLOADED = "azurerm_app_service_certificate"


@pytest.mark.parametrize(
    ("kind", "values", "renewed"),
    [
        (UPLOADED, {"key_vault_secret_id": "https://v/secrets/s"}, True),
        (UPLOADED, {"key_vault_secret_id": Reference("azurerm_key_vault_certificate.c")}, True),
        (UPLOADED, {"pfx_blob": "MII"}, False),
        (UPLOADED, {}, False),
        (UPLOADED, {"key_vault_secret_id": APPLY}, None),
        ("azurerm_app_service_managed_certificate", {"custom_hostname_binding_id": "x"}, True),
    ],
)
def test_renewal(kind: str, values: dict[str, Any], renewed: bool | None) -> None:
    found = the(block(f"{kind}.c", {"name": "c", **values}))
    assert found.facts.get("auto_renew") is renewed
    assert ("auto_renew" in found.unknown) == (renewed is None)
    assert {"expires", "in_use", "algorithm", "key_bits"} <= set(found.unknown)
