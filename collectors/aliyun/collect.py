"""Collecting Alibaba Cloud accounts into a snapshot."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from collectors.accounts import Part, Tally, each_account, finish
from collectors.aliyun import services, ways
from collectors.aliyun.account import CENTRAL, Account, Service
from collectors.aliyun.credentials import Chain
from collectors.aliyun.endpoints import LOCATE
from collectors.aliyun.errors import CallError, NoAccountError, NotOfferedError
from collectors.aliyun.members import Member, members
from collectors.aliyun.reader import Link, Reader, Way
from collectors.aliyun.session import AliyunIdentity, AliyunOptions
from collectors.calls import Call
from collectors.document import UserError
from collectors.journal import Header, Journal, Keeper, now
from collectors.regions import country_of
from collectors.snapshot import Manifest, SnapshotWriter
from collectors.steps import Progress, load_modules, run, stand_ins, steps_of

GET_CALLER_IDENTITY = Call(
    provider="aliyun",
    service="sts",
    operation="GetCallerIdentity",
    permission="",
    scope="account",
)
DESCRIBE_REGIONS = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribeRegions",
    permission="ecs:DescribeRegions",
    scope="account",
    result="Regions.Region",
)
OPENING = (GET_CALLER_IDENTITY, DESCRIBE_REGIONS)
"""Made in every collection, before the services' own calls."""


def load_services() -> list[Service]:
    """Every service module's `SERVICE`; a module in the folder is all that a service needs."""
    return [module.SERVICE for module in load_modules(services)]


def load_ways() -> dict[str, Callable[[Link], Way]]:
    """How products are asked that speak neither RPC nor ROA: each module's `SERVICE` and `WAY`."""
    return {module.SERVICE: module.WAY for module in load_modules(ways)}


def declared_calls() -> list[Call]:
    """Every call that collecting an account can make, once each, sorted by name."""
    calls = {call.name: call for service in load_services() for call in service.calls}
    calls |= {call.name: call for call in (*OPENING, LOCATE)}
    return [calls[name] for name in sorted(calls)]


def collect(
    path: Path,
    options: AliyunOptions,
    *,
    tool_version: str,
    resume: bool = False,
    progress: Progress | None = None,
    on_call: Callable[[Call], None] | None = None,
) -> Manifest:
    """Collect the account of the credentials, or members of its directory, into `path`.

    A call that fails makes its facts unknown and is listed in the manifest; the rest goes on, and
    so do the other accounts where one refuses. With `resume` a collection that was interrupted goes
    on. Raises UserError when nothing can be collected.
    """
    chain = Chain(options.profile)
    first = Reader(chain, options, account="", on_call=on_call)
    identity = _identity(first)
    with (
        SnapshotWriter(path) as writer,
        Journal(path, _header(identity, options, tool_version), resume=resume) as journal,
    ):
        found = list(members(first, chain, identity, options))
        collection = _Collection(options, writer, journal, Tally(progress, len(found)), on_call)
        parts = each_account(found, collection.account, collection.stop)
        return finish(writer, journal, "aliyun", parts)


def _header(identity: AliyunIdentity, options: AliyunOptions, tool_version: str) -> Header:
    return Header(
        tool_version=tool_version,
        provider="aliyun",
        account=identity.account,
        options={
            "region": ",".join(sorted(options.regions)),
            "role_arn": options.role_arn or "",
            "account": ",".join(sorted(options.accounts)),
            "organization": "yes" if options.organization else "",
            "role_name": options.role_name if options.is_many else "",
            "endpoint_url": options.endpoint_url or "",
        },
        started=now(),
    )


