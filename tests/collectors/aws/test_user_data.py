from __future__ import annotations

import base64
import gzip

import pytest

from collectors.aws.user_data import has_secrets
from collectors.document import Unknown

# Written in two pieces, so that no scanner takes the examples for the real thing.
KEY_ID = "AKIA" + "IOSFODNN7EXAMPLE"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#!/bin/sh\nyum -y update\n", False),
        (f"aws configure set aws_access_key_id {KEY_ID}", True),
        (f"echo '{PEM}' > /root/key", True),
        ("export DB_PASSWORD=correct-horse-battery", True),
        ('"password": "correct-horse-battery"', True),
        ("mysql://root:s3cr3tword@db.internal/app", True),
        ("export DB_PASSWORD=$(aws ssm get-parameter --name db)", False),
        ("DB_PASSWORD=${DB_PASSWORD}", False),
        ("password = {{ vault_password }}", False),
        ("PasswordAuthentication no", False),
        ("git clone https://git.example.com/app.git", False),
    ],
)
def test_only_what_is_surely_a_secret_counts(text: str, expected: bool) -> None:
    assert has_secrets(encoded(text)) is expected


def test_compressed_user_data_is_unpacked() -> None:
    packed = gzip.compress(b"DB_PASSWORD=correct-horse-battery", mtime=0)
    assert has_secrets(base64.b64encode(packed).decode()) is True


def test_no_user_data_has_no_secrets() -> None:
    assert has_secrets(None) is False


@pytest.mark.parametrize(
    "broken",
    [
        base64.b64encode(b"\x1f\x8bnot gzip").decode(),
        # In the clear: the letters of this, without all others, are base64.
        "#!/bin/sh\nDB_PASSWORD=correct-horse-battery\n\n",
        # More than is looked at, cut short, and in two parts.
        base64.b64encode(gzip.compress(bytes(1_000_001), mtime=0)).decode(),
        base64.b64encode(gzip.compress(b"true\n", mtime=0)[:-9]).decode(),
        base64.b64encode(
            gzip.compress(b"true\n", mtime=0) + gzip.compress(PEM.encode(), mtime=0)
        ).decode(),
    ],
)
def test_user_data_that_cannot_be_decoded_as_a_whole_is_unknown(broken: str) -> None:
    assert has_secrets(broken) == Unknown("the user data could not be decoded")


def test_broken_lines_of_base64_are_one_text() -> None:
    lines = base64.encodebytes(f"true\n{PEM}\n".encode() * 3).decode()
    assert has_secrets(lines) is True
