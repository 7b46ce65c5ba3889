"""Text from clouds and templates, made safe to show: a name may hold anything."""

from __future__ import annotations

import functools
import unicodedata

from collectors.snapshot import FailedCall
from scanner.reasons import failure_in_chinese, in_chinese
from scanner.report import Language
from scanner.verdict import ResourceRef

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with every character that is not seen, but does something, written out.

    Control characters move a terminal's cursor or colour what follows, line breaks forge lines of
    a report, and marks of direction show a text in another order than it is.
    """
    if text.isprintable():
        return text
    return "".join(_written_out(c) if unicodedata.category(c) in _HIDDEN else c for c in text)


def counted(number: int, noun: str) -> str:
    """A number of things in English: "1 call", "2 calls"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def failure(call: FailedCall, language: Language) -> str:
    """Why a call failed."""
    return failure_in_chinese(call) if language == "zh" else f"{call.code}: {call.message}"


@functools.lru_cache(maxsize=4096)
def reason_of(reason: str, language: Language) -> str:
    """Why a verdict could not be reached; the path of the fact stands before it unless the engine
    wrote it."""
    if language != "zh":
        return reason
    path, colon, cause = reason.partition(": ")
    whole = in_chinese(reason)
    return whole if whole != reason or not colon else f"{path}：{in_chinese(cause)}"


def name_of(resource: ResourceRef, language: Language) -> str:
    """The name of a resource; a collector names the stand-in for unlisted ones in English."""
    if resource.unlisted and language == "zh":
        return f"{resource.native_type or resource.type}（未能列出）"
    return resource.name


def _written_out(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
