"""Names of the keys of certificates as ACM writes them. Pure."""

from __future__ import annotations

import re

from collectors.document import Unknown

_NAME = re.compile(r"(RSA|EC)[_-]\D*(\d+)(?:r1|v1)?")


def key_named(name: str) -> tuple[str, int] | Unknown:
    """The algorithm and size of a key: RSA_2048, RSA-2048, EC_prime256v1 or EC_secp384r1."""
    written = _NAME.fullmatch(name)
    if not written:
        return Unknown(f"the key algorithm {name} is not known to this version")
    return written[1], int(written[2])
