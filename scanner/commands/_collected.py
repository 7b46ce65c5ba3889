"""What is said on standard error once something was collected."""

from __future__ import annotations

import click

from collectors.snapshot import FailedCall, Manifest
from scanner.reasons import failure_in_chinese

_NAMED = 5


def say_collected(manifest: Manifest, language: str = "en") -> None:
    """Say what was collected, what could not be read, and what nothing here reads."""
    lines = _chinese(manifest) if language == "zh" else _english(manifest)
    for line in lines:
        click.echo(line, err=True)


def _english(manifest: Manifest) -> list[str]:
    where = f" ({_where(manifest)})" if _where(manifest) else ""
    lines = [f"Collected {_number(sum(manifest.counts.values()), 'resource')}{where}."]
    if failed := manifest.failed_calls:
        lines.append(
            f"{_number(len(failed), 'read')} failed; what they would have shown is unknown. The"
            f" first: {_call(failed[0])} {failed[0].code}: {failed[0].message}"
        )
    if manifest.unmapped:
        names = list(manifest.unmapped)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        lines.append(
            f"{_number(sum(manifest.unmapped.values()), 'resource')} of types that this version"
            f" does not read: {', '.join(names[:_NAMED])}{more}."
        )
    return lines


def _chinese(manifest: Manifest) -> list[str]:
    where = f"（{_where(manifest)}）" if _where(manifest) else ""
    lines = [f"已采集 {sum(manifest.counts.values())} 个资源{where}。"]
    if failed := manifest.failed_calls:
        lines.append(
            f"{len(failed)} 次读取失败，相关配置未知。第一次：{_call(failed[0])}"
            f" {failure_in_chinese(failed[0])}"
        )
    if manifest.unmapped:
        names = list(manifest.unmapped)
        more = f" 等 {len(names)} 种" if len(names) > _NAMED else ""
        lines.append(
            f"{sum(manifest.unmapped.values())} 个资源的类型本版本尚不支持："
            f"{', '.join(names[:_NAMED])}{more}。"
        )
    return lines


def _where(manifest: Manifest) -> str:
    return ", ".join(manifest.regions) or ", ".join(manifest.providers)


def _call(call: FailedCall) -> str:
    return f"{call.service}:{call.operation} {call.resource}"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
