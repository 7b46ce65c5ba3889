"""`mlps notify`: try the webhooks of mlps.yaml."""

from __future__ import annotations

import click

from scanner.commands._options import config_option
from scanner.declared import Declared


@click.command("notify", short_help="Send a test message to the webhooks of mlps.yaml.")
@config_option
def command(config: Declared) -> None:
    """Send a test message to each webhook of mlps.yaml, whatever its `when`."""
    from collectors.document import UserError  # noqa: PLC0415
    from scanner import __version__  # noqa: PLC0415
    from scanner.notify.send import addresses, send  # noqa: PLC0415
    from scanner.notify.summary import trial  # noqa: PLC0415

    targets = addresses(config.config.notify)
    if not targets:
        raise UserError(
            "mlps.yaml has no webhook.",
            "Add one under notify: - {kind: dingtalk, url_env: DINGTALK_URL}",
        )
    problems = send(trial(__version__), targets)
    if problems:
        raise UserError(
            f"{len(problems)} of {len(targets)} webhooks did not take the message: "
            + "; ".join(problems),
            "Check the address, the secret and the robot's security settings.",
        )
    click.echo(f"Sent to {', '.join(target.name for target in targets)}.")
