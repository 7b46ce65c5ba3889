"""Functions of Function Compute: alicloud_fcv3_function, and alicloud_fc_function and
alicloud_fcv2_function with the service that they are in; their triggers and custom domains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from collectors.aliyun.function_facts import (
    CONTAINER,
    ENVIRONMENT,
    access,
    runtime_supported,
    tls_of,
)
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Function
from collectors.facts.shared import Exposure, Logging
from collectors.iac.blocks import (
    Block,
    Mapping,
    PartOf,
    Project,
    Reference,
    nested,
    read,
)
from collectors.iac.mappers.alicloud.log_stores import LOG_STORE, PROJECT, kept, store_named
from collectors.iac.mappers.alicloud.shared import aliyun_document, region_of
from collectors.iac.mappers.joins import (
    first_of,
    given,
    identity,
    joined,
    points_to,
    settle,
    target_of,
)
from collectors.iac.mappers.pointers import names_of
from collectors.logic import Known, some
from collectors.secrets import holds_secrets

FUNCTION, TRIGGER = "alicloud_fcv3_function", "alicloud_fcv3_trigger"
DOMAIN, OLD_DOMAIN = "alicloud_fcv3_custom_domain", "alicloud_fc_custom_domain"
SERVICE, OLD_TRIGGER = "alicloud_fc_service", "alicloud_fc_trigger"
IN_SERVICE = ("alicloud_fc_function", "alicloud_fcv2_function")

_ELSEWHERE = Unknown("the function's service is not part of this template")

Settings = dict[str, Any] | Unknown


def map_function(block: Block, project: Project) -> Iterator[Document]:
    """A function. What older ones leave to their service is read there."""
    settings = _settings(block, project)
    runtime = block.read("runtime", str, Unknown("the template gives no runtime"))
    network = then(settings, _vpc)
    inside = then(network, lambda vpc: vpc is not None)
    facts = Function(
        runtime=then(runtime, lambda name: None if name == CONTAINER else name),
        runtime_supported=then(
            runtime, lambda name: None if name == CONTAINER else runtime_supported(name)
        ),
        vpc_id=then(network, lambda vpc: None if vpc is None else identity(project, vpc)),
        network_kind=cast("Any", then(inside, lambda yes: "vpc" if yes else "public")),
        exposure=_exposure(block, project),
        tls=tls_of(_is_called(block, project)),
        plain_ftp=None,
        environment_secrets=holds_secret(block.values.get("environment_variables")),
        environment_encryption=ENVIRONMENT,
        role=then(settings, lambda found: identity(project, found.get("role") or None)),
        logging=_logging(settings, project, region_of(block, project)),
    )
    yield aliyun_document(block, project, facts, "function_name", "name")


def _settings(block: Block, project: Project) -> Settings:
    """Where network, role and log stand: in the function itself, or in its service."""
    if block.type == FUNCTION:
        return block.values
    value = block.values.get("service") or block.values.get("service_name")
    if isinstance(value, Unknown):
        return value
    found = target_of(project, value, SERVICE)
    name = settle(project, value)
    if found is None and isinstance(name, str):
        named = (one for one in project.of_type(SERVICE) if name in names_of(one))
        found = next((project.take(one) for one in named), None)
    return found.values if found else _ELSEWHERE


def _vpc(settings: dict[str, Any]) -> Any:
    """The VPC that the function is put into; None without one."""
    written = nested(settings, "vpc_config")
    if isinstance(written, Unknown) or not written:
        return written if isinstance(written, Unknown) else None
    first = written[0]
    vpc = first.get("vpc_id")
    if vpc not in (None, ""):
        return vpc
    inside = given(first, "vswitch_ids")
    chosen = Unknown("the VPC is that of the function's vSwitches")
    return then(inside, lambda yes: chosen if yes else None)


def _exposure(block: Block, project: Project) -> Exposure:
    """Public by an HTTP trigger without authentication: at its own address in the internet, unless
    that is off, or at a custom domain that leads to the function."""
    public = _some_trigger(block, project, lambda each: _is_open(each, block, project))
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["endpoint"] if public else [])


def _is_called(block: Block, project: Project) -> Known:
    """Whether the function has an HTTP trigger."""
    return _some_trigger(block, project, _is_http)


def _some_trigger(block: Block, project: Project, answer: Callable[[Block], Known]) -> Known:
    """Whether the answer is true of one of the function's triggers."""
    triggers = [joined(project, block, "function_name", TRIGGER)]
    if block.type != FUNCTION:
        triggers.append(joined(project, block, "function", OLD_TRIGGER))
    answers = [answer(each) for found in triggers for each in found.blocks]
    return some([*answers, *(found.doubt for found in triggers if found.doubt)])


