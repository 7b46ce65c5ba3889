"""What a template puts into subnets, by the arguments that name them, as network interfaces tell it
of live ones."""

from __future__ import annotations

from typing import Any, cast

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.named_within import naming, pointing_at

_DATABASE, _FILES = "database", "file_system"
_GROUPS = (
    "aws_dax_subnet_group", "aws_db_subnet_group", "aws_dms_replication_subnet_group",
    "aws_docdb_subnet_group", "aws_elasticache_serverless_cache", "aws_elasticache_subnet_group",
    "aws_memorydb_subnet_group", "aws_neptune_subnet_group", "aws_redshift_subnet_group",
    "aws_redshiftserverless_workgroup",
)  # fmt: skip
_FSX = (
    "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system",
    "aws_fsx_windows_file_system",
)  # fmt: skip
PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(("aws_instance", "aws_spot_instance_request"), (("subnet_id",), "instance")),
    "aws_autoscaling_group": (("vpc_zone_identifier",), "instance"),
    "aws_eks_node_group": (("subnet_ids",), "instance"),
    "aws_network_interface": (("subnet_id",), "other"),
    "aws_nat_gateway": (("subnet_id",), "gateway"),
    **dict.fromkeys(("aws_lb", "aws_alb", "aws_elb"), (("subnets",), "load_balancer")),
    **dict.fromkeys(_GROUPS, (("subnet_ids",), _DATABASE)),
    "aws_db_proxy": (("vpc_subnet_ids",), _DATABASE),
    **dict.fromkeys(
        ("aws_opensearch_domain", "aws_elasticsearch_domain"),
        (("vpc_options", "subnet_ids"), _DATABASE),
    ),
    "aws_efs_mount_target": (("subnet_id",), _FILES),
    **dict.fromkeys(_FSX, (("subnet_ids",), _FILES)),
    "aws_lambda_function": (("vpc_config", "subnet_ids"), "function"),
    "aws_ecs_service": (("network_configuration", "subnets"), "container"),
    "aws_eks_cluster": (("vpc_config", "subnet_ids"), "cluster"),
    "aws_vpc_endpoint": (("subnet_ids",), "endpoint"),
}
"""Where a resource names its subnets, and what it is in `Subnet.workload_kinds`."""

_NOTHING = Unknown("nothing in this template stands in the subnet")


def kinds_in(subnet: Block, project: Project) -> list[str] | Unknown:
    """What the template puts into a subnet. A store of data whose subnets are known only after
    apply may come to stand in it."""
    found: set[str] = set()
    doubts: dict[str, Unknown] = {}
    for type_, (path, kind) in PLACES.items():
        if naming(subnet, project, type_, path):
            found.add(kind)
        elif kind in (_DATABASE, _FILES):
            open_ = pointing_at(project, type_, path).open
            if doubt := next(iter(open_.values()), None):
                doubts.setdefault(kind, doubt)
    unsure: list[Any] = [doubt for kind, doubt in doubts.items() if kind not in found]
    return cast("list[str]", [*sorted(found), *unsure]) or _NOTHING
