"""alicloud_ram_policy: custom policies of RAM."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Policy
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.alicloud.ram_documents import DOCUMENT
from collectors.iac.mappers.alicloud.ram_rights import (
    ATTACHMENTS,
    POLICY,
    known_names,
    rights_of,
    text_of,
)
from collectors.iac.mappers.joins import joined, name_of, tags_of
from collectors.policy_clauses import statements
from collectors.regions import GLOBAL


def map_policy(block: Block, project: Project) -> Iterator[Document]:
    """A custom policy, with how many principals this template attaches it to."""
    links = joined(project, block, "policy_name", *ATTACHMENTS, names=known_names(block))
    elsewhere = Unknown("nothing in this template attaches the policy")
    rights = rights_of(project, block)
    facts = Policy(
        attached=len(links.blocks) or links.doubt or elsewhere,
        managed_by="customer",
        statements=then(text_of(project, block), statements),
        full_admin=then(rights, full_admin),
        escalation_paths=then(rights, escalation_paths),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=GLOBAL,
        name=name_of(block, "policy_name", "name"),
        tags=tags_of(block),
    )


MAPPINGS = [Mapping(types=(POLICY,), facts=Policy, map=map_policy, joined=(*ATTACHMENTS, DOCUMENT))]

LINK_TYPES = frozenset(
    {"alicloud_ram_group_policy_attachment", "alicloud_resource_manager_policy_attachment"}
)