def _is_http(trigger: Block) -> Known:
    kind = first_of(
        trigger.values, ("trigger_type", "type"), str, Unknown("the trigger gives no type")
    )
    return then(kind, lambda word: word == "http")


def _is_open(trigger: Block, block: Block, project: Project) -> Known:
    http = _is_http(trigger)
    if http is not True:
        return http
    text = first_of(
        trigger.values, ("trigger_config", "config"), str, Unknown("the trigger gives no config")
    )
    found = then(text, access)
    if found != "by-domain":
        return found if isinstance(found, Unknown) else found == "open"
    domains = project.of_type(DOMAIN, OLD_DOMAIN)
    return some(_leads_to(project.take(each), block, project) for each in domains)


def _leads_to(domain: Block, block: Block, project: Project) -> Known:
    """Whether a custom domain hands requests to the function and asks for nothing."""
    asking = nested(domain.values, "auth_config")
    routed = nested(domain.values, "route_config")
    doubt = also(asking, routed)
    if doubt:
        return doubt
    kinds = [read(each, "auth_type", str, "anonymous") for each in cast("list[Any]", asking)]
    if any(kind in ("function", "jwt") for kind in kinds):
        return False
    routes: list[dict[str, Any]] = []
    for each in cast("list[dict[str, Any]]", routed):
        inner = nested(each, "routes") if domain.type == DOMAIN else [each]
        if isinstance(inner, Unknown):
            return inner
        routes += inner
    return also(None, *kinds) or some(
        _points(each.get("function_name"), block, project) for each in routes
    )


def _points(value: Any, block: Block, project: Project) -> Known:
    return value if isinstance(value, Unknown) else points_to(project, value, block)


def holds_secret(variables: Any) -> Known:
    """Whether a variable of an environment is a secret, by its name or its value."""
    apply = Unknown("the variables of the environment are known after apply")
    if variables is None or isinstance(variables, Unknown):
        return variables if isinstance(variables, Unknown) else False
    if not isinstance(variables, dict):
        return apply
    plain = {k: v for k, v in variables.items() if not isinstance(v, Unknown | Reference)}
    if holds_secrets(plain):
        return True
    return also(None, *variables.values()) or (False if len(plain) == len(variables) else apply)


def _logging(settings: Settings, project: Project, region: str | Unknown) -> Logging:
    """What the function writes, in a Logstore of the account."""
    config = then(settings, lambda found: nested(found, "log_config"))
    if isinstance(config, Unknown):
        return Logging.unread(config)
    first = config[0] if config else {}
    enabled = _both([given(first, "project"), given(first, "logstore")])
    if enabled is False:
        return Logging.off()
    if isinstance(enabled, Unknown):
        return Logging.unread(enabled)
    return Logging(
        enabled=True,
        destination=identity(project, first.get("logstore")),
        destination_account=project.account,
        destination_region=region,
        retention_days=retention(project, first.get("logstore"), first.get("project")),
    )


def _both(values: Iterable[Known]) -> Known:
    found = list(values)
    return False if False in found else also(None, *found) or True


def retention(project: Project, value: Any, home: Any) -> int | Unknown | None:
    """How long the Logstore keeps records that a value leads to, by reference or by the names of
    the Logstore and its project (`home`)."""
    name = settle(project, value)
    store = target_of(project, value, LOG_STORE) or (
        store_named(project, name, home) if isinstance(name, str) else None
    )
    return kept(store) if store else Unknown("the log store is not part of this template")


MAPPINGS = [
    Mapping(
        types=(FUNCTION, *IN_SERVICE),
        facts=Function,
        map=map_function,
        joined=(TRIGGER, OLD_TRIGGER, DOMAIN, OLD_DOMAIN, SERVICE, LOG_STORE, PROJECT),
    )
]

PART_OF = {
    "alicloud_fc_trigger": PartOf("alicloud_fc_function", ("function",)),
    "alicloud_fcv3_trigger": PartOf("alicloud_fcv3_function", ("function_name",)),
}

LINK_TYPES = frozenset(
    {"alicloud_fc_custom_domain", "alicloud_fc_service", "alicloud_fcv3_custom_domain"}
)
