"""What runs inside a machine, as its extensions and its instance view tell: the agent against
malware, the one that measures, and how it is patched. Pure.

An extension says by its handler's heartbeat ("Ready") that it works; the machine's own agent
reports that, so that nothing is known of an extension while the agent is away.
"""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.compute import Agent, Patch
from collectors.logic import Known

Item = dict[str, Any]

# Defender for Endpoint, put in by Defender for Servers, and Microsoft Antimalware.
PROTECTING = ("mde.windows", "mde.linux", "iaasantimalware")
# Azure Monitor agent. The Log Analytics agents that it replaced ended in August 2024.
MEASURING = ("azuremonitorwindowsagent", "azuremonitorlinuxagent")


def state_of(view: Item) -> str | Unknown:
    """The power state: running, stopped, deallocated, starting, …"""
    for status in view.get("statuses") or ():
        kind, _, state = str(status.get("code")).partition("/")
        if kind == "PowerState" and state:
            return state
    return Unknown("the instance view does not tell the power state")


def agent_of(extensions: list[Item], view: Item | Unknown) -> Agent:
    """The agent against malware."""
    types = [one for one in map(_type, extensions) if one in PROTECTING]
    if not types:
        return Agent(installed=False, online=False)
    if isinstance(view, Unknown):
        return Agent(installed=True, online=view)
    return Agent(installed=True, online=any(_is_ready(view, one) for one in types))


def measuring_agents(extensions: list[Item]) -> list[str]:
    """The types of the Azure Monitor agent that were put in without an error."""
    return [
        kind
        for one in extensions
        if (kind := _type(one)) in MEASURING
        and str(one["properties"].get("provisioningState")).lower() == "succeeded"
    ]


def works(view: Item, kind: str) -> Known:
    """Whether the extension of a type works. While the machine is off there is nothing to tell of
    it: one that was put in counts then."""
    state = state_of(view)
    if isinstance(state, Unknown):
        return state
    return _is_ready(view, kind) if state == "running" else True


def patch_of(profile: Item | None, view: Item | Unknown, scheduled: Known | None) -> Patch:
    """How a machine is patched, by its `osProfile`; one made of a disk that was prepared elsewhere
    has none. `scheduled` is whether a schedule of the customer's patches it, null where none is
    needed."""
    missing = _missing(view)
    mode = (patch_mode(profile) or {}).get("patchMode")
    if mode is None:
        unknown = Unknown("the machine does not tell its patch mode")
        return Patch(managed=unknown, critical_missing=missing)
    managed = is_managed(mode) if scheduled is None else scheduled
    return Patch(managed=managed, critical_missing=missing)


def patch_mode(profile: Item | None) -> Item | None:
    """The `patchSettings` of a machine's system."""
    for name in ("linuxConfiguration", "windowsConfiguration"):
        if system := (profile or {}).get(name):
            settings: Item | None = system.get("patchSettings")
            return settings
    return None


def is_managed(mode: str) -> bool:
    """Azure patches a machine in AutomaticByPlatform mode, Windows itself in AutomaticByOS."""
    return mode.lower().startswith("automatic")


def _missing(view: Item | Unknown) -> int | Unknown | None:
    """Critical and security patches that the last assessment found missing, null without one."""
    if isinstance(view, Unknown):
        return view
    summary = (view.get("patchStatus") or {}).get("availablePatchSummary")
    if not summary:
        return None
    count = summary.get("criticalAndSecurityPatchCount")
    if str(summary.get("status")).lower() != "succeeded" or not isinstance(count, int):
        return Unknown("the last assessment of patches did not succeed")
    return count


def _type(extension: Item) -> str:
    return str(extension["properties"].get("type")).lower()


def _is_ready(view: Item, kind: str) -> Known:
    agent = view.get("vmAgent") or {}
    statuses = agent.get("statuses") or ()
    if not any(str(one.get("displayStatus")).lower() == "ready" for one in statuses):
        return False
    return any(
        str(handler.get("type")).lower().endswith(f".{kind}")
        and str((handler.get("status") or {}).get("displayStatus")).lower() == "ready"
        for handler in agent.get("extensionHandlers") or ()
    )
