"""Schedules of Azure Update Manager: maintenance configurations for patches in machines.

A machine whose patches the customer schedules (`bypassPlatformSafetyChecksOnUserSchedule`) is not
patched by Azure itself, and not at all without a schedule ("Automatic guest patching": patch
orchestration modes).
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child, listing
from collectors.azure.host_protection import patch_mode
from collectors.azure.ids import key
from collectors.document import Unknown
from collectors.logic import Known

_MAINTENANCE = "Microsoft.Maintenance"
LIST_CONFIGURATIONS = listing(
    f"{_MAINTENANCE}/maintenanceConfigurations", "MaintenanceConfigurations_List"
)
LIST_ASSIGNMENTS = child(
    f"{_MAINTENANCE}/configurationAssignments",
    "ConfigurationAssignments_List",
    f"{{id}}/providers/{_MAINTENANCE}/configurationAssignments",
    paged=True,
)
PATCH_SCHEDULE_CALLS = (LIST_CONFIGURATIONS, LIST_ASSIGNMENTS)

Item = dict[str, Any]

# Dynamic scopes assign schedules by tags, types and regions.
_DYNAMIC = Unknown("the schedule of patches is the customer's, and dynamic scopes are not read")


def scheduled(account: Account, id_: str, profile: Item | None) -> Known | None:
    """Whether a machine has a schedule for its patches; null where Azure or the system patches it
    without one. `profile` is its `osProfile`."""
    settings = patch_mode(profile)
    if not settings or not _by_customer(settings):
        return None
    assigned = account.listed(LIST_ASSIGNMENTS, id=id_)
    if isinstance(assigned, Unknown):
        return assigned
    configurations = account.resources(LIST_CONFIGURATIONS)
    if isinstance(configurations, Unknown):
        return configurations
    inside = {
        key(one["id"])
        for one in configurations
        if str(one["properties"].get("maintenanceScope")).lower() == "inguestpatch"
    }
    named = {key(str(one["properties"].get("maintenanceConfigurationId"))) for one in assigned}
    return True if named & inside else _DYNAMIC


def _by_customer(settings: Item) -> bool:
    by_platform = settings.get("automaticByPlatformSettings") or {}
    return (
        str(settings.get("patchMode")).lower() == "automaticbyplatform"
        and by_platform.get("bypassPlatformSafetyChecksOnUserSchedule") is True
    )
