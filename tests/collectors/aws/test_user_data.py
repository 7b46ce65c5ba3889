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


def message(body: str, coding: str = "base64", kind: str = "text/x-shellscript") -> str:
    """User data of two parts, the second with that body."""
    return (
        'Content-Type: multipart/mixed; boundary="//"\nMIME-Version: 1.0\n\n'
        '--//\nContent-Type: text/cloud-config; charset="us-ascii"\n\nruncmd: []\n'
        f"--//\nContent-Type: {kind}\nContent-Transfer-Encoding: {coding}\n\n{body}\n--//--\n"
    )


SCRIPT = b"#!/bin/sh\nexport DB_PASSWORD=correct-horse-battery\n"
BROKEN = Unknown("the user data could not be decoded")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (message(base64.encodebytes(SCRIPT).decode()), True),
        (message(base64.b64encode(gzip.compress(SCRIPT, mtime=0)).decode()), True),
        (message("export DB_PASS=\nWORD=3Dcorrect-horse-battery", "quoted-printable"), True),
        (message(SCRIPT.decode(), "7bit"), True),
        (message(base64.encodebytes(b"#!/bin/sh\nyum -y update\n").decode()), False),
        (message("#!/bin/sh\nyum -y update\n", "7bit"), False),
        # What is cut short, is no base64, or is more than is looked at.
        (message(base64.b64encode(gzip.compress(b"true\n" * 9, mtime=0)[:-9]).decode()), BROKEN),
        (message("dHJ1Z"), BROKEN),
        (message(base64.b64encode(gzip.compress(bytes(1_000_001), mtime=0)).decode()), BROKEN),
        # A script that only speaks of messages.
        ("#!/bin/sh\necho 'MIME-Version: 1.0'\n", False),
    ],
)
def test_parts_of_a_message_are_decoded(text: str, expected: bool | Unknown) -> None:
    assert has_secrets(encoded(text)) == expected
    assert has_secrets(base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()) == expected


def test_parts_within_parts_end_somewhere() -> None:
    head = 'Content-Type: multipart/mixed; boundary="{0}"\nMIME-Version: 1.0\n\n--{0}\n'
    deep = "".join(head.format(f"b{i}") for i in range(3000))
    assert has_secrets(encoded(deep)) == BROKEN


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
