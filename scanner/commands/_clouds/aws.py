"""AWS, as `mlps collect aws`, `mlps scan aws` and `mlps permissions aws` know it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from collectors.document import UserError
from collectors.snapshot import Manifest
from scanner.commands._clouds import (
    ACCOUNTS_FILE,
    CONCURRENCY,
    ENDPOINT,
    EXTERNAL_ID,
    Cloud,
    PolicyFormat,
    Step,
    accounts_of,
)

_ROLE_OF_MEMBERS = "OrganizationAccountAccessRole"
_ROLE_NAME = click.option(
    "--role-name",
    default=_ROLE_OF_MEMBERS,
    show_default=True,
    help="Role to assume in each account of the organization.",
)

_OPTIONS = (
    click.option("--profile", help="Profile of the AWS configuration."),
    click.option("--role-arn", help="Role to assume before collecting."),
    EXTERNAL_ID,
    click.option(
        "--organization",
        is_flag=True,
        help="Every active account of the organization, each through --role-name.",
    ),
    click.option(
        "--account",
        "accounts",
        multiple=True,
        help="This account of the organization, through --role-name. Repeatable.",
    ),
    ACCOUNTS_FILE,
    _ROLE_NAME,
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
    accounts = accounts_of(options)
    _refuse_idle(options, many=bool(options["organization"] or accounts))
    settings = AwsOptions(
        profile=options["profile"],
        role_arn=options["role_arn"],
        external_id=options["external_id"],
        accounts=accounts,
        organization=options["organization"],
        role_name=options["role_name"],
        endpoint_url=options["endpoint_url"],
        regions=options["regions"],
        concurrency=options["concurrency"],
    )
    return collect(path, settings, tool_version=version, resume=options["resume"], progress=step)


def _refuse_idle(options: dict[str, Any], *, many: bool) -> None:
    """Refuse options that would do nothing."""
    if many and options["role_arn"]:
        raise UserError(
            "--role-arn is for one account, and --role-name for accounts of an organization.",
            "Leave one of them out.",
        )
    if options["organization"] and (options["accounts"] or options["accounts_file"]):
        raise UserError(
            "--organization means every account, and --account or --accounts names some.",
            "Leave one of them out.",
        )
    if options["role_name"] != _ROLE_OF_MEMBERS and not many:
        raise UserError(
            "--role-name is for accounts of an organization, and none are asked for.",
            "Add --organization, --account or --accounts, or name one role with --role-arn.",
        )
    if options["external_id"] and not (many or options["role_arn"]):
        raise UserError(
            "--external-id is for a role, and no --role-arn was given.",
            "Name the role to assume with --role-arn, or leave --external-id out.",
        )


def _permissions(form: PolicyFormat, options: dict[str, Any]) -> str:
    try:
        from collectors.aws.permissions import policy_json, policy_terraform  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    if options["role_name"] != _ROLE_OF_MEMBERS and not options["organization"]:
        raise UserError(
            "--role-name is for accounts of an organization, and none are asked for.",
            "Add --organization, or leave --role-name out.",
        )
    write = policy_terraform if form == "terraform" else policy_json
    return write(
        options["partition"],
        organization=options["organization"],
        role_name=options["role_name"],
    )


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
        click.option(
            "--organization",
            is_flag=True,
            help="With what listing the accounts of the organization and assuming a role in each of"
            " them needs.",
        ),
        _ROLE_NAME,
    ),
    permissions=_permissions,
)
