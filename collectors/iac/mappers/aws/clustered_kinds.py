"""DocumentDB and Neptune: types, names of arguments, and what parameters are by default."""

from __future__ import annotations

from msgspec import Struct


class Kind(Struct, frozen=True, kw_only=True):
    """A service: its engine, its types and how it names arguments."""

    engine: str
    cluster: str
    member: str
    snapshot: str
    subnet_group: str
    subnet_argument: str = "db_subnet_group_name"
    parameters: str
    parameter_argument: str = "db_cluster_parameter_group_name"
    exports: str = "enabled_cloudwatch_logs_exports"
    key: str = "kms_key_id"
    defaults: dict[str, str]
    """The parameters that decide a fact, as they are in a group that leaves them (DocumentDB
    developer guide, "Cluster parameter groups"; Neptune user guide, "Parameters")."""
    backed_up_as: str
    port: int


DOCDB = Kind(
    engine="docdb",
    cluster="aws_docdb_cluster",
    member="aws_docdb_cluster_instance",
    snapshot="aws_docdb_cluster_snapshot",
    subnet_group="aws_docdb_subnet_group",
    parameters="aws_docdb_cluster_parameter_group",
    defaults={"tls": "enabled", "audit_logs": "disabled"},
    backed_up_as="DocumentDB",
    port=27017,
)
NEPTUNE = Kind(
    engine="neptune",
    cluster="aws_neptune_cluster",
    member="aws_neptune_cluster_instance",
    snapshot="aws_neptune_cluster_snapshot",
    subnet_group="aws_neptune_subnet_group",
    subnet_argument="neptune_subnet_group_name",
    parameters="aws_neptune_cluster_parameter_group",
    parameter_argument="neptune_cluster_parameter_group_name",
    exports="enable_cloudwatch_logs_exports",
    key="kms_key_arn",
    defaults={"neptune_enable_audit_log": "0"},
    backed_up_as="Neptune",
    port=8182,
)
