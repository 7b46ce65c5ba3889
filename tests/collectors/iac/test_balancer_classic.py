"""Classic load balancers in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

OLDER = ("SSLv3", "TLSv1", "TLSv1.1")
HTTPS = {"lb_port": 443, "lb_protocol": "https", "ssl_certificate_id": "arn:c"}
GROUP = block(
    "aws_security_group.g",
    {
        "ingress": [
            {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["10.0.0.0/8"]}
        ]
    },
)


def balancer(**values: Any) -> Block:
    return block("aws_elb.b", {"name": "b", "listener": [HTTPS], **values})


def negotiation(*attributes: tuple[str, str], port: Any = 443) -> Block:
    pairs = [{"name": name, "value": value} for name, value in attributes]
    values = {"load_balancer": Reference("aws_elb.b"), "lb_port": port, "attribute": pairs}
    return block("aws_lb_ssl_negotiation_policy.n", values)


def tls(*blocks: Block) -> dict[str, Any]:
    found: dict[str, Any] = the(*blocks).facts["listeners"][0]["tls"]
    return found


def test_what_holds_where_nothing_is_written() -> None:
    facts = the(balancer()).facts
    assert (facts["scheme"], facts["waf"], facts["deletion_protection"]) == ("public", None, None)
    assert facts["access_log"]["enabled"] is False
    assert facts["listeners"][0]["redirect_to_https"] is False
    assert tls(balancer()) == {
        "minimum": "1.0",
        "required": True,
        "policy": "ELBSecurityPolicy-2016-08",
    }


def test_one_that_is_safe() -> None:
    made = balancer(
        internal=True,
        security_groups=[Reference("aws_security_group.g")],
        availability_zones=["us-east-1b", "us-east-1a"],
        access_logs=[{"bucket": "logs"}],
    )
    facts = the(made, GROUP).facts
    assert (facts["scheme"], facts["access_log"]["enabled"]) == ("private", True)
    assert facts["zones"] == ["us-east-1a", "us-east-1b"]
    assert facts["listeners"][0]["source_ranges"] == ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("attributes", "minimum"),
    [
        ([("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01")], "1.2"),
        ([("Reference-Security-Policy", "ELBSecurityPolicy-2014-01")], "ssl3"),
        ([("Reference-Security-Policy", "ELBSecurityPolicy-2030-01")], None),
        ([(f"Protocol-{name}", "false") for name in OLDER] + [("Protocol-TLSv1.2", "true")], "1.2"),
        # What holds for those that are not named is told by nobody.
        ([("Protocol-TLSv1", "false"), ("Protocol-TLSv1.2", "true")], None),
        ([("Protocol-TLSv1", "true"), ("Protocol-TLSv1.2", "true")], "1.0"),
        ([("AES128-SHA", "true")], None),
    ],
)
def test_policies_of_negotiation(attributes: list[tuple[str, str]], minimum: str | None) -> None:
    assert tls(balancer(), negotiation(*attributes)).get("minimum") == minimum


def test_a_policy_of_another_port_decides_nothing_and_one_of_an_open_port_leaves_doubt() -> None:
    safe = ("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01")
    assert tls(balancer(), negotiation(safe, port=8443))["minimum"] == "1.0"
    opened = negotiation(safe, port=Unknown("var.port has no value here"))
    assert "minimum" not in tls(balancer(), opened)


def test_policies_that_a_listener_names() -> None:
    policy = block(
        "aws_load_balancer_policy.p",
        {
            "load_balancer_name": Reference("aws_elb.b", "name"),
            "policy_name": "mine",
            "policy_type_name": "SSLNegotiationPolicyType",
            "policy_attribute": [
                {"name": f"Protocol-{name}", "value": str(name == "TLSv1.2").lower()}
                for name in (*OLDER, "TLSv1.2")
            ],
        },
    )
    for named in ("mine", Reference("aws_load_balancer_policy.p", "policy_name"), "elsewhere"):
        link = block(
            "aws_load_balancer_listener_policy.l",
            {"load_balancer_name": "b", "load_balancer_port": 443, "policy_names": [named]},
        )
        known = None if named == "elsewhere" else "1.2"
        assert tls(balancer(), policy, link).get("minimum") == known


@pytest.mark.parametrize("name", ["b", Reference("aws_elb.b", "name")])
def test_alarms(name: Any) -> None:
    alarm = {
        "alarm_name": "a",
        "namespace": "AWS/ELB",
        "dimensions": {"LoadBalancerName": name},
        "alarm_actions": ["arn:aws:ssm-incidents::111122223333:response-plan/p"],
    }
    found = the(balancer(), block("aws_cloudwatch_metric_alarm.a", alarm))
    assert found.facts["alarms"] == 1
    assert "alarms" in the(balancer()).unknown


A = block("aws_instance.a", {"availability_zone": "eu-west-1a"})
B = block("aws_instance.b", {"subnet_id": Reference("aws_subnet.b")})
SUBNET = block("aws_subnet.b", {"availability_zone": "eu-west-1b"})
ATTACHED = block(
    "aws_elb_attachment.x",
    {"elb": Reference("aws_elb.b"), "instance": Reference("aws_instance.b")},
)
GROUPED = block("aws_autoscaling_group.g", {"load_balancers": [Reference("aws_elb.b", "name")]})


@pytest.mark.parametrize(
    ("instances", "others", "zones"),
    [
        ([Reference("aws_instance.a")], (A,), ["eu-west-1a"]),
        ([Reference("aws_instance.a")], (A, B, SUBNET, ATTACHED), ["eu-west-1a", "eu-west-1b"]),
        ([Reference("aws_instance.a")], (A, GROUPED), None),
        ([Reference("aws_instance.a"), "i-1"], (A,), None),
        ([Reference("aws_instance.b")], (B,), None),
        ([], (), None),
        (Unknown("var.x has no value here"), (), None),
    ],
)
def test_zones_of_the_machines_behind(
    instances: Any, others: tuple[Block, ...], zones: list[str] | None
) -> None:
    assert the(balancer(instances=instances), *others).facts.get("backend_zones") == zones


def test_what_is_not_known() -> None:
    doubt = Unknown("var.x has no value here")
    listener = {"lb_port": 80, "lb_protocol": doubt}
    found = the(balancer(internal=doubt, listener=[listener], access_logs=doubt))
    assert {"scheme", "listeners/0/protocol", "listeners/0/tls", "access_log/enabled"} <= set(
        found.unknown
    )
    assert "listeners" in the(balancer(listener=doubt)).unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  B:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Scheme: internal
      AccessLoggingPolicy: {Enabled: true, S3BucketName: logs}
      Listeners:
        - {LoadBalancerPort: '443', InstancePort: '80', Protocol: HTTPS, PolicyNames: [P],
           SSLCertificateId: 'arn:c'}
        - {LoadBalancerPort: '8443', InstancePort: '80', Protocol: SSL}
        - {LoadBalancerPort: '80', InstancePort: '80', Protocol: HTTP}
      Policies:
        - PolicyName: P
          PolicyType: SSLNegotiationPolicyType
          Attributes:
            - {Name: Reference-Security-Policy, Value: ELBSecurityPolicy-TLS-1-2-2017-01}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    (found,) = documents(folder)[1].values()
    assert (found.facts["scheme"], found.facts["access_log"]["enabled"]) == ("private", True)
    told = [(each["protocol"], each["tls"]) for each in found.facts["listeners"]]
    assert [(name, one and one["minimum"]) for name, one in told] == [
        ("https", "1.2"),
        ("tls", "1.0"),
        ("http", None),
    ]
