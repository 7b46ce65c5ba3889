"""What protects the instances of a region: the agent of Security Center and the vulnerabilities
that it found, the patches of CloudOps Orchestration Service, and the agent of CloudMonitor.

Sources: sas DescribeCloudCenterInstances, DescribeVulConfig, DescribeVulList; oos
ListInstancePatchStates, ListInstancePatches; cms DescribeMonitoringAgentStatuses.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.api import product
from collectors.calls import Call, Scope
from collectors.document import Unknown, then
from collectors.facts.compute import Agent, Patch, Vulnerabilities
from collectors.logic import Known, every, told
from collectors.regions import GLOBAL

Item = dict[str, Any]


def _call(service: str, operation: str, result: str, scope: Scope, *, paged: bool = True) -> Call:
    # Security Center has another name in RAM.
    prefix = "yundun-sas" if service == "sas" else service
    return Call(
        provider="aliyun",
        service=service,
        operation=operation,
        permission=f"{prefix}:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_MACHINES = _call("sas", "DescribeCloudCenterInstances", "Instances", "region")
DESCRIBE_SCANS = _call("sas", "DescribeVulConfig", "TargetConfigs", "account", paged=False)
DESCRIBE_VULNERABILITIES = _call("sas", "DescribeVulList", "VulRecords", "account")
LIST_PATCH_STATES = _call("oos", "ListInstancePatchStates", "InstancePatchStates", "region")
LIST_PATCHES = _call("oos", "ListInstancePatches", "Patches", "resource")
DESCRIBE_AGENTS = _call(
    "cms", "DescribeMonitoringAgentStatuses", "NodeStatusList.NodeStatus", "region", paged=False
)

HOST_PROTECTION_CALLS = (
    DESCRIBE_MACHINES,
    DESCRIBE_SCANS,
    DESCRIBE_VULNERABILITIES,
    LIST_PATCH_STATES,
    LIST_PATCHES,
    DESCRIBE_AGENTS,
)

OVERSEAS = "ap-southeast-1"
"""Where Security Center keeps what it knows of regions outside of mainland China."""

_KINDS: tuple[dict[str, str], ...] = (
    {"Type": "cve"},
    {"Type": "sys"},
    {"Type": "cms"},
    {"Type": "emg"},
    {"Type": "app", "AttachTypes": "sca"},
)
"""The kinds of vulnerabilities that DescribeVulList lists, one at a time."""
_SCAN_OF = {"linux": "cve", "windows": "sys"}
_PAGE = 100
_SUBSTATES = {"online", "offline", "pause", "stopped"}
"""Those of an agent that is installed: `ClientSubStatus` of DescribeCloudCenterInstances."""
_WITHOUT_MALWARE_SCAN = {1, 10}
"""`AuthVersion` of a server: the free edition, and that of value-added services alone."""
_WITH_MALWARE_SCAN = {3, 5, 6, 7}
_STATES_AT_ONCE = 50
_AGENTS_AT_ONCE = 10
_OPEN_PATCHES = {"missing", "failed"}


class Hosts(Struct, frozen=True, kw_only=True):
    """What is told of the instances of a region, by instance id. `scans` has what Security Center
    looks for, `found` the open vulnerabilities of high priority of each instance."""

    machines: dict[str, Item] | Unknown
    scans: dict[str, Known] | Unknown
    found: dict[str, list[Item]] | Unknown
    patches: dict[str, Item] | Unknown
    agents: dict[str, str] | Unknown


def read_hosts(account: Account, region: str, ids: list[str]) -> Hosts:
    """What is told of the instances of those ids. Must not be called by a mapped function."""
    centre = OVERSEAS if region in product(DESCRIBE_MACHINES.service).regional else GLOBAL
    return Hosts(
        machines=then(
            account.listed(DESCRIBE_MACHINES, region, MachineTypes="ecs", PageSize=_PAGE),
            lambda found: {item["InstanceId"]: item for item in found},
        ),
        scans=then(account.read(DESCRIBE_SCANS, centre), _scans),
        found=_vulnerabilities(account, centre),
        patches=_patch_states(account, region, ids),
        agents=_agent_states(account, region, ids),
    )


def _scans(found: list[Item]) -> dict[str, Known]:
    return {item["Type"]: is_scanned(item) for item in found}


def is_scanned(item: Item) -> Known:
    """Whether a kind of vulnerabilities is looked for, and on all servers."""
    settings = {item.get("Config"), item.get("OverAllConfig")} - {None}
    if "off" in settings:
        return False
    return settings == {"on"} or Unknown("Security Center does not tell what it looks for")


def _vulnerabilities(account: Account, centre: str) -> dict[str, list[Item]] | Unknown:
    records: dict[str, list[Item]] = {}
    answers = account.map(
        lambda kind: account.listed(
            DESCRIBE_VULNERABILITIES,
            centre,
            kind["Type"],
            Necessity="asap",
            Dealed="n",
            PageSize=_PAGE,
            **kind,
        ),
        _KINDS,
    )
    for found in answers:
        if isinstance(found, Unknown):
            return found
        for item in found:
            # Security Center's own id of a machine stands in every record.
            name = item.get("InstanceId") or item.get("Uuid")
            records.setdefault(str(name), []).append(item)
    return records


def _portions(ids: list[str], size: int) -> list[list[str]]:
    ordered = sorted(ids)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def _patch_states(account: Account, region: str, ids: list[str]) -> dict[str, Item] | Unknown:
    states: dict[str, Item] = {}
    for found in account.map(
        lambda some: account.listed(LIST_PATCH_STATES, region, InstanceIds=some),
        _portions(ids, _STATES_AT_ONCE),
    ):
        if isinstance(found, Unknown):
            return found
        states.update({item["InstanceId"]: item for item in found})
    return states


def _agent_states(account: Account, region: str, ids: list[str]) -> dict[str, str] | Unknown:
    states: dict[str, str] = {}
    for found in account.map(
        lambda some: account.listed(DESCRIBE_AGENTS, region, InstanceIds=",".join(some)),
        _portions(ids, _AGENTS_AT_ONCE),
    ):
        if isinstance(found, Unknown):
            return found
        states.update({item["InstanceId"]: str(item.get("Status")) for item in found})
    return states


def machine_of(identity: str, hosts: Hosts) -> Item | Unknown:
    """What Security Center knows of an instance."""
    if isinstance(hosts.machines, Unknown):
        return hosts.machines
    found = hosts.machines.get(identity)
    return Unknown("Security Center does not list the instance") if found is None else found


def agent_of(machine: Item) -> Agent:
    """The agent of Security Center, by ClientStatus and ClientSubStatus. One on a server without a
    licence of an edition that looks for malware is none (AuthVersion)."""
    status = machine.get("ClientStatus")
    return Agent(
        installed=every([_is_installed(machine), _is_licensed(machine)]),
        online=told(machine, "ClientStatus") if status is None else status == "online",
    )


def _is_installed(machine: Item) -> Known:
    status, sub = machine.get("ClientStatus"), machine.get("ClientSubStatus")
    if sub == "uninstalled":
        return False
    if sub in _SUBSTATES or (sub is None and status in {"online", "pause"}):
        return True
    return Unknown("Security Center does not tell whether its agent is installed")


def _is_licensed(machine: Item) -> Known:
    edition = machine.get("AuthVersion")
    if edition in _WITHOUT_MALWARE_SCAN:
        return False
    if edition in _WITH_MALWARE_SCAN:
        return True
    return Unknown("Security Center does not tell of which edition the server has a licence")


def vulnerabilities_of(
    identity: str, os_type: str, hosts: Hosts, now: datetime
) -> Vulnerabilities | Unknown:
    """What Security Center found on an instance. Critical are those that it calls of high priority
    (asap), be they of the system or of applications; ignored ones do not count."""
    machine = machine_of(identity, hosts)
    if isinstance(machine, Unknown):
        return machine
    assessed = _is_assessed(machine, os_type, hosts)
    if assessed is False:
        return Vulnerabilities(assessed=False, critical=None, oldest_critical_days=None)
    names = dict.fromkeys((identity, str(machine.get("Uuid"))))
    found = then(hosts.found, lambda all_: [one for name in names for one in all_.get(name, [])])
    return Vulnerabilities(
        assessed=assessed,
        critical=then(found, len),
        oldest_critical_days=then(found, lambda records: _oldest(records, now)),
    )


def _is_assessed(machine: Item, os_type: str, hosts: Hosts) -> Known:
    """By the agent, which looks for what is switched on for the instance's system."""
    installed = _is_installed(machine)
    if installed is not True:
        return installed
    if isinstance(hosts.scans, Unknown):
        return hosts.scans
    kind = _SCAN_OF.get(os_type)
    if kind not in hosts.scans:
        return Unknown("Security Center does not tell whether it looks for vulnerabilities")
    return hosts.scans[kind]


