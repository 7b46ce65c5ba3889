"""The parts of user data that is a MIME message, decoded as cloud-init decodes them. Pure."""

from __future__ import annotations

import zlib
from email import message_from_bytes
from email.errors import (
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
)

_GZIP = b"\x1f\x8b"
_BROKEN = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_MARKS = (b"mime-version:", b"content-type:")
_HEAD = 4096
"""So many bytes cloud-init searches for the mark of a message."""


def unpacked(raw: bytes, most: int) -> tuple[bytes, bool]:
    """The first `most` bytes of what may be compressed with gzip, and whether they are all.

    Raises zlib.error for broken data.
    """
    if not raw.startswith(_GZIP):
        return raw, True
    unpacking = zlib.decompressobj(wbits=31)
    text = unpacking.decompress(raw, most)
    return text, unpacking.eof and not unpacking.unused_data


def decoded_parts(raw: bytes, most: int) -> tuple[list[bytes], bool]:
    """The parts of a message, `most` bytes together at the most, and whether they are all of it;
    none of what is no message."""
    if not any(mark in raw[:_HEAD].lower() for mark in _MARKS):
        return [], True
    found: list[bytes] = []
    is_whole = len(raw) <= most
    try:
        for part in message_from_bytes(raw[:most].lstrip()).walk():
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                continue
            if most <= 0:
                return found, False
            text, is_all = unpacked(payload, most)
            most -= len(text)
            found.append(text)
            broken = any(isinstance(defect, _BROKEN) for defect in part.defects)
            is_whole = is_whole and is_all and not broken
    except (zlib.error, RecursionError, ValueError, LookupError):
        return found, False
    return found, is_whole
