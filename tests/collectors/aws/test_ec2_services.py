"""EC2 in a China region, over real HTTP: what is documented, and what a denial leaves unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from collectors.aws.account import Account
from collectors.aws.services import (
    ec2_firewalls,
    ec2_images,
    ec2_instances,
    ec2_networks,
    ec2_snapshots,
    ec2_volumes,
)
from collectors.aws.services.ec2_images import copies
from collectors.document import Document, Unknown
from collectors.facts.compute import Copy
from tests.collectors.aws.conftest import Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
ARN = f"arn:aws-cn:ec2:{REGION}:123456789012"
NO_BACKUP = {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []}


@pytest.fixture(scope="module")
def ec2(client: Client) -> Any:
    return client("ec2", REGION)


@pytest.fixture
def account(fresh_moto: str, open_account: OpenAccount) -> Account:
    return open_account(fresh_moto, REGION)


@pytest.fixture(scope="module")
def denying(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as proxy:
        yield proxy


def deny(proxy: FaultProxy, *operations: str) -> str:
    proxy.decide = lambda request: DENIED if request.operation in operations else None
    return proxy.url


def one(documents: Iterable[Document], resource: str) -> Document:
    """The document of a resource, by its id."""
    return next(item for item in documents if item.id.endswith(f"/{resource}"))


@pytest.fixture(scope="module")
def gateway(ec2: Any) -> str:
    return str(ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"])


@pytest.fixture
def made(ec2: Any, gateway: str) -> Iterator[dict[str, str]]:
    """A VPC of the test's own with a subnet, a way to the internet, and an open group."""
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.1.1.0/24", AvailabilityZone="cn-north-1a")[
        "Subnet"
    ]["SubnetId"]
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    group = ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 22,
                "ToPort": 22,
                "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "for now"}],
            }
        ],
    )
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
    ec2.create_route(
        RouteTableId=tables["RouteTables"][0]["RouteTableId"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=gateway,
    )
    yield {"vpc": vpc, "subnet": subnet, "group": group}
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)


def launch(ec2: Any, made: dict[str, str], **options: Any) -> str:
    image = ec2.describe_images()["Images"][0]["ImageId"]
    answer = ec2.run_instances(
        ImageId=image,
        MinCount=1,
        MaxCount=1,
        SubnetId=made["subnet"],
        SecurityGroupIds=[made["group"]],
        **options,
    )
    return str(answer["Instances"][0]["InstanceId"])


def test_a_security_group(ec2: Any, made: dict[str, str], account: Account) -> None:
    launch(ec2, made)
    found = one(ec2_firewalls.firewalls(account, REGION), made["group"])
    assert (found.id, found.name, found.country, found.unknown) == (
        f"{ARN}:security-group/{made['group']}",
        "web",
        "CN",
        {},
    )
    assert found.facts == {
        "vpc_id": made["vpc"],
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 0,
                "protocol": "tcp",
                "from_port": 22,
                "to_port": 22,
                "sources": ["0.0.0.0/0"],
                "destinations": [],
                "description": "for now",
            },
            {
                "direction": "egress",
                "action": "allow",
                "priority": 0,
                "protocol": "any",
                "from_port": 0,
                "to_port": 65535,
                "sources": [],
                "destinations": ["0.0.0.0/0"],
                "description": "",
            },
        ],
        "default_ingress": "deny",
        "default_egress": "deny",
        "is_default": False,
        "attached": 1,
    }


