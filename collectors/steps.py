"""The units of work of collecting an account: a service in a region, or in the account as a whole.

Steps run at the same time and give their documents in the order of the steps, so that snapshots
are stable. A step that fails on an answer of an unexpected shape becomes stand-ins, and the rest
goes on.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from collectors.calls import Call
from collectors.document import Document, Facts, Unknown
from collectors.regions import GLOBAL

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and the step that was finished."""


class Collected(Protocol):
    """What steps need of an account."""

    def failed_step(self, service: str, region: str, error: Exception) -> Unknown:
        """Record that a service's answers could not be understood."""
        ...

    def unlisted(
        self, facts_type: type[Facts], reason: Unknown, region: str, native_type: str
    ) -> Document:
        """The stand-in for all resources of a type in a region that could not be listed."""
        ...


A = TypeVar("A", bound=Collected)


class Service(Struct, Generic[A], frozen=True, kw_only=True):
    """What a module under a cloud's `services/` offers, as its `SERVICE`.

    `account` runs once, `region` once for each region. `calls` lists every call declaration that
    the module makes; a test holds it equal to the calls made. `types` lists the facts and native
    types that it documents: should it fail on an answer that nobody expected, each of them becomes
    unknown for that region, and the scan goes on.
    """

    name: str
    types: tuple[tuple[type[Facts], str], ...]
    calls: tuple[Call, ...]
    account: Callable[[A], Iterable[Document]] | None = None
    region: Callable[[A, str], Iterable[Document]] | None = None


class Step(Struct, Generic[A], frozen=True):
    """One unit of work: a service in a region, or in the account as a whole."""

    service: Service[A]
    region: str

    @property
    def name(self) -> str:
        """The step as people read it."""
        return f"{self.service.name} {self.region}"


def load_modules(package: ModuleType) -> list[ModuleType]:
    """Every module of a package, by name; a module in the folder is all that a service needs."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def steps_of(found: Iterable[Service[A]], regions: Iterable[str]) -> list[Step[A]]:
    """The steps of an account: services of the whole first, then region by region."""
    services = list(found)
    whole = [Step(service, GLOBAL) for service in services if service.account]
    by_region = [Step(one, region) for region in regions for one in services if one.region]
    return whole + by_region


def stand_ins(account: A, found: Iterable[Service[A]], reason: Unknown) -> list[Document]:
    """In place of all documents of an account that cannot be asked: every type is unknown."""
    types = {pair for service in found for pair in service.types}
    return [
        account.unlisted(facts, reason, GLOBAL, native)
        for facts, native in sorted(types, key=lambda pair: (pair[0].TYPE, pair[1]))
    ]


class Keeps(Protocol):
    """Keeps what is finished, so that an interrupted collection can go on: see journal.py."""

    def known(self, step: str) -> list[Document] | None:
        """The documents of a step that was finished before."""
        ...

    def keep(self, step: str, documents: list[Document]) -> None:
        """Keep a step that is finished."""
        ...


def run(
    account: A, steps: list[Step[A]], progress: Progress | None, keeper: Keeps | None = None
) -> Iterator[list[Document]]:
    """The documents of each step, in the order of the steps. What `keeper` knows is not asked."""
    finished: dict[int, list[Document]] = {}
    following = 0
    pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="mlps-step")
    try:
        futures = {
            pool.submit(_kept_step, account, step, keeper): i for i, step in enumerate(steps)
        }
        for done, future in enumerate(as_completed(futures), start=1):
            index = futures.pop(future)
            finished[index] = future.result()
            if progress:
                progress(done, len(steps), steps[index].name)
            while following in finished:
                yield finished.pop(following)
                following += 1
    finally:
        # Where one fails or all is interrupted, those that have not begun never will.
        pool.shutdown(cancel_futures=True)


def _kept_step(account: A, step: Step[A], keeper: Keeps | None) -> list[Document]:
    known = keeper.known(step.name) if keeper else None
    if known is not None:
        return known
    documents = _run_step(account, step)
    if keeper:
        keeper.keep(step.name, documents)
    return documents


def _run_step(account: A, step: Step[A]) -> list[Document]:
    try:
        return sorted(_documents(account, step), key=_document_order)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        # An answer of a shape that the module does not expect. Nothing of the step is kept: half
        # of a list would look whole.
        reason = account.failed_step(step.service.name, step.region, error)
        return [
            account.unlisted(facts_type, reason, step.region, native_type)
            for facts_type, native_type in step.service.types
        ]


def _documents(account: A, step: Step[A]) -> Iterable[Document]:
    if step.region == GLOBAL:
        assert step.service.account
        return step.service.account(account)
    assert step.service.region
    return step.service.region(account, step.region)


def _document_order(document: Document) -> tuple[str, str]:
    return document.type, document.id
