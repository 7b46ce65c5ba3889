"""Whose key an argument names."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the


@pytest.mark.parametrize(
    ("key", "manager"),
    [
        (Reference("aws_kms_key.elsewhere", "arn"), "customer"),
        (Reference("module.keys.aws_kms_alias.elsewhere", "target_key_arn"), "customer"),
        # These may name a key of AWS.
        (Reference("data.aws_kms_key.elsewhere", "arn"), "unknown"),
        (Reference("module.keys.data.aws_kms_alias.elsewhere", "arn"), "unknown"),
        (Reference("aws_ssm_parameter.key", "value"), "unknown"),
        ("alias/aws/backup", "provider"),
    ],
)
def test_whose_a_key_of_elsewhere_is(key: Any, manager: str) -> None:
    found = the(block("aws_backup_vault.v", {"name": "v", "kms_key_arn": key}))
    path = "encryption/key_manager"
    known = "unknown" if path in found.unknown else found.facts["encryption"]["key_manager"]
    assert known == manager
