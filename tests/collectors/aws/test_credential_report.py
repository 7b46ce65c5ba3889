"""IAM's credential report: its odd values, and waiting for it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from collectors.aws import credential_report as reports
from collectors.aws import reader
from collectors.document import Unknown
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import XML, Reply, query_error, scripted

REGION = "cn-north-1"

COLUMNS = (
    "user",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "access_key_1_last_used_date",
    "access_key_2_last_used_date",
)


def report(*rows: str) -> reports.Report:
    """A report in CSV with these rows, read."""
    parsed = reports.parse("\n".join([",".join(COLUMNS), *rows]))
    assert not isinstance(parsed, Unknown)
    return parsed


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "not_supported,2025-03-01T08:00:00+00:00,not_supported,N/A,2025-04-01T08:00:00+00:00",
            "2025-04-01T08:00:00Z",
        ),
        ("not_supported,no_information,not_supported,N/A,N/A", None),
        # Root users without a password, as an organisation may take it from its members.
        ("false,N/A,N/A,N/A,2025-04-01T08:00:00Z", "2025-04-01T08:00:00Z"),
        (
            "not_supported,sometime,not_supported,N/A,2025-04-01T08:00:00+00:00",
            Unknown("the credential report tells no password_last_used"),
        ),
        (
            "not_supported,N/A,not_supported,N/A,",
            Unknown("the credential report tells no access_key_2_last_used_date"),
        ),
        (
            "not_supported,N/A",
            Unknown("the credential report tells no access_key_1_last_used_date"),
        ),
    ],
)
def test_the_last_use_of_the_root_user(row: str, expected: Any) -> None:
    assert reports.last_use_of_root(report(f"<root_account>,{row}")) == expected


def test_a_report_without_the_root_user_does_not_say_that_it_was_not_used() -> None:
    assert reports.last_use_of_root(report("li.na,true,N/A,N/A,N/A,N/A")) == Unknown(
        "the credential report has no row of <root_account>"
    )
    assert reports.parse("nothing,of,the,kind") == Unknown(
        "the credential report has no column of user names"
    )


STALE = Unknown("the credential report is older than the password of li.na")


@pytest.mark.parametrize(
    ("row", "used", "changed"),
    [
        (
            "true,2025-03-01T08:00:00+00:00,2025-01-01T00:00:00+00:00",
            "2025-03-01T08:00:00Z",
            "2025-01-01T00:00:00Z",
        ),
        ("TRUE,no_information,2025-01-01T00:00:00+00:00", None, "2025-01-01T00:00:00Z"),
        ("true,N/A,N/A", None, None),
        ("false,N/A,N/A", STALE, STALE),
        (
            "true,assumed,2025-01-01",
            Unknown("the credential report tells no password_last_used"),
            Unknown("the credential report tells no password_last_changed"),
        ),
    ],
)
def test_the_times_of_a_password(row: str, used: Any, changed: Any) -> None:
    """`report` is asked of people who have a password only."""
    found = report(f"li.na,{row},N/A,N/A")
    times = [
        reports.time_of_password(found, "li.na", column)
        for column in ("password_last_used", "password_last_changed")
    ]
    assert times == [used, changed]


def test_somebody_newer_than_the_report_has_no_times() -> None:
    reason = Unknown("the credential report has no row of new")
    assert reports.time_of_password(report(), "new", "password_last_used") == reason


def _result(operation: str, inner: str) -> Reply:
    body = f"<{operation}Result>{inner}</{operation}Result>"
    return Reply(body=f"<{operation}Response>{body}</{operation}Response>", kind=XML)


STARTED = _result("GenerateCredentialReport", "<State>STARTED</State>")
CONTENT = base64.b64encode(b"user,arn\nli.na,x\n").decode()
READY = _result("GetCredentialReport", f"<Content>{CONTENT}</Content>")
NOT_YET = query_error("ReportInProgress", 404)
TOO_OFTEN = query_error("LimitExceeded", 409)


@pytest.mark.parametrize(
    ("generate", "get", "expected"),
    [
        ([STARTED], [NOT_YET, NOT_YET, READY], {"li.na": {"user": "li.na", "arn": "x"}}),
        ([TOO_OFTEN, TOO_OFTEN, STARTED], [READY], {"li.na": {"user": "li.na", "arn": "x"}}),
        ([STARTED], [NOT_YET], Unknown("ReportInProgress: iam:GetCredentialReport")),
        ([TOO_OFTEN], [READY], Unknown("LimitExceeded: iam:GenerateCredentialReport")),
        (
            [query_error("AccessDenied", 403)],
            [READY],
            Unknown("AccessDenied: iam:GenerateCredentialReport"),
        ),
    ],
)
def test_a_report_is_waited_for_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
    open_account: OpenAccount,
    generate: list[Reply],
    get: list[Reply],
    expected: Any,
) -> None:
    monkeypatch.setattr(reader, "PENDING_PAUSES", (0, 0))
    with scripted() as server:
        server.replies = {"GenerateCredentialReport": [*generate], "GetCredentialReport": [*get]}
        assert reports.credential_report(open_account(server.url, REGION)) == expected
