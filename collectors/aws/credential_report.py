"""IAM's credential report: what it says of the root user and of each user's password.

AWS makes a report at most every four hours (IAM user guide, "Getting credential reports"), so that
a change may show late. A report that is not ready in time is unknown.
"""

from __future__ import annotations

import csv
import io

from collectors.aws.account import Account
from collectors.aws.iam_calls import GENERATE_CREDENTIAL_REPORT, GET_CREDENTIAL_REPORT
from collectors.document import Unknown, then

CALLS = (GENERATE_CREDENTIAL_REPORT, GET_CREDENTIAL_REPORT)
ROOT = "<root_account>"

Row = dict[str, str]
Report = dict[str, Row]

_NONE = {"N/A", "no_information", "not_supported"}
_ROOT_USES = ("password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date")


def credential_report(account: Account) -> Report | Unknown:
    """The rows of the report by user name; the root user is `<root_account>`."""
    state = account.read(GENERATE_CREDENTIAL_REPORT)
    if isinstance(state, Unknown):
        return state
    return then(account.read(GET_CREDENTIAL_REPORT), parse)


def parse(content: str) -> Report:
    """The rows of a report in CSV by user name."""
    return {row["user"]: row for row in csv.DictReader(io.StringIO(content))}


def row_of(report: Report | Unknown, user: str) -> Row | Unknown:
    """The row of a user, who may be newer than the report."""
    return then(report, lambda rows: rows.get(user, _not_in_report(user)))


def _not_in_report(user: str) -> Unknown:
    return Unknown(f"the credential report has no row of {user}")


def is_true(row: Row | Unknown, column: str) -> bool | Unknown:
    """A column that says whether something is so."""
    return then(row, lambda known: known[column] == "true")


def time_in(row: Row | Unknown, column: str) -> str | Unknown | None:
    """A time as RFC 3339 in UTC; null where the report says that there is none."""
    return then(row, lambda known: _time(known[column]))


def last_use_of_root(report: Report | Unknown) -> str | Unknown | None:
    """When the root user last signed in or used a key; null when the report knows of no use."""
    return then(row_of(report, ROOT), _last_use)


def _last_use(row: Row) -> str | None:
    times = [_time(row[column]) for column in _ROOT_USES]
    return max((time for time in times if time), default=None)


def _time(text: str) -> str | None:
    return None if text in _NONE else text.replace("+00:00", "Z")
