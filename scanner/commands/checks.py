"""`mlps checks`: the checks, and everything about one."""

from __future__ import annotations

from pathlib import Path

import click

from collectors.document import UserError
from scanner.checks import SEVERITIES_ZH, CheckMetadata
from scanner.commands._language import lang_option

_policies = click.option(
    "--policies",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder with checks of your own, besides the bundled ones. Repeatable.",
)


@click.group("checks", invoke_without_command=True, short_help="List the checks, show one.")
@_policies
@lang_option
@click.pass_context
def command(ctx: click.Context, policies: tuple[Path, ...], lang: str) -> None:
    """List the checks; `mlps checks show ID` tells everything about one."""
    if ctx.invoked_subcommand:
        return
    from scanner.commands.items import print_table  # noqa: PLC0415

    english = ("Check", "Severity", "What must hold", "Resources", "Items")
    chinese = ("检查项", "严重程度", "要求", "资源类型", "对应要求项")
    rows = [
        (
            check.id,
            SEVERITIES_ZH[check.severity] if lang == "zh" else check.severity,
            check.title_zh if lang == "zh" else check.title,
            ", ".join(check.targets),
            ", ".join(check.items),
        )
        for check in _load(policies)
    ]
    print_table(chinese if lang == "zh" else english, rows)


@command.command("show")
@click.argument("id_", metavar="ID")
@_policies
@lang_option
def show(id_: str, policies: tuple[Path, ...], lang: str) -> None:
    """Show one check: what it reads, what it says, what to do about it."""
    found = {check.id: check for check in _load(policies)}
    if id_ not in found:
        near = [
            name
            for name in found
            if id_ in name or name.split("-")[0] == id_.split("-", maxsplit=1)[0]
        ]
        hint = f"Did you mean: {', '.join(near[:8])}?" if near else "List them with: mlps checks"
        raise UserError(f"There is no check {id_!r}.", hint)
    click.echo("\n".join(_lines(found[id_], lang)))


def _load(policies: tuple[Path, ...]) -> list[CheckMetadata]:
    from scanner.policies import bundled, load  # noqa: PLC0415

    return load(bundled(), *policies).checks


def _lines(check: CheckMetadata, lang: str) -> list[str]:
    chinese = lang == "zh"
    labels = (
        ("严重程度", "资源类型", "读取的事实", "对应要求项", "不符合时提示", "整改建议", "参考资料")
        if chinese
        else ("Severity", "Resources", "Facts", "Items", "Message", "What to do", "References")
    )
    severity, targets, facts, items, message, remedy, references = labels
    lines = [
        f"{check.id}  {check.title_zh if chinese else check.title}",
        "",
        check.description_zh if chinese else check.description,
        "",
        f"{severity}: {SEVERITIES_ZH[check.severity] if chinese else check.severity}",
        f"{targets}: {', '.join(check.targets)}",
        f"{facts}: {', '.join(check.facts)}",
        f"{items}: {', '.join(check.items)}",
        f"{message}: {check.message_zh if chinese else check.message}",
        "",
        f"{remedy}: {check.remediation.zh if chinese else check.remediation.en}",
    ]
    for name, text in check.remediation.clouds(lang):
        lines += ["", f"  {name}:", *(f"    {line}" for line in text.splitlines())]
    if check.references:
        lines += ["", f"{references}:", *(f"  {reference}" for reference in check.references)]
    return lines
