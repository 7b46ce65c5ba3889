"""alicloud_waf_instance: instances of WAF 2.0, with the domains and the protection that are written
for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import joined

INSTANCE, DOMAIN, MODULE = (
    f"alicloud_waf_{kind}" for kind in ("instance", "domain", "protection_module")
)

_RULES = "waf"
"""`defense_type` of the engine of rules: mode 0 blocks, mode 1 warns."""

_DEFAULT = Unknown("the template does not set for every domain whether WAF blocks")
_GROUPS = Unknown("which group of rules a domain of WAF 2.0 takes is not read from templates")
_COLLECTED = Unknown("of which domains WAF collects the log is not read from templates")
_OBJECTS = Unknown("what else WAF protects shows after apply")
_UNWRITTEN = Unknown("not written: the service decides")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance; each of its domains blocks or warns for itself."""
    domains = joined(project, block, "instance_id", DOMAIN).blocks
    names: list[Any] = [
        each.read("domain_name", str, each.read("domain", str, _UNWRITTEN)) for each in domains
    ]
    names += [_OBJECTS] if names else []
    facts = Waf(
        mode="count" if _one_warns(block, project) else _DEFAULT,
        rule_sets=_GROUPS,
        logging=_logging(block),
        protects=names or _OBJECTS,
    )
    yield aliyun_document(block, project, facts)


def _one_warns(block: Block, project: Project) -> bool:
    """Whether the engine of rules only warns for a domain of the instance, or is off."""
    modules = joined(project, block, "instance_id", MODULE).blocks
    return any(
        each.read("defense_type", str, "") == _RULES
        and (each.read("mode", int, 0) == 1 or each.read("status", int, 1) == 0)
        for each in modules
    )


def _logging(block: Block) -> Logging:
    """The log, which is bought with the instance, and then switched on for each domain."""
    bought = block.read("waf_log", bool, _UNWRITTEN)
    if bought is False:
        return Logging.off()
    found = Logging.unread(bought if isinstance(bought, Unknown) else _COLLECTED)
    found.retention_days = block.read("log_time", int, _UNWRITTEN)
    return found


MAPPINGS = [Mapping(types=(INSTANCE,), facts=Waf, map=map_instance, joined=(DOMAIN, MODULE))]

PART_OF = {MODULE: PartOf(INSTANCE, ("instance_id",))}

LINK_TYPES = frozenset({DOMAIN})