class _Collection:
    """What the accounts of a collection share. Setting `stop` ends it soon."""

    def __init__(
        self,
        options: AliyunOptions,
        writer: SnapshotWriter,
        journal: Journal,
        tally: Tally,
        on_call: Callable[[Call], None] | None,
    ) -> None:
        self._options = options
        self._services = load_services()
        self._ways = load_ways()
        self._writer = writer
        self._journal = journal
        self._tally = tally
        self._on_call = on_call
        self.stop = threading.Event()

    def account(self, member: Member) -> Part:
        """Write the documents of an account. One of several that cannot be opened gives
        stand-ins."""
        reader = Reader(
            member.credentials,
            self._options,
            account=member.account,
            ways=self._ways,
            on_call=self._on_call,
            stop=self.stop,
        )
        regions: tuple[str, ...] = ()
        with ThreadPoolExecutor(self._options.concurrency, "mlps-call") as workers:
            try:
                regions = _regions(reader, self._options)
            except UserError as error:
                if not self._options.is_many:
                    raise
                account = Account(id=member.account, regions=(), reader=reader, workers=workers)
                self._refused(account, reader, error)
            else:
                account = Account(
                    id=member.account, regions=regions, reader=reader, workers=workers
                )
                self._write(account, reader)
        self._tally.finished(member.account)
        return Part(member.account, regions, tuple(reader.answers.failed_calls))

    def _write(self, account: Account, reader: Reader) -> None:
        steps = steps_of(self._services, account.regions)
        keeper = Keeper(self._journal, account.id, [reader.answers])
        for documents in run(account, steps, self._tally.of(account.id), keeper):
            for document in documents:
                self._writer.write(document)
        self._writer.done(account.id, keeper.started, keeper.finished)

    def _refused(self, account: Account, reader: Reader, error: UserError) -> None:
        """Write documents that say of every type that it is unknown, and why."""
        reason = reader.answers.failed(
            DESCRIBE_REGIONS, CENTRAL, account.id, "AccountRefused", error.message
        )
        for document in stand_ins(account, self._services, reason):
            self._writer.write(document)
        at = now()
        self._writer.done(account.id, at, at)


def _identity(reader: Reader) -> AliyunIdentity:
    try:
        found = reader.ask(GET_CALLER_IDENTITY, CENTRAL, {})
        return AliyunIdentity(account=str(found["AccountId"]), arn=str(found["Arn"]))
    except CallError as error:
        raise _refused(error) from error
    except (KeyError, TypeError) as error:
        raise NoAccountError(
            "What answers in place of Alibaba Cloud does not answer as it does.",
            "Check --endpoint-url, and whether a proxy answers in its place.",
        ) from error


def _refused(error: CallError) -> NoAccountError:
    if error.code.startswith("SDK."):
        return NoAccountError(
            f"Alibaba Cloud did not answer: {error.message[:200]}",
            "Check the network, the proxy settings and --endpoint-url.",
        )
    if error.expired:
        return NoAccountError(
            "The Alibaba Cloud security token has expired.",
            "Get new credentials and repeat.",
        )
    return NoAccountError(
        f"Alibaba Cloud does not accept the credentials: {error.code}.",
        "Check the access key, or --profile; a key may be disabled or deleted.",
    )


def _regions(reader: Reader, options: AliyunOptions) -> tuple[str, ...]:
    """The regions to scan: those open to the account, narrowed to what was asked for.

    Where ecs:DescribeRegions is refused, those that the user named are tried.
    """
    try:
        found = reader.ask(DESCRIBE_REGIONS, CENTRAL, {"AcceptLanguage": "en-US"})
        opened = {str(item["RegionId"]) for item in found}
    except (CallError, NotOfferedError, KeyError, TypeError) as error:
        if isinstance(error, CallError) and error.denied and options.regions:
            return tuple(sorted(set(options.regions)))
        code = error.code if isinstance(error, CallError) else type(error).__name__
        raise UserError(
            f"The regions of the account cannot be listed: {code}.",
            "Grant ecs:DescribeRegions, or name the regions with --region.",
        ) from error
    for region in options.regions:
        if region not in opened and country_of("aliyun", region) is None:
            raise UserError(
                f"{region} is not a region that is open to the account.",
                f"Open are: {', '.join(sorted(opened))}.",
            )
    if not opened:
        raise UserError("Alibaba Cloud names no region.", "Name the regions with --region.")
    return tuple(sorted(set(options.regions) or opened))
