"""The server engine: checks run on an OPA server, in batches of documents."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from collectors.document import UserError
from scanner.engine import Answer, Failure, Task
from scanner.engine._findings import answer, refuse_without_deny, with_applies
from scanner.engine._opa_client import NotAnsweredError, PolicyServer, RefusedError
from scanner.engine._remote_policies import ASK, below, mergeable, merged, places, question_module
from scanner.policies import Bundle, Module

_BATCH_DOCUMENTS = 128
_BATCH_BYTES = 1 << 20
_OLDEST_MAJOR = 1
_CHECKS = "mlps.checks."

Answers = dict[str, Answer | Failure]
"""What was answered for one task, by package."""

_log = logging.getLogger(__name__)


class _Result(Struct):
    deny: dict[str, dict[str, Any]]
    applies: dict[str, dict[str, Any]] = {}


class _Response(Struct):
    result: _Result | None = None


class ServerEngine:
    """Runs a bundle on the OPA server at `url`.

    The bundle is put there below a name that no other scan has, and is removed by `close`. Raises
    UserError when the server cannot be reached, lets us not in, or refuses a policy. `ca` is a PEM
    file to verify the server with, in place of the usual authorities. `policies` are the ids of
    what is on the server now.
    """

    name = "server"

    def __init__(
        self, bundle: Bundle, *, url: str, token: str | None = None, ca: Path | None = None
    ) -> None:
        refuse_without_deny(bundle)
        self._own = bundle.own
        self._with_applies = with_applies(bundle)
        self._root = f"mlps_scan_{secrets.token_hex(8)}"
        self._server = PolicyServer(url, token=token, ca=ca)
        self.policies: list[str] = []
        try:
            self._put(bundle)
        except BaseException:
            self.close()
            raise

    def run(self, tasks: Iterable[Task]) -> Iterator[Sequence[Answer | Failure]]:
        """Answer each task in order, one Answer or Failure for each of its packages.

        Raises UserError when the server is lost on the way: what it has not judged is no result.
        """
        for batch in _batches(tasks):
            answers: list[Answers] = [{} for _ in batch]
            # The interpreter of the embedded engine fails on an error in a built-in function, its
            # compiled form takes it as undefined, and so does OPA when it is not strict.
            for strict in (False, True):
                part = [
                    Task(t.input, tuple(p for p in t.packages if (p in self._own) is strict))
                    for t in batch
                ]
                for into, more in zip(answers, self._answers(part, strict=strict), strict=True):
                    into.update(more)
            for task, found in zip(batch, answers, strict=True):
                yield [found[package] for package in task.packages]

    def close(self) -> None:
        """Remove our policies from the server."""
        try:
            while self.policies:
                self._server.remove(self.policies[-1])
                self.policies.pop()
        except (UserError, NotAnsweredError) as error:
            _log.warning("Policies %s/* stay on the OPA server: %s", self._root, error)
            self.policies.clear()
        self._server.close_connection()

    def _put(self, bundle: Bundle) -> None:
        """Libraries first, then the bundle's checks as one module, then what is left."""
        shipped = [module for module in bundle.modules if module.package not in bundle.own]
        libraries = [one for one in shipped if not one.package.startswith(_CHECKS)]
        self._put_all(libraries)
        together = mergeable(bundle)
        try:
            if together:
                self._put_one(merged(self._root, together))
        except RefusedError:
            # One by one they are refused again, with the file and the line, or they are taken.
            together = []
        done = {module.package for module in (*libraries, *together)}
        self._put_all([module for module in bundle.modules if module.package not in done])
        apart = [check.package for check in bundle.checks if check.package not in done]
        begins = places(together, apart)
        self._put_one(question_module(self._root, begins, self._with_applies))
        self._question = self.policies[-1]

    def _put_all(self, modules: Sequence[Module]) -> None:
        """A policy is refused as long as a function that it calls is not there: what was refused
        is tried again while there is progress."""
        waiting = list(modules)
        while waiting:
            refused: list[tuple[Module, RefusedError]] = []
            for module in waiting:
                try:
                    self._put_one(below(self._root, module.source))
                except RefusedError as error:
                    refused.append((module, error))
            if len(refused) == len(waiting):
                raise self._refusal(*refused[0])
            waiting = [module for module, _ in refused]

    def _put_one(self, source: str) -> None:
        name = f"{self._root}/{len(self.policies)}.rego"
        self._server.put(name, source)
        self.policies.append(name)

    def _refusal(self, module: Module, error: RefusedError) -> UserError:
        version = self._server.opa_version()
        if version and int(version.partition(".")[0]) < _OLDEST_MAJOR:
            return UserError(
                f"The OPA server {self._server.url} is version {version}; mlps needs"
                f" {_OLDEST_MAJOR}.0 or newer.",
                "Upgrade OPA, or use --engine embedded.",
            )
        return UserError(
            f"The OPA server {self._server.url} refuses {module.name}:{error.line}:"
            f" {error.reason}.",
            "Correct the policy; if it is one of ours, see that the server has no bundle that owns"
            " every path, and was not started with --v0-compatible.",
        )

    def _answers(self, tasks: Sequence[Task], *, strict: bool) -> list[Answers]:
        """Ask all at once; where that fails, one check after another, since most often one check
        fails on many documents; and of that check one document after another."""
        try:
            return self._ask(tasks, strict=strict)
        except NotAnsweredError as error:
            packages = sorted({package for task in tasks for package in task.packages})
            if len(packages) == 1 and len(tasks) == 1:
                return [{packages[0]: Failure(f"engine: {error}")}]
            if len(packages) == 1:
                return [self._answers([task], strict=strict)[0] for task in tasks]
            answers: list[Answers] = [{} for _ in tasks]
            for package in packages:
                asked = [index for index, task in enumerate(tasks) if package in task.packages]
                single = [Task(tasks[index].input, (package,)) for index in asked]
                for index, found in zip(asked, self._answers(single, strict=strict), strict=True):
                    answers[index] |= found
            return answers

    def _ask(self, tasks: Sequence[Task], *, strict: bool) -> list[Answers]:
        ask: dict[str, list[int]] = {}
        documents: list[bytes] = []
        for task in tasks:
            for package in task.packages:
                ask.setdefault(package, []).append(len(documents))
            documents.append(task.input if task.packages else b"null")
        if not ask:
            return [{} for _ in tasks]
        body = b'{"input":{"ask":%b,"documents":[%b]}}' % (
            msgspec.json.encode(ask),
            b",".join(documents),
        )
        raw = self._server.ask(f"{self._root}/{ASK}", body, strict=strict)
        try:
            result = msgspec.json.decode(raw, type=_Response).result
        except msgspec.MsgspecError as error:
            raise NotAnsweredError(f"the answer cannot be read: {error}") from error
        if result is None:
            raise self._no_result()
        return [
            {package: self._read(result, package, str(index)) for package in task.packages}
            for index, task in enumerate(tasks)
        ]

    def _read(self, result: _Result, package: str, index: str) -> Answer | Failure:
        deny = result.deny.get(package, {}).get(index)
        applies = True
        if package in self._with_applies:
            applies = result.applies.get(package, {}).get(index) is True
        return answer(deny, applies=applies)

    def _no_result(self) -> Exception:
        if self._server.has(self._question):
            return NotAnsweredError("the answer is undefined")
        return UserError(
            f"The OPA server {self._server.url} lost the policies of this scan: it was restarted,"
            " or a load balancer asked another one.",
            "Give the address of one server with --opa-url, and scan again.",
        )


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.input)
        if len(batch) == _BATCH_DOCUMENTS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
