"""VPC endpoints of a template: whether its networks have a private way to something of a service,
as collectors.aws.private_endpoints tells it of an account."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, every, some
from collectors.aws.policy_document import ANYONE, clauses
from collectors.aws.private_endpoints import leads_to, lets_through
from collectors.document import Unknown, then
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import region_of
from collectors.iac.mappers.joins import given, joined

ENDPOINT = "aws_vpc_endpoint"
TABLE_LINK = f"{ENDPOINT}_route_table_association"
SUBNET_LINK = f"{ENDPOINT}_subnet_association"
WAYS = (ENDPOINT, TABLE_LINK, SUBNET_LINK, DOCUMENT)
"""What a mapper joins that asks for a private way."""

_NO_NAME = Unknown("the VPC endpoint gives no service")
_ELSEWHERE = Unknown("no VPC endpoint of this template leads to it; the account may have one")
_POLICY = Unknown("whether the policy of the VPC endpoint lets requests through is not known")


def has_way(project: Project, region: str | Unknown, service: str) -> bool | Unknown:
    """Whether an endpoint of a region leads to a service and lets requests through. Where none
    surely does, another one of the account may."""
    key = (ENDPOINT, f"{region}/{service}")
    found: Any = project.pointing.get(key)
    if found is None:
        with unwatched():
            found = project.pointing[key] = some(
                every([_leads(project, each, service), _lets_through(project, each, service)])
                for each in project.each_of(ENDPOINT)
                if region_of(each, project) == region
            )
    return True if found is True else _ELSEWHERE


def _leads(project: Project, endpoint: Block, service: str) -> Known:
    """Whether an endpoint is one to the service, and a route table or a subnet has it."""
    name = endpoint.read("service_name", str, _NO_NAME)
    return every([then(name, lambda text: _is_to(text, service)), _placed(project, endpoint)])


def _is_to(name: str, service: str) -> bool:
    """The endpoint stands in its region, which its service's name has: that one is taken for it."""
    parts = name.split(".")
    region = parts[-2] if len(parts) > 1 else ""
    item = {"ServiceName": name, "State": "available", "SubnetIds": ["any"]}
    return leads_to(item, region, service)


def _placed(project: Project, endpoint: Block) -> Known:
    own = given(endpoint.values, "route_table_ids", "subnet_ids", "subnet_configuration")
    links = joined(project, endpoint, "vpc_endpoint_id", TABLE_LINK, SUBNET_LINK)
    return some([own, bool(links.blocks), *([links.doubt] if links.doubt else [])])


def _lets_through(project: Project, endpoint: Block, service: str) -> Known:
    written = policy.read_policy(project, endpoint.get("policy"))
    if written is None or isinstance(written, Unknown):
        return True if written is None else written
    if any(policy.has_doubt(each) or not _about_all(each) for each in written):
        return _POLICY
    return then(clauses({"Statement": written}), lambda found: lets_through(found, service, "it"))


def _about_all(statement: dict[str, Any]) -> bool:
    """Whether a statement speaks of everything: what the ARN is of something that is not made yet
    cannot be told."""
    return statement.get("Resource") in (ANYONE, [ANYONE])
