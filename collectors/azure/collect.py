"""Collecting Azure subscriptions into a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

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
from collectors.calls import Call
from collectors.document import Document, UserError
from collectors.journal import Header, Journal, Keeper
from collectors.regions import GLOBAL
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from collectors.steps import Progress, load_modules, run, steps_of

OPENING = (LIST_SUBSCRIPTIONS, GET_SUBSCRIPTION, LIST_PERMISSIONS, QUERY_RESOURCES)
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
    journal = Journal(path, _header(options, tool_version), resume=resume)
    found = _Collection(apis, options, on_call, journal)
    accounts: list[str] = []
    regions: set[str] = set()
    with (
        SnapshotWriter(path) as writer,
        ThreadPoolExecutor(options.concurrency, "mlps-call") as workers,
    ):
        asked = wanted(Reader(apis, account="", on_call=on_call), options)
        for subscription in asked:
            accounts.append(subscription)
            for documents in found.documents(subscription, workers, progress, len(asked) == 1):
                for document in documents:
                    writer.write(document)
                    regions.add(document.region)
            writer.done(subscription)
        manifest = writer.finish(
            Manifest(
                tool_version=tool_version,
                started=journal.started,
                finished=_now(),
                providers=["azure"],
                accounts=accounts,
                regions=sorted(regions - {GLOBAL}),
                counts={},
                files=[],
                failed_calls=sorted(dict.fromkeys(found.failed_calls()), key=_failure_order),
            )
        )
        journal.close()
        return manifest


def _header(options: AzureOptions, tool_version: str) -> Header:
    return Header(
        tool_version=tool_version,
        provider="azure",
        account="",
        options={
            "cloud": options.cloud,
            "subscription": ",".join(sorted(options.subscriptions)),
            "management_group": options.management_group or "",
        },
        started=_now(),
    )


class _Tenant(Struct):
    """A tenant, which its subscriptions share."""

    directory: Reader
    leader: str


class _Collection:
    """The collection of subscriptions, one after another."""

    def __init__(
        self, apis: Apis, options: AzureOptions, on_call: OnCall | None, journal: Journal
    ) -> None:
        self._apis = apis
        self._journal = journal
        self._options = options
        self._on_call = on_call
        self._readers: list[Reader] = []
        self._tenants: dict[str, _Tenant] = {}
        self._types = graphed_types() if options.resource_graph else []

    def documents(
        self, id_: str, workers: ThreadPoolExecutor, progress: Progress | None, alone: bool
    ) -> Iterator[list[Document]]:
        """The documents of a subscription. One of several that cannot be opened gives stand-ins."""
        reader = self._reader(id_)
        try:
            subscription = opened(reader)
        except UserError as error:
            if alone:
                raise
            yield self._stand_ins(id_, reader, workers, error)
            return
        account = self._account(subscription, reader, workers)
        shared = self._tenants[subscription.tenant].directory
        keeper = Keeper(self._journal, id_, [reader.answers, shared.answers])
        yield from run(account, steps_of(load_services(), ()), progress, keeper)

    def failed_calls(self) -> list[FailedCall]:
        """The calls that failed, of all subscriptions and tenants."""
        return [call for reader in self._readers for call in reader.answers.failed_calls]

    def _reader(self, account: str) -> Reader:
        reader = Reader(self._apis, account=account, on_call=self._on_call)
        self._readers.append(reader)
        return reader

    def _account(
        self, subscription: Subscription, reader: Reader, workers: ThreadPoolExecutor
    ) -> Account:
        tenant = self._tenants.get(subscription.tenant)
        if tenant is None:
            tenant = _Tenant(self._reader(subscription.tenant), subscription.id)
            self._tenants[subscription.tenant] = tenant
        return Account(
            id=subscription.id,
            name=subscription.name,
            tenant=subscription.tenant,
            reader=reader,
            directory=tenant.directory,
            workers=workers,
            rights=granted(reader),
            types=self._types,
            leads_tenant=tenant.leader == subscription.id,
            china=self._options.cloud == "china",
        )

    def _stand_ins(
        self, id_: str, reader: Reader, workers: ThreadPoolExecutor, error: UserError
    ) -> list[Document]:
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
        types = {pair for service in load_services() for pair in service.types}
        return [
            account.unlisted(facts, reason, GLOBAL, native)
            for facts, native in sorted(types, key=lambda pair: (pair[0].TYPE, pair[1]))
        ]


def _failure_order(call: FailedCall) -> tuple[str, ...]:
    return call.account, call.region, call.service, call.operation, call.resource


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
