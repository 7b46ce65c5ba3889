"""Classic load balancers over real HTTP, and a negotiation policy as it really is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services.elb_classic import backend_zones, load_balancers, tls
from collectors.document import Document, Unknown
from collectors.facts.shared import Tls
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.test_recorded import recorded
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def made(client: Client) -> None:
    """A load balancer with a listener of each kind, a log, and an instance behind it."""
    ec2, elb = client("ec2", REGION), client("elb", REGION)
    client("s3", REGION).create_bucket(
        Bucket="access-logs", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    group = ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]
    ports = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=[{**ports, "IpRanges": [{"CidrIp": "203.0.113.0/24"}]}]
    )
    elb.create_load_balancer(
        LoadBalancerName="shop",
        Scheme="internal",
        AvailabilityZones=[f"{REGION}a", f"{REGION}b"],
        SecurityGroups=[group],
        Listeners=[
            {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80},
            {
                "Protocol": "HTTPS",
                "LoadBalancerPort": 443,
                "InstancePort": 80,
                "SSLCertificateId": f"arn:aws-cn:iam::{ACCOUNT_ID}:server-certificate/shop",
            },
        ],
        Tags=[{"Key": "system", "Value": "mall"}],
    )
    elb.create_load_balancer_policy(
        LoadBalancerName="shop",
        PolicyName="strict",
        PolicyTypeName="SSLNegotiationPolicyType",
        PolicyAttributes=[
            {
                "AttributeName": "Reference-Security-Policy",
                "AttributeValue": "ELBSecurityPolicy-TLS-1-2-2017-01",
            },
            {"AttributeName": "Protocol-TLSv1.1", "AttributeValue": "false"},
            {"AttributeName": "Protocol-TLSv1.2", "AttributeValue": "true"},
        ],
    )
    elb.set_load_balancer_policies_of_listener(
        LoadBalancerName="shop", LoadBalancerPort=443, PolicyNames=["strict"]
    )
    image = ec2.describe_images()["Images"][0]["ImageId"]
    machine = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]
    elb.register_instances_with_load_balancer(
        LoadBalancerName="shop", Instances=[{"InstanceId": machine["InstanceId"]}]
    )
    elb.modify_load_balancer_attributes(
        LoadBalancerName="shop",
        LoadBalancerAttributes={"AccessLog": {"Enabled": True, "S3BucketName": "access-logs"}},
    )


@pytest.fixture
def collected(made: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document, after the denials that the test wants."""

    def collect(*denied: str) -> Document:
        proxy.decide = lambda request: (
            DENIED if f"{request.service}:{request.operation}" in denied else None
        )
        (found,) = load_balancers(open_account(proxy.url, REGION), REGION)
        return found

    return collect


def test_a_classic_load_balancer(collected: Any) -> None:
    found = collected()
    assert (found.id, found.tags, found.unknown) == (
        f"arn:aws-cn:elasticloadbalancing:{REGION}:{ACCOUNT_ID}:loadbalancer/shop",
        {"system": "mall"},
        {},
    )
    assert found.facts == {
        "scheme": "private",
        "listeners": [
            {
                "port": 80,
                "protocol": "http",
                "redirect_to_https": False,
                "tls": None,
                "certificate_id": None,
                "source_ranges": [],
            },
            {
                "port": 443,
                "protocol": "https",
                "redirect_to_https": False,
                "tls": {
                    "minimum": "1.2",
                    "required": True,
                    "policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
                },
                "certificate_id": f"arn:aws-cn:iam::{ACCOUNT_ID}:server-certificate/shop",
                "source_ranges": ["203.0.113.0/24"],
            },
        ],
        "access_log": {
            "enabled": True,
            "destination": "arn:aws-cn:s3:::access-logs",
            "destination_account": ACCOUNT_ID,
            "destination_region": REGION,
            "retention_days": None,
        },
        "waf": None,
        "zones": [f"{REGION}a", f"{REGION}b"],
        "backend_zones": [f"{REGION}a"],
        "deletion_protection": None,
        "alarms": 0,
        "bandwidth_mbps": None,
    }


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        ("elb:DescribeLoadBalancerAttributes", {"access_log"}),
        (
            "elb:DescribeLoadBalancerPolicies",
            {"listeners/1/tls/minimum", "listeners/1/tls/policy"},
        ),
        ("elb:DescribeTags", {"tags"}),
        ("ec2:DescribeInstances", {"backend_zones"}),
        ("cloudwatch:DescribeAlarms", {"alarms"}),
        (
            "ec2:DescribeSecurityGroups",
            {"listeners/0/source_ranges", "listeners/1/source_ranges"},
        ),
        # The other generation has calls of the same names.
        ("elbv2:DescribeTags", set()),
    ],
)
def test_a_denial_leaves_its_facts_unknown(collected: Any, denied: str, facts: set[str]) -> None:
    assert set(collected(denied).unknown) == facts


def test_load_balancers_that_cannot_be_listed(collected: Any) -> None:
    found = collected("elb:DescribeLoadBalancers")
    assert (found.unlisted, found.facts) == (True, {})


def test_a_policy_as_it_really_is() -> None:
    policies = recorded("classic_elb_policies.json")["PolicyDescriptions"]
    name = policies[0]["PolicyName"]
    found = tls({"PolicyNames": [name]}, policies)
    assert (found.minimum, found.required, found.policy) == ("ssl3", True, name)


def test_a_listener_without_a_policy_in_sight_is_unknown() -> None:
    unknown = Unknown("the listener names no security policy")
    sticky = {"PolicyName": "a", "PolicyTypeName": "LBCookieStickinessPolicyType"}
    for named, policies in (([], []), (["a"], [sticky]), (["b"], [sticky])):
        assert tls({"PolicyNames": named}, policies) == Tls(
            minimum=unknown, required=True, policy=unknown
        )


def test_an_instance_out_of_sight_leaves_the_zones_unknown() -> None:
    item = {"Instances": [{"InstanceId": "i-1"}, {"InstanceId": "i-2"}]}
    gone = Unknown("the instance i-2 is not visible to this account")
    assert backend_zones(item, {"i-1": "a"}) == gone
    assert backend_zones(item, {"i-1": "a", "i-2": "a"}) == ["a"]
    assert backend_zones({}, {}) == []
