"""Secrets among environment variables."""

from __future__ import annotations

import pytest

from collectors.secrets import holds_secrets


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DB_PASSWORD", "Example-2019", True),
        # A variable is its value alone, which may be short and hold blanks.
        ("DB_PASSWORD", "oh no D:", True),
        ("db_passwd", "root", True),
        ("API_KEY", "abcd", True),
        ("DB_PASSWORD", "", False),
        ("DB_PASSWORD", "${secret}", False),
        ("DB_PASSWORD", "{{resolve:secretsmanager:db}}", False),
        ("DB_PASSWORD", "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db", False),
        ("DB_PASSWORD", "false", False),
        ("DB_PASSWORD_FILE", "name", False),
        ("PASSWORD_LENGTH", "at least 12", False),
        ("STAGE", "production", False),
        ("DB_PASSWORD", None, False),
    ],
)
def test_variables(name: str, value: object, expected: bool) -> None:
    assert holds_secrets({name: value}) is expected
