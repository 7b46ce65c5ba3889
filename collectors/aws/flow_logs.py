"""VPC flow logs, joined with the store that they are delivered to."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.bucket import bucket_region, object_retention_days
from collectors.aws.log_group import retention_days
from collectors.document import Unknown
from collectors.facts.network import FlowLog


def flow_log(account: Account, region: str, item: dict[str, Any]) -> FlowLog:
    """Facts of a flow log of DescribeFlowLogs. `DeliverLogsStatus` is missing until the first
    delivery, and FAILED when the last one did not arrive."""
    where = destination(account, region, item)
    return FlowLog(
        traffic=item["TrafficType"].lower(),
        active=item["FlowLogStatus"] == "ACTIVE" and item.get("DeliverLogsStatus") != "FAILED",
        destination=where,
        destination_region=_region(account, where),
        retention_days=_retention(account, where, folder(account, item)),
    )


def destination(account: Account, region: str, item: dict[str, Any]) -> str:
    """The ARN of the log group, bucket (and folder), or delivery stream."""
    if item.get("LogDestination"):
        return str(item["LogDestination"])
    return account.arn("logs", region, f"log-group:{item['LogGroupName']}")


def _region(account: Account, arn: str) -> str | Unknown:
    region = arn.split(":")[3]
    return region or bucket_region(account, _bucket(arn)[0])


def _retention(account: Account, arn: str, below: str) -> int | Unknown | None:
    _, _, service, region, owner, *_ = arn.split(":")
    if service == "s3":
        name, prefix = _bucket(arn)
        return object_retention_days(account, name, prefix + below)
    if service != "logs":
        return Unknown(f"how long the flow log is kept is decided behind {arn}")
    if owner != account.id:
        return Unknown(f"the log group belongs to account {owner}")
    return retention_days(account, region, arn.split(":")[6])


def folder(account: Account, item: dict[str, Any]) -> str:
    """Where flow logs lie below the destination (VPC user guide, "Flow log files")."""
    if item.get("DestinationOptions", {}).get("HiveCompatiblePartitions"):
        return f"AWSLogs/aws-account-id={account.id}/aws-service=vpcflowlogs/"
    return f"AWSLogs/{account.id}/vpcflowlogs/"


def _bucket(arn: str) -> tuple[str, str]:
    name, _, prefix = arn.split(":", 5)[5].partition("/")
    return name, f"{prefix.rstrip('/')}/" if prefix else ""
