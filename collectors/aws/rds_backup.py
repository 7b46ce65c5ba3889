"""What backs up a database of RDS, Aurora, DocumentDB or Neptune: itself, and AWS Backup. Pure."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import tags_of
from collectors.aws.backup_selections import Thing
from collectors.aws.plan_backup import own_and_planned
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, BackupCopy

Item = dict[str, Any]

_KINDS = {"docdb": "DocumentDB", "neptune": "Neptune"}
_UNSEEN = Unknown("RDS replicates no backup itself; copies made by other means are not told")


def thing_of(item: Item, cluster: Item) -> Thing:
    """What AWS Backup takes: the cluster of an instance that is in one, else the instance itself
    (AWS Backup developer guide, "Working with other AWS services")."""
    if "DBClusterArn" not in cluster:
        return Thing("RDS", item["DBInstanceArn"], tags_of(item.get("TagList")))
    engine = cluster["Engine"]
    kind = "Aurora" if engine.startswith("aurora") else _KINDS.get(engine, "RDS")
    return Thing(kind, cluster["DBClusterArn"], tags_of(cluster.get("TagList")))


def backup(item: Item, cluster: Item, planned: Backup) -> Backup:
    """Automated backups, which allow restoring to a point in time while they are kept, and those of
    plans. The replication of automated ones shows in the instance."""
    days = cluster["BackupRetentionPeriod"]
    arns = [
        copy["DBInstanceAutomatedBackupsArn"].split(":")
        for copy in item.get("DBInstanceAutomatedBackupsReplications", [])
    ]
    own = [BackupCopy(region=arn[3], account=arn[4], kind="automated-backup") for arn in arns]
    both = own_and_planned(days, days > 0, planned)
    return Backup(
        enabled=both.enabled,
        retention_days=both.retention_days,
        point_in_time=both.point_in_time,
        copies=then(both.copies, lambda known: [*own, *known] or _UNSEEN),
    )
