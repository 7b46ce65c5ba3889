"""Collecting one AWS account into a snapshot."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import boto3
from botocore.exceptions import UnknownRegionError
from msgspec import Struct

from collectors.aws import services
from collectors.aws.account import Account, Service
from collectors.aws.reader import Reader
from collectors.aws.session import AwsIdentity, AwsOptions, client_config, open_session
from collectors.calls import Call
from collectors.document import Document, Unknown, UserError
from collectors.regions import GLOBAL
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter

DESCRIBE_REGIONS = Call(
    provider="aws",
    service="ec2",
    operation="DescribeRegions",
    permission="ec2:DescribeRegions",
    scope="account",
    result="Regions",
)

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and the step that was finished."""


class Step(Struct, frozen=True):
    """One unit of work: a service in a region, or in the account as a whole."""

    service: Service
    region: str

    @property
    def name(self) -> str:
        """The step as people read it."""
        return f"{self.service.name} {self.region}"


def load_services() -> list[Service]:
    """Every service module's `SERVICE`; a module in the folder is all that a service needs."""
    names = sorted(module.name for module in pkgutil.iter_modules(services.__path__))
    modules = [importlib.import_module(f"{services.__name__}.{name}") for name in names]
    return [module.SERVICE for module in modules]


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
    progress: Progress | None = None,
    on_call: Callable[[Call], None] | None = None,
) -> Manifest:
    """Collect the account of the credentials into the snapshot `path`.

    A call that fails makes its facts unknown and is listed in the manifest; the rest goes on.
    Raises UserError when nothing can be collected at all.
    """
    started = _now()
    session, identity = open_session(options)
    reader = Reader(
        session,
        account=identity.account,
        config=client_config(options.concurrency),
        endpoint_url=options.endpoint_url,
        concurrency=options.concurrency,
        on_call=on_call,
    )
    regions = _regions(session, identity, options, reader)
    with (
        SnapshotWriter(path) as writer,
        ThreadPoolExecutor(options.concurrency, "mlps-call") as workers,
    ):
        account = Account(
            id=identity.account,
            partition=identity.partition,
            home_region=identity.home_region,
            regions=regions,
            reader=reader,
            workers=workers,
        )
        for documents in _run(account, _steps(load_services(), regions), progress):
            for document in documents:
                writer.write(document)
        return writer.finish(
            Manifest(
                tool_version=tool_version,
                started=started,
                finished=_now(),
                providers=["aws"],
                accounts=[identity.account],
                regions=list(regions),
                counts={},
                files=[],
                failed_calls=sorted(reader.failed_calls, key=_failure_order),
            )
        )


def _steps(found: list[Service], regions: tuple[str, ...]) -> list[Step]:
    whole = [Step(service, GLOBAL) for service in found if service.account]
    by_region = [Step(service, region) for region in regions for service in found if service.region]
    return whole + by_region


def _run(
    account: Account, steps: list[Step], progress: Progress | None
) -> Iterator[list[Document]]:
    """The documents of each step, in the order of the steps, so that snapshots are stable."""
    finished: dict[int, list[Document]] = {}
    following = 0
    with ThreadPoolExecutor(max_workers=8, thread_name_prefix="mlps-step") as pool:
        futures = {pool.submit(_run_step, account, step): i for i, step in enumerate(steps)}
        for done, future in enumerate(as_completed(futures), start=1):
            index = futures[future]
            finished[index] = future.result()
            if progress:
                progress(done, len(steps), steps[index].name)
            while following in finished:
                yield finished.pop(following)
                following += 1


def _run_step(account: Account, step: Step) -> list[Document]:
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


def _documents(account: Account, step: Step) -> Iterable[Document]:
    if step.region == GLOBAL:
        assert step.service.account
        return step.service.account(account)
    assert step.service.region
    return step.service.region(account, step.region)


def _document_order(document: Document) -> tuple[str, str]:
    return document.type, document.id


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
