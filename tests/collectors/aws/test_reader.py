"""How the reader turns the SDK's values into JSON."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone

from collectors.aws.reader import plain


def test_times_are_told_in_utc() -> None:
    """botocore gives the times of JSON services in the zone of the machine."""
    moment = datetime(2026, 3, 1, 6, 30, tzinfo=timezone(timedelta(hours=8)))
    assert plain({"Local": moment, "Utc": [moment.astimezone(UTC)]}) == {
        "Local": "2026-02-28T22:30:00Z",
        "Utc": ["2026-02-28T22:30:00Z"],
    }


def test_bytes_and_bodies_become_text() -> None:
    assert plain((b"user,arn", io.BytesIO(b"{}"), 1, 1.5, True, None)) == [
        "user,arn", "{}", 1, 1.5, True, None,
    ]  # fmt: skip
