"""Collecting AWS accounts into a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from collectors.accounts import Tally, each_account, finish
from collectors.aws import services
from collectors.aws.account import Service
from collectors.aws.collection import DESCRIBE_REGIONS, Collection
from collectors.aws.members import members
from collectors.aws.session import AwsIdentity, AwsOptions
from collectors.calls import Call
from collectors.journal import Header, Journal, now
from collectors.snapshot import Manifest, SnapshotWriter
from collectors.steps import Progress, load_modules


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
    with (
        SnapshotWriter(path) as writer,
        Journal(path, _header(identity, options, tool_version), resume=resume) as journal,
    ):
        collection = Collection(
            options=options,
            services=load_services(),
            writer=writer,
            journal=journal,
            tally=Tally(progress, len(found)),
            on_call=on_call,
        )
        parts = each_account(found, collection.account, collection.stop)
        return finish(writer, journal, "aws", parts)


def _header(identity: AwsIdentity, options: AwsOptions, tool_version: str) -> Header:
    return Header(
        tool_version=tool_version,
        provider="aws",
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
