"""Collecting one AWS account into a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import boto3
from botocore.exceptions import UnknownRegionError

from collectors.aws import services
from collectors.aws.account import Account, Service
from collectors.aws.reader import Reader
from collectors.aws.session import AwsIdentity, AwsOptions, client_config, open_session
from collectors.calls import Call
from collectors.document import Unknown, UserError
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
        for documents in run(account, steps_of(load_services(), regions), progress):
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
                failed_calls=sorted(reader.answers.failed_calls, key=_failure_order),
            )
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
