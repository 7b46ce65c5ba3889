"""aws_wafv2_web_acl with its log and what it protects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.allowed_requests import Sources, referred
from collectors.aws.web_acl import managed_sets, mode
from collectors.document import Document, Unknown, then
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, Reference
from collectors.iac.mappers.aws.balancer import WAF_LINK
from collectors.iac.mappers.aws.bucket import BUCKET
from collectors.iac.mappers.aws.cdn import DISTRIBUTION
from collectors.iac.mappers.aws.log_target import to_arn
from collectors.iac.mappers.aws.network import LOG_GROUP
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.waf_rules import GROUP_LINK, first_target, rules_of
from collectors.iac.mappers.joins import identity, items, joined, target_of
from collectors.regions import GLOBAL

WEB_ACL, LOG = "aws_wafv2_web_acl", "aws_wafv2_web_acl_logging_configuration"
IP_SET = "aws_wafv2_ip_set"
RULES = ("aws_wafv2_web_acl_rule", GROUP_LINK)
CLOUDFRONT = "CLOUDFRONT"
_ITS_RULES = Unknown("a template does not tell which rules a managed rule set has")
_NOTHING = Unknown("nothing in this template is protected by the web ACL")


def map_web_acl(block: Block, project: Project) -> Iterator[Document]:
    """A web ACL."""
    apart = joined(project, block, "web_acl_arn", *RULES)
    sets = then(
        apart.doubt or rules_of(block.values, apart.blocks),
        lambda rules: managed_sets({"Rules": rules}, _sources(rules, project)),
    )
    facts = Waf(
        mode=then(sets, lambda found: mode(found, {one.name: _ITS_RULES for one in found})),
        rule_sets=then(sets, lambda found: list(dict.fromkeys(one.name for one in found))),
        logging=_logging(block, project),
        protects=_protects(block, project),
    )
    scope = block.read("scope", str, Unknown("the web ACL gives no scope"))
    region = then(scope, lambda name: GLOBAL if name == CLOUDFRONT else region_of(block, project))
    yield aws_document(block, project, facts, region=region)


def _sources(rules: list[dict[str, Any]], project: Project) -> Sources:
    """The ranges of the IP sets that rules name."""
    names = referred(rules, "IPSetReferenceStatement")
    return Sources({name: _ranges(name, project) for name in names})


def _ranges(name: str, project: Project) -> list[str] | Unknown:
    found = target_of(project, Reference(name, "arn"), IP_SET)
    ranges = items(found.values, "addresses") if found else []
    if isinstance(ranges, Unknown) or not ranges or not all(isinstance(one, str) for one in ranges):
        return Unknown(f"the addresses of {name} are not part of this template")
    return ranges


def _logging(block: Block, project: Project) -> Logging:
    found = joined(project, block, "resource_arn", LOG)
    if not found.blocks:
        return Logging.unread(found.doubt) if found.doubt else Logging.off()
    target = first_target(found.blocks[0].values)
    if isinstance(target, Unknown):
        return Logging.unread(target)
    return to_arn(project, block, target) if target is not None else Logging.off()


def _protects(block: Block, project: Project) -> list[str] | Unknown:
    links = joined(project, block, "web_acl_arn", WAF_LINK)
    distributions = joined(project, block, "web_acl_id", DISTRIBUTION)
    found: list[Any] = [identity(project, each.get("resource_arn")) for each in links.blocks]
    found += [f"{each.source.uri}#{each.address}" for each in distributions.blocks]
    doubts: list[Any] = [each for each in (links.doubt, distributions.doubt) if each]
    return [*(each for each in found if each is not None), *doubts] or _NOTHING


MAPPINGS = [
    Mapping(
        types=(WEB_ACL,),
        facts=Waf,
        map=map_web_acl,
        joined=(LOG, *RULES, WAF_LINK, IP_SET, DISTRIBUTION, LOG_GROUP, BUCKET),
    )
]

PART_OF = {
    "aws_wafv2_web_acl_logging_configuration": PartOf("aws_wafv2_web_acl", ("resource_arn",)),
}

LINK_TYPES = frozenset(
    {
        "aws_wafv2_ip_set",
        "aws_wafv2_web_acl_association",
        "aws_wafv2_web_acl_rule",
        "aws_wafv2_web_acl_rule_group_association",
    }
)
