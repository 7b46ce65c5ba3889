"""IAM's credential report: what it says of the root user and of the times of users' passwords.

AWS makes a report at most every four hours (IAM user guide, "Getting credential reports"), so that
a change may show late. A report that is not ready in time is unknown.
"""

from __future__ import annotations

import csv
import io
import re

from collectors.aws.account import Account
from collectors.aws.iam_calls import GENERATE_CREDENTIAL_REPORT, GET_CREDENTIAL_REPORT
from collectors.document import Unknown, also, then

CALLS = (GENERATE_CREDENTIAL_REPORT, GET_CREDENTIAL_REPORT)
ROOT = "<root_account>"

Row = dict[str, str]
Report = dict[str, Row]
Time = str | Unknown | None

# There is none, nothing of it was recorded, or this kind of user has no such thing.
_NONE = {"N/A", "no_information", "not_supported"}
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)")
_ROOT_USES = ("password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date")


def credential_report(account: Account) -> Report | Unknown:
    """The rows of the report by user name; the root user is `<root_account>`."""
    state = account.read(GENERATE_CREDENTIAL_REPORT)
    if isinstance(state, Unknown):
        return state
    return then(account.read(GET_CREDENTIAL_REPORT), parse)


def parse(content: str) -> Report | Unknown:
    """The rows of a report in CSV by user name."""
    rows = csv.DictReader(io.StringIO(content))
    if "user" not in (rows.fieldnames or ()):
        return Unknown("the credential report has no column of user names")
    return {row["user"]: row for row in rows}


def row_of(report: Report | Unknown, user: str) -> Row | Unknown:
    """The row of a user, who may be newer than the report."""
    missing = Unknown(f"the credential report has no row of {user}")
    return then(report, lambda rows: rows.get(user, missing))


def time_of_password(report: Report | Unknown, user: str, column: str) -> Time:
    """A time of the password that a user has: RFC 3339 in UTC, or null where the report says that
    there is none. A report made before the password knows nothing of it."""
    return then(row_of(report, user), lambda row: _time_of_password(row, user, column))


def _time_of_password(row: Row, user: str, column: str) -> Time:
    if (row.get("password_enabled") or "").lower() != "true":
        return Unknown(f"the credential report is older than the password of {user}")
    return _time(row, column)


def last_use_of_root(report: Report | Unknown) -> Time:
    """When the root user last signed in or used a key; null when the report knows of no use."""
    return then(row_of(report, ROOT), _last_use)


def _last_use(row: Row) -> Time:
    times = [_time(row, column) for column in _ROOT_USES]
    known = [time for time in times if isinstance(time, str)]
    return also(None, *times) or max(known, default=None)


def _time(row: Row, column: str) -> Time:
    text = row.get(column)
    if text in _NONE:
        return None
    found = _TIME.fullmatch(text or "")
    return f"{found[1]}Z" if found else Unknown(f"the credential report tells no {column}")
