"""Gateways, vSwitches and network ACLs of Alibaba Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
PLACE = {"region": "cn-hangzhou"}
VPC = block("alicloud_vpc.v", {"cidr_block": "10.0.0.0/8"})
IN_VPC = Reference("alicloud_vpc.v", "id")
SWITCH = block(
    "alicloud_vswitch.s",
    {"vpc_id": IN_VPC, "cidr_block": "10.0.1.0/24", "zone_id": "cn-hangzhou-h"},
    PLACE,
)
IN_SWITCH = Reference("alicloud_vswitch.s", "id")
IN = {"vswitch_id": IN_SWITCH}


def _vpn(**phases: Any) -> dict[str, Any]:
    gateway = block("alicloud_vpn_gateway.g", {"bandwidth": 10, "vswitch_id": IN_SWITCH}, PLACE)
    link = {"vpn_gateway_id": Reference("alicloud_vpn_gateway.g", "id"), **phases}
    document = the(gateway, block("alicloud_vpn_connection.c", link), SWITCH)
    assert document.facts["zones"] == ["cn-hangzhou-h"]
    (tunnel,) = document.facts["tunnels"]
    assert document.unknown["tunnels/0/up"]
    assert isinstance(tunnel, dict)
    return tunnel


def test_a_vpn_of_strong_algorithms() -> None:
    ike = {"ike_enc_alg": "aes256", "ike_auth_alg": "sha256", "ike_version": "ikev2"}
    ipsec = {"ipsec_enc_alg": "aes256", "ipsec_auth_alg": "sha256"}
    assert _vpn(ike_config=[ike], ipsec_config=[ipsec]) == {
        "encryption": ["aes256"],
        "integrity": ["sha256"],
        "ike": ["ikev2"],
    }


def test_a_vpn_of_which_nothing_is_written_takes_the_defaults() -> None:
    assert _vpn() == {"encryption": ["aes128"], "ike": ["ikev1"]}
    tunnel = {"tunnel_ike_config": [{"ike_enc_alg": "des"}], "tunnel_ipsec_config": [{}]}
    assert _vpn(tunnel_options_specification=[tunnel]) == {
        "encryption": ["des", "aes128"],
        "integrity": ["md5"],
        "ike": ["ikev1"],
    }


def test_a_vpn_that_is_decided_at_apply() -> None:
    assert _vpn(ike_config=[{"ike_enc_alg": APPLY}], ipsec_config=[{}]) == {"ike": ["ikev1"]}
    assert _vpn(ike_config=APPLY) == {}


def test_a_connection_of_a_transit_router() -> None:
    facts = the(block("alicloud_vpn_gateway_vpn_attachment.a", {"ike_config": [{}]})).facts
    assert (facts["kind"], facts["tunnels"][0]["ike"]) == ("vpn", ["ikev1"])


NAT = block("alicloud_nat_gateway.n", {"vpc_id": IN_VPC, "vswitch_id": IN_SWITCH}, PLACE)
EIP = block("alicloud_eip_address.e", {"address_name": "out", "bandwidth": "100"}, PLACE)


def test_a_nat_gateway_with_its_entries() -> None:
    facts = the(
        NAT,
        SWITCH,
        EIP,
        block(
            "alicloud_snat_entry.s",
            {
                "snat_table_id": Reference("alicloud_nat_gateway.n", "snat_table_ids"),
                "snat_ip": Reference("alicloud_eip_address.e", "ip_address"),
            },
        ),
        block(
            "alicloud_forward_entry.f",
            {
                "forward_table_id": Reference("alicloud_nat_gateway.n", "forward_table_ids"),
                "ip_protocol": "tcp",
                "external_port": "3389",
                "internal_port": "3389",
            },
        ),
    ).facts
    assert (facts["kind"], facts["zones"]) == ("nat", ["cn-hangzhou-h"])
    assert facts["snat"] == [{"bandwidths_mbps": [100]}]
    assert facts["forwards"][0]["from_port"] == 3389
    assert facts["forwards"][0]["source_ranges"] == ["0.0.0.0/0", "::/0"]


def test_a_nat_gateway_of_which_little_is_known() -> None:
    document = the(
        block("alicloud_nat_gateway.n", {"vswitch_id": APPLY}),
        block("alicloud_snat_entry.s", {"snat_table_id": APPLY}),
    )
    assert {"zones", "snat/0", "protected_by"} <= set(document.unknown)


@pytest.mark.parametrize(
    ("to", "attached"),
    [
        ({"instance_id": Reference("alicloud_instance.i", "id")}, "instance"),
        ({"instance_id": Reference("alicloud_nat_gateway.n", "id")}, "gateway"),
        ({"instance_id": "lb-1", "instance_type": "SlbInstance"}, "load_balancer"),
        ({"instance_id": "x"}, None),
        (None, None),
    ],
)
def test_what_an_address_is_bound_to(to: dict[str, Any] | None, attached: str | None) -> None:
    allocation = {"allocation_id": Reference("alicloud_eip_address.e", "id")}
    others = [block("alicloud_eip_association.a", {**allocation, **to})] if to else []
    document = the(EIP, *others, block("alicloud_instance.i", {}), NAT)
    assert (document.name, document.facts["bandwidth_mbps"]) == ("out", 100)
    assert document.facts.get("attached_to") == attached


def test_bandwidths_of_addresses() -> None:
    assert the(block("alicloud_eip.e", {})).facts["bandwidth_mbps"] == 5
    assert "bandwidth_mbps" in the(block("alicloud_eip_address.e", {})).unknown
    shared = {"instance_id": Reference("alicloud_eip_address.e", "id")}
    link = block("alicloud_common_bandwidth_package_attachment.p", shared)
    assert "bandwidth_mbps" in the(EIP, link).unknown


def test_a_peering_and_a_cen() -> None:
    values = {"accepting_vpc_id": "vpc-2", "accepting_region_id": "cn-beijing"}
    own = the(block("alicloud_vpc_peer_connection.p", values)).facts["peers"][0]
    assert own == {"account": "template", "region": "cn-beijing", "vpc_id": "vpc-2"}
    other = the(block("alicloud_vpc_peer_connection.p", {**values, "accepting_ali_uid": "123"}))
    assert "peers/0/account" in other.unknown
    link = {"instance_id": Reference("alicloud_cen_instance.c", "id"), "child_instance_id": IN_VPC}
    cen = the(
        block("alicloud_cen_instance.c", {"cen_instance_name": "all"}),
        block("alicloud_cen_instance_attachment.a", link),
        VPC,
    )
    assert cen.facts["peers"][0]["cidrs"] == ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("link", "width"), [({}, 20), ({"bandwidth_package_bandwidth": "8"}, 8), (None, None)]
)
def test_a_shared_bandwidth_package(link: dict[str, Any] | None, width: int | None) -> None:
    package = block("alicloud_common_bandwidth_package.p", {"bandwidth": "20"})
    own = {"bandwidth_package_id": Reference("alicloud_common_bandwidth_package.p", "id")}
    in_it = {"instance_id": Reference("alicloud_eip_address.e", "id"), **own, **(link or {})}
    links = [] if link is None else [block("alicloud_common_bandwidth_package_attachment.l", in_it)]
    eip = the(block("alicloud_eip_address.e", {"bandwidth": 5}), *links, package)
    assert eip.facts["bandwidth_mbps"] == (width or 5)
    for kind, word in (("alb", "load_balancer"), ("nlb", "loadbalancer")):
        address = f"alicloud_{kind}_load_balancer.b"
        shares = {"load_balancer_id": Reference(address, "id"), **own}
        apart = block(f"alicloud_{kind}_{word}_common_bandwidth_package_attachment.s", shares)
        assert the(block(address, {}), package).facts["bandwidth_mbps"] is None
        assert the(block(address, own), package).facts["bandwidth_mbps"] == 20
        assert the(block(address, {}), apart, package).facts["bandwidth_mbps"] == 20
        assert "bandwidth_mbps" in the(block(address, {}), apart).unknown


CEN = Reference("alicloud_cen_instance.c", "id")
ROUTER = block("alicloud_cen_transit_router.t", {"cen_id": CEN})
AT_ROUTER = {"transit_router_id": Reference("alicloud_cen_transit_router.t", "transit_router_id")}


def test_networks_at_the_transit_routers_of_a_cen() -> None:
    kind = "alicloud_cen_transit_router_vpc_attachment"
    cen = the(
        block("alicloud_cen_instance.c", {}),
        ROUTER,
        block(f"{kind}.a", {**AT_ROUTER, "vpc_id": IN_VPC}),
        block(f"{kind}.b", {**AT_ROUTER, "cen_id": CEN, "vpc_id": "vpc-2", "vpc_owner_id": 123}),
        block("alicloud_cen_transit_router_vbr_attachment.v", {"cen_id": CEN}),
        VPC,
    )
    other, own, border = cen.facts["peers"]
    assert (own["account"], own["cidrs"]) == ("template", ["10.0.0.0/8"])
    assert other["vpc_id"] == "vpc-2"
    assert "peers/0/account" in cen.unknown
    assert border == {"account": None, "vpc_id": None}


@pytest.mark.parametrize(
    ("links", "width"),
    [
        ([], None),
        ([{"bandwidth": 5}, {"bandwidth": 2}], 2),
        ([{"bandwidth": 5}, {"bandwidth": APPLY}], None),
        ([{"bandwidth": 5}, {}], None),
        ([{"bandwidth": 5}, {"bandwidth_type": "DataTransfer"}], 5),
    ],
)
def test_the_bandwidth_between_the_regions_of_a_cen(
    links: list[dict[str, Any]], width: int | None
) -> None:
    kind = "alicloud_cen_transit_router_peer_attachment"
    between = [block(f"{kind}.b{i}", {**AT_ROUTER, **values}) for i, values in enumerate(links)]
    cen = the(block("alicloud_cen_instance.c", {}), ROUTER, *between)
    assert cen.facts.get("bandwidth_mbps") == width
    assert ("bandwidth_mbps" in cen.unknown) is (width is None)
    limit = block("alicloud_cen_bandwidth_limit.l", {"instance_id": CEN, "bandwidth_limit": 1})
    assert the(block("alicloud_cen_instance.c", {}), limit).facts["bandwidth_mbps"] == 1
    paid = block(f"{kind}.p", {"cen_id": CEN, "bandwidth_type": "DataTransfer"})
    assert the(block("alicloud_cen_instance.c", {}), paid).facts["bandwidth_mbps"] is None


def _route(to: Any, hop: str, table: Any = IN_VPC) -> Block:
    values = {"route_table_id": table, "destination_cidrblock": to, "nexthop_type": hop}
    return block("alicloud_route_entry.r", values)


@pytest.mark.parametrize(
    ("others", "out"),
    [
        ([VPC], False),
        ([VPC, _route("0.0.0.0/0", "Ipv4Gateway")], True),
        ([VPC, _route("0.0.0.0/0", "NatGateway")], False),
        ([VPC, _route("192.168.0.0/16", "Ipv4Gateway")], False),
        ([VPC, _route(APPLY, "Ipv4Gateway")], None),
        ([VPC, _route("0.0.0.0/0", "Ipv4Gateway", APPLY)], None),
        ([VPC, _route("0.0.0.0/0", "Ipv4Gateway", "vtb-1")], None),
        (
            [
                VPC,
                _route(
                    "0.0.0.0/0", "Ipv4Gateway", Reference("data.alicloud_route_tables.t", "ids")
                ),
            ],
            None,
        ),
        ([VPC, _route("0.0.0.0/0", "NatGateway", "vtb-1")], False),
        ([], None),
    ],
)
def test_whether_a_vswitch_leads_to_the_internet(others: list[Block], out: bool | None) -> None:
    assert the(SWITCH, *others).facts.get("routes_to_internet") is out


def test_a_vswitch_with_what_stands_in_it() -> None:
    document = the(
        SWITCH, VPC, block("alicloud_db_instance.d", {"vswitch_id": IN_SWITCH, "engine": "MySQL"})
    )
    facts = document.facts
    assert facts["vpc_id"] == "main.tf#alicloud_vpc.v"
    assert facts["cidrs"] == ["10.0.1.0/24"]
    assert (facts["zone"], facts["auto_public_ip"]) == ("cn-hangzhou-h", False)
    assert facts["workload_kinds"] == ["database"]


@pytest.mark.parametrize(
    ("kind", "stands"),
    [
        ("alicloud_nas_mount_target", "file_system"),
        ("alicloud_elasticsearch_instance", "database"),
        ("alicloud_adb_db_cluster", "database"),
        ("alicloud_click_house_db_cluster", "database"),
    ],
)
def test_every_store_of_data_counts_where_it_stands(kind: str, stands: str) -> None:
    """A store that is left out would leave its vSwitch without a verdict on zones."""
    assert the(SWITCH, block(f"{kind}.s", {"vswitch_id": IN_SWITCH})).facts["workload_kinds"] == [
        stands
    ]


def test_a_vswitch_that_others_fill() -> None:
    assert "workload_kinds" in the(SWITCH, VPC).unknown


def _entry(**more: Any) -> dict[str, Any]:
    entry = {"protocol": "tcp", "port": "22/22", "policy": "accept", "source_cidr_ip": "0.0.0.0/0"}
    return {**entry, **more}


def test_a_network_acl_in_use() -> None:
    facts = the(
        block(
            "alicloud_network_acl.a",
            {
                "vpc_id": IN_VPC,
                "ingress_acl_entries": [_entry(policy="drop"), _entry(), _entry(port=APPLY)],
                "resources": [{"resource_id": IN_SWITCH, "resource_type": "VSwitch"}],
            },
        ),
        block(
            "alicloud_vpc_network_acl_attachment.l",
            {"network_acl_id": Reference("alicloud_network_acl.a", "id"), "resource_id": "vsw-2"},
        ),
    )
    first, second, third, egress = facts.facts["rules"]
    assert (first["action"], first["priority"], second["action"]) == ("deny", 1, "allow")
    assert (second["from_port"], second["sources"]) == (22, ["0.0.0.0/0"])
    assert (third, egress) == (None, None)
    assert facts.facts["subnets"] == 2


def test_entries_of_an_acl_in_a_resource_of_their_own() -> None:
    acl = block("alicloud_network_acl.a", {"vpc_id": IN_VPC})
    link = {"network_acl_id": Reference("alicloud_network_acl.a", "id"), "ingress": [_entry()]}
    document = the(acl, block("alicloud_network_acl_entries.e", link))
    assert document.facts["rules"][0]["from_port"] == 22
    # That none of the template uses it says nothing of others.
    assert "subnets" in document.unknown
    assert "rules/0" in the(acl).unknown


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("alicloud_lindorm_instance_v2", {"standby_vswitch_id": IN_SWITCH}, "database"),
        ("alicloud_click_house_db_cluster", {"multi_zone_vswitch_list": [IN]}, "database"),
        ("alicloud_db_readonly_instance", IN, "database"),
        ("alicloud_hbase_instance", IN, "database"),
        ("alicloud_alb_load_balancer", {"zone_mappings": [{}, IN]}, "load_balancer"),
        ("alicloud_cs_managed_kubernetes", {"pod_vswitch_ids": [IN_SWITCH]}, "cluster"),
        ("alicloud_cs_kubernetes_node_pool", {"vswitch_ids": [IN_SWITCH]}, "instance"),
        ("alicloud_fcv3_function", {"vpc_config": [{"vswitch_ids": [IN_SWITCH]}]}, "function"),
    ],
)
def test_what_stands_in_a_vswitch(kind: str, values: dict[str, Any], told: str) -> None:
    assert the(SWITCH, block(f"{kind}.w", values)).facts["workload_kinds"] == [told]


def test_what_may_stand_in_a_vswitch() -> None:
    """A database of which it is not known where it stands may stand beside the machine."""
    machine = block("alicloud_instance.i", IN)
    found = the(SWITCH, machine, block("alicloud_hbase_instance.h", {"vswitch_id": APPLY}))
    assert found.facts["workload_kinds"] == ["instance", None]
    assert "workload_kinds/1" in found.unknown
