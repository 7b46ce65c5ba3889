"""alicloud_api_gateway_api, with what its group, its plug-ins and the region's log say of it; and
alicloud_api_gateway_instance, for what it decides for all APIs on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.api_facts import (
    Group,
    authentication_of,
    plugin_authentication,
    tls_of,
)
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.function import retention
from collectors.iac.mappers.alicloud.log_stores import LOG_STORE, PROJECT
from collectors.iac.mappers.alicloud.shared import aliyun_document, region_of, settled
from collectors.iac.mappers.joins import given, identity, items, joined, target_of

API, GROUP = "alicloud_api_gateway_api", "alicloud_api_gateway_group"
INSTANCE, LOG = "alicloud_api_gateway_instance", "alicloud_api_gateway_log_config"
PLUGIN, ATTACHED = "alicloud_api_gateway_plugin", "alicloud_api_gateway_plugin_attachment"
GROUP_ATTACHED = "alicloud_api_gateway_group_plugin_attachment"
DOMAINS = "custom_domains"
"""Domains of a group, which only ROS binds to it."""

_ELSEWHERE = Unknown("the group of the API is not part of this template")
_SHARED = Unknown("the group is not on an instance of this template, which decides on TLS")
_DOMAINS = Unknown("whether the domains of the group redirect to HTTPS is not told")
_NO_LOG = Unknown("the log of API Gateway is not part of this template")
_NO_API = Unknown("no API on the instance is part of this template")
_NO_STAGE = Unknown("the template publishes the API to no stage")
_STAGE = Unknown("the stage of the plug-in is known after apply")
_PLUGIN = Unknown("the plug-in of the API is not part of this template")
_OF_GROUP = Unknown("whether a plug-in of the group protects each API is not told")


def map_api(block: Block, project: Project) -> Iterator[Document]:
    """An API, whether it is published here or later. Only ROS can keep it off the internet."""
    facts = Api(
        authorization=_authorization(block, project),
        public=then(block.read("disable_internet", bool, False), lambda closed: not closed),
        tls=_tls(block, project),
        logging=_logging(block, project),
    )
    yield aliyun_document(block, project, facts, "name")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """The APIs of a dedicated instance of which none is in the template: of them no more is known
    than what the instance decides for all."""
    apis = project.of_type(API)
    groups = (target_of(project, each.values.get("group_id"), GROUP) for each in apis)
    if any(group and _instance(group, project) is block for group in groups):
        return
    policy = _policy(block, project)
    facts = Api(
        authorization=_NO_API,
        public=_NO_API,
        tls=tls_of("HTTP,HTTPS", Group(policy=policy, redirects=_NO_API)),
        logging=_logging(block, project),
    )
    yield aliyun_document(block, project, facts, "instance_name")


def _instance(group: Block, project: Project) -> Block | None:
    return target_of(project, group.values.get("instance_id"), INSTANCE)


def _policy(instance: Block, project: Project) -> Any:
    unwritten = Unknown("the instance gives no https_policy")
    return settled(project, instance, "https_policy", str, unwritten)


def _authorization(block: Block, project: Project) -> str | Unknown:
    """Who may call: the API's own authentication, else that of a plug-in on every stage."""
    kind = block.read("auth_type", str, Unknown("the template gives no auth_type"))
    own = then(kind, authentication_of)
    return _by_plugins(block, project) if own is None else own


def _by_plugins(block: Block, project: Project) -> str | Unknown:
    attached = joined(project, block, "api_id", ATTACHED)
    doubt = attached.doubt or _doubt_of_group(block, project)
    told = [
        (each.read("stage_name", str, _STAGE), kind)
        for each in attached.blocks
        if (kind := _authenticates(each, project)) is not None
    ]
    if not told:
        return doubt or "none"
    stages = items(block.values, "stage_names")
    if isinstance(stages, Unknown):
        return stages
    if not stages:
        return _NO_STAGE
    answers = [_of_stage(stage, told) for stage in stages]
    if "none" in answers:
        return doubt or "none"
    return also(None, *answers) or answers[0]


def _authenticates(attachment: Block, project: Project) -> str | Unknown | None:
    plugin = target_of(project, attachment.values.get("plugin_id"), PLUGIN)
    if plugin is None:
        return _PLUGIN
    kind = plugin.read("plugin_type", str, Unknown("the template gives no plugin_type"))
    return then(kind, plugin_authentication)


def _doubt_of_group(block: Block, project: Project) -> Unknown | None:
    group = target_of(project, block.values.get("group_id"), GROUP)
    if group is None:
        return None
    found = joined(project, group, "group_id", GROUP_ATTACHED)
    some = [each for each in found.blocks if _authenticates(each, project) is not None]
    return _OF_GROUP if some else found.doubt


def _of_stage(stage: Any, told: list[tuple[str | Unknown, str | Unknown]]) -> str | Unknown:
    if not isinstance(stage, str):
        return stage if isinstance(stage, Unknown) else _STAGE
    for where, kind in told:
        if where == stage and isinstance(kind, str):
            return kind
    here = [pair for pair in told if pair[0] == stage or isinstance(pair[0], Unknown)]
    return next((each for pair in here for each in pair if isinstance(each, Unknown)), "none")


def _tls(block: Block, project: Project) -> Tls:
    # Asked first, so that a finding points to the protocol where both decide.
    group = _group(block, project)
    settings = nested(block.values, "request_config")
    if isinstance(settings, Unknown):
        return Tls.unread(settings)
    first = settings[0] if settings else {}
    protocols = read(first, "protocol", str, Unknown("the template gives no protocol"))
    if isinstance(protocols, Unknown):
        return Tls.unread(protocols)
    return tls_of(protocols, group)


def _group(block: Block, project: Project) -> Group:
    """The HTTPS policy of a group on a dedicated instance is set on that (ModifyInstanceAttribute);
    others have one that no template sets. What binds no domain redirects nothing."""
    value = block.values.get("group_id")
    group = target_of(project, value, GROUP)
    if group is None:
        doubt = value if isinstance(value, Unknown) else _ELSEWHERE
        return Group(policy=doubt, redirects=doubt)
    instance = _instance(group, project)
    policy = _policy(instance, project) if instance else _SHARED
    domains = given(group.values, DOMAINS)
    return Group(policy=policy, redirects=then(domains, lambda some: _DOMAINS if some else False))


def _logging(block: Block, project: Project) -> Logging:
    """The log of all APIs of a region."""
    logs = [each for each in project.of_type(LOG) if each.provider_values == block.provider_values]
    if not logs:
        return Logging.unread(_NO_LOG)
    log = project.take(logs[0])
    enabled = also(None, given(log.values, "sls_project"), given(log.values, "sls_log_store"))
    if enabled:
        return Logging.unread(enabled)
    store, home = log.get("sls_log_store"), log.get("sls_project")
    return Logging(
        enabled=True,
        destination=identity(project, store),
        destination_account=project.account,
        destination_region=region_of(log, project),
        retention_days=retention(project, store, home),
    )


MAPPINGS = [
    Mapping(
        types=(API,),
        facts=Api,
        map=map_api,
        joined=(GROUP, INSTANCE, PLUGIN, ATTACHED, GROUP_ATTACHED, LOG, LOG_STORE, PROJECT),
    ),
    Mapping(
        types=(INSTANCE,),
        facts=Api,
        map=map_instance,
        joined=(API, GROUP, LOG, LOG_STORE, PROJECT),
    ),
]

LINK_TYPES = frozenset({GROUP, PLUGIN, ATTACHED, GROUP_ATTACHED, LOG})
