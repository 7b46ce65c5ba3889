"""AWS, as `mlps collect aws`, `mlps scan aws` and `mlps permissions aws` know it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from collectors.document import UserError
from collectors.snapshot import Manifest
from scanner.commands._clouds import CONCURRENCY, ENDPOINT, EXTERNAL_ID, Cloud, PolicyFormat, Step

_OPTIONS = (
    click.option("--profile", help="Profile of the AWS configuration."),
    click.option("--role-arn", help="Role to assume before collecting."),
    EXTERNAL_ID,
    click.option(
        "--region",
        "regions",
        multiple=True,
        help="Only this region. Repeatable. [default: every region enabled for the account]",
    ),
    ENDPOINT,
    CONCURRENCY,
)


def _collect(path: Path, options: dict[str, Any], version: str, step: Step | None) -> Manifest:
    try:
        from collectors.aws.collect import collect  # noqa: PLC0415
        from collectors.aws.session import AwsOptions  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
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
    return collect(path, settings, tool_version=version, progress=step)


def _permissions(form: PolicyFormat, options: dict[str, Any]) -> str:
    try:
        from collectors.aws.permissions import policy_json, policy_terraform  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    write = policy_terraform if form == "terraform" else policy_json
    return write(options["partition"])


def _missing(error: ModuleNotFoundError) -> Exception:
    if error.name not in {"boto3", "botocore"}:
        return error
    return UserError(
        "Scanning AWS needs boto3, which is not installed.",
        "Install it with: pipx install 'mlps-scanner[aws]' (or pip install …)",
    )


CLOUD = Cloud(
    name="aws",
    title="AWS",
    options=_OPTIONS,
    collect=_collect,
    permission_options=(
        click.option(
            "--partition",
            type=click.Choice(["aws", "aws-cn"]),
            default="aws",
            show_default=True,
            help="aws-cn leaves out what the China regions do not have.",
        ),
    ),
    permissions=_permissions,
)
