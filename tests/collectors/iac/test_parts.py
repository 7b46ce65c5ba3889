"""Parts of resources that are not in the same template: none of them vanishes, and what they tell
is judged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac import parts
from collectors.iac.blocks import Project, Reference
from collectors.iac.check import collect
from collectors.iac.mappers import load_links, load_mappings, load_parts
from collectors.snapshot import Manifest, open_snapshot
from tests.collectors.iac.conftest import Write
from tests.collectors.iac.mappers.hand import ACCOUNT, block

JOINED = sorted(
    {
        kind
        for mapping in load_mappings().values()
        for kind in (*mapping.joined, *mapping.types)
        if not kind.startswith("data.")
    }
)
"""Every type that a mapping reads, as a part or by itself."""


_REGIONAL = {
    "alicloud_actiontrail",
    "alicloud_api_gateway_log_config",
    "alicloud_cloud_firewall_ips_config",
    "alicloud_ecs_disk_encryption_by_default",
    "alicloud_message_service_endpoint",
    "alicloud_message_service_endpoint_acl",
    "aws_ebs_default_kms_key",
    "aws_ec2_instance_metadata_defaults",
    "azurerm_security_center_contact",
}
"""Settings of a region, which the first disk, instance, queue or API of a project takes unasked;
contacts, which stand in the document of the plan of servers; and the older type of trails, which
stands in that of the newer."""


def _read(*paths: Path) -> tuple[Manifest, dict[str, Document]]:
    shutil.rmtree("snapshot", ignore_errors=True)
    manifest = collect(paths, Path("snapshot"), tool_version="test")
    found = (each.document for each in open_snapshot(Path("snapshot")))
    return manifest, {each.source.address: each for each in found if each.source}


def _hcl(kind: str, value: str) -> str:
    part = load_parts().get(kind)
    body = f"{part.arguments[0]} = {value}" if part and value else ""
    return f'resource "{kind}" "x" {{\n  {body}\n}}\n'


@pytest.mark.parametrize("value", ["", '"somewhere-{kind}"', "data.aws_x.{kind}.id", "var.unset"])
def test_no_type_that_a_mapping_reads_vanishes(project: Write, value: str) -> None:
    resources = "".join(_hcl(kind, value.format(kind=kind)) for kind in JOINED)
    manifest, found = _read(project('variable "unset" {}\n' + resources))
    assert manifest.failed_calls == []
    missing = {kind for kind in JOINED if f"{kind}.x" not in found} - set(manifest.unmapped)
    assert missing == _REGIONAL


@pytest.mark.parametrize("kind", JOINED)
def test_no_type_vanishes_alone(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a plan, where nothing else is that could take it."""
    monkeypatch.chdir(tmp_path)
    resource = {"address": f"{kind}.x", "mode": "managed", "type": kind, "name": "x", "values": {}}
    values = {"root_module": {"resources": [resource]}}
    text = json.dumps({"format_version": "1.2", "planned_values": values})
    Path("plan.json").write_text(text, encoding="utf-8")
    manifest, found = _read(Path("plan.json"))
    assert list(found) == [f"{kind}.x"] or manifest.unmapped == {kind: 1}


def test_every_joined_type_is_declared() -> None:
    """Whoever joins a new type says what becomes of it without its parent."""
    declared = {*load_parts(), *load_links(), *parts.NOT_JUDGED, "aws_iam_policy_attachment"}
    # A node group of EKS is mapped too, for the security group that some of them bring along, and
    # a user's own policy as a policy. A node pool of ACK is a launch template too.
    mapped = {"aws_eks_node_group", "aws_iam_user_policy", "alicloud_cs_kubernetes_node_pool"}
    assert set(JOINED) - set(load_mappings()) == declared - mapped


def _alone(kind: str, **values: Any) -> Document:
    part = block(f"{kind}.x", values)
    (found,) = parts.documents([part], Project([part], ACCOUNT), load_mappings())
    return found


_EVERYONE = {"start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255"}


