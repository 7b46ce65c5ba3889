"""Collecting one AWS account: its session, its regions, its steps."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import cast

import boto3
from botocore.exceptions import UnknownRegionError

from collectors.accounts import Part, Tally
from collectors.answers import Answers
from collectors.aws.account import Account, Service
from collectors.aws.members import ASSUME_ROLE, Member
from collectors.aws.reader import Reader
from collectors.aws.session import AwsIdentity, AwsOptions, client_config
from collectors.calls import Call
from collectors.document import Unknown, UserError
from collectors.journal import Journal, Keeper, now
from collectors.regions import GLOBAL
from collectors.snapshot import SnapshotWriter
from collectors.steps import run, stand_ins, steps_of

DESCRIBE_REGIONS = Call(
    provider="aws",
    service="ec2",
    operation="DescribeRegions",
    permission="ec2:DescribeRegions",
    scope="account",
    result="Regions",
)


class Collection:
    """What the accounts of a collection share. Setting `stop` ends it soon."""

    def __init__(
        self,
        *,
        options: AwsOptions,
        services: list[Service],
        writer: SnapshotWriter,
        journal: Journal,
        tally: Tally,
        on_call: Callable[[Call], None] | None,
    ) -> None:
        self._options = options
        self._services = services
        self._writer = writer
        self._journal = journal
        self._tally = tally
        self._on_call = on_call
        self.stop = threading.Event()

    def account(self, member: Member) -> Part:
        """Write the documents of an account. One of several that refuses gives stand-ins."""
        identity = member.identity
        if member.inactive:
            return self._refused(identity, f"The account is {member.inactive}, and is not asked.")
        try:
            session = member.open()
        except UserError as error:
            return self._refused_or_raised(identity, error)
        with closing(self._reader(session, identity)) as reader:
            try:
                regions = _regions(session, identity, self._options, reader)
            except UserError as error:
                return self._refused_or_raised(identity, error)
            self._write(identity, regions, reader)
        self._tally.finished(identity.account)
        if self._options.is_many:
            # Clients of botocore are full of cycles: left to themselves, those of many accounts
            # would be there at a time.
            gc.collect()
        return Part(identity.account, regions, tuple(reader.answers.failed_calls))

    def _refused_or_raised(self, identity: AwsIdentity, error: UserError) -> Part:
        """One of several accounts that refuses is told of; the only one ends the collection."""
        if not self._options.is_many:
            raise error
        return self._refused(identity, error.message)

    def _write(self, identity: AwsIdentity, regions: tuple[str, ...], reader: Reader) -> None:
        steps = steps_of(self._services, regions)
        progress = self._tally.of(identity.account)
        keeper = Keeper(self._journal, identity.account, [reader.answers])
        with ThreadPoolExecutor(self._options.concurrency, "mlps-call") as workers:
            account = _account(identity, regions, reader, workers)
            for documents in run(account, steps, progress, keeper):
                for document in documents:
                    self._writer.write(document)
        self._writer.done(identity.account, keeper.started, keeper.finished)

    def _refused(self, identity: AwsIdentity, why: str) -> Part:
        """Write documents that say of every type that it is unknown, and why."""
        answers = Answers("aws", identity.account)
        reason = answers.failed(ASSUME_ROLE, GLOBAL, identity.arn, "AccountRefused", why)
        account = _account(identity, (), None, None)
        for document in stand_ins(account, self._services, reason):
            self._writer.write(document)
        at = now()
        self._writer.done(identity.account, at, at)
        self._tally.finished(identity.account)
        return Part(identity.account, failed_calls=tuple(answers.failed_calls))

    def _reader(self, session: boto3.Session, identity: AwsIdentity) -> Reader:
        return Reader(
            session,
            account=identity.account,
            config=client_config(self._options.concurrency),
            endpoint_url=self._options.endpoint_url,
            concurrency=self._options.concurrency,
            on_call=self._on_call,
            stop=self.stop,
        )


def _account(
    identity: AwsIdentity,
    regions: tuple[str, ...],
    reader: Reader | None,
    workers: ThreadPoolExecutor | None,
) -> Account:
    """The account; one that is not asked needs no reader and no workers."""
    return Account(
        id=identity.account,
        partition=identity.partition,
        home_region=identity.home_region,
        regions=regions,
        reader=cast("Reader", reader),
        workers=cast("ThreadPoolExecutor", workers),
    )


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
