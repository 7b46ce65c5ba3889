"""`mlps permissions`: the rights that collecting needs, no more."""

from __future__ import annotations

from typing import Any

import click

from scanner.commands._clouds import Cloud, CloudGroup, PolicyFormat, with_options

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "terraform"]),
    default="json",
    show_default=True,
    help="The policies or the role themselves, or Terraform that creates them.",
)


def _make(cloud: Cloud) -> click.Command:
    def permissions(form: PolicyFormat, **options: Any) -> None:
        click.echo(cloud.permissions(form, options))

    permissions.__doc__ = (
        f"Print exactly the actions that scanning {cloud.title} calls, as a policy or role; as"
        " several policies where one would be too long to be created."
    )
    every = (_FORMAT, *cloud.permission_options)
    return click.command(cloud.name)(with_options(permissions, every))


@click.group(
    "permissions", cls=CloudGroup, make=_make, short_help="Print the rights that a scan needs."
)
def command() -> None:
    """Print the rights that a scan needs: read-only, exactly the actions that it calls.

    \b
    mlps permissions aws > policies.json
    mlps permissions aliyun --format terraform > mlps.tf
    """
