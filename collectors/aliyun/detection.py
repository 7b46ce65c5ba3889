"""Editions of Security Center, and what an account has of it. Pure: live accounts and templates are
judged by the same functions."""

from __future__ import annotations

from collections.abc import Mapping

from collectors.document import Unknown, then
from collectors.facts.account import Detector

EDITIONS = {
    1: "free", 3: "enterprise", 5: "advanced", 6: "anti-virus", 7: "ultimate", 10: "value-added",
}  # fmt: skip
"""DescribeVersionConfig, `HighestVersion` and `MergedVersion`."""
BLOCKING = "auto_breaking"
"""Malicious host behaviour prevention: known malware is stopped and removed."""
DEFENCES = (BLOCKING, "ransomware_breaking", "webshell_cloud_breaking", "alinet")

_SCANNING = {"anti-virus", "advanced", "enterprise", "ultimate"}


def detector(edition: str | Unknown, states: Mapping[str, bool | Unknown]) -> Detector:
    """Security Center of an edition, with the state of each of `DEFENCES`. `malware_scan`: the free
    edition looks for no malware, the others do on every server that has their agent."""
    unread = [state for state in states.values() if isinstance(state, Unknown)]
    return Detector(
        product="Security Center",
        region="global",
        enabled=then(edition, lambda _: True),
        edition=edition,
        features=unread[0] if unread else [name for name, on in states.items() if on],
        malware_scan=then(edition, lambda name: name in _SCANNING),
        prevention=states[BLOCKING],
    )