@pytest.mark.parametrize(
    ("kind", "values", "path", "fact"),
    [
        (
            "aws_lb_listener",
            {"load_balancer_arn": "arn", "protocol": "HTTP", "port": 80},
            ("listeners", 0, "protocol"),
            "http",
        ),
        ("aws_lb_listener", {"load_balancer_arn": "arn"}, ("scheme",), "public"),
        (
            "alicloud_slb_listener",
            {"load_balancer_id": "lb-1", "protocol": "http", "frontend_port": 80},
            ("listeners", 0, "protocol"),
            "http",
        ),
        (
            "alicloud_cen_transit_router_peer_attachment",
            {"transit_router_id": "tr-1", "peer_transit_router_id": "tr-2", "bandwidth": 1},
            ("bandwidth_mbps",),
            1,
        ),
        (
            "alicloud_forward_entry",
            {"forward_table_id": "ftb-1", "ip_protocol": "tcp", "external_port": "22"}
            | {"internal_port": "22", "internal_ip": "10.0.0.5"},
            ("forwards", 0, "from_port"),
            22,
        ),
        (
            "aws_network_acl_rule",
            {"network_acl_id": "acl-1", "protocol": "tcp", "from_port": 22, "to_port": 22}
            | {"rule_action": "allow", "rule_number": 1, "cidr_block": "0.0.0.0/0"},
            ("rules", 1, "sources"),
            ["0.0.0.0/0"],
        ),
        (
            "aws_ami_launch_permission",
            {"image_id": "ami-1", "group": "all"},
            ("shared_with", 0),
            "all",
        ),
        (
            "aws_snapshot_create_volume_permission",
            {"snapshot_id": "snap-1", "account_id": "999988887777"},
            ("shared_with", 0),
            "999988887777",
        ),
        (
            "aws_kms_key_policy",
            {
                "key_id": "k",
                "policy": '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:*"}}',
            },
            ("policy", 0, "kind"),
            "anyone",
        ),
        ("aws_iam_access_key", {"user": "bob"}, ("keys", 0, "active"), True),
        (
            "aws_iam_role_policy_attachment",
            {"role": "r", "policy_arn": "arn:aws-cn:iam::aws:policy/AdministratorAccess"},
            ("privileged",),
            True,
        ),
        (
            "aws_iam_policy_attachment",
            {"users": ["u"], "policy_arn": "arn:aws-cn:iam::aws:policy/AdministratorAccess"},
            ("privileged",),
            True,
        ),
        (
            "aws_config_configuration_recorder_status",
            {"name": "r", "is_enabled": False},
            ("recorders", 0, "enabled"),
            False,
        ),
        *(
            (kind, {argument: "s"} | _EVERYONE, ("allow_list", 0), "0.0.0.0/0")
            for kind, argument in (
                ("azurerm_mssql_firewall_rule", "server_id"),
                ("azurerm_mysql_flexible_server_firewall_rule", "server_name"),
                ("azurerm_postgresql_flexible_server_firewall_rule", "server_id"),
                ("azurerm_postgresql_firewall_rule", "server_name"),
            )
        ),
        (
            "azurerm_cdn_endpoint_custom_domain",
            {"cdn_endpoint_id": "e", "user_managed_https": [{"tls_version": "TLS10"}]},
            ("viewer_tls", "minimum"),
            "1.0",
        ),
        (
            "azurerm_storage_container",
            {"storage_account_name": "s", "container_access_type": "blob"},
            ("exposure", "public"),
            True,
        ),
        (
            "azurerm_web_pubsub_hub",
            {"web_pubsub_id": "w", "anonymous_connections_enabled": True},
            ("public",),
            True,
        ),
        (
            "azurerm_web_pubsub_hub",
            {"web_pubsub_id": "w", "anonymous_connections_enabled": True},
            ("authorization",),
            "none",
        ),
        (
            "alicloud_oss_bucket_acl",
            {"bucket": "b", "acl": "public-read"},
            ("exposure", "public"),
            True,
        ),
        (
            "alicloud_oss_bucket_policy",
            {
                "bucket": "b",
                "policy": '{"Version": "1", "Statement": [{"Effect": "Allow", "Principal": ["*"], '
                '"Action": ["oss:*"], "Resource": ["*"]}]}',
            },
            ("exposure", "public"),
            True,
        ),
    ],
)
def test_what_a_part_tells_is_a_fact(
    kind: str, values: dict[str, Any], path: tuple[str | int, ...], fact: Any
) -> None:
    found: Any = _alone(kind, **values).facts
    for step in path:
        found = found[step]
    assert found == fact


