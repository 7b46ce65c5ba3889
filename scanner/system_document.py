"""A declared system as a document, so that checks on systems are checks like all others."""

from __future__ import annotations

from datetime import date
from typing import cast

from collectors.document import Document, Provider, Source, Unknown, document
from collectors.facts.system import HostingPlatform
from collectors.facts.system import System as SystemFacts
from scanner.config import Platform, System
from scanner.evidence import Host, covers


def system_document(
    system: System,
    hosts: list[Host],
    platforms: list[Platform],
    *,
    today: date,
    source: Source | None,
) -> Document:
    """The document of a system whose resources `hosts` hold; `source` is its place in mlps.yaml."""
    return document(
        id=f"system/{system.name}",
        facts=SystemFacts(
            level=system.level,
            platforms=[
                HostingPlatform(
                    provider=f"{host.provider} {host.region}", level=_level(host, platforms, today)
                )
                for host in hosts
            ],
        ),
        provider=cast("Provider", hosts[0].provider),
        account="",
        region="global",
        country=None,
        name=system.name,
        source=source,
    )


def _level(host: Host, platforms: list[Platform], today: date) -> int | Unknown:
    """The level that the certificates about a region state; the highest of several."""
    about = [platform for platform in platforms if covers(platform, host)]
    valid = [platform.level for platform in about if platform.expires >= today]
    if valid:
        return max(valid)
    if about:
        last = max(platform.expires for platform in about)
        return Unknown(f"the certificate of the platform {host.provider} expired on {last}")
    return Unknown(
        f"mlps.yaml declares no platform {host.provider} whose certificate is about {host.region}"
    )
