"""Machines whose patches the customer schedules are patched where there is a schedule."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.patch_schedules import LIST_ASSIGNMENTS, scheduled
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

CORE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
WEB = f"{CORE}/Microsoft.Compute/virtualMachines/vm-web"
SCHEDULES = f"{CORE}/Microsoft.Maintenance/maintenanceConfigurations"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("virtual_machines")


def profile(mode: str = "AutomaticByPlatform", **settings: Any) -> dict[str, Any]:
    patch = {"patchMode": mode, "automaticByPlatformSettings": settings}
    return {"windowsConfiguration": {"patchSettings": patch}}


OWN = profile(bypassPlatformSafetyChecksOnUserSchedule=True)


@pytest.mark.parametrize(
    ("system", "names", "expected"),
    [
        (OWN, ["Weekly"], True),
        # A schedule for the hosts below patches nothing in the machine.
        (OWN, ["hosts"], Unknown),
        (OWN, [], Unknown),
        (OWN, ["elsewhere"], Unknown),
        (profile(), [], None),
        (profile("Manual", bypassPlatformSafetyChecksOnUserSchedule=True), [], None),
        (None, [], None),
    ],
)
def test_a_schedule_is_one_for_patches_in_machines(
    server: AzureServer, open_account: OpenAccount, system: Any, names: list[str], expected: Any
) -> None:
    named = [{"properties": {"maintenanceConfigurationId": f"{SCHEDULES}/{n}"}} for n in names]
    server.put(LIST_ASSIGNMENTS.path.format(id=WEB), {"value": named})
    found = scheduled(open_account(server), WEB, system)
    assert isinstance(found, Unknown) if expected is Unknown else found is expected


@pytest.mark.parametrize(
    "operation", ["MaintenanceConfigurations_List", "ConfigurationAssignments_List"]
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    assert isinstance(scheduled(open_account(server), WEB, OWN), Unknown)
    server.decide = lambda asked: None