def test_a_managed_prefix_list_is_expanded(
    ec2: Any, made: dict[str, str], account: Account
) -> None:
    prefix_list = ec2.create_managed_prefix_list(
        PrefixListName="offices",
        MaxEntries=2,
        AddressFamily="IPv4",
        Entries=[{"Cidr": "192.0.2.0/24"}, {"Cidr": "198.51.100.0/24"}],
    )["PrefixList"]["PrefixListId"]
    ec2.authorize_security_group_ingress(
        GroupId=made["group"],
        IpPermissions=[{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": prefix_list}]}],
    )
    found = one(ec2_firewalls.firewalls(account, REGION), made["group"])
    assert found.facts["rules"][1] == {
        "direction": "ingress",
        "action": "allow",
        "priority": 0,
        "protocol": "any",
        "from_port": 0,
        "to_port": 65535,
        "sources": ["192.0.2.0/24", "198.51.100.0/24"],
        "destinations": [],
        "description": f"prefix-list:{prefix_list}",
    }


def test_without_interfaces_only_their_number_is_unknown(
    ec2: Any, made: dict[str, str], denying: FaultProxy, open_account: OpenAccount
) -> None:
    account = open_account(deny(denying, "DescribeNetworkInterfaces"), REGION)
    found = one(ec2_firewalls.firewalls(account, REGION), made["group"])
    assert found.unknown == {"attached": "AccessDenied: ec2:DescribeNetworkInterfaces"}


def test_an_acl(ec2: Any, made: dict[str, str], account: Account) -> None:
    found = next(
        item
        for item in ec2_firewalls.firewalls(account, REGION)
        if item.type == "network.acl" and item.facts["vpc_id"] == made["vpc"]
    )
    rules = found.facts.pop("rules")
    assert (found.facts, found.unknown) == (
        {"vpc_id": made["vpc"], "is_default": True, "subnets": 1},
        {},
    )
    assert [(rule["direction"], rule["priority"], rule["action"]) for rule in rules] == [
        ("ingress", 100, "allow"),
        ("ingress", 32767, "deny"),
        ("egress", 100, "allow"),
        ("egress", 32767, "deny"),
    ]


def test_a_vpc_and_its_flow_log(
    ec2: Any, made: dict[str, str], client: Client, account: Account
) -> None:
    launch(ec2, made)
    logs = client("logs", REGION)
    logs.create_log_group(logGroupName="flow")
    logs.put_retention_policy(logGroupName="flow", retentionInDays=180)
    ec2.create_flow_logs(
        ResourceIds=[made["vpc"]],
        ResourceType="VPC",
        TrafficType="ALL",
        LogGroupName="flow",
        DeliverLogsPermissionArn="arn:aws-cn:iam::123456789012:role/flow",
    )
    found = one(ec2_networks.networks(account, REGION), made["vpc"])
    assert (found.facts, found.unknown) == (
        {
            "cidrs": ["10.1.0.0/16"],
            "is_default": False,
            "workloads": 1,
            "flow_logs": [
                {
                    "traffic": "all",
                    "active": True,
                    "destination": f"arn:aws-cn:logs:{REGION}:123456789012:log-group:flow",
                    "destination_region": REGION,
                    "retention_days": 180,
                }
            ],
            "internet_gateway": True,
        },
        {},
    )


def test_a_flow_log_to_a_bucket_lies_in_the_region_of_the_bucket(
    ec2: Any, made: dict[str, str], client: Client, account: Account
) -> None:
    s3 = client("s3", "cn-northwest-1")
    s3.create_bucket(
        Bucket="flow-logs", CreateBucketConfiguration={"LocationConstraint": "cn-northwest-1"}
    )
    s3.put_bucket_lifecycle_configuration(
        Bucket="flow-logs",
        LifecycleConfiguration={
            "Rules": [
                {
                    "ID": "half-a-year",
                    "Status": "Enabled",
                    "Filter": {"Prefix": ""},
                    "Expiration": {"Days": 200},
                }
            ]
        },
    )
    ec2.create_flow_logs(
        ResourceIds=[made["vpc"]],
        ResourceType="VPC",
        TrafficType="REJECT",
        LogDestinationType="s3",
        LogDestination="arn:aws-cn:s3:::flow-logs",
    )
    found = one(ec2_networks.networks(account, REGION), made["vpc"])
    assert found.facts["flow_logs"] == [
        {
            "traffic": "reject",
            "active": True,
            "destination": "arn:aws-cn:s3:::flow-logs",
            "destination_region": "cn-northwest-1",
            "retention_days": 200,
        }
    ]


def test_denials_around_a_vpc_leave_exactly_their_facts_unknown(
    ec2: Any, made: dict[str, str], denying: FaultProxy, open_account: OpenAccount
) -> None:
    url = deny(denying, "DescribeFlowLogs", "DescribeInternetGateways", "DescribeNetworkInterfaces")
    found = one(ec2_networks.networks(open_account(url, REGION), REGION), made["vpc"])
    assert (found.facts, found.unknown) == (
        {"cidrs": ["10.1.0.0/16"], "is_default": False},
        {
            "workloads": "AccessDenied: ec2:DescribeNetworkInterfaces",
            "flow_logs": "AccessDenied: ec2:DescribeFlowLogs",
            "internet_gateway": "AccessDenied: ec2:DescribeInternetGateways",
        },
    )


def test_a_subnet(ec2: Any, made: dict[str, str], account: Account) -> None:
    launch(ec2, made)
    found = one(ec2_networks.networks(account, REGION), made["subnet"])
    assert (found.id, found.facts, found.unknown) == (
        f"{ARN}:subnet/{made['subnet']}",
        {
            "vpc_id": made["vpc"],
            "cidrs": ["10.1.1.0/24"],
            "routes_to_internet": True,
            "auto_public_ip": True,
            "zone": "cn-north-1a",
            "workload_kinds": ["instance"],
        },
        {},
    )


def test_an_exposed_instance(ec2: Any, made: dict[str, str], account: Account) -> None:
    instance = launch(
        ec2,
        made,
        UserData="export DB_PASSWORD=correct-horse-battery",
        MetadataOptions={"HttpTokens": "required", "HttpEndpoint": "enabled"},
    )
    gone = launch(ec2, made)
    ec2.terminate_instances(InstanceIds=[gone])
    documents = list(ec2_instances.instances(account, REGION))
    assert f"{ARN}:instance/{gone}" not in [item.id for item in documents]
    found = one(documents, instance)
    described = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    image = ec2.describe_images(ImageIds=[described["ImageId"]])["Images"][0]
    assert found.facts == {
        "state": "running",
        "vpc_id": made["vpc"],
        "network_kind": "vpc",
        "public_ips": [described["PublicIpAddress"]],
        "exposure": {"public": True, "via": ["public-ip+route+firewall"]},
        "firewalls": [made["group"]],
        "image_id": described["ImageId"],
        "image": {
            "owner": image.get("ImageOwnerAlias") or image["OwnerId"],
            "approved": None,
            "created": image["CreationDate"],
            "deprecated": False,
        },
        "key_pair": False,
        "password_login": None,
        "alarms": 0,
        "backup": NO_BACKUP,
        "metadata_token_required": True,
        "role": None,
        "disks_encrypted": False,
        "agent": None,
        "patch": {"managed": False, "critical_missing": None},
        "vulnerabilities": {"assessed": False, "critical": None, "oldest_critical_days": None},
        "monitoring": False,
        "tenancy": "shared",
        "vtpm": False,
        "deletion_protection": False,
        "user_data_secrets": True,
        "zone": "cn-north-1a",
    }
    assert found.unknown == {"secure_boot": "EC2 does not tell whether secure boot is on"}
    assert "correct-horse-battery" not in str(found)


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("DescribeVolumes", {"disks_encrypted", "backup"}),
        ("DescribeImages", {"image"}),
        ("DescribeInstanceAttribute", {"deletion_protection", "user_data_secrets"}),
        ("DescribeRouteTables", {"exposure/public", "exposure/via"}),
        ("DescribeSecurityGroups", {"exposure/public", "exposure/via"}),
    ],
)
def test_a_denial_around_an_instance_leaves_exactly_its_facts_unknown(
    operation: str,
    facts: set[str],
    ec2: Any,
    made: dict[str, str],
    denying: FaultProxy,
    open_account: OpenAccount,
) -> None:
    instance = launch(ec2, made)
    account = open_account(deny(denying, operation), REGION)
    found = one(ec2_instances.instances(account, REGION), instance)
    reason = f"AccessDenied: ec2:{operation}"
    assert {path for path, why in found.unknown.items() if why == reason} == facts


