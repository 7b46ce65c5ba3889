"""What is said on standard error once something was collected."""

from __future__ import annotations

import click

from collectors.snapshot import Manifest

_NAMED = 5


def say_collected(manifest: Manifest) -> None:
    """Say what was collected, what could not be read, and what nothing here reads."""
    total = sum(manifest.counts.values())
    where = ", ".join(manifest.regions) or ", ".join(manifest.providers)
    click.echo(f"Collected {_number(total, 'resource')}{f' ({where})' if where else ''}.", err=True)
    failed = manifest.failed_calls
    if failed:
        first = failed[0]
        click.echo(
            f"{_number(len(failed), 'read')} failed; what they would have shown is unknown. The"
            f" first: {first.service}:{first.operation} {first.resource} {first.code}:"
            f" {first.message}",
            err=True,
        )
    if manifest.unmapped:
        names = list(manifest.unmapped)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        click.echo(
            f"{_number(sum(manifest.unmapped.values()), 'resource')} of types that this version"
            f" does not read: {', '.join(names[:_NAMED])}{more}.",
            err=True,
        )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
