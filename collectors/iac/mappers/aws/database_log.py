"""Where the audit log of a database goes."""

from __future__ import annotations

from typing import Any

from collectors.aws.rds_settings import audit_enabled, audited_by_option, engine_of
from collectors.document import Unknown, then
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.database_settings import options_of
from collectors.iac.mappers.aws.logs import LOG_GROUP, retention_days
from collectors.iac.mappers.aws.shared import region_of
from collectors.iac.mappers.joins import items


def audit_log(
    database: Block,
    project: Project,
    engine: str | Unknown,
    parameters: dict[str, str] | Unknown,
) -> Logging:
    """The audit log of an instance or a cluster; an export that is not known leaves it open."""
    exports = items(database.values, "enabled_cloudwatch_logs_exports")
    if isinstance(engine, Unknown):
        return Logging.unread(engine)
    if isinstance(exports, Unknown):
        return Logging.unread(exports)
    options = options_of(database, project) if audited_by_option(engine) else set()
    enabled: Any = audit_enabled(
        engine, [str(each) for each in exports if isinstance(each, str)], parameters, options
    )
    doubt = next((each for each in exports if not isinstance(each, str)), None)
    if enabled is False and doubt is not None:
        enabled = Unknown("one of the exported logs is known after apply")
    if isinstance(enabled, Unknown):
        return Logging.unread(enabled)
    if not enabled:
        return Logging.off()
    if engine_of(engine) == "sqlserver":
        bucket = Unknown("SQL Server's audit goes to the bucket that its option names")
        return Logging(
            enabled=True,
            destination=bucket,
            destination_account=bucket,
            destination_region=bucket,
            retention_days=bucket,
        )
    name = _log_group_name(database, engine)
    group = next(
        (each for each in project.of_type(LOG_GROUP) if each.values.get("name") == name), None
    )
    elsewhere = Unknown("the log group is not part of this template")
    return Logging(
        enabled=True,
        destination=f"{group.source.uri}#{group.address}" if group else name,
        destination_account=project.account,
        destination_region=region_of(database, project),
        retention_days=retention_days(group) if group else elsewhere,
    )


def _log_group_name(database: Block, engine: str) -> str | Unknown:
    """The log group that RDS exports to (RDS and Aurora user guides)."""
    log = "postgresql" if engine_of(engine) == "postgresql" else "audit"
    unnamed = Unknown("the template does not name the database")
    if database.type == "aws_rds_cluster":
        name = database.read("cluster_identifier", str, unnamed)
        return then(name, lambda known: f"/aws/rds/cluster/{known}/{log}")
    return then(
        database.read("identifier", str, unnamed), lambda known: f"/aws/rds/instance/{known}/{log}"
    )