def _oldest(records: list[Item], now: datetime) -> int | Unknown | None:
    if not records:
        return None
    times = [item.get("FirstTs") for item in records]
    known = [int(time) for time in times if time]
    if len(known) < len(times):
        return Unknown("Security Center does not tell since when a vulnerability is there")
    return max(0, (now - datetime.fromtimestamp(min(known) / 1000, UTC)).days)


def patch_of(account: Account, region: str, identity: str, hosts: Hosts) -> Patch | Unknown:
    """Patch management of an instance: CloudOps Orchestration Service has scanned or patched it by
    a baseline. Which patches are critical is asked where any is missing."""
    if isinstance(hosts.patches, Unknown):
        return hosts.patches
    state = hosts.patches.get(identity)
    if state is None:
        return Patch(managed=False, critical_missing=None)
    counts = [told(state, name) for name in ("MissingCount", "FailedCount")]
    doubt = next((count for count in counts if isinstance(count, Unknown)), None)
    if doubt:
        return Patch(managed=True, critical_missing=doubt)
    if not any(int(count) for count in counts):
        return Patch(managed=True, critical_missing=0)
    patches = account.listed(LIST_PATCHES, region, identity, InstanceId=identity)
    return Patch(managed=True, critical_missing=then(patches, _critical))


def _critical(patches: list[Item]) -> int | Unknown:
    severities = [
        str(item.get("Severity") or "").lower()
        for item in patches
        if str(item.get("Status")).lower() in _OPEN_PATCHES
    ]
    critical = severities.count("critical")
    if not severities:
        return Unknown("OOS counts missing patches and lists none")
    if not critical and "" in severities:
        return Unknown("OOS does not tell how severe a missing patch is")
    return critical


def monitored(identity: str, state: str, hosts: Hosts) -> bool | Unknown:
    """Whether the agent of CloudMonitor runs. Of a machine that does not run itself CloudMonitor
    does not tell whether it has the agent."""
    if isinstance(hosts.agents, Unknown):
        return hosts.agents
    status = hosts.agents.get(identity)
    if status is None:
        return Unknown("CloudMonitor does not tell of the instance")
    if status != "running" and state != "Running":
        return Unknown("the agent of CloudMonitor rests with the instance")
    return status == "running"
