"""Why something is unknown, in Chinese.

Collectors and the evaluation write reasons in English: that text stands in snapshots and verdicts.
Reports show it in Chinese by the templates of the files `reasons.zh.yaml`, one beside the code that
writes the reasons (collectors/reasons.zh.yaml says how they are written). What has no template
stays as it is.
"""

from __future__ import annotations

import fnmatch
import functools
import re
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from collectors import document
from collectors.snapshot import FailedCall
from scanner.message import fill

FILE = "reasons.zh.yaml"
HOLE = re.compile(r"\{(\w+)\}")
REASON = "reason"
"""The hole that holds a reason of its own."""

_CODE = re.compile(r"(?P<code>[\w.-]+): (?P<permission>[\w.-]+[:/]\S+)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Codes(Struct, frozen=True, forbid_unknown_fields=True):
    """Codes of failed calls, and what they mean."""

    match: list[str]
    zh: str

    def have(self, code: str) -> bool:
        """Whether a code is one of these."""
        return any(fnmatch.fnmatchcase(code.lower(), pattern.lower()) for pattern in self.match)


class ReasonFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One file: the Chinese of each English text, and of codes."""

    reasons: dict[str, str] = {}
    codes: list[Codes] = []


def files() -> list[Path]:
    """Every file of templates: those deepest in the tree, which are the most special, first."""
    collectors = Path(document.__file__).parent
    found = [*collectors.rglob(FILE), Path(__file__).parent / FILE]
    return sorted(found, key=lambda path: (-len(path.parts), path))


def in_chinese(reason: str) -> str:
    """A reason in Chinese; as it is where nobody has written it."""
    table = _table()
    if reason in table.reasons:
        return table.reasons[reason]
    if coded := _CODE.fullmatch(reason):
        return _code(coded["code"], coded["permission"])
    for pattern, chinese in _patterns():
        if found := pattern.fullmatch(reason):
            holes = found.groupdict()
            if REASON in holes:
                holes[REASON] = in_chinese(holes[REASON])
            return fill(chinese, holes)
    return reason


def failure_in_chinese(call: FailedCall) -> str:
    """What became of a call that failed. The cloud's own words stay as they are."""
    cause = _code(call.code, call.permission or f"{call.service}:{call.operation}")
    message = in_chinese(call.message)
    if not message:
        return cause
    return f"{cause}；原文：{message}" if message == call.message else f"{cause}：{message}"


def _code(code: str, permission: str) -> str:
    template = next((one.zh for one in _table().codes if one.have(code)), "{code}: {permission}")
    return fill(template, {"code": code, "permission": permission})


@functools.cache
def _table() -> ReasonFile:
    """All files as one."""
    reasons: dict[str, str] = {}
    codes: list[Codes] = []
    for path in files():
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe ones
        file = msgspec.convert(data, ReasonFile)
        reasons |= file.reasons
        codes += file.codes
    return ReasonFile(reasons, codes)


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """The templates with holes; the one that says the most itself first."""
    holed = [english for english in _table().reasons if HOLE.search(english)]
    holed.sort(key=lambda english: (-len(HOLE.sub("", english)), english))
    return [(_pattern(english), _table().reasons[english]) for english in holed]


def _pattern(english: str) -> re.Pattern[str]:
    texts = HOLE.split(english)
    # Texts and the names of holes, by turns.
    parts = [f"(?P<{text}>.+?)" if i % 2 else re.escape(text) for i, text in enumerate(texts)]
    return re.compile("".join(parts), re.DOTALL)
