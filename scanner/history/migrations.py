"""The schema of the history, as numbered steps that are only ever added to.

Steps of our own rather than Alembic: a few tables that nobody else writes, brought up to date in
the transaction that every run opens anyway, under its lock. Alembic's environment, its templates
and its three packages would be more than the whole of this. A step is SQL that SQLite and
PostgreSQL both take; `{blob}` stands for their type of binary data.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from collectors.document import UserError

_RUN = "run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE"

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            now TEXT NOT NULL,
            tool_version TEXT NOT NULL,
            origin TEXT NOT NULL,
            home TEXT NOT NULL,
            providers TEXT NOT NULL,
            accounts TEXT NOT NULL,
            regions TEXT NOT NULL,
            checks TEXT NOT NULL,
            incomplete INTEGER NOT NULL
        )""",
        "CREATE INDEX runs_now ON runs (now)",
        f"CREATE TABLE reports ({_RUN} PRIMARY KEY, body {{blob}} NOT NULL)",
        f"""
        CREATE TABLE scopes (
            {_RUN},
            system TEXT NOT NULL,
            level INTEGER NOT NULL,
            lowest DOUBLE PRECISION NOT NULL,
            highest DOUBLE PRECISION NOT NULL,
            unknown INTEGER NOT NULL,
            PRIMARY KEY (run, system, level)
        )""",
        f"""
        CREATE TABLE items (
            {_RUN},
            system TEXT NOT NULL,
            level INTEGER NOT NULL,
            item TEXT NOT NULL,
            status TEXT NOT NULL,
            PRIMARY KEY (run, system, level, item)
        )""",
        """
        CREATE TABLE findings (
            id INTEGER PRIMARY KEY,
            home TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            system TEXT NOT NULL,
            level INTEGER NOT NULL,
            check_id TEXT NOT NULL,
            severity TEXT NOT NULL,
            provider TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            type TEXT NOT NULL,
            resource TEXT NOT NULL,
            name TEXT NOT NULL,
            place TEXT NOT NULL,
            origin TEXT NOT NULL,
            message_en TEXT NOT NULL,
            message_zh TEXT NOT NULL,
            status TEXT NOT NULL,
            first_seen TEXT NOT NULL,
            first_run INTEGER NOT NULL,
            last_seen TEXT NOT NULL,
            judged TEXT NOT NULL,
            UNIQUE (home, fingerprint)
        )""",
        "CREATE INDEX findings_account ON findings (account)",
        f"""
        CREATE TABLE sightings (
            {_RUN},
            finding INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
            state TEXT NOT NULL,
            PRIMARY KEY (run, finding)
        )""",
        "CREATE INDEX sightings_finding ON sightings (finding)",
    ),
)
"""Step 1 makes version 1 of the schema, and so on."""


def migrate(connection: Connection) -> None:
    """Bring the schema to this version. The caller holds the lock and the transaction. Raises
    UserError for a history of a newer mlps, which is left as it is."""
    if not inspect(connection).has_table("mlps_schema"):
        # Not IF NOT EXISTS, for which PostgreSQL wants the right to make tables every time.
        connection.execute(text("CREATE TABLE mlps_schema (version INTEGER NOT NULL PRIMARY KEY)"))
    version = _version(connection)
    _refuse_newer(version)
    blob = "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"
    for number, statements in enumerate(STEPS[version:], version + 1):
        for statement in statements:
            connection.execute(text(statement.replace("{blob}", blob)))
        connection.execute(text("INSERT INTO mlps_schema VALUES (:version)"), {"version": number})


def is_there(connection: Connection) -> bool:
    """Whether there is a history that this mlps can read. Raises UserError for one of another
    version, newer or older: reading brings nothing up to date."""
    if not inspect(connection).has_table("mlps_schema"):
        return False
    version = _version(connection)
    _refuse_newer(version)
    if 0 < version < len(STEPS):
        raise UserError(
            f"The history has schema {version}; this version of mlps reads {len(STEPS)}.",
            "Store a run in it, which brings it up to date: mlps scan … --history URL",
        )
    return version > 0


def _version(connection: Connection) -> int:
    return int(connection.execute(text("SELECT MAX(version) FROM mlps_schema")).scalar() or 0)


def _refuse_newer(version: int) -> None:
    if version > len(STEPS):
        raise UserError(
            f"The history has schema {version}; this version of mlps knows {len(STEPS)}.",
            "Upgrade mlps: pipx upgrade mlps-scanner",
        )
