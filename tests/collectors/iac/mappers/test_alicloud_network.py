"""Alibaba Cloud VPCs with flow logs, and log stores."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
EMPTY = "nothing in this template stands in the network"


def test_log_store_good_for_ever() -> None:
    document = the(
        block(
            "alicloud_log_store.l",
            {
                "logstore_name": "l",
                "project_name": "p",
                "retention_period": 3650,
                "encrypt_conf": [
                    {
                        "enable": True,
                        "encrypt_type": "m4",
                        "user_cmk_info": [{"cmk_key_id": "alias/own"}],
                    }
                ],
            },
            {"region": "cn-hangzhou"},
        ),
        block("alicloud_log_project.p", {"project_name": "p", "tags": {"system": "oa"}}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "l",
        {"system": "oa"},
    )
    assert document.facts == {
        "retention_days": None,
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "alias/own",
            "algorithm": "SM4",
        },
        "exposure": {"public": False, "via": []},
    }
    assert unknown(document) == {}


def test_log_store_bad() -> None:
    document = the(
        block(
            "alicloud_log_store.l",
            {"name": "l", "enable_web_tracking": True},
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "l",
        {},
    )
    assert document.facts == {
        "retention_days": 30,
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "exposure": {"public": True},
    }
    elsewhere = "its project is not part of this template"
    assert unknown(document) == {"tags": elsewhere, "exposure/via": elsewhere}


def test_log_store_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_log_store.l",
            {
                "name": APPLY,
                "retention_period": APPLY,
                "enable_web_tracking": APPLY,
                "encrypt_conf": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "alicloud_log_store.l",
        {},
    )
    assert document.facts == {"encryption": {}, "exposure": {}}
    assert unknown(document) == {
        "retention_days": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "exposure/public": "its project is not part of this template",
        "exposure/via": "its project is not part of this template",
        "tags": "its project is not part of this template",
    }


def test_a_project_whose_policy_names_everybody_opens_its_log_stores() -> None:
    statement = '{"Effect": "Allow", "Principal": "*", "Action": "log:Get*", "Resource": "*"}'
    policy = f'{{"Version": "1", "Statement": [{statement}]}}'
    document = the(
        block("alicloud_log_store.l", {"project": Reference("alicloud_log_project.p", "name")}),
        block("alicloud_log_project.p", {"project_name": "p", "policy": policy}),
    )
    assert document.facts["exposure"] == {"public": True, "via": ["policy"]}


@pytest.mark.parametrize(
    ("home", "kept"),
    [
        ("own", 180),
        (Reference("alicloud_log_project.o", "id"), 180),
        ("third", None),
        (APPLY, None),
    ],
)
def test_a_log_store_is_found_by_its_name_in_its_project(home: Any, kept: int | None) -> None:
    """Several projects may have Logstores of one name."""
    flow = {
        "resource_id": Reference("alicloud_vpc.v"),
        "traffic_type": "All",
        "resource_type": "VPC",
    }
    stores = [
        block(
            f"alicloud_log_store.{name}",
            {"logstore_name": "flow", "project_name": name, "retention_period": days},
        )
        for name, days in (("other", 365), ("own", 180))
    ]
    document = the(
        block("alicloud_vpc.v", {}),
        block("alicloud_vpc_flow_log.f", {**flow, "log_store_name": "flow", "project_name": home}),
        block("alicloud_log_project.o", {"project_name": "own"}),
        *stores,
    )
    assert document.facts["flow_logs"][0].get("retention_days") == kept


def test_vpc_good() -> None:
    document = the(
        block(
            "alicloud_vpc.v",
            {"vpc_name": "v", "cidr_block": "10.0.0.0/8"},
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_vpc_flow_log.f",
            {
                "resource_type": "VPC",
                "resource_id": Reference("alicloud_vpc.v"),
                "traffic_type": "All",
                "project_name": "p",
                "log_store_name": Reference("alicloud_log_store.l", "logstore_name"),
            },
        ),
        block(
            "alicloud_log_store.l",
            {"logstore_name": "flow", "retention_period": 180},
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_vpc_ipv4_cidr_block.c",
            {"vpc_id": Reference("alicloud_vpc.v"), "secondary_cidr_block": "192.168.0.0/16"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "v",
        {},
    )
    assert document.facts == {
        "cidrs": ["10.0.0.0/8", "192.168.0.0/16"],
        "is_default": False,
        "flow_logs": [
            {
                "traffic": "all",
                "active": True,
                "destination": "main.tf#alicloud_log_store.l",
                "destination_region": "cn-hangzhou",
                "retention_days": 180,
            }
        ],
    }
    assert unknown(document) == {"workloads": EMPTY}


def test_vpc_bad() -> None:
    document = the(
        block(
            "alicloud_vpc.v", {"name": "v", "cidr_block": "10.0.0.0/8"}, {"region": "cn-hangzhou"}
        ),
        block(
            "alicloud_vpc_flow_log.switch",
            {
                "resource_type": "VSwitch",
                "resource_id": "vsw-1",
                "traffic_type": "All",
                "project_name": "p",
                "log_store_name": "l",
            },
        ),
        block(
            "alicloud_vpc_flow_log.off",
            {
                "resource_type": "VPC",
                "resource_id": Reference("alicloud_vpc.v"),
                "traffic_type": "Drop",
                "status": "Inactive",
                "project_name": "p",
                "log_store_name": "l",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "v",
        {},
    )
    assert document.facts == {
        "cidrs": ["10.0.0.0/8"],
        "is_default": False,
        "flow_logs": [
            {
                "traffic": "reject",
                "active": False,
                "destination": "l",
                "destination_region": "cn-hangzhou",
            }
        ],
    }
    assert unknown(document) == {
        "workloads": EMPTY,
        "flow_logs/0/retention_days": "the log store is not part of this template",
    }


def test_vpc_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_vpc.v",
            {"vpc_name": APPLY, "cidr_block": APPLY, "is_default": APPLY},
            {"region": "cn-hangzhou"},
        ),
        block("alicloud_vpc_flow_log.f", {"resource_id": APPLY, "traffic_type": "All"}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "alicloud_vpc.v",
        {},
    )
    assert document.facts == {"cidrs": [None], "flow_logs": [None]}
    assert unknown(document) == {
        "cidrs/0": "var.x is decided at apply",
        "is_default": "var.x is decided at apply",
        "flow_logs/0": "alicloud_vpc_flow_log.f.resource_id: var.x is decided at apply",
        "workloads": EMPTY,
    }


def test_what_stands_in_a_vpc() -> None:
    vpc = block("alicloud_vpc.v", {})
    switch = block("alicloud_vswitch.s", {"vpc_id": Reference("alicloud_vpc.v")})
    to_switch = {"vswitch_id": Reference("alicloud_vswitch.s")}
    server = block("alicloud_instance.i", to_switch)
    pair = block("alicloud_vpn_gateway.g", to_switch | {"disaster_recovery_vswitch_id": APPLY})
    assert the(vpc, switch).unknown["workloads"] == EMPTY
    assert the(vpc, switch, server).facts["workloads"] == 1
    assert the(vpc, switch, server, pair).facts["workloads"] == 2
    later = block("alicloud_instance.i", {"vswitch_id": APPLY})
    assert "workloads" in the(vpc, switch, later).unknown
