"""Collecting one AWS account into a snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import boto3
from botocore.exceptions import UnknownRegionError

from collectors.answers import Answers
from collectors.aws import services
from collectors.aws.account import Account, Service
from collectors.aws.members import ASSUME_ROLE, Member, members
from collectors.aws.reader import Reader
from collectors.aws.session import AwsIdentity, AwsOptions, client_config
from collectors.calls import Call
from collectors.document import Document, Unknown, UserError
from collectors.journal import Header, Journal, Keeper
from collectors.regions import GLOBAL
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from collectors.steps import Progress, load_modules, run, steps_of

DESCRIBE_REGIONS = Call(
    provider="aws",
    service="ec2",
    operation="DescribeRegions",
    permission="ec2:DescribeRegions",
    scope="account",
    result="Regions",
)


def load_services() -> list[Service]:
    """Every service module's `SERVICE`; a module in the folder is all that a service needs."""
    return [module.SERVICE for module in load_modules(services)]


def declared_calls() -> list[Call]:
    """Every call that collecting can make, once each, sorted by name."""
    calls = {call.name: call for service in load_services() for call in service.calls}
    calls[DESCRIBE_REGIONS.name] = DESCRIBE_REGIONS
    return [calls[name] for name in sorted(calls)]


def collect(
    path: Path,
    options: AwsOptions,
    *,
    tool_version: str,
    resume: bool = False,
    progress: Progress | None = None,
    on_call: Callable[[Call], None] | None = None,
) -> Manifest:
    """Collect the account of the credentials, or accounts of its organisation, into `path`.

    A call that fails makes its facts unknown and is listed in the manifest; the rest goes on, and
    so do the other accounts where one refuses. With `resume` a collection that was interrupted goes
    on. Raises UserError when nothing can be collected at all.
    """
    identity, found = members(options)
    header = Header(
        tool_version=tool_version,
        provider="aws",
        account=identity.account,
        options={
            "region": ",".join(sorted(options.regions)),
            "role_arn": options.role_arn or "",
            "account": ",".join(sorted(options.accounts)),
            "organization": str(options.organization),
            "role_name": options.role_name if options.is_many else "",
        },
        started=_now(),
    )
    regions: set[str] = set()
    failed: list[FailedCall] = []
    with (
        SnapshotWriter(path) as writer,
        ThreadPoolExecutor(options.concurrency, "mlps-call") as workers,
    ):
        journal = Journal(path, header, resume=resume)
        for place, member in enumerate(found, start=1):
            among = f"{member.identity.account} ({place} of {len(found)}): "
            one = _Collection(member, options, workers, on_call, journal)
            for documents in one.documents(_named(progress, among if len(found) > 1 else "")):
                for document in documents:
                    writer.write(document)
            writer.done(member.identity.account)
            regions.update(one.regions)
            failed += one.failed_calls
        manifest = writer.finish(
            Manifest(
                tool_version=tool_version,
                started=journal.started,
                finished=_now(),
                providers=["aws"],
                accounts=[member.identity.account for member in found],
                regions=sorted(regions),
                counts={},
                files=[],
                failed_calls=sorted(dict.fromkeys(failed), key=_failure_order),
            )
        )
        journal.close()
        return manifest


def _named(progress: Progress | None, prefix: str) -> Progress | None:
    """Progress that says which of several accounts it is about."""
    if progress is None or not prefix:
        return progress
    return lambda done, total, name: progress(done, total, prefix + name)


class _Collection:
    """The collection of one account; nothing of it outlives it but what failed."""

    def __init__(
        self,
        member: Member,
        options: AwsOptions,
        workers: ThreadPoolExecutor,
        on_call: Callable[[Call], None] | None,
        journal: Journal,
    ) -> None:
        self._member = member
        self._options = options
        self._workers = workers
        self._on_call = on_call
        self._journal = journal
        self.regions: tuple[str, ...] = ()
        self.failed_calls: list[FailedCall] = []

    def documents(self, progress: Progress | None) -> Iterator[list[Document]]:
        """The documents of the account. One of several that refuses gives stand-ins."""
        if self._member.inactive:
            yield self._stand_ins(f"The account is {self._member.inactive}, and is not asked.")
            return
        try:
            session = self._member.open()
            reader = self._reader(session)
            self.regions = _regions(session, self._member.identity, self._options, reader)
        except UserError as error:
            if not self._options.is_many:
                raise
            yield self._stand_ins(error.message)
            return
        keeper = Keeper(self._journal, self._member.identity.account, [reader.answers])
        steps = steps_of(load_services(), self.regions)
        yield from run(self._account(reader), steps, progress, keeper)
        self.failed_calls = reader.answers.failed_calls

    def _stand_ins(self, why: str) -> list[Document]:
        """Documents that say of every type that it is unknown, and why."""
        answers = Answers("aws", self._member.identity.account)
        reason = answers.failed(
            ASSUME_ROLE, GLOBAL, self._member.identity.arn, "AccountRefused", why
        )
        self.failed_calls = answers.failed_calls
        account = self._account(None)
        types = {pair for service in load_services() for pair in service.types}
        return [
            account.unlisted(facts, reason, GLOBAL, native)
            for facts, native in sorted(types, key=lambda pair: (pair[0].TYPE, pair[1]))
        ]

    def _account(self, reader: Reader | None) -> Account:
        identity = self._member.identity
        return Account(
            id=identity.account,
            partition=identity.partition,
            home_region=identity.home_region,
            regions=self.regions,
            reader=cast("Reader", reader),
            workers=self._workers,
        )

    def _reader(self, session: boto3.Session) -> Reader:
        return Reader(
            session,
            account=self._member.identity.account,
            config=client_config(self._options.concurrency),
            endpoint_url=self._options.endpoint_url,
            concurrency=self._options.concurrency,
            on_call=self._on_call,
        )


def _failure_order(call: FailedCall) -> tuple[str, ...]:
    return call.account, call.region, call.service, call.operation, call.resource


def _regions(
    session: boto3.Session, identity: AwsIdentity, options: AwsOptions, reader: Reader
) -> tuple[str, ...]:
    """The regions to scan: those enabled for the account, narrowed to what was asked for.

    Where ec2:DescribeRegions is refused, the partition's regions as botocore knows them are
    tried; those that are not enabled then fail call by call, and say so.
    """
    known = set(session.get_available_regions("ec2", identity.partition))
    answer = reader.read(DESCRIBE_REGIONS, identity.home_region)
    told = not isinstance(answer, Unknown)
    enabled = _of_partition(session, identity, answer) if told else known
    for region in options.regions:
        if region not in known | enabled:
            raise UserError(
                f"{region} is not a region of the partition {identity.partition}.",
                f"Its regions are: {', '.join(sorted(known))}.",
            )
        if region not in enabled:
            raise UserError(
                f"The region {region} is not enabled for account {identity.account}.",
                f"Enabled are: {', '.join(sorted(enabled))}.",
            )
    if not enabled:
        raise UserError(
            f"AWS names no region of the partition {identity.partition} for account"
            f" {identity.account}.",
            "Check --endpoint-url, or name the regions with --region.",
        )
    return tuple(sorted(set(options.regions) or enabled))


def _of_partition(
    session: boto3.Session, identity: AwsIdentity, answer: list[dict[str, str]]
) -> set[str]:
    """The enabled regions, also those that are newer than botocore's list. A region of another
    partition, which only a test's server names, is left out."""
    found = set()
    for region in answer:
        name = region["RegionName"]
        with suppress(UnknownRegionError):
            if session.get_partition_for_region(name) == identity.partition:
                found.add(name)
    return found


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