def test_volumes(ec2: Any, made: dict[str, str], client: Client, account: Account) -> None:
    key = client("kms", REGION).create_key()["KeyMetadata"]["Arn"]
    options = {"AvailabilityZone": "cn-north-1a", "Size": 5}
    plain = ec2.create_volume(**options)["VolumeId"]
    sealed = ec2.create_volume(**options, Encrypted=True, KmsKeyId=key)["VolumeId"]
    documents = list(ec2_volumes.disks(account, REGION))
    common = {
        "attached": False,
        "size_bytes": 5 * 1024**3,
        "zone": "cn-north-1a",
        "delete_with_instance": False,
        "backup": NO_BACKUP,
    }
    off = {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None}
    on = {"enabled": True, "key_manager": "customer", "key_id": key, "algorithm": "AES-256"}
    assert one(documents, plain).facts == {"encryption": off, **common}
    assert one(documents, sealed).facts == {"encryption": on, **common}
    assert one(documents, sealed).unknown == {}


def test_a_volume_whose_key_is_denied(
    ec2: Any, made: dict[str, str], denying: FaultProxy, open_account: OpenAccount
) -> None:
    volume = ec2.create_volume(AvailabilityZone="cn-north-1a", Size=5, Encrypted=True)["VolumeId"]
    account = open_account(deny(denying, "DescribeKey"), REGION)
    found = one(ec2_volumes.disks(account, REGION), volume)
    assert found.facts["encryption"]["enabled"] is True
    assert found.unknown == {"encryption/key_manager": "AccessDenied: kms:DescribeKey"}


