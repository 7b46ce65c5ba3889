"""alicloud_resource_manager_control_policy_attachment: the control policies of a resource directory
that hold for a folder or a member, as the live collector has them of an account.

A document stands for the members at one target (the management account is bound by none) and for
what the template attaches there, not for all that holds: where it leaves a region open, policies
from elsewhere may deny it. Policies can only be attached where the directory has them on
(ResourceDirectoryMaster, DisableControlPolicy).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.control_policies import guardrail
from collectors.document import Document, Unknown
from collectors.facts.account import AccountConfiguration, Guardrail
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.alicloud.ram_documents import written
from collectors.iac.mappers.joins import identity, target_of
from collectors.regions import GLOBAL, country_of, regions_of

ATTACHMENT = "alicloud_resource_manager_control_policy_attachment"
POLICY = "alicloud_resource_manager_control_policy"
DIRECTORY = "alicloud_resource_manager_resource_directory"

_OTHERS = Unknown("control policies outside of this template may hold as well")
_ELSEWHERE = Unknown("the control policy is not part of this template")
_NO_TARGET = Unknown("the attachment gives no target_id")
_OFF = Unknown("the template does not leave control policies on in the directory")
_NO_DOCUMENT = Unknown("the control policy has no document")
_ABROAD = {one for one in regions_of("aliyun") if country_of("aliyun", one) != "CN"}
_NOT_TOLD = Unknown("a control policy tells of nothing else in the account")


def map_attachments(block: Block, project: Project) -> Iterator[Document]:
    """One document for all that is attached to a target, where the first of it stands."""
    target = _target(block, project)
    together = [each for each in project.each_of(ATTACHMENT) if _target(each, project) == target]
    if together[0] is not block:
        project.take(block)
        return
    doubt = (target if isinstance(target, Unknown) else None) or _switched_off(project)
    facts = AccountConfiguration(
        recorders=_NOT_TOLD,
        guardrails=doubt or _with_others([_rail(each, project) for each in together]),
        regions_in_use=_NOT_TOLD,
        default_disk_encryption=_NOT_TOLD,
        public_access_block=_NOT_TOLD,
    )
    yield template_document(
        block, project, facts, provider="aliyun", region=GLOBAL, name=block.name, tags={}
    )


def _target(attachment: Block, project: Project) -> str | Unknown:
    return identity(project, attachment.values.get("target_id")) or _NO_TARGET


def _switched_off(project: Project) -> Unknown | None:
    """Why policies may be detached: the template writes that the directory has them off."""
    for directory in project.of_type(DIRECTORY):
        status = project.take(directory).read("status", str, "Enabled")
        if status != "Enabled":
            return status if isinstance(status, Unknown) else _OFF
    return None


def _with_others(rails: list[Any]) -> list[Any]:
    """Policies from elsewhere can but deny more: they matter where a region abroad is left open."""
    known = [rail for rail in rails if isinstance(rail, Guardrail)]
    denied = {one for rail in known for one in _denied(rail)}
    if known and _ABROAD - denied:
        last: Any = known[-1]
        regions = last.denies_regions
        last.denies_regions = (
            [*regions, _OTHERS] if isinstance(regions, list) else regions or _OTHERS
        )
    return rails


def _denied(rail: Guardrail) -> list[str]:
    return rail.denies_regions if isinstance(rail.denies_regions, list) else []


def _rail(attachment: Block, project: Project) -> Any:
    """One that is not in this template may be FullAliyunAccess, which denies nothing."""
    policy = target_of(project, attachment.values.get("policy_id"), POLICY)
    if policy is None:
        return _ELSEWHERE
    project.take(policy)
    text = written(project, policy, "policy_document")
    return guardrail(
        f"{policy.source.uri}#{policy.address}", _NO_DOCUMENT if text is None else text
    )


MAPPINGS = [
    Mapping(
        types=(ATTACHMENT,),
        facts=AccountConfiguration,
        map=map_attachments,
        joined=(POLICY, DIRECTORY),
    )
]

LINK_TYPES = frozenset({POLICY, DIRECTORY})
