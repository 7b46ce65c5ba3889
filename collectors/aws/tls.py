"""TLS versions as AWS and databases write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from collectors.document import Unknown

Version = Literal["ssl3", "1.0", "1.1", "1.2", "1.3"]

_NAMES: dict[str, Version] = {
    "sslv3": "ssl3",
    "tlsv1": "1.0",
    "tlsv1.0": "1.0",
    "tlsv1.1": "1.1",
    "tlsv1.2": "1.2",
    "tlsv1.3": "1.3",
}
_ORDER = list(dict.fromkeys(_NAMES.values()))


def lowest(names: Iterable[str]) -> Version | Unknown:
    """The lowest of some protocol names ("TLSv1.2"); unknown if any name is not known."""
    versions: list[Version] = []
    for name in names:
        version = _NAMES.get(name.strip().lower())
        if version is None:
            return Unknown(f"{name!r} is not a known TLS version")
        versions.append(version)
    for version in _ORDER:
        if version in versions:
            return version
    return Unknown("no TLS version is named")
