"""Which version of its API each resource provider is asked in: a file for each provider.

`{"versions": {"Microsoft.Network": "2023-09-01", "Microsoft.Network/dnsZones": "2018-05-01"}}`: of
a provider, and of those of its types that have versions of their own. Versions are generally
available ones (a preview only where there is no other), some years old, because the clouds in China
get new ones later.
"""

from __future__ import annotations

import functools
import importlib.resources

import msgspec
from msgspec import Struct


class _Table(Struct, forbid_unknown_fields=True):
    versions: dict[str, str]


@functools.cache
def versions() -> dict[str, str]:
    """The version of each provider and type, by its name in lower case."""
    found: dict[str, str] = {}
    for file in importlib.resources.files(__name__).iterdir():
        if file.name.endswith(".json"):
            table = msgspec.json.decode(file.read_bytes(), type=_Table)
            found |= {name.lower(): version for name, version in table.versions.items()}
    return found


@functools.cache
def version_of(type_: str) -> str:
    """The version in which a resource type is asked: its own, that of a type above it, or that of
    its provider. Raises KeyError where no file names the provider."""
    parts = type_.lower().split("/")
    for length in range(len(parts), 0, -1):
        found = versions().get("/".join(parts[:length]))
        if found:
            return found
    raise KeyError(f"collectors/azure/apis has no version for {type_}")
