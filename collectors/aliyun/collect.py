"""Collecting Alibaba Cloud accounts into a snapshot."""

from __future__ import annotations

import re
import time
from calendar import timegm
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from collectors.aliyun import services, ways
from collectors.aliyun.account import CENTRAL, Account, Service
from collectors.aliyun.credentials import Assumed, Chain, Credentials, Keys
from collectors.aliyun.endpoints import LOCATE
from collectors.aliyun.errors import CallError, NoAccountError, NotOfferedError
from collectors.aliyun.reader import Link, Reader, Way
from collectors.aliyun.session import AliyunIdentity, AliyunOptions
from collectors.calls import Call
from collectors.document import Document, Unknown, UserError
from collectors.journal import Header, Journal, Keeper
from collectors.regions import GLOBAL, country_of
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from collectors.steps import Progress, load_modules, run, steps_of

GET_CALLER_IDENTITY = Call(
    provider="aliyun",
    service="sts",
    operation="GetCallerIdentity",
    permission="",
    scope="account",
)
ASSUME_ROLE = Call(
    provider="aliyun",
    service="sts",
    operation="AssumeRole",
    permission="sts:AssumeRole",
    scope="account",
    result="Credentials",
)
DESCRIBE_REGIONS = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribeRegions",
    permission="ecs:DescribeRegions",
    scope="account",
    result="Regions.Region",
)
LIST_ACCOUNTS = Call(
    provider="aliyun",
    service="resourcemanager",
    operation="ListAccounts",
    permission="resourcemanager:ListAccounts",
    scope="account",
    result="Accounts.Account",
    paged=True,
)

OPENING = (GET_CALLER_IDENTITY, DESCRIBE_REGIONS)
"""Made in every collection, before the services' own calls."""
FOR_MEMBERS = (ASSUME_ROLE, LIST_ACCOUNTS)
"""Made in the account of the credentials where members of a resource directory are collected."""

_ROLE = re.compile(r"acs:ram::(\d+):role/.+")


class Member(Struct, frozen=True):
    """An account to collect, and the credentials for it."""

    account: str
    credentials: Credentials


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
    accounts: list[str] = []
    regions: set[str] = set()
    failed: list[FailedCall] = []
    with (
        SnapshotWriter(path) as writer,
        ThreadPoolExecutor(options.concurrency, "mlps-call") as workers,
    ):
        journal = Journal(path, _header(identity, options, tool_version), resume=resume)
        for member in _members(first, chain, identity, options):
            found = _Collection(member, options, workers, on_call, journal)
            accounts.append(member.account)
            for documents in found.documents(progress, alone=not _is_many(options)):
                for document in documents:
                    writer.write(document)
            writer.done(member.account)
            regions.update(found.regions)
            failed += found.reader.answers.failed_calls
        manifest = writer.finish(
            Manifest(
                tool_version=tool_version,
                started=journal.started,
                finished=_now(),
                providers=["aliyun"],
                accounts=accounts,
                regions=sorted(regions),
                counts={},
                files=[],
                failed_calls=sorted(dict.fromkeys(failed), key=_failure_order),
            )
        )
        journal.close()
        return manifest


def _header(identity: AliyunIdentity, options: AliyunOptions, tool_version: str) -> Header:
    return Header(
        tool_version=tool_version,
        provider="aliyun",
        account=identity.account,
        options={
            "region": ",".join(sorted(options.regions)),
            "role_arn": options.role_arn or "",
            "account": ",".join(sorted(options.accounts)),
            "organization": str(options.organization),
            "role_name": options.role_name if _is_many(options) else "",
        },
        started=_now(),
    )


class _Collection:
    """The collection of one account."""

    def __init__(
        self,
        member: Member,
        options: AliyunOptions,
        workers: ThreadPoolExecutor,
        on_call: Callable[[Call], None] | None,
        journal: Journal,
    ) -> None:
        self._member = member
        self._options = options
        self._workers = workers
        self._journal = journal
        self.regions: tuple[str, ...] = ()
        self.reader = Reader(
            member.credentials,
            options,
            account=member.account,
            ways=load_ways(),
            on_call=on_call,
        )

    def documents(self, progress: Progress | None, *, alone: bool) -> Iterator[list[Document]]:
        """The documents of the account. One of several that cannot be opened gives stand-ins."""
        found = load_services()
        account = self._account()
        try:
            self.regions = _regions(self.reader, self._options)
        except UserError as error:
            if alone:
                raise
            reason = self.reader.answers.failed(
                DESCRIBE_REGIONS, CENTRAL, self._member.account, "AccountRefused", error.message
            )
            types = {pair for service in found for pair in service.types}
            yield [
                account.unlisted(facts, reason, GLOBAL, native)
                for facts, native in sorted(types, key=lambda pair: (pair[0].TYPE, pair[1]))
            ]
            return
        account = self._account()
        keeper = Keeper(self._journal, self._member.account, [self.reader.answers])
        yield from run(account, steps_of(found, self.regions), progress, keeper)

    def _account(self) -> Account:
        return Account(
            id=self._member.account,
            regions=self.regions,
            reader=self.reader,
            workers=self._workers,
        )


def _is_many(options: AliyunOptions) -> bool:
    return options.organization or bool(options.accounts)


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


def _members(
    first: Reader, chain: Credentials, identity: AliyunIdentity, options: AliyunOptions
) -> Iterator[Member]:
    if not _is_many(options):
        if options.role_arn:
            yield _assumed(first, options.role_arn, options)
        else:
            yield Member(identity.account, chain)
        return
    for account in _wanted(first, options):
        if account == identity.account:
            yield Member(account, chain)
        else:
            yield _assumed(first, f"acs:ram::{account}:role/{options.role_name}", options)


def _wanted(first: Reader, options: AliyunOptions) -> list[str]:
    if options.accounts:
        return list(options.accounts)
    found = first.read(LIST_ACCOUNTS, CENTRAL)
    if isinstance(found, Unknown) or found is None:
        reason = found.reason if isinstance(found, Unknown) else "there is no resource directory"
        raise UserError(
            f"The members of the resource directory cannot be listed: {reason}.",
            "Use the credentials of the management account or of a delegated administrator, or"
            " name the accounts with --account.",
        )
    return sorted(item["AccountId"] for item in found if item["Status"].endswith("Success"))


def _assumed(first: Reader, role: str, options: AliyunOptions) -> Member:
    named = _ROLE.fullmatch(role)
    if named is None:
        raise UserError(
            f"{role!r} is not the name of a role.",
            "Write it as acs:ram::1234567890123456:role/name.",
        )
    params = {"RoleArn": role, "RoleSessionName": "mlps-scanner", "DurationSeconds": 3600}
    if options.external_id:
        params["ExternalId"] = options.external_id

    def renew() -> tuple[Keys, float]:
        try:
            found = first.ask(ASSUME_ROLE, CENTRAL, params)
            keys = Keys(found["AccessKeyId"], found["AccessKeySecret"], found["SecurityToken"])
            until = timegm(time.strptime(found["Expiration"], "%Y-%m-%dT%H:%M:%SZ"))
        except (CallError, KeyError, TypeError, ValueError) as error:
            code = error.code if isinstance(error, CallError) else type(error).__name__
            raise NoAccountError(
                f"The role {role} could not be assumed: {code}.",
                "Check the role's trust policy, and --external-id if it asks for one.",
            ) from error
        return keys, float(until)

    return Member(named.group(1), Assumed(renew, time.time))


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


def _failure_order(call: FailedCall) -> tuple[str, ...]:
    return call.account, call.region, call.service, call.operation, call.resource


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
