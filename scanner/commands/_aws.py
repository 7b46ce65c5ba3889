"""Collecting from AWS, as `mlps collect aws` and `mlps scan aws` do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from collectors.document import UserError
from collectors.snapshot import Manifest
from scanner import __version__
from scanner.commands._collected import say_collected
from scanner.commands._progress import progress

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = [
    click.option("--profile", help="Profile of the AWS configuration."),
    click.option("--role-arn", help="Role to assume before collecting."),
    click.option("--external-id", help="External id for --role-arn."),
    click.option(
        "--region",
        "regions",
        multiple=True,
        help="Only this region. Repeatable. [default: every region enabled for the account]",
    ),
    click.option("--endpoint-url", help="Another endpoint for every service, for tests."),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 64),
        default=16,
        show_default=True,
        help="Requests under way at once.",
    ),
]


def aws_options(function: F) -> F:
    """Add the options of the AWS collector; the command takes them as `**options`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def collect_aws(path: Path, options: dict[str, Any]) -> Manifest:
    """Collect into the snapshot `path`. Raises UserError, also when boto3 is not installed."""
    try:
        from collectors.aws.collect import collect  # noqa: PLC0415
        from collectors.aws.session import AwsOptions  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in {"boto3", "botocore"}:
            raise
        raise UserError(
            "Scanning AWS needs boto3, which is not installed.",
            "Install it with: pipx install 'mlps-scanner[aws]' (or pip install …)",
        ) from error
    if options["external_id"] and not options["role_arn"]:
        raise UserError(
            "--external-id is for a role, and no --role-arn was given.",
            "Name the role to assume with --role-arn, or leave --external-id out.",
        )
    settings = AwsOptions(
        profile=options["profile"],
        role_arn=options["role_arn"],
        external_id=options["external_id"],
        endpoint_url=options["endpoint_url"],
        regions=options["regions"],
        concurrency=options["concurrency"],
    )
    with progress("Collecting") as step:
        manifest = collect(path, settings, tool_version=__version__, progress=step)
    say_collected(manifest, options.get("lang", "en"))
    return manifest
