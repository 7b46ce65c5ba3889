"""Collecting Azure subscriptions into a snapshot."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from collectors.accounts import Part, Tally, each_account, finish
from collectors.azure import services
from collectors.azure.account import Account, Service
from collectors.azure.calls import AzureCall
from collectors.azure.credentials import credential
from collectors.azure.http import Apis, connect
from collectors.azure.reader import OnCall, Reader
from collectors.azure.resource_graph import QUERY_RESOURCES
from collectors.azure.session import AzureOptions
from collectors.azure.subscriptions import (
    GET_SUBSCRIPTION,
    LIST_PERMISSIONS,
    LIST_SUBSCRIPTIONS,
    Subscription,
    granted,
    opened,
    wanted,
)
from collectors.azure.tenant import LIST_ORGANIZATION
from collectors.calls import Call
from collectors.document import UserError
from collectors.journal import Header, Journal, Keeper, now
from collectors.regions import GLOBAL
from collectors.snapshot import Manifest, SnapshotWriter
from collectors.steps import Progress, load_modules, run, stand_ins, steps_of

OPENING = (
    LIST_SUBSCRIPTIONS,
    GET_SUBSCRIPTION,
    LIST_PERMISSIONS,
    QUERY_RESOURCES,
    LIST_ORGANIZATION,
)
"""Made in every collection, besides the services' own calls."""


def load_services() -> list[Service]:
    """Every service module's `SERVICE`; a module in the folder is all that a service needs."""
    return [module.SERVICE for module in load_modules(services)]


def declared_calls() -> list[Call]:
    """Every call that collecting a subscription can make, once each, sorted by name."""
    calls: dict[str, Call] = {call.name: call for one in load_services() for call in one.calls}
    calls |= {call.name: call for call in OPENING}
    return [calls[name] for name in sorted(calls)]


def graphed_types() -> list[str]:
    """The resource types that Resource Graph is asked for."""
    calls = [call for call in declared_calls() if isinstance(call, AzureCall) and call.graphed]
    return sorted({call.native_type for call in calls})


def collect(
    path: Path,
    options: AzureOptions,
    *,
    tool_version: str,
    resume: bool = False,
    progress: Progress | None = None,
    on_call: OnCall | None = None,
) -> Manifest:
    """Collect the subscriptions that the options name, or all that are to be seen, into `path`.

    A call that fails makes its facts unknown and is listed in the manifest; the rest goes on, and
    so do the other subscriptions where one refuses. With `resume` a collection that was interrupted
    goes on. Raises UserError when nothing can be collected.
    """
    apis = connect(credential(options), options)
    with (
        SnapshotWriter(path) as writer,
        Journal(path, _header(options, tool_version), resume=resume) as journal,
    ):
        asked = wanted(Reader(apis, account="", on_call=on_call), options)
        collection = _Collection(
            apis=apis,
            options=options,
            writer=writer,
            journal=journal,
            tally=Tally(progress, len(asked)),
            on_call=on_call,
            alone=len(asked) == 1,
        )
        members = collection.members(asked)
        parts = each_account(members, collection.account, collection.stop)
        return finish(writer, journal, "azure", parts)


def _header(options: AzureOptions, tool_version: str) -> Header:
    return Header(
        tool_version=tool_version,
        provider="azure",
        account="",
        options={
            "cloud": options.cloud,
            "subscription": ",".join(sorted(options.subscriptions)),
            "management_group": options.management_group or "",
            "endpoint_url": options.endpoint_url or "",
        },
        started=now(),
    )


class _Member(Struct, frozen=True, kw_only=True):
    """A subscription to collect, or why it cannot be opened. One of a tenant's leads it, and knows
    the others as its peers."""

    id: str
    opened: Subscription | UserError
    leads: bool = False
    peers: tuple[Subscription, ...] = ()


