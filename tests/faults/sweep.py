"""Sweeping a cloud's calls: each declared call fails in turn, in each of the ways in which calls
fail, and the services that make it are collected again.

What a service gave undisturbed is compared with what it gives then: nothing may vanish, what the
call would have told is unknown with the reason, and no verdict that was not `pass` is one now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from msgspec import Struct

from collectors.answers import Answers
from collectors.calls import Call
from collectors.document import Document
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from collectors.steps import Service
from scanner.evaluate import read_verdicts
from scanner.pipeline import Evaluator
from scanner.verdict import ResourceVerdicts, Status

F = TypeVar("F")
F_contra = TypeVar("F_contra", contravariant=True)

Statuses = dict[str, Status]
"""Of one document, by check."""


class Ran(Struct, frozen=True):
    """What collecting some services gave: documents, calls that were made, calls that failed."""

    documents: list[Document]
    made: set[str]
    failed: list[FailedCall]


class Swept(Protocol[F_contra]):
    """A cloud that can be swept: `run` collects services while requests of a call fail."""

    services: list[Service[Any]]

    def run(self, services: list[Service[Any]], call: Call | None, fault: F_contra | None) -> Ran:
        """Collect services, each request of `call` answered by `fault`."""
        ...


class Memory:
    """What a cloud answered undisturbed. A run in which one call fails gets the answers of all
    other calls from here: they are what they were, and only the call that fails is made again."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Future[Any]] = {}

    def learn(self, answers: Answers) -> None:
        """Remember the answers of a run in which nothing failed."""
        self._answers.update(answers._answers)

    def give(self, answers: Answers, call: Call) -> None:
        """Give all but the answers of one call."""
        others = {
            asked: told
            for asked, told in self._answers.items()
            # What was derived from answers ("once", a name) is derived anew.
            if isinstance(asked, tuple) and isinstance(asked[0], Call) and asked[0] != call
        }
        answers._answers.update(others)


