"""Certificates of App Service in ARM templates."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Web/certificates"


@pytest.mark.parametrize(
    ("properties", "renewed"),
    [
        ({"keyVaultId": "/subscriptions/s/v", "keyVaultSecretName": "s"}, True),
        ({"canonicalName": "www.example.com"}, True),
        ({"pfxBlob": "MII"}, False),
        ({}, False),
        ({"keyVaultId": "[parameters('v')]"}, None),
    ],
)
def test_renewal(deployment: Read, properties: dict[str, Any], renewed: bool | None) -> None:
    one = {"type": KIND, "name": "c", "location": "chinanorth3", "properties": properties}
    (found,) = deployment([one], parameters={"v": {"type": "string"}}).values()
    assert (found.native_type, found.region) == (KIND, "chinanorth3")
    assert found.facts.get("auto_renew") is renewed
    assert ("auto_renew" in found.unknown) == (renewed is None)
