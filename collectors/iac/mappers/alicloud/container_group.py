"""alicloud_eci_container_group: a group of containers of Elastic Container Instance, each group a
machine of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.capabilities import are_mighty
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Exposure, Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.firewall import GROUP, rules_of
from collectors.iac.mappers.alicloud.function import holds_secret
from collectors.iac.mappers.alicloud.shared import VSWITCH, aliyun_document
from collectors.iac.mappers.joins import given, identities, identity, items, target_of
from collectors.iac.mappers.reach import instance_exposure, lets_internet_in
from collectors.logic import Known, some

CONTAINERS = "alicloud_eci_container_group"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_SWITCH = Unknown("the vSwitch is not part of this template")
_NO_GROUP = Unknown("a security group is not part of this template")
_VARIABLE = Unknown("a variable of a container gives no key")
_LOG = Unknown("where the output of the containers goes is not read from templates")
Values = dict[str, Any]


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """A group, which stands in a VPC and has no public address unless it is asked for."""
    named = block.values.get("security_group_id")
    groups = [named] if named is not None else _UNWRITTEN
    public = some(
        [block.read("auto_create_eip", bool, False), given(block.values, "eip_instance_id")]
    )
    containers = _containers(block)
    facts = ContainerService(
        vpc_id=_vpc(block, project),
        network_kind="vpc",
        public_address=public,
        exposure=_exposure(block, public, groups, project),
        firewalls=identities(project, groups),
        environment_secrets=then(containers, lambda all_: some(_secrets(one) for one in all_)),
        privileged_containers=_privileged(containers),
        role=identity(project, block.get("ram_role_name")),
        logging=Logging.unread(_LOG),
    )
    yield aliyun_document(block, project, facts, "container_group_name")


def _vpc(block: Block, project: Project) -> str | Unknown | None:
    switch = target_of(project, block.get("vswitch_id"), VSWITCH)
    return identity(project, switch.get("vpc_id")) if switch else _NO_SWITCH


def _exposure(
    block: Block, public: Known, groups: list[Any] | Unknown, project: Project
) -> Exposure:
    """By its public address, through one of its security groups."""
    own = [f"{block.source.uri}#{block.address}.internet_ip"]
    addresses = then(public, lambda yes: own if yes else [])
    if isinstance(groups, Unknown):
        return instance_exposure(addresses, [groups])
    found = [target_of(project, value, GROUP) for value in groups]
    return instance_exposure(
        addresses, [lets_internet_in(rules_of(one, project)) if one else _NO_GROUP for one in found]
    )


def _containers(block: Block) -> list[Values] | Unknown:
    found = (nested(block.values, "containers"), nested(block.values, "init_containers"))
    doubt = also(*found)
    return doubt or [one for each in found if isinstance(each, list) for one in each]


def _secrets(container: Values) -> Known:
    variables = nested(container, "environment_vars")
    if isinstance(variables, Unknown):
        return variables
    keys = [read(each, "key", str, _VARIABLE) for each in variables]
    found = {
        key: each["value"]
        for key, each in zip(keys, variables, strict=True)
        if isinstance(key, str) and each.get("value") is not None
    }
    return some([holds_secret(found), also(None, *keys) or False])


def _privileged(containers: list[Values] | Unknown) -> list[str] | Unknown:
    if isinstance(containers, Unknown):
        return containers
    told = [(one, _is_privileged(one)) for one in containers]
    names = [str(one.get("name")) for one, is_so in told if is_so is True]
    doubts = [is_so for _, is_so in told if isinstance(is_so, Unknown)]
    return cast("list[str]", [*names, *doubts])


def _is_privileged(container: Values) -> Known:
    settings = nested(container, "security_context")
    if isinstance(settings, Unknown):
        return settings
    answers: list[Known] = []
    for each in settings:
        answers.append(read(each, "privileged", bool, False))
        added = nested(each, "capability")
        listed = then(added, lambda found: items(found[0], "add") if found else [])
        answers.append(then(listed, lambda names: are_mighty(names) or also(None, *names) or False))
    return some(answers)


MAPPINGS = [
    Mapping(types=(CONTAINERS,), facts=ContainerService, map=map_group),
]