class Judge:
    """Verdicts on documents, each text of a document judged once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._known: dict[bytes, Statuses] = {}

    def __call__(self, documents: Iterable[Document]) -> dict[str, Statuses]:
        """The verdicts of each document, by its id."""
        texts = {document.id: msgspec.json.encode(document) for document in documents}
        fresh = {text for text in texts.values() if text not in self._known}
        if fresh:
            self._learn(sorted(fresh))
        return {id_: self._known[text] for id_, text in texts.items()}

    def _learn(self, texts: list[bytes]) -> None:
        # Documents are numbered: what is judged at once may hold one id in several states.
        with TemporaryDirectory() as folder:
            snapshot, verdicts = Path(folder, "snapshot"), Path(folder, "verdicts.ndjson")
            with SnapshotWriter(snapshot) as writer:
                for number, text in enumerate(texts):
                    document = msgspec.json.decode(text, type=Document)
                    document.id = str(number)
                    writer.write(document)
                writer.finish(_manifest())
            self._evaluator.evaluate(snapshot, (3,), verdicts)
            for line in read_verdicts(verdicts):
                assert isinstance(line, ResourceVerdicts)
                statuses = {verdict.check: verdict.status for verdict in line.verdicts}
                self._known[texts[int(line.resource.id)]] = statuses


def _manifest() -> Manifest:
    return Manifest(
        tool_version="test",
        started="2026-06-15T08:30:00Z",
        finished="2026-06-15T08:30:00Z",
        providers=[],
        accounts=[],
        regions=[],
        counts={},
        files=[],
        failed_calls=[],
    )


class Sweep(Generic[F]):
    """A cloud, and what its services give undisturbed, and with each call failing."""

    def __init__(self, cloud: Swept[F], denial: F) -> None:
        self._cloud = cloud
        self._denial = denial
        self._denied: dict[Call, Ran] = {}
        self.services = cloud.services
        self.before = {one.name: cloud.run([one], None, None) for one in cloud.services}

    @property
    def made(self) -> set[str]:
        """The calls that the account gives cause for."""
        return {name for ran in self.before.values() for name in ran.made}

    def making(self, call: Call) -> list[Service[Any]]:
        """The services that make a call."""
        return [one for one in self._cloud.services if call.name in self.before[one.name].made]

    def failing(self, call: Call, fault: F) -> tuple[list[Document], Ran]:
        """The documents of the services that make a call: undisturbed, and with the call failing
        as `fault` says."""
        services = self.making(call)
        undisturbed = [item for one in services for item in self.before[one.name].documents]
        return undisturbed, self._cloud.run(services, call, fault)

    def denied(self, call: Call) -> tuple[list[Document], Ran]:
        """The same with the call denied, which is tried once."""
        if call not in self._denied:
            self._denied[call] = self.failing(call, self._denial)[1]
        services = self.making(call)
        undisturbed = [item for one in services for item in self.before[one.name].documents]
        return undisturbed, self._denied[call]


class Verdicts:
    """The verdicts on what a sweep gave undisturbed, to hold others against."""

    def __init__(self, sweep: Sweep[Any], evaluator: Evaluator) -> None:
        self._judge = Judge(evaluator)
        everything = [document for ran in sweep.before.values() for document in ran.documents]
        self.statuses = self._judge(everything)

    def compare(self, undisturbed: list[Document], disturbed: list[Document]) -> int:
        """Hold the verdicts on both against each other; how many were compared."""
        now = self._judge(disturbed)
        for document in disturbed:
            for check, status in now[document.id].items():
                if status == "pass":
                    was = self.statuses.get(document.id, {}).get(check)
                    assert was == "pass", f"{check} on {document.id} passes, and did not before"
        stand_ins = {(one.type, one.native_type): now[one.id] for one in disturbed if one.unlisted}
        compared = 0
        for document in undisturbed:
            for check, was in self.statuses[document.id].items():
                compared += 1
                if was == "not_applicable":
                    continue
                if document.id in now:
                    judged = now[document.id].get(check)
                else:
                    kind = (document.type, document.native_type)
                    judged = stand_ins.get(kind, {}).get(check)
                    assert judged == "unknown", f"{check} on {document.id} vanished"
                gone = judged is None or judged == "not_applicable"
                assert not gone, f"{check} on {document.id} does not apply any more"
        return compared


def refused(ran: Ran, call: Call) -> set[str]:
    """The codes with which the call failed; nothing else may have failed."""
    assert [one for one in ran.failed if one.operation == "*"] == [], "answers not understood"
    assert {f"{one.service}:{one.operation}" for one in ran.failed} <= {call.name}
    return {one.code for one in ran.failed}


def in_every_way(
    sweep: Sweep[F], verdicts: Verdicts, call: Call, code: str, others: Mapping[str, F]
) -> tuple[Ran, int]:
    """Let a call be denied, which says `code`, and fail in all the `others`: what the denial gave,
    and how many verdicts were compared."""
    undisturbed, denied = sweep.denied(call)
    assert refused(denied, call) == {code}
    compared = verdicts.compare(undisturbed, denied.documents)
    for name, fault in others.items():
        _, ran = sweep.failing(call, fault)
        assert refused(ran, call), name
        # The same documents have the same verdicts, which were compared above.
        assert differences(ran.documents, denied.documents) == [], f"{name} differs from a denial"
    return denied, compared * (1 + len(others))


def in_time(run: Callable[[float], Ran], call: Call | None, *, silent: bool, seconds: float) -> Ran:
    """What `run` gives when it waits so long for an answer; for one that will not come, not."""
    if not silent:
        return run(seconds)
    ran = run(0.1)
    if {one.operation for one in ran.failed} == {call.operation if call else ""}:
        return ran
    # On a busy machine others were too slow as well: once more, with time.
    return run(3)


_REASON = re.compile(r"^\S+: ")


def without_codes(documents: list[Document]) -> list[bytes]:
    """Documents as JSON without the codes of failed calls in their reasons: two failures of one
    call differ in nothing else, and the checks do not read them."""
    plain = []
    for document in documents:
        unknown = {path: _REASON.sub("", reason) for path, reason in document.unknown.items()}
        plain.append(msgspec.json.encode(msgspec.structs.replace(document, unknown=unknown)))
    return plain


def differences(some: list[Document], others: list[Document]) -> list[str]:
    """Where two collections differ, the codes of failed calls apart."""
    mine = {one.id: one for one in some}
    theirs = {one.id: one for one in others}
    found = [f"{id_} is there once" for id_ in sorted(mine.keys() ^ theirs.keys())]
    pairs = zip(without_codes(some), without_codes(others), strict=False)
    for one, other in pairs:
        if one != other:
            found.append(f"{one.decode()[:2000]}\n{other.decode()[:2000]}")
    return found
