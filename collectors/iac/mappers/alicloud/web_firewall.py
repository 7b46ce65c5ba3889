"""alicloud_wafv3_instance, with the domains, templates and rules of protection that are written for
it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from collectors.aliyun.waf_modes import CORE, mode_of, sets_on
from collectors.document import Document, Unknown
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import joined, target_of

INSTANCE = "alicloud_wafv3_instance"
TEMPLATE, RULE = "alicloud_wafv3_defense_template", "alicloud_wafv3_defense_rule"
DOMAIN = "alicloud_wafv3_domain"

_OWN = Unknown("WAF has protection templates of its own, which are not in this template")
_LOG = Unknown("the log of WAF is not read from templates")
_OBJECTS = Unknown("what else WAF protects shows after apply")
_UNWRITTEN = Unknown("not written: the service decides")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance of WAF 3.0. The service makes a template with each instance, so that no template
    tells that all of its core rules block; one that watches tells that not all do."""
    templates, rules = _written(block, project)
    on = sets_on(templates, rules)
    core = any(scene in on for scene in CORE)
    watching = core and mode_of(templates, rules) == "count"
    facts = Waf(
        mode="count" if watching else _OWN,
        rule_sets=cast("list[str]", [*on, _OWN]) if core else _OWN,
        logging=Logging.unread(_LOG),
        protects=_protects(block, project),
    )
    yield aliyun_document(block, project, facts)


def _protects(block: Block, project: Project) -> list[str] | Unknown:
    """The domains of the template; what WAF reaches through other products it finds itself."""
    found = joined(project, block, "instance_id", DOMAIN).blocks
    names: list[Any] = [each.read("domain", str, _UNWRITTEN) for each in found]
    names += [_OBJECTS] if names else []
    return names or _OBJECTS


def _written(block: Block, project: Project) -> tuple[list[Any], list[Any]]:
    """The templates and rules of which all is known that decides, as the API tells them."""
    templates: dict[str, Any] = {}
    for each in joined(project, block, "instance_id", TEMPLATE).blocks:
        told = {
            "TemplateId": each.address,
            "DefenseScene": each.read("defense_scene", str, _UNWRITTEN),
            "TemplateStatus": each.read("status", int, _UNWRITTEN),
            "TemplateType": each.read("template_type", str, _UNWRITTEN),
        }
        if not any(isinstance(value, Unknown) for value in told.values()):
            templates[each.address] = told
    rules: list[Any] = []
    for each in joined(project, block, "instance_id", RULE).blocks:
        home = target_of(project, each.values.get("template_id"), TEMPLATE)
        status = each.read("rule_status", int, _UNWRITTEN)
        if home and home.address in templates and isinstance(status, int):
            config = msgspec.json.encode(_config(each)).decode()
            rules.append({"TemplateId": home.address, "Status": status, "Config": config})
    return list(templates.values()), rules


def _config(rule: Block) -> dict[str, str]:
    settings = nested(rule.values, "config")
    first = settings[0] if isinstance(settings, list) and settings else {}
    action = read(first, "rule_action", str, _UNWRITTEN)
    return {} if isinstance(action, Unknown) else {"action": action}


MAPPINGS = [
    Mapping(types=(INSTANCE,), facts=Waf, map=map_instance, joined=(DOMAIN, TEMPLATE, RULE))
]

PART_OF = {
    "alicloud_wafv3_defense_rule": PartOf(INSTANCE, ("instance_id",)),
    "alicloud_wafv3_defense_template": PartOf(INSTANCE, ("instance_id",)),
}

LINK_TYPES = frozenset({DOMAIN})