def test_snapshots(ec2: Any, made: dict[str, str], account: Account) -> None:
    volume = ec2.create_volume(AvailabilityZone="cn-north-1a", Size=5)["VolumeId"]
    shared, orphan = (ec2.create_snapshot(VolumeId=volume)["SnapshotId"] for _ in range(2))
    ec2.modify_snapshot_attribute(
        SnapshotId=shared,
        Attribute="createVolumePermission",
        OperationType="add",
        UserIds=["111122223333"],
    )
    ec2.modify_snapshot_attribute(
        SnapshotId=shared,
        Attribute="createVolumePermission",
        OperationType="add",
        GroupNames=["all"],
    )
    documents = list(ec2_snapshots.snapshots(account, REGION))
    facts = one(documents, shared).facts
    created = facts.pop("created")
    assert created.endswith("Z")
    assert facts == {
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "shared_with": ["111122223333", "all"],
        "source_exists": True,
        "copies": None,
        "hardened": None,
    }
    assert one(documents, orphan).facts["shared_with"] == []


def test_a_snapshot_whose_volume_is_deleted_and_whose_sharing_is_denied(
    ec2: Any, made: dict[str, str], denying: FaultProxy, open_account: OpenAccount
) -> None:
    volume = ec2.create_volume(AvailabilityZone="cn-north-1a", Size=5)["VolumeId"]
    snapshot = ec2.create_snapshot(VolumeId=volume)["SnapshotId"]
    ec2.delete_volume(VolumeId=volume)
    account = open_account(deny(denying, "DescribeSnapshotAttribute"), REGION)
    found = one(ec2_snapshots.snapshots(account, REGION), snapshot)
    assert found.facts["source_exists"] is False
    assert found.unknown == {"shared_with": "AccessDenied: ec2:DescribeSnapshotAttribute"}


def test_an_image(ec2: Any, made: dict[str, str], account: Account) -> None:
    image = ec2.create_image(InstanceId=launch(ec2, made), Name="golden")["ImageId"]
    ec2.modify_image_attribute(
        ImageId=image, LaunchPermission={"Add": [{"UserId": "111122223333"}]}
    )
    found = one(ec2_images.images(account, REGION), image)
    assert (found.id, found.name) == (f"{ARN}:image/{image}", "golden")
    assert (found.facts["shared_with"], found.facts["source_exists"]) == (["111122223333"], None)


@pytest.mark.parametrize(
    ("service", "operation", "types"),
    [
        (ec2_firewalls.SERVICE, "DescribeSecurityGroups", ["network.firewall"]),
        (ec2_firewalls.SERVICE, "DescribeNetworkAcls", ["network.acl"]),
        (ec2_networks.SERVICE, "DescribeVpcs", ["network.vpc"]),
        (ec2_networks.SERVICE, "DescribeSubnets", ["network.subnet"]),
        (ec2_instances.SERVICE, "DescribeInstances", ["compute.instance"]),
        (ec2_volumes.SERVICE, "DescribeVolumes", ["compute.disk"]),
        (ec2_snapshots.SERVICE, "DescribeSnapshots", ["compute.snapshot"]),
        (ec2_images.SERVICE, "DescribeImages", ["compute.image"]),
    ],
)
def test_what_cannot_be_listed_is_documented_as_unlisted(
    service: Any,
    operation: str,
    types: list[str],
    denying: FaultProxy,
    open_account: OpenAccount,
) -> None:
    account = open_account(deny(denying, operation), REGION)
    documents = [item for item in service.region(account, REGION) if item.unlisted]
    assert [(item.type, item.facts) for item in documents] == [(name, {}) for name in types]
    assert {why for item in documents for why in item.unknown.values()} == {
        f"AccessDenied: ec2:{operation}"
    }


def test_copies_of_an_image_name_it_in_their_region() -> None:
    image = {"ImageId": "ami-1"}
    copy = {"ImageId": "ami-2", "SourceImageId": "ami-1", "SourceImageRegion": REGION}
    other = copy | {"SourceImageRegion": "eu-west-1"}
    denied = Unknown("AccessDenied: ec2:DescribeImages")
    cases: list[list[tuple[str, list[dict[str, Any]] | Unknown]]] = [
        [("eu-west-1", [copy]), ("eu-west-2", [other])],
        [("eu-west-1", [])],
        [("eu-west-1", [copy]), ("eu-west-2", denied)],
        [],
    ]
    assert [copies(REGION, image, others) for others in cases] == [
        [Copy(region="eu-west-1")],
        [],
        denied,
        [],
    ]
