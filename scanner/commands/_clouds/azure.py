"""Azure, as `mlps collect azure`, `mlps scan azure` and `mlps permissions azure` know it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from collectors.document import UserError
from collectors.snapshot import Manifest
from scanner.commands._clouds import CONCURRENCY, ENDPOINT, Cloud, PolicyFormat, Step

_PACKAGES = {"azure", "msal", "requests"}

_OPTIONS = (
    click.option(
        "--cloud",
        type=click.Choice(["global", "china"]),
        default="global",
        show_default=True,
        help="china is the one that 21Vianet operates.",
    ),
    click.option(
        "--subscription",
        "subscriptions",
        multiple=True,
        help="Only this subscription, by its id. Repeatable. [default: every one that the"
        " credentials see]",
    ),
    click.option(
        "--management-group",
        help="Every subscription below this management group, by the group's id.",
    ),
    click.option(
        "--no-resource-graph",
        is_flag=True,
        help="List each type by its own API alone.",
    ),
    ENDPOINT,
    CONCURRENCY,
)


def _collect(path: Path, options: dict[str, Any], version: str, step: Step | None) -> Manifest:
    try:
        from collectors.azure.collect import collect  # noqa: PLC0415
        from collectors.azure.session import AzureOptions  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    _refuse_both(options)
    settings = AzureOptions(
        cloud=options["cloud"],
        subscriptions=options["subscriptions"],
        management_group=options["management_group"],
        endpoint_url=options["endpoint_url"],
        resource_graph=not options["no_resource_graph"],
        concurrency=options["concurrency"],
    )
    return collect(path, settings, tool_version=version, resume=options["resume"], progress=step)


def _refuse_both(options: dict[str, Any]) -> None:
    if options["subscriptions"] and options["management_group"]:
        raise UserError(
            "--management-group means every subscription below it, and --subscription names some.",
            "Leave one of them out.",
        )


def _permissions(form: PolicyFormat, options: dict[str, Any]) -> str:
    try:
        from collectors.azure import permissions  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    _refuse_both(options)
    if options["graph"]:
        return permissions.graph_terraform() if form == "terraform" else permissions.graph_json()
    group = options["management_group"]
    scopes = [f"/subscriptions/{one}" for one in options["subscriptions"]]
    if group:
        scopes = [f"/providers/Microsoft.Management/managementGroups/{group}"]
    write = permissions.role_terraform if form == "terraform" else permissions.role_json
    return write(scopes, management_group=bool(group))


def _missing(error: ModuleNotFoundError) -> Exception:
    if (error.name or "").split(".")[0] not in _PACKAGES:
        return error
    return UserError(
        f"Scanning Azure needs {error.name}, which is not installed.",
        "Install it with: pipx install 'mlps-scanner[azure]' (or pip install …)",
    )


CLOUD = Cloud(
    name="azure",
    title="Azure",
    options=_OPTIONS,
    collect=_collect,
    permission_options=(
        click.option(
            "--subscription",
            "subscriptions",
            multiple=True,
            help="Where the role may be assigned: this subscription, by its id. Repeatable.",
        ),
        click.option(
            "--management-group",
            help="Where the role may be assigned: this management group, by its id; with what"
            " listing its subscriptions needs.",
        ),
        click.option(
            "--graph",
            is_flag=True,
            help="In place of the role: the application permissions of Microsoft Graph, by which"
            " users and sign-in rules of Entra ID are read.",
        ),
    ),
    permissions=_permissions,
)
