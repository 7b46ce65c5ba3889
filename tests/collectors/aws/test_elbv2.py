"""Load balancers over real HTTP, and the pure rules of their listeners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.reachability import Ground
from collectors.aws.services.elbv2 import load_balancers, no_rule_forwards, scheme, source_ranges
from collectors.document import Document, Unknown
from collectors.facts.shared import Rule
from tests.collectors.aws.conftest import Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def balancer(client: Client) -> dict[str, str]:
    """An application load balancer with an HTTP listener that redirects, and an HTTPS one."""
    ec2, elb = client("ec2", REGION), client("elbv2", REGION)
    client("s3", REGION).create_bucket(
        Bucket="access-logs", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnets = [item["SubnetId"] for item in ec2.describe_subnets()["Subnets"]][:2]
    group = ec2.create_security_group(GroupName="web", Description="web", VpcId=vpc)["GroupId"]
    ports = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    ec2.authorize_security_group_ingress(
        GroupId=group, IpPermissions=[{**ports, "IpRanges": [{"CidrIp": "203.0.113.0/24"}]}]
    )
    arn = elb.create_load_balancer(
        Name="web",
        Subnets=subnets,
        SecurityGroups=[group],
        Scheme="internet-facing",
        Tags=[{"Key": "system", "Value": "bank"}],
    )["LoadBalancers"][0]["LoadBalancerArn"]
    target = elb.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc)
    certificate = client("acm", REGION).request_certificate(DomainName="bank.example.cn")
    image = ec2.describe_images()["Images"][0]["ImageId"]
    machine = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnets[0])
    elb.register_targets(
        TargetGroupArn=target["TargetGroups"][0]["TargetGroupArn"],
        Targets=[{"Id": machine["Instances"][0]["InstanceId"]}],
    )
    alarm_on_load_balancer(client, arn)
    redirect = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    elb.create_listener(
        LoadBalancerArn=arn,
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "redirect", "RedirectConfig": redirect}],
    )
    elb.create_listener(
        LoadBalancerArn=arn,
        Protocol="HTTPS",
        Port=443,
        SslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        Certificates=[{"CertificateArn": certificate["CertificateArn"]}],
        DefaultActions=[
            {"Type": "forward", "TargetGroupArn": target["TargetGroups"][0]["TargetGroupArn"]}
        ],
    )
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=arn,
        Attributes=[
            {"Key": "access_logs.s3.enabled", "Value": "true"},
            {"Key": "access_logs.s3.bucket", "Value": "access-logs"},
            {"Key": "deletion_protection.enabled", "Value": "true"},
        ],
    )
    acl = client("wafv2", REGION).create_web_acl(
        Name="shop",
        Scope="REGIONAL",
        DefaultAction={"Allow": {}},
        VisibilityConfig={
            "SampledRequestsEnabled": False,
            "CloudWatchMetricsEnabled": False,
            "MetricName": "shop",
        },
    )["Summary"]["ARN"]
    client("wafv2", REGION).associate_web_acl(WebACLArn=acl, ResourceArn=arn)
    return {"arn": arn, "certificate": certificate["CertificateArn"], "acl": acl}


def alarm_on_load_balancer(client: Client, arn: str) -> None:
    """An alarm on what a load balancer answers, with a mailbox behind it."""
    topic = client("sns", REGION).create_topic(Name="operators")["TopicArn"]
    client("sns", REGION).subscribe(TopicArn=topic, Protocol="email", Endpoint="o@example.com")
    client("cloudwatch", REGION).put_metric_alarm(
        AlarmName="errors",
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_ELB_5XX_Count",
        Dimensions=[{"Name": "LoadBalancer", "Value": arn.partition(":loadbalancer/")[2]}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[topic],
    )


@pytest.fixture
def collected(balancer: dict[str, str], proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document of the load balancer, after the denials that the test wants."""

    def collect(*denied: str) -> Document:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        (found,) = load_balancers(open_account(proxy.url, REGION), REGION)
        return found

    return collect


def test_a_load_balancer(collected: Any, balancer: dict[str, str]) -> None:
    found = collected()
    assert (found.id, found.tags, found.unknown) == (balancer["arn"], {"system": "bank"}, {})
    assert found.facts == {
        "scheme": "public",
        "listeners": [
            {
                "port": 80,
                "protocol": "http",
                "redirect_to_https": True,
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
                    "policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                },
                "certificate_id": balancer["certificate"],
                "source_ranges": ["203.0.113.0/24"],
            },
        ],
        "access_log": {
            "enabled": True,
            "destination": "arn:aws-cn:s3:::access-logs",
            "destination_account": "123456789012",
            "destination_region": REGION,
            "retention_days": None,
        },
        "waf": balancer["acl"],
        "zones": ["cn-north-1a", "cn-north-1b"],
        "backend_zones": ["cn-north-1a"],
        "deletion_protection": True,
        "alarms": 1,
        "bandwidth_mbps": None,
    }


