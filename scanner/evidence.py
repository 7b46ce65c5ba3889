"""Evidence beside configuration: what persons attest, and what a platform's certificate answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import Struct

from scanner.catalog import Item, Text
from scanner.config import Attestation, Config, Platform
from scanner.patterns import matches


class Evidence(Struct, kw_only=True, frozen=True):
    """What stands behind the result of an item beside verdicts: one of the two."""

    attestation: Attestation | None = None
    platforms: list[Platform] = []

    @property
    def text(self) -> Text:
        """Who states it, with the reference."""
        if self.attestation:
            one = self.attestation
            return Text(
                f"Attested by {one.by} on {one.stated}, until {one.expires}: {one.evidence}.",
                f"{one.by} 于 {one.stated} 确认，有效期至 {one.expires}：{one.evidence}。",
            )
        named = ", ".join(
            f"{one.provider} ({one.level}, {one.certificate}, {one.expires})"
            for one in self.platforms
        )
        return Text(
            f"Inherited from the platform's certificate: {named}.", f"沿用云平台测评结论：{named}。"
        )


class Host(Struct, frozen=True):
    """A cloud's region that hosts resources of a system."""

    provider: str
    region: str
    country: str | None


_WORST_FIRST = ("not_met", "met", "not_applicable")


def evidence_for(
    item: Item, *, system: str, level: int, hosts: Collection[Host], config: Config, today: date
) -> Evidence | None:
    """The evidence that is valid today for an item of a system; None where there is none.

    A person's word comes first, and of several the least favourable. A platform's certificate
    answers what is inherited, when each region that hosts the system has one that is valid, of a
    level that is not below the system's.
    """
    stated = [
        one
        for one in config.attestations
        if one.item == item.key and is_about(one, system) and one.stated <= today <= one.expires
    ]
    if stated:
        worst = min(stated, key=lambda one: _WORST_FIRST.index(one.result))
        return Evidence(attestation=worst)
    if item.assessed != "inherited" or not hosts:
        return None
    valid = [one for one in config.platforms if one.expires >= today and one.level >= level]
    answering: list[Platform] = []
    for host in sorted(hosts, key=lambda one: (one.provider, one.region)):
        found = next((one for one in valid if covers(one, host)), None)
        if found is None:
            return None
        answering += [] if found in answering else [found]
    return Evidence(platforms=answering)


def covers(platform: Platform, host: Host) -> bool:
    """Whether a certificate is about a region: those that it names, else those in the mainland,
    where alone a platform is filed."""
    if platform.provider != host.provider:
        return False
    if platform.regions:
        return matches(host.region, platform.regions)
    return host.country == "CN"


def is_about(attestation: Attestation, system: str) -> bool:
    """Whether an attestation is made for a system: for every one if it names none."""
    return not attestation.systems or matches(system, attestation.systems)
