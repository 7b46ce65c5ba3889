"""Addresses of histories: a file, or a PostgreSQL database. No message shows a secret of one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from collectors.document import UserError

if TYPE_CHECKING:
    from sqlalchemy import URL

_DRIVER = "postgresql+psycopg"
_SCHEMES = ("postgresql", "postgres", _DRIVER)
_EXAMPLE = (
    "For example mlps-history.db, or postgresql://mlps@db.example.com/mlps with the password in"
    " PGPASSWORD or ~/.pgpass."
)


def file_of(url: str) -> Path | None:
    """The path of an SQLite file (`mlps.db`, `sqlite:///mlps.db`); None for a server. Raises
    UserError for what is neither."""
    if url.startswith("sqlite:///") and "?" not in url and url != "sqlite:///":
        return Path(url.removeprefix("sqlite:///"))
    if "://" not in url and not url.startswith("sqlite:"):
        return Path(url)
    if url.split("://", 1)[0] not in _SCHEMES:
        # Neither the address nor its scheme is shown: a slip may have a secret in it.
        raise UserError("--history is neither a file nor a PostgreSQL database.", _EXAMPLE)
    return None


def parsed(url: str) -> URL:
    """A PostgreSQL address as SQLAlchemy takes it. Raises UserError for a malformed one."""
    from sqlalchemy import exc, make_url  # noqa: PLC0415

    try:
        found = make_url(f"{_DRIVER}://{url.split('://', 1)[1]}")
    except (exc.ArgumentError, ValueError):
        # Not chained: what is wrong may be a part of the password.
        raise malformed() from None
    if "@" in (found.database or ""):
        raise malformed()
    return found


def malformed() -> UserError:
    """For an address of which no part may be shown."""
    return UserError(
        "The PostgreSQL address of --history is malformed.",
        "Characters such as / @ : ? in a password are written as %2F %40 %3A %3F. " + _EXAMPLE,
    )


def shown(url: str) -> str:
    """The address for messages: its password is hidden, its parameters are left out."""
    path = file_of(url)
    if path:
        return str(path)
    return parsed(url).set(query={}, drivername="postgresql").render_as_string()
