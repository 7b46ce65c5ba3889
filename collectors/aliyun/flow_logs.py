"""VPC flow logs, joined with the Logstore that they are delivered to."""

from __future__ import annotations

from typing import Literal

from collectors.aliyun.account import Account
from collectors.aliyun.log_destinations import RETENTION_CALLS, logstore_arn, logstore_days
from collectors.aliyun.vpc_calls import Item, vpc_call
from collectors.document import Unknown
from collectors.facts.network import FlowLog

DESCRIBE_FLOW_LOGS = vpc_call("DescribeFlowLogs", "FlowLogs.FlowLog")

FLOW_LOG_CALLS = (DESCRIBE_FLOW_LOGS, *RETENTION_CALLS)

Traffic = Literal["all", "accept", "reject"]
_TRAFFIC: dict[str, Traffic] = {"all": "all", "allow": "accept", "drop": "reject"}


def flow_log(account: Account, region: str, item: Item) -> FlowLog:
    """Facts of a flow log of DescribeFlowLogs, whose project is in its own region."""
    where = item.get("RegionId") or region
    project, store = item["ProjectName"], item["LogStoreName"]
    delivered = not str(item.get("FlowLogDeliverStatus", "")).lower().startswith("fail")
    locked = item.get("BusinessStatus") == "FinancialLocked"
    return FlowLog(
        traffic=traffic(item),
        active=item["Status"] == "Active" and delivered and not locked,
        destination=logstore_arn(account, where, project, store),
        destination_region=where,
        retention_days=logstore_days(account, where, project, store),
    )


def traffic(item: Item) -> Traffic | Unknown:
    """What a flow log records: all traffic, or that which was allowed or dropped. One that looks
    at the traffic of the internet only (TrafficPath) records a part of either."""
    paths = (item.get("TrafficPath") or {}).get("TrafficPathList") or ["all"]
    if "all" not in paths:
        return Unknown("the flow log records traffic of some paths only")
    kind = str(item["TrafficType"])
    return _TRAFFIC.get(kind.lower()) or Unknown(f"traffic type {kind} is not known")
