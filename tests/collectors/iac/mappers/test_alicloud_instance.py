"""Alibaba Cloud instances."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import NOT_COLLECTED, Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
ELSEWHERE = "the launch template decides, which is not part of this template"
# What has tests of its own below.
RUNNING = {"agent", "patch", "vulnerabilities", "monitoring", "alarms", "secure_boot", "vtpm"}


def _own(document: Document) -> dict[str, str]:
    left = RUNNING | {"image", "agent/installed", "agent/online"}
    return {path: why for path, why in unknown(document).items() if path not in left}


def test_instance_good() -> None:
    document = the(
        block(
            "alicloud_instance.i",
            {
                "instance_name": "web",
                "image_id": "aliyun_3",
                "vswitch_id": Reference("alicloud_vswitch.s"),
                "security_groups": [Reference("alicloud_security_group.g")],
                "key_name": "admin",
                "http_tokens": "required",
                "system_disk_encrypted": True,
                "data_disks": [
                    {
                        "size": 20,
                        "encrypted": True,
                        "auto_snapshot_policy_id": Reference("alicloud_ecs_auto_snapshot_policy.p"),
                    }
                ],
                "system_disk_auto_snapshot_policy_id": Reference(
                    "alicloud_ecs_auto_snapshot_policy.p"
                ),
                "deletion_protection": True,
                "dedicated_host_id": "dh-1",
            },
        ),
        block(
            "alicloud_vswitch.s",
            {"zone_id": "cn-shanghai-finance-1a", "vpc_id": Reference("alicloud_vpc.v")},
        ),
        block("alicloud_vpc.v", {}),
        block("alicloud_ecs_auto_snapshot_policy.p", {"retention_days": 30}),
        block("alicloud_security_group.g", {}),
        block(
            "alicloud_ecs_ram_role_attachment.r",
            {"instance_id": Reference("alicloud_instance.i"), "ram_role_name": "reader"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-shanghai-finance-1",
        "CN",
        "web",
        {},
    )
    assert document.facts == {
        "state": "Running",
        "vpc_id": "main.tf#alicloud_vpc.v",
        "network_kind": "vpc",
        "public_ips": [],
        "exposure": {"public": False, "via": []},
        "firewalls": ["main.tf#alicloud_security_group.g"],
        "image_id": "aliyun_3",
        "key_pair": True,
        "password_login": False,
        "metadata_token_required": True,
        "role": "reader",
        "disks_encrypted": True,
        "backup": {"enabled": True, "retention_days": 30, "point_in_time": False, "copies": []},
        "tenancy": "dedicated-host",
        "deletion_protection": True,
        "user_data_secrets": False,
        "zone": "cn-shanghai-finance-1a",
    }
    assert _own(document) == {}


def test_instance_bad() -> None:
    document = the(
        block(
            "alicloud_instance.i",
            {
                "image_id": "x",
                "security_groups": [Reference("alicloud_security_group.g")],
                "internet_max_bandwidth_out": 10,
                "password": Reference("random_password.p", "result"),
                "availability_zone": "cn-hangzhou-h",
                "data_disks": [{"size": 20}],
                "system_disk_encrypted": True,
            },
        ),
        block("alicloud_security_group.g", {}),
        block(
            "alicloud_security_group_rule.r",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "443/443",
                "security_group_id": Reference("alicloud_security_group.g"),
                "cidr_ip": "0.0.0.0/0",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "i",
        {},
    )
    assert document.facts == {
        "state": "Running",
        "public_ips": ["main.tf#alicloud_instance.i.public_ip"],
        "exposure": {"public": True, "via": ["public-ip+firewall"]},
        "firewalls": ["main.tf#alicloud_security_group.g"],
        "image_id": "x",
        "key_pair": False,
        "password_login": True,
        "metadata_token_required": False,
        "role": None,
        "disks_encrypted": False,
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "tenancy": "shared",
        "deletion_protection": False,
        "user_data_secrets": False,
        "zone": "cn-hangzhou-h",
    }
    assert _own(document) == {
        "vpc_id": "the template gives neither vpc_id nor vswitch_id",
        "network_kind": "the template names no vSwitch: the service decides on the network",
    }


def test_instance_with_an_eip_behind_a_closed_group() -> None:
    document = the(
        block(
            "alicloud_instance.i",
            {
                "image_id": "x",
                "vswitch_id": "vsw-1",
                "security_groups": [Reference("alicloud_security_group.g")],
                "key_name": "k",
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_eip_association.e",
            {"instance_id": Reference("alicloud_instance.i"), "allocation_id": "eip-1"},
        ),
        block("alicloud_security_group.g", {}),
        block(
            "alicloud_security_group_rule.d",
            {
                "type": "ingress",
                "ip_protocol": "all",
                "port_range": "-1/-1",
                "security_group_id": Reference("alicloud_security_group.g"),
                "cidr_ip": "0.0.0.0/0",
                "policy": "drop",
            },
        ),
        block(
            "alicloud_security_group_rule.r",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "443/443",
                "security_group_id": Reference("alicloud_security_group.g"),
                "cidr_ip": "0.0.0.0/0",
                "priority": 2,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "i",
        {},
    )
    assert document.facts == {
        "state": "Running",
        "network_kind": "vpc",
        "public_ips": ["main.tf#alicloud_eip_association.e"],
        "exposure": {"public": False, "via": []},
        "firewalls": ["main.tf#alicloud_security_group.g"],
        "image_id": "x",
        "key_pair": True,
        "password_login": False,
        "metadata_token_required": False,
        "role": None,
        "disks_encrypted": False,
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "tenancy": "shared",
        "deletion_protection": False,
        "user_data_secrets": False,
    }
    assert _own(document) == {
        "vpc_id": "the vSwitch is not part of this template",
        "zone": "the template names no zone",
    }


def test_instance_of_a_launch_template() -> None:
    document = the(
        block("alicloud_instance.i", {"launch_template_id": "lt-1"}, {"region": "cn-hangzhou"}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "i",
        {},
    )
    assert document.facts == {
        "state": "Running",
        "exposure": {},
        "backup": {"point_in_time": False},
    }
    assert _own(document) == {
        "vpc_id": "the template gives neither vpc_id nor vswitch_id",
        "network_kind": ELSEWHERE,
        "public_ips": ELSEWHERE,
        "exposure/public": ELSEWHERE,
        "exposure/via": ELSEWHERE,
        "firewalls": ELSEWHERE,
        "image_id": "the template names no image",
        "key_pair": ELSEWHERE,
        "password_login": ELSEWHERE,
        "metadata_token_required": ELSEWHERE,
        "role": ELSEWHERE,
        "disks_encrypted": ELSEWHERE,
        "backup/enabled": ELSEWHERE,
        "backup/retention_days": ELSEWHERE,
        "tenancy": ELSEWHERE,
        "deletion_protection": ELSEWHERE,
        "user_data_secrets": ELSEWHERE,
        "zone": "the template names no zone",
    }


def test_instance_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_instance.i",
            {
                "instance_name": APPLY,
                "image_id": APPLY,
                "vswitch_id": APPLY,
                "security_groups": APPLY,
                "internet_max_bandwidth_out": APPLY,
                "password": APPLY,
                "http_tokens": APPLY,
                "system_disk_encrypted": APPLY,
                "data_disks": APPLY,
                "deletion_protection": APPLY,
                "user_data": APPLY,
                "dedicated_host_id": APPLY,
                "key_name": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "alicloud_instance.i",
        {},
    )
    assert document.facts == {
        "state": "Running",
        "exposure": {},
        "role": None,
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
    }
    assert _own(document) == {
        "vpc_id": "the vSwitch is not part of this template",
        "network_kind": "var.x is decided at apply",
        "public_ips": "var.x is decided at apply",
        "exposure/public": "var.x is decided at apply",
        "exposure/via": "var.x is decided at apply",
        "firewalls": "var.x is decided at apply",
        "image_id": "var.x is decided at apply",
        "key_pair": "var.x is decided at apply",
        "password_login": "var.x is decided at apply",
        "metadata_token_required": "var.x is decided at apply",
        "disks_encrypted": "var.x is decided at apply",
        "tenancy": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
        "user_data_secrets": "var.x is decided at apply",
        "zone": "the template names no zone",
    }


def behind(*others: Block, group: str = "g") -> Any:
    """An instance without an address of its own, whose group lets nobody in; `open` does."""
    return the(
        block(
            "alicloud_instance.i",
            {
                "vswitch_id": "vsw-1",
                "security_groups": [Reference(f"alicloud_security_group.{group}")],
            },
        ),
        block("alicloud_security_group.g", {}),
        block("alicloud_security_group.open", {}),
        block(
            "alicloud_security_group_rule.r",
            {
                "type": "ingress",
                "ip_protocol": "tcp",
                "port_range": "22/22",
                "security_group_id": Reference("alicloud_security_group.open"),
                "cidr_ip": "0.0.0.0/0",
            },
        ),
        *others,
    )


def card(**values: Any) -> list[Block]:
    """An interface that is attached to the instance, with an elastic address."""
    kind = "alicloud_ecs_network_interface"
    return [
        block(f"{kind}.n", values),
        block(
            f"{kind}_attachment.a",
            {
                "instance_id": Reference("alicloud_instance.i"),
                "network_interface_id": Reference(f"{kind}.n"),
            },
        ),
        block("alicloud_eip_association.e", {"instance_id": Reference(f"{kind}.n")}),
    ]


def test_an_elastic_address_of_an_interface_makes_its_instance_public() -> None:
    found = behind(*card(), group="open").facts
    assert found["public_ips"] == ["main.tf#alicloud_eip_association.e"]
    assert found["exposure"] == {"public": True, "via": ["public-ip+firewall"]}
    # The groups of the interface let in besides those of the instance.
    groups = [Reference("alicloud_security_group.open")]
    assert behind(*card(security_group_ids=groups)).facts["exposure"]["public"] is True
    assert behind(*card()).facts["exposure"]["public"] is False


def test_an_interface_from_elsewhere_may_have_an_address() -> None:
    attached = block(
        "alicloud_network_interface_attachment.a",
        {"instance_id": Reference("alicloud_instance.i"), "network_interface_id": "eni-1"},
    )
    found = behind(attached, group="open")
    assert {"public_ips", "exposure/public"} <= set(found.unknown)


@pytest.mark.parametrize(("group", "public"), [("open", True), ("g", False)])
def test_a_port_that_a_nat_gateway_leads_inside_makes_its_instance_public(
    group: str, public: bool
) -> None:
    entry = block(
        "alicloud_forward_entry.f",
        {"internal_ip": Reference("alicloud_instance.i", "private_ip"), "external_port": "22"},
    )
    found = behind(entry, group=group).facts
    via = ["port-mapping+firewall"] if public else []
    assert (found["public_ips"], found["exposure"]) == ([], {"public": public, "via": via})


@pytest.mark.parametrize(("address", "public"), [("10.0.0.5", True), ("10.0.0.6", False)])
def test_an_entry_may_lead_to_the_address_that_is_written(address: str, public: bool) -> None:
    group = block("alicloud_security_group.g", {})
    rule = {"type": "ingress", "ip_protocol": "tcp", "port_range": "22/22", "cidr_ip": "0.0.0.0/0"}
    found = the(
        block(
            "alicloud_instance.i",
            {
                "vswitch_id": "vsw-1",
                "private_ip": "10.0.0.5",
                "security_groups": [Reference(group.address)],
            },
        ),
        group,
        block(
            "alicloud_security_group_rule.r", rule | {"security_group_id": Reference(group.address)}
        ),
        block("alicloud_forward_entry.f", {"internal_ip": address}),
    )
    assert found.facts["exposure"]["public"] is public


def test_an_entry_may_lead_to_an_interface() -> None:
    address = Reference("alicloud_ecs_network_interface.n", "primary_ip_address")
    entry = block("alicloud_forward_entry.f", {"internal_ip": address})
    attached = [each for each in card() if each.type != "alicloud_eip_association"]
    assert behind(*attached, entry, group="open").facts["exposure"]["public"] is True


def _of_disks(**chosen: Any) -> dict[str, Any]:
    return {"source_type": "UDM_ECS", "advanced_options": [{"udm_detail": [chosen]}]}


@pytest.mark.parametrize(("disabled", "enabled"), [(False, True), (True, False), (APPLY, None)])
def test_a_policy_of_cloud_backup_that_is_bound(disabled: Any, enabled: bool | None) -> None:
    policy = Reference("alicloud_hbr_policy.p", "id")
    itself = Reference("alicloud_instance.i", "id")
    link: dict[str, Any] = {
        "data_source_id": itself,
        "policy_id": policy,
        "source_type": "UDM_ECS",
        "advanced_options": [{"udm_detail": [{"app_consistent": True}]}],
    }
    document = the(
        block("alicloud_instance.i", {"vswitch_id": "vsw-1"}),
        block("alicloud_hbr_policy_binding.b", {**link, "disabled": disabled}),
        block("alicloud_hbr_policy.p", {"rules": [{"rule_type": "TRANSITION", "retention": 30}]}),
    )
    backup = document.facts["backup"]
    assert backup.get("enabled") is enabled
    assert backup.get("retention_days") == {True: 30, False: 0, None: None}[enabled]


@pytest.mark.parametrize(
    ("binding", "enabled"),
    [
        ({"source_type": "UDM_ECS"}, True),
        ({"source_type": "ECS_FILE"}, False),
        ({"source_type": APPLY}, None),
        ({"source_type": APPLY, "data_source_id": "i-another"}, False),
        ({}, None),
        (_of_disks(exclude_disk_id_list=["d-1"]), None),
        (_of_disks(disk_id_list=APPLY), None),
        (_of_disks(exclude_disk_id_list=[]), True),
    ],
)
def test_what_a_policy_backs_up_of_an_instance(binding: Any, enabled: bool | None) -> None:
    link = {"data_source_id": Reference("alicloud_instance.i", "id"), "policy_id": "p", **binding}
    document = the(
        block("alicloud_instance.i", {"vswitch_id": "vsw-1"}),
        block("alicloud_hbr_policy_binding.b", link),
    )
    assert document.facts["backup"].get("enabled") is enabled


def test_the_agent_of_security_center() -> None:
    def agent(strategy: Any) -> Any:
        return the(block("alicloud_instance.i", {"security_enhancement_strategy": strategy}))

    assert agent("Deactive").facts["agent"] == {"installed": False, "online": False}
    assert {"agent/installed", "agent/online"} <= set(agent("Active").unknown)
    assert {"agent/installed", "agent/online"} <= set(agent(APPLY).unknown)
    assert "agent" in agent(None).unknown


def test_what_shows_once_a_machine_runs() -> None:
    """It is open, with a reason; a vTPM may be asked for by a tag."""
    found = the(block("alicloud_instance.i", {}))
    assert RUNNING | {"image"} <= found.unknown.keys()
    assert NOT_COLLECTED not in found.unknown.values()
    assert found.facts["state"] == "Running"
    asked = {"tags": {"acs:ecs:supportVtpm": "true"}, "status": "Stopped"}
    told = the(block("alicloud_instance.i", asked)).facts
    assert (told["vtpm"], told["state"]) == (True, "Stopped")
    for tags in (APPLY, {"acs:ecs:supportVtpm": "false"}):
        assert "vtpm" in the(block("alicloud_instance.i", {"tags": tags})).unknown


def test_alarms_on_a_machine() -> None:
    alarm = {
        "project": "acs_ecs_dashboard",
        "dimensions": {"instanceId": Reference("alicloud_instance.i")},
        "webhook": "https://example.com",
    }
    machine = block("alicloud_instance.i", {})
    assert the(machine, block("alicloud_cms_alarm.a", alarm)).facts["alarms"] == 1


CHOSEN, MADE = "data.alicloud_images.u", "alicloud_image.m"


@pytest.mark.parametrize(
    ("image", "owner", "deprecated"),
    [
        (Reference(CHOSEN, "images.[0].id"), "system", False),
        (Reference(MADE), "template", False),
        (Reference("alicloud_image.elsewhere"), None, None),
        ("m-1", None, None),
        (APPLY, None, None),
    ],
)
def test_the_image_of_a_machine(image: Any, owner: str | None, deprecated: bool | None) -> None:
    """Of an instance, and of a launch template in the same way."""
    others = (block(CHOSEN, {"owners": "system"}), block(MADE, {"instance_id": "i-1"}))
    for kind in ("alicloud_instance", "alicloud_ecs_launch_template"):
        found = the(block(f"{kind}.i", {"image_id": image}), *others).facts.get("image", {})
        assert (found.get("owner"), found.get("deprecated")) == (owner, deprecated)


@pytest.mark.parametrize(
    ("status", "deprecated"),
    [
        ("Deprecated", True),
        ("Available,Creating", False),
        ("Available, Deprecated", None),
        (APPLY, None),
    ],
)
def test_a_data_source_that_asks_for_deprecated_images(status: Any, deprecated: Any) -> None:
    machine = block("alicloud_instance.i", {"image_id": Reference(CHOSEN, "ids.[0]")})
    found = the(machine, block(CHOSEN, {"status": status})).facts["image"]
    assert (found.get("deprecated"), found.get("owner")) == (deprecated, None)


def test_an_anycast_address_is_public() -> None:
    own = block("alicloud_instance.i", {"vswitch_id": "vsw-1", "internet_max_bandwidth_out": 0})
    assert the(own).facts["public_ips"] == []
    kind = "alicloud_eipanycast_anycast_eip_address_attachment"
    bound = block(f"{kind}.a", {"bind_instance_id": Reference("alicloud_instance.i", "id")})
    assert the(own, bound).facts["public_ips"] == [f"main.tf#{kind}.a"]


@pytest.mark.parametrize(
    ("values", "public"),
    [
        ({}, False),
        ({"ipv6_address_count": 0}, False),
        ({"ipv6_address_count": 1}, None),
        ({"ipv6_addresses": ["2001:db8::1"]}, None),
    ],
)
def test_an_address_of_ipv6_may_be_public(values: dict[str, Any], public: bool | None) -> None:
    own = block("alicloud_instance.i", {"vswitch_id": "vsw-1", **values})
    paid = block("alicloud_vpc_ipv6_internet_bandwidth.b", {"ipv6_address_id": "ipv6-1"})
    assert the(own).facts["public_ips"] == []
    found = the(own, paid)
    assert ("public_ips" in found.unknown) is (public is None)


@pytest.mark.parametrize(
    ("values", "fact"),
    [
        ({"key_name": APPLY, "password": "x"}, "password_login"),
        ({"key_name": APPLY, "password_inherit": True}, "password_login"),
        ({"http_endpoint": APPLY}, "metadata_token_required"),
    ],
)
def test_what_another_argument_may_turn_off(values: dict[str, Any], fact: str) -> None:
    found = the(block("alicloud_instance.i", values))
    assert (found.facts.get(fact), found.unknown[fact]) == (None, APPLY.reason)
