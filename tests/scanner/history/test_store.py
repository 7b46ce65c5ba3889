"""The history as a whole: retention, trend, stored reports, two scans at once, breaking off."""

from __future__ import annotations

import multiprocessing

import pytest
from sqlalchemy import inspect, text

from collectors.document import UserError
from scanner.history.archive import unpacked
from scanner.history.database import reading, writing
from scanner.history.migrations import STEPS
from scanner.history.runs import resolve
from scanner.history.tables import METADATA
from scanner.history.trends import drawn
from tests.scanner.history.runs import (
    changes,
    diff,
    failing,
    passing,
    points,
    run,
    time,
    unknown,
    waiver,
)
from tests.scanner.made import assessed, line, ref


def test_retention_removes_runs_and_keeps_what_is_still_seen(url: str) -> None:
    run(url, 0, failing("web"), failing("db"))
    run(url, 1, failing("web"))
    run(url, 40, failing("web"), keep=30)
    assert [one.run for one in points(url)] == [3]
    with reading(url) as connection:
        with pytest.raises(UserError, match="no run '1'"):
            resolve(connection, "1")
        for table in METADATA.sorted_tables:
            if "run" in table.c:
                assert set(connection.execute(table.select()).scalars()) <= {3}, table.name
        kept = connection.execute(METADATA.tables["findings"].select()).all()
        assert [row.name for row in kept] == ["web"]
    (one,) = diff(url, "3", "3").findings
    assert (one.name, one.first_seen, one.change) == ("web", time(0), "unchanged")


def test_the_trend_counts_each_run(url: str) -> None:
    run(url, 0, failing("web"), failing("db"))
    run(url, 1, passing("web"), unknown("db"))
    run(url, 2, failing("web"), failing("db"), waivers=[waiver()])
    told = [
        (p.failed, p.waived, p.unknown, p.new, p.fixed, p.reopened, p.unseen, p.incomplete)
        for p in points(url)
    ]
    assert told == [
        (2, 0, 0, 2, 0, 0, 0, False),
        (0, 0, 1, 0, 1, 0, 1, True),
        (1, 1, 0, 0, 0, 0, 0, False),
    ]
    assert [one.run for one in points(url, "2", last=1)] == [2]
    assert points(url, level=2) == points(url, system="oa") == []
    with reading(url) as connection:
        shown = drawn(connection, resolve(connection, "2"))
    assert [(p.system, p.level, p.now, p.failed) for p in shown] == [
        ("", 3, time(0), 2),
        ("", 3, time(1), 0),
    ]


def test_a_stored_run_is_read_again_as_it_was(url: str) -> None:
    """With its waivers, whatever the configuration says today."""
    run(url, 0, failing("web\0\u202e"), unknown("db"), waivers=[waiver()])
    with reading(url) as connection:
        again = unpacked(connection, resolve(connection, "1"))
    same = [failing("web\0\u202e"), unknown("db"), line(ref("account"))]
    assert again == assessed(same, waivers=[waiver()], now=time(0))
    with writing(url) as connection:
        connection.execute(METADATA.tables["reports"].update().values(body=b"{}"))
    with reading(url) as connection, pytest.raises(UserError, match=r"stored by mlps 1\.2\.3"):
        unpacked(connection, resolve(connection, "1"))


def _store_many(url: str, start: int) -> None:
    for day in range(start, start + 6, 2):
        run(url, day, failing("web"), failing(f"host{day}"))


def test_two_at_once_store_every_run_and_no_finding_twice(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_store_many, args=(url, start)) for start in (0, 1)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    assert sorted(one.run for one in points(url)) == list(range(1, 7))
    latest = diff(url, "latest", "latest").findings
    (web,) = [one for one in latest if one.name == "web"]
    assert (web.first_seen, web.last_seen) == (time(0), time(5))


def test_a_run_that_breaks_off_leaves_nothing(url: str) -> None:
    run(url, 0, failing("web"))
    broken = pytest.raises(RuntimeError)
    with broken, writing(url) as connection:
        connection.exec_driver_sql("DELETE FROM findings")
        raise RuntimeError
    assert changes(diff(url, "1", "1")) == {"web": "unchanged"}


def test_the_steps_make_the_tables_that_are_used(url: str) -> None:
    with writing(url) as connection:
        made = inspect(connection)
        for table in METADATA.sorted_tables:
            columns = {one["name"]: one for one in made.get_columns(table.name)}
            assert list(columns) == list(table.c.keys())
            assert not any(one["nullable"] for one in columns.values() if one["name"] != "id")
            key = made.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [one.name for one in table.primary_key]


def test_a_history_of_a_newer_mlps_is_left_alone(url: str) -> None:
    run(url, 0, failing("web"))
    with writing(url) as connection:
        connection.execute(text(f"INSERT INTO mlps_schema VALUES ({len(STEPS) + 1})"))
    with pytest.raises(UserError, match="this version of mlps knows"):
        run(url, 1, failing("web"))
    with pytest.raises(UserError, match="this version of mlps knows"):
        diff(url, "1", "1")


def test_a_run_waits_for_no_more_than_its_time(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run(url, 0, failing("web"))
    monkeypatch.setattr("scanner.history.database.WAIT", 0.1)
    with writing(url), pytest.raises(UserError, match="does not work"):
        run(url, 1, failing("web"))
    assert run(url, 1, failing("web")).run == 2


def test_a_history_of_an_older_mlps_is_brought_up_to_date_with_what_it_holds(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(url, 0, failing("web"))
    later = (*STEPS, ("ALTER TABLE runs ADD COLUMN note TEXT",))
    monkeypatch.setattr("scanner.history.migrations.STEPS", later)
    with pytest.raises(UserError, match=r"has schema 1; this version of mlps reads 2"):
        diff(url, "1", "1")
    assert run(url, 1, failing("web")).run == 2
    assert changes(diff(url)) == {"web": "unchanged"}
    with reading(url) as connection:
        assert (
            connection.execute(text("SELECT COUNT(*) FROM runs WHERE note IS NULL")).scalar() == 2
        )
