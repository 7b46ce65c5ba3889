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
    help="The policy itself, or Terraform that creates it.",
)


def _make(cloud: Cloud) -> click.Command:
    def permissions(form: PolicyFormat, **options: Any) -> None:
        click.echo(cloud.permissions(form, options))

    permissions.__doc__ = (
        f"Print the policy with exactly the actions that scanning {cloud.title} calls."
    )
    every = (_FORMAT, *cloud.permission_options)
    return click.command(cloud.name)(with_options(permissions, every))


@click.group(
    "permissions", cls=CloudGroup, make=_make, short_help="Print the rights that a scan needs."
)
def command() -> None:
    """Print the rights that a scan needs: read-only, exactly the actions that it calls.

    \b
    mlps permissions aws > policy.json
    mlps permissions aliyun --format terraform > mlps.tf
    """
