"""Replication instances of DMS by a scripted server; see test_store_parity.py for moto."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.reachability import Ground
from collectors.aws.services import dms
from collectors.document import Document
from collectors.facts.shared import Rule
from collectors.iac.blocks import Reference
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, XML, Reply, error, scripted
from tests.collectors.iac.mappers.hand import block, the

REGION = "cn-north-1"
KEY = f"arn:aws-cn:kms:{REGION}:999999999999:key/1"


INSTANCE: dict[str, Any] = {
    "ReplicationInstanceIdentifier": "safe",
    "ReplicationInstanceArn": f"arn:aws-cn:dms:{REGION}:123456789012:rep:safe",
    "EngineVersion": "3.5.4",
    "MultiAZ": True,
    "AutoMinorVersionUpgrade": True,
    "PubliclyAccessible": False,
    "KmsKeyId": KEY,
    "NetworkType": "IPV4",
    "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1", "Status": "active"}],
    "ReplicationSubnetGroup": {"VpcId": "vpc-1", "Subnets": [{"SubnetIdentifier": "subnet-1"}]},
    "KerberosAuthenticationSettings": {"Krb5FileContents": "not for a snapshot"},
}


def reply(**body: Any) -> Reply:
    return Reply(200, json.dumps(body), JSON)


@pytest.fixture
def collected(open_account: OpenAccount) -> Iterator[Any]:
    """The one document, after changes to the answers of operations."""
    with scripted() as server:

        def collect(**changes: Reply) -> Document:
            answers = {
                "DescribeReplicationInstances": reply(ReplicationInstances=[INSTANCE]),
                "ListTagsForResource": reply(TagList=[{"Key": "system", "Value": "bank"}]),
                "*": Reply(200, "<Response/>", XML),
            } | changes
            server.replies = {operation: [answer] for operation, answer in answers.items()}
            (found,) = dms.instances(open_account(server.url, REGION), REGION)
            return found

        yield collect


def test_an_instance_and_the_template_of_it(collected: Any) -> None:
    live = collected()
    assert (live.name, live.tags) == ("safe", {"system": "bank"})
    assert live.facts["firewall_ids"] == ["sg-1"]
    assert (live.facts["authentication"], live.facts["tls"]) == (None, None)
    assert live.facts["encryption"]["key_manager"] == "customer"
    assert "KerberosAuthenticationSettings" not in live.native
    values = {
        "replication_instance_id": "safe",
        "engine_version": "3.5.4",
        "multi_az": True,
        "auto_minor_version_upgrade": True,
        "kms_key_arn": Reference("aws_kms_key.k", "arn"),
    }
    key = block("aws_kms_key.k", {})
    planned = the(block("aws_dms_replication_instance.i", values), key)
    known = {"exposure/public", "multi_zone", "encryption/key_manager", "auto_minor_upgrade"}
    assert_alike(live, planned, known=known | {"authentication", "tls", "backup/enabled"})


def test_what_is_denied_is_unknown(collected: Any) -> None:
    denied = error("AccessDeniedException", 403)
    assert collected(DescribeReplicationInstances=denied).unlisted
    untagged = collected(ListTagsForResource=denied)
    assert untagged.unknown["tags"] == "AccessDeniedException: dms:ListTagsForResource"
    nowhere = {key: INSTANCE[key] for key in INSTANCE if key != "ReplicationSubnetGroup"}
    shown = reply(ReplicationInstances=[nowhere | {"PubliclyAccessible": True}])
    assert "exposure/public" in collected(DescribeReplicationInstances=shown).unknown


def test_who_reaches_an_instance() -> None:
    table = {
        "VpcId": "vpc-1",
        "Associations": [{"Main": True}],
        "Routes": [
            {"GatewayId": "igw-1", "DestinationIpv6CidrBlock": "::/0"},
            {"GatewayId": "igw-1", "DestinationCidrBlock": "0.0.0.0/0"},
        ],
    }
    every = ["0.0.0.0/0", "::/0"]
    rule = Rule(direction="ingress", protocol="tcp", from_port=22, to_port=22, sources=every)
    ground = Ground(subnets={}, tables=[table], rules={"sg-1": [rule], "sg-2": []})
    item = {"PubliclyAccessible": True, "VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}]}
    private = item | {"PubliclyAccessible": False}
    closed = item | {"VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-2"}]}
    assert dms.is_reached(item, ["s"], "vpc-1", ground) is True
    assert dms.is_reached(closed, ["s"], "vpc-1", ground) is False
    assert dms.is_reached(private, ["s"], "vpc-1", ground) is False
    # IPv6 addresses are public wherever a route leads in.
    assert dms.is_reached(private | {"NetworkType": "DUAL"}, ["s"], "vpc-1", ground) is True
    assert dms.is_reached(private | {"NetworkType": "IPV4"}, [], None, ground) is False
