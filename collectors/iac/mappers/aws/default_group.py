"""The security group that AWS makes with every VPC, where the template does not take it over by
aws_default_security_group: members reach each other, and everything outside."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Project, template_document
from collectors.iac.mappers.aws.shared import region_of
from collectors.iac.mappers.joins import IPV4_ANY, IPV6_ANY, given, joined

MANAGED = "aws_default_security_group"
_MEMBERS = Unknown("what names no group of its own uses the default one")


def default_group(vpc: Block, project: Project) -> Iterator[Document]:
    """A document for it, as ec2:DescribeSecurityGroups tells of one that nobody has changed."""
    found = joined(project, vpc, "vpc_id", MANAGED)
    if found.blocks or found.doubt:
        return
    own = f"{vpc.source.uri}#{vpc.address}.{MANAGED}"
    facts = Firewall(
        vpc_id=f"{vpc.source.uri}#{vpc.address}",
        rules=_rules(vpc, own),
        default_ingress="deny",
        default_egress="deny",
        is_default=True,
        attached=_MEMBERS,
    )
    made = template_document(
        vpc,
        project,
        facts,
        provider="aws",
        region=region_of(vpc, project),
        name="default",
        tags={},
        native_type="AWS::EC2::SecurityGroup",
    )
    made.id = own
    yield made


def _rules(vpc: Block, own: str) -> list[Rule]:
    """What it has from the start (VPC user guide, "Default security groups"): a VPC with IPv6 lets
    out to it as well."""
    six = given(vpc.values, "ipv6_cidr_block", "ipv6_ipam_pool_id")
    six = six or vpc.read("assign_generated_ipv6_cidr_block", bool, False)
    out = [IPV4_ANY, *([IPV6_ANY] if six is True else [])]
    return [
        Rule(
            direction="ingress",
            action="allow",
            priority=0,
            protocol="any",
            from_port=0,
            to_port=65535,
            sources=[f"group:{own}"],
            destinations=[],
            description="",
        ),
        Rule(
            direction="egress",
            action="allow",
            priority=0,
            protocol="any",
            from_port=0,
            to_port=65535,
            sources=[],
            destinations=out,
            description="",
        ),
    ]
