"""What a template puts into vSwitches, as `collectors.aliyun.vswitch_workloads` tells it of live
ones."""

from __future__ import annotations

from typing import Any, cast

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.alicloud.bastion import BASTIONS, SECOND_SWITCH
from collectors.iac.mappers.joins import Joined
from collectors.iac.mappers.named_within import naming, pointing_at

Path = tuple[str, ...]

_SWITCH: Path = ("vswitch_id",)
_SWITCHES: Path = ("vswitch_ids",)
_LINDORM = ("alicloud_lindorm_instance", "alicloud_lindorm_instance_v2")
_LAKE, _CLICKHOUSE = "alicloud_adb_db_cluster_lake_version", "alicloud_click_house_db_cluster"
_DATABASES = (
    "alicloud_db_instance", "alicloud_db_readonly_instance", "alicloud_kvstore_instance",
    "alicloud_redis_tair_instance", "alicloud_mongodb_instance",
    "alicloud_mongodb_sharding_instance", "alicloud_polardb_cluster", "alicloud_adb_db_cluster",
    "alicloud_adb_cluster", _LAKE, _CLICKHOUSE, "alicloud_elasticsearch_instance",
    "alicloud_gpdb_instance", "alicloud_gpdb_elastic_instance", *_LINDORM,
    "alicloud_selectdb_db_instance", "alicloud_hbase_instance", "alicloud_drds_instance",
    "alicloud_drds_polardbx_instance",
)  # fmt: skip
_CLUSTERS = (
    "alicloud_cs_managed_kubernetes", "alicloud_cs_kubernetes", "alicloud_cs_edge_kubernetes",
    "alicloud_cs_serverless_kubernetes",
)  # fmt: skip
_FUNCTIONS = ("alicloud_fc_service", "alicloud_fcv3_function")
_PLACES: tuple[tuple[str, Path, tuple[str, ...]], ...] = (
    ("instance", _SWITCH, ("alicloud_instance",)),
    ("instance", _SWITCHES, ("alicloud_ess_scaling_group", "alicloud_cs_kubernetes_node_pool")),
    ("database", _SWITCH, _DATABASES),
    ("database", ("secondary_vswitch_id",), (_LAKE,)),
    ("database", ("multi_zone_vswitch_list", "vswitch_id"), (_CLICKHOUSE,)),
    ("database", ("primary_vswitch_id",), _LINDORM),
    ("database", ("standby_vswitch_id",), _LINDORM),
    ("database", ("arbiter_vswitch_id",), _LINDORM),
    ("file_system", _SWITCH, ("alicloud_nas_mount_target",)),
    ("load_balancer", _SWITCH, ("alicloud_slb_load_balancer", "alicloud_slb")),
    (
        "load_balancer",
        ("zone_mappings", "vswitch_id"),
        ("alicloud_alb_load_balancer", "alicloud_nlb_load_balancer"),
    ),
    ("gateway", _SWITCH, ("alicloud_nat_gateway", "alicloud_vpn_gateway")),
    ("gateway", ("disaster_recovery_vswitch_id",), ("alicloud_vpn_gateway",)),
    ("bastion", _SWITCH, BASTIONS),
    ("bastion", (SECOND_SWITCH,), BASTIONS),
    ("cluster", _SWITCHES, _CLUSTERS),
    ("cluster", ("worker_vswitch_ids",), _CLUSTERS),
    ("cluster", ("master_vswitch_ids",), _CLUSTERS),
    ("cluster", ("pod_vswitch_ids",), _CLUSTERS),
    ("function", ("vpc_config", "vswitch_ids"), _FUNCTIONS),
    ("container", _SWITCH, ("alicloud_eci_container_group",)),
)
"""What stands in a vSwitch (in the words of `Subnet.workload_kinds`), where resources name it, and
which resources they are."""

WORKLOAD_TYPES = tuple(dict.fromkeys(type_ for _, _, types in _PLACES for type_ in types))
"""What stands in vSwitches."""

_NOTHING = Unknown("nothing in this template stands in the vSwitch")
_EMPTY = Unknown("nothing in this template stands in the network")


def kinds_in(switch: Block, project: Project) -> list[str] | Unknown:
    """What the template puts into a vSwitch. One in which it puts nothing is there for others."""
    found: list[Any] = []
    for kind, users in _users(switch, project).items():
        found += [kind] if users.blocks else [users.doubt] if users.doubt else []
    return cast("list[str]", found) or _NOTHING


def workloads(switches: list[Block], project: Project) -> int | Unknown:
    """How many resources the template puts into vSwitches. Of empty ones it is not known what else
    comes to stand there."""
    users = [each for switch in switches for each in _users(switch, project).values()]
    found = {block.address for each in users for block in each.blocks}
    return len(found) or also(None, *(each.doubt for each in users)) or _EMPTY


def _users(switch: Block, project: Project) -> dict[str, Joined]:
    """The resources of each kind that the template puts into a vSwitch; a doubt is left by one that
    may stand in any."""
    found: dict[str, Joined] = {}
    for kind, path, types in _PLACES:
        blocks, doubt = found.get(kind, Joined([], None))
        for type_ in types:
            blocks = [*blocks, *naming(switch, project, type_, path)]
            doubt = doubt or _doubt(project, type_, path)
        found[kind] = Joined(blocks, doubt)
    return found


def _doubt(project: Project, type_: str, path: Path) -> Unknown | None:
    """Why it is not known of a resource of a type where it stands."""
    for number, value in pointing_at(project, type_, path).open.items():
        address = project.each_of(type_)[number].address
        return Unknown(f"{address}.{'.'.join(path)}: {value.reason}")
    return None