def test_everything_else_is_unknown_with_the_reason() -> None:
    reason = "its alicloud_oss_bucket is not part of this template"
    found = _alone("alicloud_oss_bucket_acl", bucket="b", acl="private")
    assert found.unknown["public_access_block"] == reason
    assert found.unknown["encryption/enabled"] == reason
    assert found.unknown["versioning"] == reason
    assert found.id == "main.tf#alicloud_oss_bucket_acl.x"
    assert found.name == "alicloud_oss_bucket_acl.x"
    assert found.source and found.source.start_line == 1


def test_a_balancer_may_have_other_listeners_elsewhere() -> None:
    found = _alone("aws_lb_listener", load_balancer_arn="arn", protocol="HTTPS", port=443)
    assert found.unknown["listeners/1"] == "its aws_lb is not part of this template"


def test_a_listener_of_one_of_several_balancers_is_not_taken_for_public() -> None:
    """The balancer in doubt may be that of the template, which may be internal."""
    balancer = block("aws_lb.l", {"internal": True})
    listener = block("aws_lb_listener.x", {"load_balancer_arn": Unknown("?"), "protocol": "HTTP"})
    project = Project([balancer, listener], ACCOUNT)
    (found,) = parts.documents([listener], project, load_mappings())
    assert found.facts["listeners"][0]["protocol"] == "http"
    assert found.unknown["scheme"] == "which aws_lb it belongs to is not known before apply"
    alone = _alone("aws_lb_listener", load_balancer_arn=Unknown("var.unset"), protocol="HTTP")
    assert alone.facts["scheme"] == "public"


def test_a_rule_of_an_acl_elsewhere_is_judged_as_in_use() -> None:
    assert _alone("aws_network_acl_rule", network_acl_id="acl-1").facts["subnets"] == 1


def test_the_type_of_the_parent_is_a_guess() -> None:
    found = _alone("aws_flow_log", vpc_id="vpc-1")
    assert "is_default" not in found.facts
    assert found.unknown["is_default"]


def test_the_region_is_that_of_the_part() -> None:
    key = block("aws_kms_key_policy.x", {"key_id": "k"}, {"region": "cn-north-1"})
    other = block("aws_kms_key_policy.y", {"key_id": "k", "region": "cn-northwest-1"})
    for part, region in ((key, "cn-north-1"), (other, "cn-northwest-1")):
        (found,) = parts.documents([part], Project([part], ACCOUNT), load_mappings())
        assert found.region == region


def test_parts_of_one_resource_share_a_document() -> None:
    bucket = Reference("data.alicloud_oss_bucket.b", "bucket")
    acl = block("alicloud_oss_bucket_acl.x", {"bucket": bucket, "acl": "public-read"})
    closed = block(
        "alicloud_oss_bucket_public_access_block.x", {"bucket": bucket, "block_public_access": True}
    )
    other = block("alicloud_oss_bucket_acl.y", {"bucket": "other", "acl": "public-read"})
    unknown = block("alicloud_oss_bucket_acl.z", {"bucket": Unknown("?"), "acl": "private"})
    left = [acl, closed, other, unknown]
    found = list(parts.documents(left, Project(left, ACCOUNT), load_mappings()))
    assert [each.name for each in found] == [
        "alicloud_oss_bucket_acl.x",
        "alicloud_oss_bucket_acl.y",
        "alicloud_oss_bucket_acl.z",
    ]
    assert [each.facts["exposure"].get("public") for each in found[:2]] == [False, True]


def test_a_part_with_its_parent_has_no_document_of_its_own(project: Write) -> None:
    manifest, found = _read(
        project(
            """
resource "aws_lb" "l" {}
resource "aws_lb_listener" "h" { load_balancer_arn = aws_lb.l.arn }
resource "aws_kms_key" "k" {}
resource "aws_kms_alias" "a" { target_key_id = aws_kms_key.k.key_id }
resource "aws_db_instance" "d" { parameter_group_name = "p" }
resource "aws_db_parameter_group" "p" { name = "p" }
"""
        )
    )
    assert set(found) == {"aws_lb.l", "aws_kms_key.k", "aws_db_instance.d"}
    assert manifest.unmapped == {}


