"""How Cloud Firewall prevents intrusions, by the settings of a firewall."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown

IpsMode = Literal["block", "alert", "off"]


def ips_mode(config: dict[str, Any]) -> IpsMode | Unknown:
    """Block or observe (RunMode); off where no kind of rule is on."""
    rules = ("BasicRules", "PatchRules", "CtiRules", "EnableAllPatch")
    if all(config.get(name) in (0, None) for name in rules):
        return "off"
    modes: dict[Any, IpsMode] = {1: "block", 0: "alert"}
    mode = modes.get(config.get("RunMode"))
    return mode or Unknown("the mode of the intrusion prevention is not understood")
