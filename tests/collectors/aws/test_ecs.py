"""Services and task definitions of ECS over real HTTP, and the pure rules of their containers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from collectors.aws.container_definition import (
    Elsewhere,
    LogGroup,
    environment_secrets,
    log_routes,
    privileged_containers,
)
from collectors.aws.container_logs import output_logging
from collectors.aws.container_network import groups_of, has_address, is_reached
from collectors.aws.reachability import Ground
from collectors.aws.services.ecs import containers
from collectors.document import Document, Unknown
from collectors.facts.shared import Logging, Rule
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
PASSWORD = "Example-Only-2019!"
SERVICE = f"arn:aws-cn:ecs:{REGION}:{ACCOUNT_ID}:service/main/shop"
FAMILY = f"arn:aws-cn:ecs:{REGION}:{ACCOUNT_ID}:task-definition/nightly"


@pytest.fixture(scope="module")
def made(client: Client) -> dict[str, str]:
    """A service on Fargate in a public subnet behind an open group, updated to a definition with a
    password; a family without a service."""
    ec2, ecs = client("ec2", REGION), client("ecs", REGION)
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.9.1.0/24")["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])
    ec2.create_route(
        RouteTableId=table["RouteTables"][0]["RouteTableId"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=gateway,
    )
    group = ec2.create_security_group(GroupName="shop", Description="shop", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group, IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0"
    )
    logs = client("logs", REGION)
    logs.create_log_group(logGroupName="/ecs/shop")
    logs.put_retention_policy(logGroupName="/ecs/shop", retentionInDays=30)
    ecs.create_cluster(clusterName="main")
    log = {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "/ecs/shop", "awslogs-region": REGION},
    }
    container = {"name": "shop", "image": "shop", "memory": 512, "logConfiguration": log}
    for variables in ([], [{"name": "DB_PASSWORD", "value": PASSWORD}]):
        ecs.register_task_definition(
            family="shop",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{**container, "environment": variables}],
        )
    ecs.create_service(
        cluster="main",
        serviceName="shop",
        taskDefinition="shop:2",
        desiredCount=0,
        launchType="FARGATE",
        networkConfiguration={
            "awsvpcConfiguration": {
                "subnets": [subnet],
                "securityGroups": [group],
                "assignPublicIp": "ENABLED",
            }
        },
        tags=[{"key": "system", "value": "mall"}],
    )
    ecs.register_task_definition(
        family="nightly",
        networkMode="bridge",
        containerDefinitions=[
            {"name": "job", "image": "job", "memory": 128, "privileged": True},
        ],
        tags=[{"key": "owner", "value": "ops"}],
    )
    return {"vpc": vpc, "group": group}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture
def collected(
    made: dict[str, str], proxy: FaultProxy, open_account: OpenAccount
) -> Callable[..., dict[str, Document]]:
    """The documents by their id, after the denials that the test wants."""

    def collect(*denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        return {one.id: one for one in containers(open_account(proxy.url, REGION), REGION)}

    return collect


def test_a_service_is_judged_with_what_it_runs(collected: Any, made: dict[str, str]) -> None:
    """Scaled to zero as it is, while the scan looks."""
    found = collected()[SERVICE]
    assert (found.name, found.tags, found.unknown) == ("shop", {"system": "mall"}, {})
    assert found.facts == {
        "vpc_id": made["vpc"],
        "network_kind": "vpc",
        "public_address": True,
        "exposure": {"public": True, "via": ["public-ip+route+firewall"]},
        "firewalls": [made["group"]],
        "environment_secrets": True,
        "privileged_containers": [],
        "role": None,
        "logging": {
            "enabled": True,
            "destination": f"arn:aws-cn:logs:{REGION}:{ACCOUNT_ID}:log-group:/ecs/shop",
            "destination_account": ACCOUNT_ID,
            "destination_region": REGION,
            "retention_days": 30,
        },
    }
    assert PASSWORD not in str(found), "what the environment holds is looked at and forgotten"


def test_a_family_without_a_service_is_judged_by_its_newest_revision(collected: Any) -> None:
    documents = collected()
    assert set(documents) == {SERVICE, FAMILY}, "that of the service is judged there"
    found = documents[FAMILY]
    assert (found.name, found.tags) == ("nightly", {"owner": "ops"})
    assert found.facts["privileged_containers"] == ["job"]
    assert found.facts["public_address"] is None
    assert found.unknown["logging/enabled"].startswith("the machine below decides")


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        (
            "DescribeTaskDefinition",
            {"environment_secrets", "privileged_containers", "role", "logging/enabled"},
        ),
        ("DescribeSubnets", {"vpc_id", "exposure/public"}),
        ("DescribeRouteTables", {"exposure/public"}),
        ("DescribeLogGroups", {"logging/enabled", "logging/retention_days"}),
    ],
)
def test_a_denial_leaves_facts_unknown(collected: Any, denied: str, facts: set[str]) -> None:
    found = collected(denied)[SERVICE]
    assert facts <= set(found.unknown)
    assert found.facts["public_address"] is True, "it says so itself"


@pytest.mark.parametrize("denied", ["ListClusters", "ListServices", "DescribeServices"])
def test_services_that_cannot_be_listed(collected: Any, denied: str) -> None:
    """Nor is it known then which families have a service."""
    found = collected(denied)
    assert {(one.native_type, one.unlisted) for one in found.values()} == {
        ("AWS::ECS::Service", True),
        ("AWS::ECS::TaskDefinition", True),
    }


def test_families_that_cannot_be_listed(collected: Any) -> None:
    found = collected("ListTaskDefinitionFamilies")
    (stand_in,) = (one for one in found.values() if one.unlisted)
    assert stand_in.native_type == "AWS::ECS::TaskDefinition"


def definition(*containers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"containerDefinitions": [{"name": "app", **one} for one in containers], **more}


def variables(**values: str) -> dict[str, Any]:
    return {"environment": [{"name": name, "value": value} for name, value in values.items()]}


def test_secrets_of_any_container() -> None:
    plain, secret = variables(MODE="fast"), variables(API_KEY="0123456789abcdef")
    fetched = {"secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:x"}]}
    assert environment_secrets(definition(plain, fetched)) is False
    assert environment_secrets(definition(plain, secret)) is True
    files = {"environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}]}
    assert isinstance(environment_secrets(definition(plain, files)), Unknown)
    assert environment_secrets(definition(secret, files)) is True


SOCKET = {"name": "engine", "host": {"sourcePath": "/var/run/docker.sock"}}
DATA = {"name": "data", "host": {"sourcePath": "/srv/data"}}
HOST = {"name": "host", "host": {"sourcePath": "/"}}
KERNEL = {"name": "kernel", "host": {"sourcePath": "/proc/"}}
SETTINGS = {"name": "settings", "host": {"sourcePath": "/etc"}}
OTHERS = {"name": "others", "host": {"sourcePath": "/var/lib/docker"}}


def mounted(name: str, *, read_only: bool) -> dict[str, Any]:
    return {"mountPoints": [{"sourceVolume": name, "readOnly": read_only}]}


def capabilities(*names: str) -> dict[str, Any]:
    return {"linuxParameters": {"capabilities": {"add": list(names)}}}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (definition({}, {"privileged": False}), []),
        (definition({"privileged": True}), ["app"]),
        (definition({}, pidMode="host"), ["app"]),
        (definition({}, pidMode="task"), []),
        (definition(capabilities("NET_ADMIN", "SYS_PTRACE")), []),
        (definition(capabilities("SYS_ADMIN")), ["app"]),
        (definition({"mountPoints": [{"sourceVolume": "engine"}]}, volumes=[SOCKET]), ["app"]),
        (definition({"mountPoints": [{"sourceVolume": "host"}]}, volumes=[HOST]), ["app"]),
        (definition({"mountPoints": [{"sourceVolume": "data"}]}, volumes=[DATA, SOCKET]), []),
        (definition({"mountPoints": [{"sourceVolume": "kernel"}]}, volumes=[KERNEL]), ["app"]),
        (definition(mounted("settings", read_only=False), volumes=[SETTINGS]), ["app"]),
        (definition(mounted("others", read_only=False), volumes=[OTHERS]), ["app"]),
        # As agents that watch over a host have it.
        (definition(mounted("kernel", read_only=True), volumes=[KERNEL]), []),
        (definition(mounted("host", read_only=True), volumes=[HOST]), ["app"]),
    ],
)
def test_containers_with_the_rights_of_their_host(
    found: dict[str, Any], expected: list[str]
) -> None:
    assert privileged_containers(found) == expected


def log(driver: str, **options: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return {"logConfiguration": {"logDriver": driver, "options": named}}


def test_where_the_output_goes() -> None:
    group = log("awslogs", awslogs_group="g", awslogs_region="cn-northwest-1")
    router = {"firelensConfiguration": {"type": "fluentbit"}}
    sent = log_routes(definition(group, log("awsfirelens"), router), on_fargate=True)
    assert sent == [LogGroup("g", "cn-northwest-1"), Elsewhere("awsfirelens")]
    assert log_routes(definition({}), on_fargate=True) == [None]
    for container in ({}, log("json-file"), log("awslogs"), log("a-new-driver")):
        (route,) = log_routes(definition(container), on_fargate=False)
        assert isinstance(route, Unknown)


def test_one_container_without_a_log_is_no_log(open_account: OpenAccount) -> None:
    """No store is asked: nothing listens at the endpoint."""
    account = open_account("http://127.0.0.1:9", REGION)
    unknown = Unknown("told by the test")
    assert output_logging(account, REGION, [unknown, None]) == Logging.off()
    assert output_logging(account, REGION, [Elsewhere("splunk"), unknown]).enabled == unknown
    sent = output_logging(account, REGION, [Elsewhere("splunk")])
    assert (sent.enabled, isinstance(sent.retention_days, Unknown)) == (True, True)


OPEN = Rule(
    direction="ingress",
    action="allow",
    priority=0,
    protocol="tcp",
    from_port=0,
    to_port=65535,
    sources=["0.0.0.0/0", "::/0"],
    destinations=[],
)


def ground(*blocks: str, six: bool = False) -> Ground:
    """A subnet whose VPC sends those destinations to an internet gateway."""
    routes = [
        {
            "GatewayId": "igw-1",
            ("DestinationIpv6CidrBlock" if ":" in b else "DestinationCidrBlock"): b,
        }
        for b in blocks
    ]
    subnet = {"SubnetId": "s", "VpcId": "v", "Ipv6CidrBlockAssociationSet": [{}] if six else []}
    table = {"VpcId": "v", "Associations": [{"Main": True}], "Routes": routes}
    return Ground(subnets={"s": subnet}, tables=[table], rules={"sg": [OPEN]})


def network(address: str | None = None, **more: Any) -> dict[str, Any]:
    told = {"assignPublicIp": address} if address else {}
    return {"subnets": ["s"], "securityGroups": ["sg"], **told, **more}


def test_addresses_and_ways() -> None:
    open_way, closed = ground("0.0.0.0/0"), ground()
    assert has_address(network("ENABLED"), closed) is True
    assert is_reached(network("ENABLED"), closed, {}) is False
    assert is_reached(network("ENABLED"), open_way, {}) is True
    assert (
        has_address(network("DISABLED"), open_way),
        is_reached(network("DISABLED"), open_way, {}),
    ) == (
        False,
        False,
    )
    assert isinstance(has_address(network(), open_way), Unknown)
    assert isinstance(is_reached(network(), open_way, {}), Unknown)


def test_ipv6_addresses_are_a_setting_of_the_account() -> None:
    both = ground("0.0.0.0/0", "::/0", six=True)
    assert isinstance(has_address(network("DISABLED"), both), Unknown)
    assert isinstance(is_reached(network("DISABLED"), both, {}), Unknown)
    for no_way in (ground("0.0.0.0/0", six=True), ground("0.0.0.0/0", "::/0")):
        assert has_address(network("DISABLED"), no_way) is False


def test_without_a_group_that_of_the_network_counts() -> None:
    bare = network("ENABLED", securityGroups=[])
    assert groups_of(bare, ground(), {"v": "sg-default"}) == ["sg-default"]
    assert isinstance(groups_of(bare, ground(), {}), Unknown)
    denied = Unknown("AccessDenied: ec2:DescribeSecurityGroups")
    assert groups_of(bare, ground(), denied) == denied
