"""Launch templates and configurations over real HTTP, and the pure rules of what they make."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from collectors.aws.launch_data import (
    disks_encrypted,
    metadata_token_required,
    public_address,
    user_data_secrets,
)
from collectors.aws.reachability import Ground
from collectors.aws.scaling_groups import Use, uses
from collectors.aws.services.ec2_launch_templates import templates
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
SECRET = "export DB_PASSWORD=Example-Only-2019!"
TOKENS = {"HttpTokens": "required", "HttpEndpoint": "enabled"}


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture(scope="module")
def made(client: Client) -> dict[str, str]:
    """A template whose default version is good, while a group that is scaled to zero uses its
    newest one; a launch configuration of an old group."""
    ec2, scaling = client("ec2", REGION), client("autoscaling", REGION)
    vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.8.1.0/24")["Subnet"]["SubnetId"]
    image = ec2.describe_images()["Images"][0]
    disks = [
        {"DeviceName": one["DeviceName"], "Ebs": {"Encrypted": True}}
        for one in image["BlockDeviceMappings"]
    ]
    good = {"ImageId": image["ImageId"], "MetadataOptions": TOKENS, "BlockDeviceMappings": disks}
    bad = {
        "ImageId": image["ImageId"],
        "MetadataOptions": {"HttpTokens": "optional"},
        "UserData": encoded(SECRET),
        "NetworkInterfaces": [{"DeviceIndex": 0, "AssociatePublicIpAddress": True}],
    }
    name = ec2.create_launch_template(
        LaunchTemplateName="web",
        LaunchTemplateData=good,
        TagSpecifications=[
            {"ResourceType": "launch-template", "Tags": [{"Key": "system", "Value": "mall"}]}
        ],
    )["LaunchTemplate"]["LaunchTemplateId"]
    ec2.create_launch_template_version(LaunchTemplateId=name, LaunchTemplateData=bad)
    idle = ec2.create_launch_template(LaunchTemplateName="idle", LaunchTemplateData=good)
    scaling.create_launch_configuration(
        LaunchConfigurationName="old",
        ImageId=image["ImageId"],
        InstanceType="t3.micro",
        AssociatePublicIpAddress=True,
        UserData=SECRET,
    )
    for group, source in (
        ("web", {"LaunchTemplate": {"LaunchTemplateId": name, "Version": "$Latest"}}),
        ("old", {"LaunchConfigurationName": "old"}),
    ):
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=group,
            MinSize=0,
            MaxSize=4,
            DesiredCapacity=0,
            VPCZoneIdentifier=subnet,
            **source,
        )
    return {"web": name, "idle": idle["LaunchTemplate"]["LaunchTemplateId"]}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture
def collected(
    made: dict[str, str], proxy: FaultProxy, open_account: OpenAccount
) -> Callable[..., dict[str, Document]]:
    """The documents by their name, after the denials that the test wants."""

    def collect(*denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        return {one.name: one for one in templates(open_account(proxy.url, REGION), REGION)}

    return collect


def test_the_version_that_a_group_uses_is_judged_too(collected: Any, made: dict[str, str]) -> None:
    found = collected()["web"]
    assert found.id == f"arn:aws-cn:ec2:{REGION}:123456789012:launch-template/{made['web']}"
    assert (found.tags, found.native["groups"], found.unknown) == (
        {"system": "mall"},
        ["web"],
        {},
    )
    image = found.facts.pop("image")
    assert (image["owner"], image["deprecated"]) == ("amazon", False)
    assert found.facts == {
        "metadata_token_required": False,
        "disks_encrypted": False,
        "public_address": True,
        "user_data_secrets": True,
    }
    assert SECRET not in str(found)
    assert encoded(SECRET) not in str(found)


def test_a_template_that_nobody_uses_leaves_its_subnet_open(collected: Any) -> None:
    found = collected()["idle"]
    assert found.facts["metadata_token_required"] is True
    assert found.facts["disks_encrypted"] is True
    assert found.facts["user_data_secrets"] is False
    assert found.unknown == {
        "public_address": "the subnet decides on public addresses, which is chosen at launch"
    }


def test_a_launch_configuration(collected: Any) -> None:
    found = collected()["old"]
    assert found.native_type == "AWS::AutoScaling::LaunchConfiguration"
    assert found.facts["public_address"] is True
    assert found.facts["user_data_secrets"] is True
    assert SECRET not in str(found)


def test_without_the_groups_only_what_is_bad_is_certain(collected: Any) -> None:
    denied = "AccessDenied: autoscaling:DescribeAutoScalingGroups"
    found = collected("DescribeAutoScalingGroups")
    good, bad = found["web"], found["old"]
    assert set(good.unknown) == {
        "metadata_token_required",
        "disks_encrypted",
        "public_address",
        "user_data_secrets",
        "image",
    }
    assert set(good.unknown.values()) == {denied}, "its default version is good"
    assert (bad.facts["public_address"], bad.facts["user_data_secrets"]) == (True, True)


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        ("DescribeLaunchTemplateVersions", {"metadata_token_required", "user_data_secrets"}),
        ("DescribeImages", {"disks_encrypted", "image"}),
    ],
)
def test_a_denial_leaves_facts_unknown(collected: Any, denied: str, facts: set[str]) -> None:
    found = collected(denied)["idle"]
    assert facts <= set(found.unknown)


@pytest.mark.parametrize("denied", ["DescribeLaunchTemplates", "DescribeLaunchConfigurations"])
def test_templates_that_cannot_be_listed(collected: Any, denied: str) -> None:
    assert [one.unlisted for one in collected(denied).values()].count(True) == 1


def test_what_groups_make_their_machines_from() -> None:
    one, other = {"LaunchTemplateId": "lt-1"}, {"LaunchTemplateId": "lt-2", "Version": "7"}
    mixed = {
        "LaunchTemplateSpecification": one,
        "Overrides": [
            {"InstanceType": "m7i.large"},
            {"InstanceType": "m7g.large", "LaunchTemplateSpecification": other},
            {"InstanceType": "c7i.large", "ImageId": "ami-9"},
        ],
    }
    group = {
        "AutoScalingGroupName": "g",
        "VPCZoneIdentifier": "s-1,s-2",
        "MixedInstancesPolicy": {"LaunchTemplate": mixed},
    }
    subnets = ("s-1", "s-2")
    assert list(uses(group)) == [
        Use("g", "lt-1", "$Default", None, subnets),
        Use("g", "lt-2", "7", None, subnets),
        Use("g", "lt-1", "$Default", "ami-9", subnets),
    ]


DENIAL = Unknown("AccessDenied: told by the test")
V2 = {"ImdsSupport": "v2.0"}


@pytest.mark.parametrize(
    ("own", "account", "image", "expected"),
    [
        ({"HttpTokens": "required"}, {"HttpTokens": "optional"}, {}, True),
        ({"HttpTokens": "optional"}, {"HttpTokens": "required"}, V2, False),
        ({"HttpEndpoint": "disabled"}, None, {}, True),
        ({}, {"HttpEndpoint": "disabled"}, {}, True),
        ({"HttpEndpoint": "enabled"}, {"HttpEndpoint": "disabled"}, V2, True),
        ({}, {"HttpTokens": "required"}, DENIAL, True),
        ({}, {"HttpTokens": "optional"}, V2, False),
        ({}, None, V2, True),
        ({}, None, {}, Unknown),
        ({}, DENIAL, V2, Unknown),
        ({}, None, DENIAL, Unknown),
        ({"HttpTokens": "required"}, DENIAL, DENIAL, True),
    ],
)
def test_metadata_tokens(own: Any, account: Any, image: Any, expected: Any) -> None:
    found = metadata_token_required({"MetadataOptions": own}, account, image)
    assert isinstance(found, Unknown) if expected is Unknown else found is expected


def disk(name: str = "/dev/xvda", **ebs: Any) -> dict[str, Any]:
    return {"DeviceName": name, "Ebs": ebs}


PLAIN = {"BlockDeviceMappings": [disk(SnapshotId="snap-1", Encrypted=False)]}
SEALED = {"BlockDeviceMappings": [disk(SnapshotId="snap-1", Encrypted=True)]}


@pytest.mark.parametrize(
    ("own", "by_default", "image", "expected"),
    [
        ([], False, PLAIN, False),
        ([], True, PLAIN, True),
        ([], False, SEALED, True),
        ([disk(VolumeSize=80)], False, SEALED, True),
        ([disk(Encrypted=True)], False, PLAIN, True),
        ([disk(SnapshotId="snap-2")], False, SEALED, Unknown),
        ([disk("/dev/sdf", VolumeSize=80)], False, SEALED, False),
        ([disk("/dev/sdf", Encrypted=True)], False, SEALED, True),
        ([disk("/dev/sdf", SnapshotId="snap-2")], False, SEALED, Unknown),
        (
            [{"DeviceName": "/dev/xvda", "NoDevice": ""}, disk("/dev/sdf", Encrypted=True)],
            False,
            PLAIN,
            True,
        ),
        ([{"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}], False, {}, Unknown),
        ([], False, DENIAL, Unknown),
        ([disk("/dev/sdf")], False, DENIAL, False),
        ([disk(Encrypted=True)], False, DENIAL, Unknown),
        ([], DENIAL, SEALED, True),
        ([], DENIAL, PLAIN, Unknown),
    ],
)
def test_disks(own: Any, by_default: Any, image: Any, expected: Any) -> None:
    found = disks_encrypted({"BlockDeviceMappings": own}, by_default, image)
    assert isinstance(found, Unknown) if expected is Unknown else found is expected


def ground(*, four: bool, six: bool = False) -> Ground:
    subnet = {
        "VpcId": "v",
        "MapPublicIpOnLaunch": four,
        "AssignIpv6AddressOnCreation": six,
    }
    route = {"GatewayId": "igw-1", "DestinationIpv6CidrBlock": "::/0"}
    table = {"VpcId": "v", "Associations": [{"Main": True}], "Routes": [route]}
    return Ground(subnets={"s": subnet}, tables=[table], rules={})


def interface(**own: Any) -> dict[str, Any]:
    return {"NetworkInterfaces": [{"DeviceIndex": 0, **own}]}


@pytest.mark.parametrize(
    ("data", "subnets", "around", "expected"),
    [
        (interface(AssociatePublicIpAddress=True), [], ground(four=False), True),
        (interface(AssociatePublicIpAddress=False), ["s"], ground(four=True), False),
        ({}, ["s"], ground(four=True), True),
        ({}, ["s"], ground(four=False), False),
        ({}, [], ground(four=False), Unknown),
        ({}, ["elsewhere"], ground(four=False), Unknown),
        (interface(SubnetId="s"), [], ground(four=True), True),
        (interface(AssociatePublicIpAddress=False), ["s"], ground(four=False, six=True), True),
        (interface(Ipv6AddressCount=1), ["s"], ground(four=False), True),
        (interface(NetworkInterfaceId="eni-1"), ["s"], ground(four=False), Unknown),
    ],
)
def test_public_addresses(data: Any, subnets: list[str], around: Ground, expected: Any) -> None:
    found = public_address(data, subnets, around)
    assert isinstance(found, Unknown) if expected is Unknown else found is expected


def test_user_data() -> None:
    assert user_data_secrets({}) is False
    assert user_data_secrets({"UserData": encoded(SECRET)}) is True
