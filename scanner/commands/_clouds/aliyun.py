"""Alibaba Cloud, as `mlps collect aliyun`, `mlps scan aliyun` and `mlps permissions aliyun` know
it."""

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

_ROLE_OF_MEMBERS = "ResourceDirectoryAccountAccessRole"
_PACKAGES = {"aliyunsdkcore", "alibabacloud_credentials", "Tea", "oss2", "aliyun"}

_OPTIONS = (
    click.option("--profile", help="Profile of the Alibaba Cloud command line (aliyun configure)."),
    click.option("--role-arn", help="Role to assume before collecting, as acs:ram::ID:role/NAME."),
    EXTERNAL_ID,
    click.option(
        "--organization",
        is_flag=True,
        help="Every active member of the resource directory, each through --role-name.",
    ),
    click.option(
        "--account",
        "accounts",
        multiple=True,
        help="This member of the resource directory, through --role-name. Repeatable.",
    ),
    ACCOUNTS_FILE,
    click.option(
        "--role-name",
        default=_ROLE_OF_MEMBERS,
        show_default=True,
        help="Role to assume in each member account.",
    ),
    click.option(
        "--region",
        "regions",
        multiple=True,
        help="Only this region. Repeatable. [default: every region that is open to the account;"
        " finance and government regions only where they are]",
    ),
    ENDPOINT,
    CONCURRENCY,
)


def _collect(path: Path, options: dict[str, Any], version: str, step: Step | None) -> Manifest:
    try:
        from collectors.aliyun.collect import collect  # noqa: PLC0415
        from collectors.aliyun.session import AliyunOptions  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    accounts = accounts_of(options)
    members = bool(options["organization"] or accounts)
    _refuse_idle(options, members=members)
    settings = AliyunOptions(
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


def _refuse_idle(options: dict[str, Any], *, members: bool) -> None:
    """Refuse options that would do nothing."""
    if members and options["role_arn"]:
        raise UserError(
            "--role-arn is for one account; members of a directory are opened with --role-name.",
            "Leave one of them out.",
        )
    if options["organization"] and (options["accounts"] or options["accounts_file"]):
        raise UserError(
            "--organization means every member, and --account or --accounts names some.",
            "Leave one of them out.",
        )
    if options["role_name"] != _ROLE_OF_MEMBERS and not members:
        raise UserError(
            "--role-name is for the members of a resource directory, and none are asked for.",
            "Add --organization, --account or --accounts, or name one role with --role-arn.",
        )
    if options["external_id"] and not (members or options["role_arn"]):
        raise UserError(
            "--external-id is for a role, and no role was given.",
            "Name the role to assume with --role-arn, or leave --external-id out.",
        )


def _permissions(form: PolicyFormat, options: dict[str, Any]) -> str:
    try:
        from collectors.aliyun.permissions import policy_json, policy_terraform  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    write = policy_terraform if form == "terraform" else policy_json
    return write(organization=options["organization"])


def _missing(error: ModuleNotFoundError) -> Exception:
    if (error.name or "").split(".")[0] not in _PACKAGES:
        return error
    return UserError(
        f"Scanning Alibaba Cloud needs {error.name}, which is not installed.",
        "Install it with: pipx install 'mlps-scanner[aliyun]' (or pip install …)",
    )


CLOUD = Cloud(
    name="aliyun",
    title="Alibaba Cloud",
    options=_OPTIONS,
    collect=_collect,
    permission_options=(
        click.option(
            "--organization",
            is_flag=True,
            help="With what listing the members of a resource directory and assuming a role in"
            " each of them needs.",
        ),
    ),
    permissions=_permissions,
)
