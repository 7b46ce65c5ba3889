"""Where databases of Alibaba Cloud stand, what watches them, and where their data is copied to."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
SWITCH, VPC, RDS = "alicloud_vswitch.s", "alicloud_vpc.v", "alicloud_db_instance.d"
OTHER = "no alarm of this template surely watches it, and the account may have others"
NETWORK = (
    block(SWITCH, {"vpc_id": Reference(VPC)}),
    block(VPC, {}),
)
HERE = {"vswitch_id": Reference(SWITCH)}
# Each product that may be written so, and CloudMonitor's name of it.
PRODUCTS = {
    "alicloud_db_instance": "acs_rds_dashboard",
    "alicloud_kvstore_instance": "acs_kvstore",
    "alicloud_mongodb_instance": "acs_mongodb",
    "alicloud_polardb_cluster": "acs_polardb",
    "alicloud_adb_cluster": "acs_ads",
    "alicloud_adb_db_cluster": "acs_ads",
    "alicloud_click_house_db_cluster": "acs_clickhouse",
    "alicloud_gpdb_instance": "acs_hybriddb",
    "alicloud_lindorm_instance": "acs_lindorm",
    "alicloud_elasticsearch_instance": "acs_elasticsearch",
    "alicloud_selectdb_db_instance": "acs_selectdb",
    "alicloud_hbase_instance": "acs_hbase",
    "alicloud_drds_instance": "acs_drds",
    "alicloud_drds_polardbx_instance": "acs_polardbx",
}


def _route(kind: str = "alicloud_route_entry", **values: Any) -> Block:
    table = {"route_table_id": Reference(VPC, "route_table_id")}
    return block(f"{kind}.r", {**table, **values})


def _out(kind: str, to: str, **values: Any) -> Block:
    return _route(kind, **{to: "0.0.0.0/0"}, **values)


def _alarm(**values: Any) -> Block:
    on = {"dimensions": {"instanceId": Reference(RDS)}, "webhook": "https://example.com"}
    return block("alicloud_cms_alarm.a", {"project": "acs_rds_dashboard", **on, **values})


@pytest.mark.parametrize("kind", PRODUCTS)
def test_a_database_in_a_vswitch_that_leads_out(kind: str) -> None:
    gate = {"nexthop_type": "Ipv4Gateway", "nexthop_id": "ipv4gw-1"}
    route = _out("alicloud_route_entry", "destination_cidrblock", **gate)
    every = block(
        "alicloud_cms_alarm.a",
        {
            "project": PRODUCTS[kind],
            "metric_dimensions": '[{"resource": "_ALL"}]',
            "webhook": "https://example.com",
        },
    )
    facts = the(block(f"{kind}.d", HERE), *NETWORK, route, every).facts
    place = (facts["private_endpoint"], facts["subnet_routes_to_internet"], facts["alarms"])
    assert place == (True, True, 1)
    assert not {"replicas", "tenancy"} - facts.keys() or kind == "alicloud_db_instance"


@pytest.mark.parametrize(
    ("others", "leads"),
    [
        (NETWORK, False),
        ((*NETWORK, _out("alicloud_route_entry", "destination_cidrblock")), False),
        (
            (
                *NETWORK,
                _out(
                    "alicloud_vpc_route_entry",
                    "destination_cidr_block",
                    nexthop_type="Ipv4Gateway",
                ),
            ),
            True,
        ),
        (
            (
                *NETWORK,
                _out(
                    "alicloud_vpc_route_entry",
                    "destination_cidr_block",
                    next_hops=[{"nexthop_type": "IPv6Gateway"}],
                ),
            ),
            True,
        ),
        (
            (
                *NETWORK,
                _out("alicloud_vpc_route_entry", "destination_cidr_block", nexthop_type=APPLY),
            ),
            None,
        ),
        (
            (*NETWORK, _out("alicloud_vpc_route_entry", "destination_cidr_block", next_hops=APPLY)),
            None,
        ),
        (
            (*NETWORK, block("alicloud_vpc_ipv6_gateway.g", {"vpc_id": Reference(VPC)})),
            None,
        ),
        ((*NETWORK, block("alicloud_vpc_ipv6_gateway.g", {"vpc_id": "vpc-2"})), False),
        ((NETWORK[0],), None),
        ((), None),
    ],
)
def test_where_the_vswitch_leads(others: tuple[Block, ...], leads: bool | None) -> None:
    found = the(block(RDS, HERE), *others)
    assert found.facts.get("subnet_routes_to_internet") is leads


def test_a_database_without_a_vswitch() -> None:
    found = the(block(RDS, {}), _alarm())
    assert {"private_endpoint", "subnet_routes_to_internet"} <= found.unknown.keys()


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 1),
        ({"metric_dimensions": [{"instanceId": Reference(RDS)}], "dimensions": None}, 1),
        ({"dimensions": {"instanceId": "rm-1"}}, OTHER),
        ({"dimensions": APPLY}, OTHER),
        ({"dimensions": None, "metric_dimensions": "{"}, OTHER),
        ({"dimensions": {"resource": "_ALL"}, "project": "acs_kvstore"}, OTHER),
        ({"enabled": False}, OTHER),
        ({"enabled": APPLY}, APPLY.reason),
        ({"webhook": None}, OTHER),
        (
            {"webhook": None, "contact_groups": ["ops"]},
            "whom a contact group reaches is not part of this template",
        ),
    ],
)
def test_the_alarms_on_a_database(values: dict[str, Any], count: int | str) -> None:
    found = the(block(RDS, HERE), _alarm(**values))
    assert found.facts.get("alarms", found.unknown.get("alarms")) == count


def test_copies_of_backups_in_another_region() -> None:
    own = {"instance_id": Reference(RDS), "cross_backup_region": "ap-southeast-1"}
    kind = "alicloud_rds_instance_cross_backup_policy.c"
    found = the(block(RDS, {}), block(kind, own))
    assert found.facts["backup"]["copies"][0]["region"] == "ap-southeast-1"
    assert (
        "backup/copies/0/region"
        in the(block(RDS, {}), block(kind, own | {"cross_backup_region": APPLY})).unknown
    )
    assert (
        "backup/copies/0" in the(block(RDS, {}), block(kind, own | {"instance_id": APPLY})).unknown
    )


@pytest.mark.parametrize(
    ("values", "tenancy"),
    [
        ({"instance_type": "rds.mysql.st.v52"}, "dedicated"),
        ({"instance_type": "mysql.x4.large.2"}, "shared"),
        ({"instance_type": "mysql.x4.large.2", "dedicated_host_group_id": "dhg-1"}, "dedicated"),
        ({"instance_type": APPLY}, None),
        ({}, None),
    ],
)
def test_whose_host_a_database_stands_on(values: dict[str, Any], tenancy: str | None) -> None:
    assert the(block(RDS, values)).facts.get("tenancy") == tenancy


def test_the_clusters_of_a_global_database() -> None:
    """Each of them replicates the others; one whose network is elsewhere does not tell them."""
    first, second, network = (
        "alicloud_polardb_cluster.a", "alicloud_polardb_cluster.b",
        "alicloud_polardb_global_database_network.n",
    )  # fmt: skip
    here, abroad = {"region": "cn-hangzhou"}, {"region": "ap-southeast-1"}
    primary = block(first, {}, here)
    standby = block(second, {"gdn_id": Reference(network)}, abroad)
    joint = block(network, {"db_cluster_id": Reference(first)})
    assert the(primary, standby, joint).facts["replicas"][0]["region"] == "ap-southeast-1"
    assert the(standby, primary, joint).facts["replicas"][0]["region"] == "cn-hangzhou"
    assert the(primary).facts["replicas"] == []
    assert "replicas" in the(standby).unknown
    alone = block(network, {"db_cluster_id": APPLY})
    assert "replicas/0" in the(standby, alone).unknown


def test_a_distributed_cache() -> None:
    kind = "alicloud_kvstore_instance.r"
    assert the(block(kind, {})).facts["replicas"] == []
    for values in ({"global_instance_id": "gr-1"}, {"global_instance": True}):
        assert "replicas" in the(block(kind, values)).unknown