def test_a_policy_of_a_user_elsewhere_is_the_users_too(project: Write) -> None:
    policy = """
resource "aws_iam_user_policy" "p" {
  name   = "own"
  user   = USER
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
"""
    made = project(policy.replace("USER", '"elsewhere"'))
    shutil.rmtree("snapshot", ignore_errors=True)
    collect([made], Path("snapshot"), tool_version="test")
    found = {each.document.type: each.document for each in open_snapshot(Path("snapshot"))}
    assert set(found) == {"identity.policy", "identity.user"}
    assert found["identity.user"].facts["direct_policies"][0] == "own"
    assert found["identity.user"].id != found["identity.policy"].id

    user = 'resource "aws_iam_user" "u" { name = "u" }\n'
    found_beside = _read(project(user + policy.replace("USER", "aws_iam_user.u.name")))[1]
    assert sorted(each.type for each in found_beside.values()) == [
        "identity.policy",
        "identity.user",
    ]


def test_a_part_that_something_else_reads_is_judged_where_it_belongs(project: Write) -> None:
    _, found = _read(
        project(
            """
resource "aws_acm_certificate" "c" { domain_name = "example.cn" }
resource "aws_lb_listener" "l" {
  load_balancer_arn = "arn:elsewhere"
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.c.arn
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
resource "aws_iam_user_policy_attachment" "a" {
  user       = "elsewhere"
  policy_arn = aws_iam_policy.p.arn
}
"""
        )
    )
    kinds = {address: document.type for address, document in found.items()}
    assert kinds == {
        "aws_acm_certificate.c": "key.certificate",
        "aws_lb_listener.l": "network.load_balancer",
        "aws_iam_policy.p": "identity.policy",
        "aws_iam_user_policy_attachment.a": "identity.user",
    }
    assert found["aws_lb_listener.l"].facts["listeners"][0]["tls"]["minimum"] == "1.0"
    assert found["aws_acm_certificate.c"].facts["in_use"] is True


def test_links_and_flow_logs_of_less_than_a_vpc_are_counted(project: Write) -> None:
    manifest, found = _read(
        project(
            """
resource "aws_eip_association" "e" { instance_id = "i-1" }
resource "aws_flow_log" "s" { subnet_id = "subnet-1" }
resource "alicloud_vpc_flow_log" "s" {
  resource_id   = "vsw-1"
  resource_type = "VSwitch"
}
resource "aws_db_parameter_group" "p" {}
"""
        )
    )
    assert found == {}
    assert manifest.unmapped == {
        "alicloud_vpc_flow_log": 1,
        "aws_db_parameter_group": 1,
        "aws_eip_association": 1,
        "aws_flow_log": 1,
    }


def test_a_replica_is_not_judged_even_beside_its_master(project: Write) -> None:
    manifest, found = _read(
        project(
            """
resource "alicloud_db_instance" "m" {}
resource "alicloud_db_readonly_instance" "r" { master_db_instance_id = alicloud_db_instance.m.id }
"""
        )
    )
    assert set(found) == {"alicloud_db_instance.m"}
    assert manifest.unmapped == {"alicloud_db_readonly_instance": 1}


@pytest.mark.parametrize("kind", ["alicloud_oss_account", "aws_s3_account"])
@pytest.mark.parametrize("on", [True, False])
def test_the_public_access_block_of_an_account(kind: str, on: bool) -> None:
    flags = ("block_public_acls", "block_public_policy", "ignore_public_acls")
    written = dict.fromkeys((*flags, "restrict_public_buckets"), True) | {flags[0]: on}
    values = written if kind.startswith("aws") else {"block_public_access": on}
    one = block(f"{kind}_public_access_block.b", values)
    mapping = load_mappings()[one.type]
    (found,) = mapping.map(one, Project([one], ACCOUNT))
    assert (found.type, found.region) == ("account.configuration", "global")
    assert found.facts["public_access_block"] is on
    assert "recorders" in found.unknown