@pytest.mark.parametrize(
    ("operation", "permission", "facts"),
    [
        ("DescribeListeners", "elasticloadbalancing:DescribeListeners", {"listeners"}),
        (
            "DescribeRules",
            "elasticloadbalancing:DescribeRules",
            {"listeners/0/redirect_to_https"},
        ),
        (
            "DescribeSSLPolicies",
            "elasticloadbalancing:DescribeSSLPolicies",
            {"listeners/1/tls/minimum"},
        ),
        (
            "DescribeLoadBalancerAttributes",
            "elasticloadbalancing:DescribeLoadBalancerAttributes",
            {"access_log", "deletion_protection"},
        ),
        ("DescribeTags", "elasticloadbalancing:DescribeTags", {"tags"}),
        (
            "DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetGroups",
            {"backend_zones"},
        ),
        (
            "DescribeTargetHealth",
            "elasticloadbalancing:DescribeTargetHealth",
            {"backend_zones"},
        ),
        ("DescribeInstances", "ec2:DescribeInstances", {"backend_zones"}),
        ("DescribeAlarms", "cloudwatch:DescribeAlarms", {"alarms"}),
        ("ListSubscriptionsByTopic", "sns:ListSubscriptionsByTopic", {"alarms"}),
        ("GetWebACLForResource", "wafv2:GetWebACLForResource", {"waf"}),
        (
            "DescribeSecurityGroups",
            "ec2:DescribeSecurityGroups",
            {"listeners/0/source_ranges", "listeners/1/source_ranges"},
        ),
        (
            "ListBuckets",
            "s3:ListAllMyBuckets",
            {"access_log/destination_account", "access_log/retention_days"},
        ),
    ],
)
def test_a_denial_leaves_exactly_its_facts_unknown(
    operation: str, permission: str, facts: set[str], collected: Any
) -> None:
    reason = f"AccessDenied: {permission}"
    unknown = collected(operation).unknown
    assert {path for path, why in unknown.items() if why == reason} == facts


def test_load_balancers_that_cannot_be_listed_are_unlisted(collected: Any) -> None:
    found = collected("DescribeLoadBalancers")
    assert (found.unlisted, found.facts) == (True, {})


def test_a_rule_that_forwards_undoes_the_redirect() -> None:
    redirect = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS"}}
    keeps = {"Type": "redirect", "RedirectConfig": {"Protocol": "#{protocol}"}}
    fixed, forward = {"Type": "fixed-response"}, {"Type": "forward"}
    login = {"Type": "authenticate-oidc"}
    assert [
        no_rule_forwards([{"Actions": [redirect]}, {"Actions": actions}])
        for actions in ([redirect], [fixed], [forward], [keeps], [login, forward])
    ] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"Type": "application", "Scheme": "internet-facing"}, "public"),
        ({"Type": "network", "Scheme": "internal"}, "private"),
        ({"Type": "gateway"}, "private"),
        ({"Type": "network"}, Unknown("the load balancer's scheme is not told")),
    ],
)
def test_the_scheme(item: dict[str, Any], expected: str | Unknown) -> None:
    assert scheme(item) == expected


def test_source_ranges() -> None:
    denied = Unknown("denied")

    def rule(sources: Any) -> Rule:
        return Rule(direction="ingress", from_port=443, to_port=443, sources=sources)

    ground = Ground(
        subnets={},
        tables=[],
        rules={
            "sg-1": [rule(["0.0.0.0/0"]), rule(["group:sg-9"])],
            "sg-2": [rule(["10.0.0.0/8"]), rule(denied)],
        },
    )

    def ranges(*groups: str, kind: str = "network") -> list[str] | Unknown:
        return source_ranges({"Type": kind, "SecurityGroups": list(groups)}, 443, ground)

    assert ranges("sg-1") == ["0.0.0.0/0"]
    assert ranges("sg-1", "sg-2") == denied
    assert ranges() == ["0.0.0.0/0", "::/0"]
    assert ranges(kind="gateway") == []
    assert ranges("sg-3") == Unknown("the security group sg-3 is not visible to this account")
