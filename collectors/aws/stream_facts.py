"""What holds for every stream of Kinesis and Firehose. Pure."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.facts.shared import Tls


def endpoint_tls() -> Tls:
    """TLS towards the endpoints of both services: they answer HTTPS alone ("Amazon Kinesis Data
    Streams endpoints and quotas", "Amazon Data Firehose endpoints and quotas"), from TLS 1.2 on
    (developer guides, "Infrastructure security")."""
    return Tls(minimum="1.2", required=True, policy=None)


OTHER_SOURCE = Unknown(
    "how Firehose keeps what it reads of a source other than a Kinesis stream is not told"
)
