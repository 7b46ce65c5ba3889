"""Accounts of one collection: a few at a time, with their progress told as one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from msgspec import Struct

from collectors.document import Provider
from collectors.journal import Journal, now
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from collectors.steps import Progress

AT_ONCE = 4
"""Accounts that are collected at the same time. Clouds limit requests by account, so that more at
once are not in each other's way; what an account's answers take of memory bounds it."""

M = TypeVar("M")
R = TypeVar("R")


class Part(Struct, frozen=True):
    """What is told of an account besides its documents."""

    account: str
    regions: tuple[str, ...] = ()
    failed_calls: tuple[FailedCall, ...] = ()


def each_account(members: Sequence[M], collect: Callable[[M], R], stop: threading.Event) -> list[R]:
    """What `collect` gives for each account, in their order. The first that raises ends the whole,
    and so does an interruption from the keyboard: `stop` is set, which ends the others soon."""
    pool = ThreadPoolExecutor(AT_ONCE, "mlps-account")
    try:
        futures = [pool.submit(collect, member) for member in members]
        for future in as_completed(futures):
            future.result()
        return [future.result() for future in futures]
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def finish(
    writer: SnapshotWriter, journal: Journal, provider: Provider, parts: Sequence[Part]
) -> Manifest:
    """Move the snapshot of the accounts into its place, and remove the journal."""
    failed = dict.fromkeys(call for part in parts for call in part.failed_calls)
    manifest = writer.finish(
        Manifest(
            tool_version=journal.tool_version,
            started=journal.started,
            finished=now(),
            providers=[provider],
            accounts=[part.account for part in parts],
            regions=sorted({region for part in parts for region in part.regions}),
            counts={},
            files=[],
            failed_calls=sorted(failed, key=_failure_order),
        )
    )
    journal.close()
    return manifest


def _failure_order(call: FailedCall) -> tuple[str, ...]:
    return call.account, call.region, call.service, call.operation, call.resource


class Tally:
    """The progress of accounts at the same time, as steps done of all steps. As long as an
    account has not told how many steps it has, it counts as many as others have on average."""

    def __init__(self, progress: Progress | None, accounts: int) -> None:
        self._progress = progress
        self._accounts = accounts
        self._finished = 0
        self._steps: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def of(self, account: str) -> Progress:
        """The progress of one account."""

        def advance(done: int, total: int, name: str) -> None:
            with self._lock:
                self._steps[account] = (done, total)
                self._tell(f"{account}: {name}")

        return advance

    def finished(self, account: str) -> None:
        """An account is done, or refused to be asked."""
        with self._lock:
            done, total = self._steps.pop(account, (0, 0))
            self._steps[account] = (total, total) if done else (0, 0)
            self._finished += 1
            if self._accounts > 1:
                self._tell(account)

    def _tell(self, name: str) -> None:
        if self._progress is None:
            return
        if self._accounts == 1:
            ((done, total),) = self._steps.values()
            self._progress(done, total, name.partition(": ")[2])
            return
        done = sum(one[0] for one in self._steps.values())
        total = sum(one[1] for one in self._steps.values())
        asked = sum(1 for one in self._steps.values() if one[1])
        average = total / asked if asked else 0
        left = self._accounts - len(self._steps)
        among = f"{self._finished} of {self._accounts} accounts done"
        self._progress(done, round(total + left * average), f"{among}, {name}")
