"""The zones of the machines behind load balancers of Alibaba Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

A = block("alicloud_instance.a", {"availability_zone": "cn-hangzhou-h"})
SWITCH = block("alicloud_vswitch.s", {"zone_id": "cn-hangzhou-i"})
B = block("alicloud_ecs_network_interface.b", {"vswitch_id": Reference("alicloud_vswitch.s", "id")})
MACHINES = (A, B, SWITCH)
IS_A, IS_B = (
    Reference("alicloud_instance.a", "id"),
    Reference("alicloud_ecs_network_interface.b", "id"),
)
ELSEWHERE = "a machine behind the load balancer is not part of this template"
SCALED = "a scaling group registers machines of its own"
BOTH = ["cn-hangzhou-h", "cn-hangzhou-i"]
CLB, ALB, NLB = (f"alicloud_{kind}_load_balancer.x" for kind in ("slb", "alb", "nlb"))


def _told(document: Document) -> Any:
    return document.facts.get("backend_zones", document.unknown.get("backend_zones"))


def _clb(kind: str, values: dict[str, Any], *others: Block) -> Any:
    owned = block(f"{kind}.o", {"load_balancer_id": Reference(CLB, "id"), **values})
    return _told(the(block(CLB, {}), owned, *others, *MACHINES))


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("alicloud_slb_backend_server", {"backend_servers": [{"server_id": IS_A}]}, BOTH[:1]),
        (
            "alicloud_slb_backend_server",
            {"backend_servers": [{"server_id": IS_A}, {"server_id": IS_B}]},
            BOTH,
        ),
        ("alicloud_slb_attachment", {"instance_ids": [IS_A]}, BOTH[:1]),
        ("alicloud_slb_attachment", {"instance_ids": IS_A}, BOTH[:1]),
        ("alicloud_slb_attachment", {"instance_ids": Unknown("var.x")}, "var.x"),
        ("alicloud_slb_server_group", {"servers": [{"server_ids": [IS_A, IS_B]}]}, BOTH),
        ("alicloud_slb_server_group", {"servers": [{"server_ids": [IS_A, "i-1"]}]}, ELSEWHERE),
        ("alicloud_slb_server_group", {"servers": Unknown("var.x")}, "var.x"),
        (
            "alicloud_slb_master_slave_server_group",
            {"servers": [{"server_id": IS_A}, {"server_id": IS_B}]},
            BOTH,
        ),
    ],
)
def test_behind_a_classic_one(kind: str, values: dict[str, Any], told: Any) -> None:
    assert _clb(kind, values) == told


def test_what_is_added_to_a_group_of_a_classic_one() -> None:
    values = {"server_group_id": Reference("alicloud_slb_server_group.o", "id"), "server_id": IS_B}
    added = block("alicloud_slb_server_group_server_attachment.m", values)
    first = {"servers": [{"server_ids": [IS_A]}]}
    assert _clb("alicloud_slb_server_group", first, added) == BOTH


def test_scaling_groups_register_machines() -> None:
    ours = {"loadbalancer_ids": [Reference(CLB, "id")]}
    first = {"backend_servers": [{"server_id": IS_A}]}
    for other in (
        block("alicloud_ess_scaling_group.s", ours),
        block("alicloud_ess_scalinggroup_vserver_groups.s", {}),
    ):
        assert _clb("alicloud_slb_backend_server", first, other) == SCALED


def _forward(kind: str) -> list[dict[str, Any]]:
    tuples = [{"server_group_id": Reference(f"alicloud_alb_server_group.{kind}", "id")}]
    config = [{"server_group_tuples": tuples}]
    return [{"type": "ForwardGroup", "forward_group_config": config}]


def test_behind_an_application_one() -> None:
    listener = block(
        "alicloud_alb_listener.l",
        {"load_balancer_id": Reference(ALB, "id"), "default_actions": _forward("g")},
    )
    group = block("alicloud_alb_server_group.g", {"servers": [{"server_id": IS_A}]})
    around = (listener, group, *MACHINES)
    assert _told(the(block(ALB, {}), *around)) == BOTH[:1]
    rule = block(
        "alicloud_alb_rule.r",
        {"listener_id": Reference("alicloud_alb_listener.l", "id"), "rule_actions": _forward("o")},
    )
    other = block("alicloud_alb_server_group.o", {"servers": [{"server_id": IS_B}]})
    assert _told(the(block(ALB, {}), *around, rule, other)) == BOTH
    missing = "a server group of the load balancer is not part of this template"
    assert _told(the(block(ALB, {}), *around, rule)) == missing
    group_id = {"alb_server_group_id": Reference("alicloud_alb_server_group.g", "id")}
    scaled = block("alicloud_ess_alb_server_group_attachment.s", group_id)
    assert _told(the(block(ALB, {}), *around, scaled)) == SCALED


def test_behind_a_network_one() -> None:
    to_group = {"server_group_id": Reference("alicloud_nlb_server_group.g", "id")}
    listener = block(
        "alicloud_nlb_listener.l", {"load_balancer_id": Reference(NLB, "id"), **to_group}
    )
    group = block("alicloud_nlb_server_group.g", {})
    kind = "alicloud_nlb_server_group_server_attachment"
    added = [
        block(f"{kind}.a", {**to_group, "server_id": IS_A}),
        block(f"{kind}.b", {**to_group, "server_id": IS_B}),
    ]
    assert _told(the(block(NLB, {}), listener, group, *added, *MACHINES)) == BOTH
    assert _told(the(block(NLB, {}), listener, group, added[0], *MACHINES)) == BOTH[:1]
