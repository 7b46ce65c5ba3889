"""The Azure Monitor agent measures a machine where it works and a rule tells it what to collect."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.data_collection import LIST_ASSOCIATIONS, measured
from collectors.azure.performance_counters import collects_counters
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer
from tests.collectors.azure.world import SUBSCRIPTION

COMPUTE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Compute"
WEB = f"{COMPUTE}/virtualMachines/vm-web"
RULES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Insights"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("data_collection")


def extension(state: str = "Succeeded", kind: str = "AzureMonitorLinuxAgent") -> dict[str, Any]:
    return {"properties": {"type": kind, "provisioningState": state}}


def view(handler: str = "Ready", power: str = "running") -> dict[str, Any]:
    ready = {"type": "Microsoft.Azure.Monitor.AzureMonitorLinuxAgent"}
    return {
        "statuses": [{"code": f"PowerState/{power}"}],
        "vmAgent": {
            "statuses": [{"displayStatus": "Ready"}],
            "extensionHandlers": [{**ready, "status": {"displayStatus": handler}}],
        },
    }


@pytest.mark.parametrize(
    ("extensions", "seen", "expected"),
    [
        ([extension()], view(), True),
        ([extension()], None, True),
        ([extension()], view("Unresponsive"), False),
        # Off: nothing reports, and nothing is to be measured.
        ([extension()], {"statuses": [{"code": "PowerState/deallocated"}]}, True),
        ([extension("Failed")], view(), False),
        ([extension(kind="MDE.Linux")], view(), False),
        ([], view(), False),
        ([extension()], Unknown("denied"), Unknown),
        (Unknown("denied"), view(), Unknown),
    ],
)
def test_the_agent_works(
    server: AzureServer, open_account: OpenAccount, extensions: Any, seen: Any, expected: Any
) -> None:
    found = measured(open_account(server), WEB, extensions, seen)
    assert isinstance(found, Unknown) if expected is Unknown else found is expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], False),
        (["syslog"], False),
        (["syslog", "COUNTERS"], True),
        (["elsewhere"], Unknown),
        (["elsewhere", "counters"], True),
    ],
)
def test_a_rule_tells_it_to_collect_counters(
    server: AzureServer, open_account: OpenAccount, rules: list[str], expected: Any
) -> None:
    path = LIST_ASSOCIATIONS.path.format(id=WEB)
    items = [
        {
            "id": f"{path}/{name}",
            "properties": {"dataCollectionRuleId": f"{RULES}/dataCollectionRules/{name}"},
        }
        for name in rules
    ]
    server.put(path, {"value": items})
    found = measured(open_account(server), WEB, [extension()], view())
    assert isinstance(found, Unknown) if expected is Unknown else found is expected


def test_counters_that_go_nowhere_are_not_collected() -> None:
    sources = {"performanceCounters": [{"streams": ["Microsoft-Perf"]}]}
    flow = {"streams": ["Microsoft-Perf"], "destinations": ["core"]}
    assert collects_counters({"dataSources": sources, "dataFlows": [flow]})
    assert not collects_counters({"dataSources": sources, "dataFlows": []})
    syslog = {"streams": ["Microsoft-Syslog"], "destinations": ["core"]}
    assert not collects_counters({"dataSources": sources, "dataFlows": [syslog]})