class _Collection:
    """What the subscriptions of a collection share. Setting `stop` ends it soon."""

    def __init__(
        self,
        *,
        apis: Apis,
        options: AzureOptions,
        writer: SnapshotWriter,
        journal: Journal,
        tally: Tally,
        on_call: OnCall | None,
        alone: bool,
    ) -> None:
        self._apis = apis
        self._options = options
        self._services = load_services()
        self._writer = writer
        self._journal = journal
        self._tally = tally
        self._on_call = on_call
        self._alone = alone
        self._directories: dict[str, Reader] = {}
        self._types = graphed_types() if options.resource_graph else []
        self.stop = threading.Event()

    def members(self, asked: Sequence[str]) -> list[_Member]:
        """The subscriptions, opened. The first of each tenant leads it, in every run."""
        found: list[_Member] = []
        every = each_account(asked, self._opened, self.stop)
        for id_, one in zip(asked, every, strict=True):
            if isinstance(one, UserError) or one.tenant in self._directories:
                found.append(_Member(id=id_, opened=one))
                continue
            self._directories[one.tenant] = self._reader(one.tenant)
            others = [each for each in every if isinstance(each, Subscription) and each != one]
            peers = tuple(each for each in others if each.tenant == one.tenant)
            found.append(_Member(id=id_, opened=one, leads=True, peers=peers))
        return found

    def account(self, member: _Member) -> Part:
        """Write the documents of a subscription. One of several that cannot be opened gives
        stand-ins."""
        reader = self._reader(member.id)
        readers = [reader]
        with ThreadPoolExecutor(self._options.concurrency, "mlps-call") as workers:
            if isinstance(member.opened, UserError):
                regions = self._refused(member.id, member.opened, reader, workers)
            else:
                # What the directory refuses is told by each subscription that asked it.
                readers.append(self._directories[member.opened.tenant])
                regions = self._write(member, member.opened, readers, workers)
        self._tally.finished(member.id)
        failed = [call for each in readers for call in each.answers.failed_calls]
        return Part(member.id, tuple(regions), tuple(dict.fromkeys(failed)))

    def _opened(self, id_: str) -> Subscription | UserError:
        try:
            return opened(self._reader(id_))
        except UserError as error:
            if self._alone:
                raise
            return error

    def _reader(self, account: str) -> Reader:
        return Reader(self._apis, account=account, on_call=self._on_call, stop=self.stop)

    def _write(
        self,
        member: _Member,
        subscription: Subscription,
        readers: list[Reader],
        workers: ThreadPoolExecutor,
    ) -> set[str]:
        """Write the documents of a subscription. `readers`, of it and of its directory, gets those
        of its peers."""
        others = [self._reader(one.id) for one in member.peers]
        readers += others
        pairs = zip(member.peers, others, strict=True)
        peers = list(workers.map(lambda pair: self._account(pair[0], pair[1], workers), pairs))
        account = self._account(subscription, readers[0], workers, member.leads, peers)
        keeper = Keeper(self._journal, account.id, [each.answers for each in readers])
        steps = steps_of(self._services, ())
        regions: set[str] = set()
        for documents in run(account, steps, self._tally.of(account.id), keeper):
            for document in documents:
                self._writer.write(document)
                regions.add(document.region)
        self._writer.done(account.id, keeper.started, keeper.finished)
        return regions - {GLOBAL}

    def _account(
        self,
        subscription: Subscription,
        reader: Reader,
        workers: ThreadPoolExecutor,
        leads: bool = False,
        peers: Sequence[Account] = (),
    ) -> Account:
        return Account(
            id=subscription.id,
            name=subscription.name,
            tenant=subscription.tenant,
            reader=reader,
            directory=self._directories[subscription.tenant],
            workers=workers,
            rights=granted(reader),
            types=self._types,
            leads_tenant=leads,
            peers=peers,
            china=self._options.cloud == "china",
        )

    def _refused(
        self, id_: str, error: UserError, reader: Reader, workers: ThreadPoolExecutor
    ) -> set[str]:
        """Write documents that say of every type that it is unknown, and why."""
        reason = reader.answers.failed(GET_SUBSCRIPTION, "", id_, "AccountRefused", error.message)
        account = Account(
            id=id_,
            name=id_,
            tenant="",
            reader=reader,
            directory=reader,
            workers=workers,
            rights=reason,
        )
        for document in stand_ins(account, self._services, reason):
            self._writer.write(document)
        at = now()
        self._writer.done(id_, at, at)
        return set()
