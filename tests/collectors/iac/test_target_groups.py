"""Target groups in Terraform and CloudFormation: the zones of what is behind a load balancer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x has no value here")
GROUP = Reference("aws_lb_target_group.g", "arn")
HERE = [
    block("aws_lb.b", {"subnets": [Reference(f"aws_subnet.{zone}") for zone in "ab"]}),
    *(block(f"aws_subnet.{zone}", {"availability_zone": f"eu-west-1{zone}"}) for zone in "abc"),
    *(
        block(f"aws_instance.{zone}", {"subnet_id": Reference(f"aws_subnet.{zone}")})
        for zone in "abc"
    ),
]
FORWARD = {"type": "forward", "target_group_arn": GROUP}
SPLIT = {"type": "forward", "forward": [{"target_group": [{"arn": GROUP}, {"arn": GROUP}]}]}


def zones(
    *targets: Any, action: Any = FORWARD, kind: Any = "instance", more: tuple[Block, ...] = ()
) -> list[str] | None:
    listener = {"load_balancer_arn": Reference("aws_lb.b", "arn"), "default_action": [action]}
    attached = [
        block(
            f"aws_lb_target_group_attachment.t{i}",
            {
                "target_group_arn": GROUP,
                **(each if isinstance(each, dict) else {"target_id": each}),
            },
        )
        for i, each in enumerate(targets)
    ]
    group = block(GROUP.address, {"name": "g", "target_type": kind})
    found = the(*HERE, block("aws_lb_listener.l", listener), group, *attached, *more)
    known: list[str] | None = found.facts.get("backend_zones")
    assert ("backend_zones" in found.unknown) is (known is None)
    return known


A, B, C = (Reference(f"aws_instance.{zone}") for zone in "abc")


@pytest.mark.parametrize(
    ("targets", "values", "found"),
    [
        ([A, B], {}, ["eu-west-1a", "eu-west-1b"]),
        ([A, A], {}, ["eu-west-1a"]),
        # The balancer does not stand in the third zone.
        ([A, C], {}, ["eu-west-1a"]),
        ([A, B], {"action": SPLIT}, ["eu-west-1a", "eu-west-1b"]),
        ([{"availability_zone": "eu-west-1a"}], {"kind": "ip"}, ["eu-west-1a"]),
        ([{"availability_zone": "all"}], {"kind": "ip"}, None),
        (["10.0.0.1"], {"kind": "ip"}, None),
        (["arn:f"], {"kind": "lambda"}, []),
        ([A], {"kind": APPLY}, None),
        ([A, APPLY], {}, None),
        ([A, "i-elsewhere"], {}, None),
        ([A, {"target_group_arn": APPLY, "target_id": B}], {}, None),
        ([], {}, None),
        ([A], {"action": {"type": "forward", "target_group_arn": "arn:elsewhere"}}, None),
        ([A], {"action": {"type": "forward", "target_group_arn": APPLY}}, None),
        ([A], {"action": {"type": "fixed-response"}}, None),
        (
            [A],
            {"more": (block("aws_autoscaling_group.s", {"target_group_arns": [GROUP]}),)},
            None,
        ),
        (
            [A],
            {
                "more": (
                    block("aws_ecs_service.s", {"load_balancer": [{"target_group_arn": GROUP}]}),
                )
            },
            None,
        ),
        ([A], {"more": (block("aws_autoscaling_group.s", {"target_group_arns": APPLY}),)}, None),
    ],
)
def test_the_zones_of_targets(
    targets: list[Any], values: dict[str, Any], found: list[str] | None
) -> None:
    assert zones(*targets, **values) == found


STACK = """
Resources:
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: cn-north-1a}
  Machine:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1, SubnetId: !Ref Subnet}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [!Ref Subnet]}
  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {VpcId: vpc-1, Targets: [{Id: !Ref Machine}]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions:
        - Type: forward
          ForwardConfig: {TargetGroups: [{TargetGroupArn: !Ref Group}]}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    assert documents(folder)[1]["Balancer"].facts["backend_zones"] == ["cn-north-1a"]
