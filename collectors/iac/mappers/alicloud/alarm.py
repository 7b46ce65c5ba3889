"""alicloud_cms_alarm: alarm rules of CloudMonitor, with the contact groups of the template."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from collectors.aliyun.alarm_kinds import kind_of
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Alarm
from collectors.iac.blocks import Block, Mapping, Project, Reference, template_document
from collectors.iac.mappers.joins import given, items, name_of, settle, tags_of, target_of
from collectors.regions import GLOBAL

ALARM, GROUP = "alicloud_cms_alarm", "alicloud_cms_alarm_contact_group"


def map_alarm(block: Block, project: Project) -> Iterator[Document]:
    """A rule; rules have no region."""
    namespace = block.read("project", str, Unknown("the template gives no project"))
    facts = Alarm(
        enabled=block.read("enabled", bool, default=True),
        actions=listeners(block, project),
        target_kind=then(namespace, kind_of),
        targets=_targets(block),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=GLOBAL,
        name=name_of(block, "name"),
        tags=tags_of(block),
    )


def listeners(block: Block, project: Project) -> list[str] | Unknown:
    """The webhook, whose address may hold a secret, or else the groups that may reach somebody."""
    hook = given(block.values, "webhook")
    if hook is True:
        return ["webhook"]
    groups = items(block.values, "contact_groups")
    if isinstance(groups, Unknown):
        return groups
    doubts = [_reached(each, project) for each in groups] + ([hook] if hook else [])
    return cast("list[str]", [each for each in doubts if each])


def _reached(value: Any, project: Project) -> Unknown | None:
    """Why it is not known whom a group reaches; None for one without contacts: it reaches nobody.
    People confirm their addresses after apply."""
    group = target_of(project, value, GROUP)
    name = settle(project, value)
    if group is None and isinstance(name, str):
        named = (
            each
            for each in project.of_type(GROUP)
            if each.values.get("alarm_contact_group_name") == name
        )
        group = next((project.take(each) for each in named), None)
    if group is None:
        elsewhere = Unknown("whom a contact group reaches is not part of this template")
        return value if isinstance(value, Unknown) else elsewhere
    contacts = items(group.values, "contacts")
    if isinstance(contacts, Unknown):
        return contacts
    return (
        Unknown("whether a contact has confirmed an address shows after apply")
        if contacts
        else None
    )


def _targets(block: Block) -> int | Unknown:
    """How many resources the rule names. One on all resources of a product counts as one: it takes
    in those that there will be."""
    value = block.values.get("metric_dimensions")
    if value is None:
        value = block.values.get("dimensions")
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError:
            return Unknown("the dimensions of the rule are malformed")
    if isinstance(value, Unknown | Reference):
        return Unknown("what the rule watches is known after apply")
    return len(value) if isinstance(value, list) and value else 1


MAPPINGS = [Mapping(types=(ALARM,), facts=Alarm, map=map_alarm, joined=(GROUP,))]

LINK_TYPES = frozenset({"alicloud_cms_alarm_contact_group"})
