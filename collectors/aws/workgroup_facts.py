"""What Redshift Serverless says of a workgroup: parameters, who reaches it, its backups. Pure."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, every, some, told
from collectors.aws.plan_backup import own_and_planned
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.rds_settings import Parameters
from collectors.aws.reachability import Ground, exposure, firewall_open, lets_in
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, BackupCopy, Exposure

# Recovery points are made every half an hour and kept for a day (CloudFormation reference,
# AWS::RedshiftServerless::RecoveryPoint).
_RECOVERY_DAYS = 1

Item = dict[str, Any]


def parameters_of(item: Item) -> Parameters:
    """The parameters of a workgroup that have a value."""
    return {
        one["parameterKey"]: one["parameterValue"]
        for one in item.get("configParameters") or []
        if one.get("parameterValue") is not None
    }


def workgroup_exposure(item: Item, vpc_id: str | Unknown, ground: Ground) -> Exposure:
    """Whether the internet reaches a workgroup: by the public address that it asks for, or by IPv6
    addresses, which are public ones wherever a route leads in."""
    subnets, groups = item.get("subnetIds") or [], item.get("securityGroupIds") or []
    port = item.get("port") or (item.get("endpoint") or {}).get("port")
    given: Known = told(item, "publiclyAccessible")
    open_ = firewall_open(ground, groups, 4, port)
    way = then(vpc_id, lambda known: some(lets_in(ground, one, known, 4) for one in subnets))
    by_ipv4 = every([given, way, open_])
    by_ipv6 = nodes_exposure(ground, subnets, vpc_id, groups, item.get("ipAddressType")).public
    return exposure(some([by_ipv4, by_ipv6]))


def backup(name: str, copies: list[Item] | Unknown, planned: Backup, account_id: str) -> Backup:
    """Recovery points, and the snapshots of plans; copies are those of either."""
    both = own_and_planned(_RECOVERY_DAYS, False, planned)
    own = then(
        copies,
        lambda found: [
            BackupCopy(region=one["destinationRegion"], account=account_id, kind="snapshot-copy")
            for one in found
            if one["namespaceName"] == name
        ],
    )
    return Backup(
        enabled=both.enabled,
        retention_days=both.retention_days,
        point_in_time=False,
        copies=then(own, lambda mine: then(both.copies, lambda others: [*mine, *others])),
    )
