"""Opening a history: an SQLite file or a PostgreSQL database, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collectors.document import UserError
from scanner.history import address

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WAIT = 60.0
"""Seconds that a run waits for another that is writing."""
_LOCK = 0x6D6C7073
"""The key of PostgreSQL's advisory lock: "mlps"."""
_MISSING = "Install it with: pipx install 'mlps-scanner[history]' (or pip install …)"


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """A transaction that alone writes, on an up-to-date schema; rolled back if anything fails.
    Raises UserError where the database cannot be opened or is locked for longer than `WAIT`."""
    with _connected(url) as connection:
        if connection.dialect.name == "sqlite":
            # The write lock comes first: a reader that turns writer would fail at once.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT * 1000:.0f}ms'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        from scanner.history.migrations import migrate  # noqa: PLC0415

        migrate(connection)
        yield connection
        connection.commit()


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A view of one moment. Raises UserError where no history is yet."""
    path = address.file_of(url)
    if path and not path.is_file():
        raise _none(url)
    with _connected(url) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        from scanner.history.migrations import is_there  # noqa: PLC0415

        if not is_there(connection):
            raise _none(url)
        yield connection


def refuse_unusable(url: str) -> None:
    """Raise UserError, before anything is scanned, where a run could not be stored: no such place,
    no connection, a file that is no database, a schema of a newer mlps."""
    with writing(url):
        pass


def _none(url: str) -> UserError:
    return UserError(
        f"There is no history at {address.shown(url)} yet.",
        "Store a run first: mlps scan … --history URL",
    )


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    try:
        from sqlalchemy import exc  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UserError("A history needs SQLAlchemy, which is not installed.", _MISSING) from error
    try:
        engine = _engine(url)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
    except exc.DBAPIError as error:
        # The first line alone: what follows may name values.
        why = str(error.orig).strip().split("\n", 1)[0].rstrip(".")
        if "invalid connection option" in why:
            # A password with a question mark in it is taken for one.
            raise address.malformed() from None
        raise UserError(
            f"The history {address.shown(url)} does not work: {why}.",
            "Another run may be writing it; or look at the address and the permissions.",
        ) from error


def _engine(url: str) -> Engine:
    from sqlalchemy import create_engine  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    path = address.file_of(url)
    if path:
        return _file(path)
    try:
        return create_engine(
            address.parsed(url),
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            connect_args={"connect_timeout": 15},
        )
    except ImportError as error:
        # Without libpq its import fails as well.
        raise UserError("PostgreSQL needs psycopg, which is not installed.", _MISSING) from error


def _file(path: Path) -> Engine:
    from sqlalchemy import URL, create_engine, event  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    try:
        if not path.exists():
            # What is wrong with an account is for its owner alone, as a snapshot is.
            path.touch(mode=0o600)
    except OSError as error:
        raise UserError(
            f"The history {path} cannot be written: {error.strerror}.",
            "Name a file in a folder that exists and is yours.",
        ) from error
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": WAIT},
    )

    def prepare(connection: Any, _record: Any) -> None:
        # Transactions begin where we say so, and readers do not stop a writer.
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    return engine
