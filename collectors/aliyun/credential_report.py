"""RAM's credential report: what it says of the account's own logon and of passwords.

RAM makes a report at most every four hours, and none for more than 3,500 users (RAM user guide,
"Generate and download user credential reports"). One that is not ready is unknown.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import re

from collectors.aliyun.account import Account
from collectors.aliyun.ram_calls import GENERATE_CREDENTIAL_REPORT, GET_CREDENTIAL_REPORT
from collectors.document import Unknown, then

REPORT_CALLS = (GENERATE_CREDENTIAL_REPORT, GET_CREDENTIAL_REPORT)
ROOT = "<root>"

Row = dict[str, str]
Report = dict[str, Row]
Time = str | Unknown | None

_NEVER = {"", "-", "N/A"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_KEY_USE = re.compile(r"(?:additional_)?access_key_\d_last_used")


def credential_report(account: Account) -> Report | Unknown:
    """The rows of the report by logon name; the account itself is `<root>`."""
    state = account.read(GENERATE_CREDENTIAL_REPORT)
    if isinstance(state, Unknown):
        return state
    return then(account.read(GET_CREDENTIAL_REPORT), lambda found: parse(str(found["Content"])))


def parse(content: str) -> Report | Unknown:
    """The rows of a report, CSV in Base64, by user name."""
    try:
        text = base64.b64decode(content, validate=True).decode("utf-8-sig")
    except (binascii.Error, UnicodeDecodeError):
        return Unknown("the credential report is not CSV in Base64")
    rows = csv.DictReader(io.StringIO(text))
    if "user" not in (rows.fieldnames or ()):
        return Unknown("the credential report has no column of user names")
    return {row["user"]: row for row in rows}


def row_of(report: Report | Unknown, user: str) -> Row | Unknown:
    """The row of a user, who may be newer than the report."""
    missing = Unknown(f"the credential report has no row of {user}")
    return then(report, lambda rows: rows.get(user, missing))


def password_changed(report: Report | Unknown, user: str) -> Time:
    """When the password that a user has was set last. RAM tells nothing from before April 2016."""
    return then(row_of(report, user), lambda row: _changed(row, user))


def _changed(row: Row, user: str) -> Time:
    if (row.get("password_exist") or "").upper() != "TRUE":
        return Unknown(f"the credential report is older than the password of {user}")
    return time_of(row.get("password_last_changed"))


def last_use_of_root(report: Report | Unknown) -> Time:
    """When the account itself signed in or used a key of its own last. Unknown where the report
    does not tell of its logon."""
    return then(row_of(report, ROOT), _last_use)


def _last_use(row: Row) -> Time:
    if row.get("user_last_logon") in {None, "", "N/A"}:
        return Unknown("the credential report does not tell when the account itself signed in")
    columns = ["user_last_logon", *filter(_KEY_USE.fullmatch, row)]
    times = [time_of(row[column]) for column in columns]
    unread = [time for time in times if isinstance(time, Unknown)]
    return unread[0] if unread else max((str(time) for time in times if time), default=None)


def time_of(text: str | None) -> Time:
    """A time as RAM writes it: RFC 3339 in UTC, or null for "never"."""
    if text is None or text in _NEVER:
        return None
    return text if _TIME.fullmatch(text) else Unknown(f"the time {text!r} is not understood")
