"""The call of Kinesis Data Streams that services share, and what it tells of a stream's encryption:
what Firehose reads of a stream is kept in that stream alone."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.encryption import KEY_NOT_TOLD, OFF, at_rest
from collectors.calls import Call
from collectors.document import Unknown
from collectors.facts.shared import Encryption

DESCRIBE_STREAM = Call(
    provider="aws",
    service="kinesis",
    operation="DescribeStreamSummary",
    permission="kinesis:DescribeStreamSummary",
    scope="resource",
    result="StreamDescriptionSummary",
)

_NOT_TOLD = Unknown("Kinesis does not tell whether the stream is encrypted")


def stream_encryption(
    account: Account, region: str, summary: dict[str, Any] | Unknown
) -> Encryption:
    """Encryption of a stream's records (API reference, StreamDescriptionSummary)."""
    if isinstance(summary, Unknown):
        return Encryption.unread(summary)
    match summary.get("EncryptionType"):
        case "NONE":
            return OFF
        case "KMS":
            return at_rest(account, region, True, summary.get("KeyId") or KEY_NOT_TOLD)
    return Encryption.unread(_NOT_TOLD)
