"""Several accounts at a time: their order, their end, their progress."""

from __future__ import annotations

import threading

import pytest

from collectors.accounts import AT_ONCE, Tally, each_account
from collectors.answers import Answers, Stopped
from collectors.document import UserError

SECONDS = 10
"""More than any of this takes: a test that waits longer has failed."""


def test_results_are_in_the_order_of_the_accounts() -> None:
    """Whichever is done first."""
    done = [threading.Event() for _ in range(AT_ONCE)]

    def collect(index: int) -> int:
        if index + 1 < AT_ONCE:
            assert done[index + 1].wait(SECONDS), "they run at the same time"
        done[index].set()
        return index

    assert each_account(range(AT_ONCE), collect, threading.Event()) == list(range(AT_ONCE))


def test_no_more_than_a_few_are_under_way() -> None:
    lock = threading.Lock()
    under_way: set[int] = set()
    together: list[int] = []
    full = threading.Event()

    def collect(index: int) -> None:
        with lock:
            under_way.add(index)
            together.append(len(under_way))
            if len(under_way) == AT_ONCE:
                full.set()
        assert full.wait(SECONDS)
        with lock:
            under_way.remove(index)

    each_account(range(AT_ONCE * 5), collect, threading.Event())
    assert max(together) == AT_ONCE


def test_one_that_raises_ends_the_others() -> None:
    """Nothing more is asked, and what was not begun never is."""
    stop = threading.Event()
    ended: list[int] = []
    begun: list[int] = []

    def collect(index: int) -> None:
        begun.append(index)
        if index == 0:
            raise UserError("the disk is full")
        assert stop.wait(SECONDS)
        with pytest.raises(Stopped):
            Answers("aws", str(index), stop).once("question", lambda: "answer")
        ended.append(index)

    with pytest.raises(UserError, match="the disk is full"):
        each_account(range(100), collect, stop)
    assert sorted(ended) == sorted(set(begun) - {0})
    assert len(begun) < 100


def test_the_progress_of_several_counts_those_that_have_not_told() -> None:
    said: list[tuple[int, int, str]] = []
    tally = Tally(lambda *step: said.append(step), 3)
    tally.of("a")(1, 4, "S3")
    tally.of("b")(1, 2, "EC2")
    tally.of("b")(2, 2, "S3")
    tally.finished("b")
    tally.finished("c")
    assert said == [
        (1, 12, "0 of 3 accounts done, a: S3"),
        (2, 9, "0 of 3 accounts done, b: EC2"),
        (3, 9, "0 of 3 accounts done, b: S3"),
        (3, 9, "1 of 3 accounts done, b"),
        (3, 6, "2 of 3 accounts done, c"),
    ]


def test_the_progress_of_one_is_its_own() -> None:
    said: list[tuple[int, int, str]] = []
    tally = Tally(lambda *step: said.append(step), 1)
    tally.of("a")(1, 4, "S3 cn-north-1")
    tally.finished("a")
    assert said == [(1, 4, "S3 cn-north-1")]
