"""azurerm_container_app and azurerm_container_app_job with their environment, which has the network
and says where the output of the containers goes. No container of theirs can be privileged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.container_facts import environment_secrets
from collectors.azure.container_ingress import exposure_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Exposure, Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.containers import (
    put_into_subnet,
    role_of_containers,
    secrets_in,
    to_workspace,
)
from collectors.iac.mappers.azurerm.diagnostics import (
    LOGGING_TYPES,
    logging_of,
)
from collectors.iac.mappers.azurerm.ground import GROUND_TYPES, before_subnet
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.azurerm.subnet import NETWORK
from collectors.iac.mappers.joins import given, target_of
from collectors.logic import Known, some

APP, JOB = "azurerm_container_app", "azurerm_container_app_job"
ENVIRONMENT = "azurerm_container_app_environment"

_LOG = ("ContainerAppConsoleLogs",)
_AWAY = Unknown("the environment of the containers is not part of this template")
Values = dict[str, Any]


def map_app(block: Block, project: Project) -> Iterator[Document]:
    """An app, or a job."""
    around = target_of(project, block.get("container_app_environment_id"), ENVIRONMENT)
    facts = ContainerService(
        public_address=False,
        exposure=_exposure(block, around, project),
        environment_secrets=_secrets(block),
        privileged_containers=[],
        role=role_of_containers(block, project),
        logging=_logging(around, project) if around else Logging.unread(_AWAY),
    )
    _place(facts, around, project)
    yield azure_document(
        block, project, facts, region=location_of(around, project) if around else _AWAY
    )


def _place(facts: ContainerService, around: Block | None, project: Project) -> None:
    inside = given(around.values, "infrastructure_subnet_id") if around else _AWAY
    facts.network_kind = cast("Any", then(inside, lambda yes: "vpc" if yes else "public"))
    facts.vpc_id = inside if isinstance(inside, Unknown) else None
    facts.firewalls = inside if isinstance(inside, Unknown) else None
    if around and inside is True:
        put_into_subnet(facts, around.get("infrastructure_subnet_id"), project)


def _exposure(block: Block, around: Block | None, project: Project) -> Exposure:
    """By the ingress, in the words of ARM; without one that is external nobody gets in."""
    found = nested(block.values, "ingress")
    ingress = then(found, lambda listed: _ingress(listed[0]) if listed else {})
    if isinstance(ingress, Unknown):
        return Exposure.unread(ingress)
    environment = _environment(around) if around else _AWAY
    value = around.values.get("infrastructure_subnet_id") if around else None
    rules = before_subnet(value, project) if value is not None else []
    return exposure_of({"configuration": {"ingress": ingress}}, environment, rules)


def _ingress(values: Values) -> Values | Unknown:
    external = read(values, "external_enabled", bool, default=False)
    if external is False:
        return {}
    rules = nested(values, "ip_security_restriction")
    told: Values = {
        "clientCertificateMode": read(values, "client_certificate_mode", str, "ignore"),
        "transport": read(values, "transport", str, "auto"),
        "exposedPort": read(values, "exposed_port", int, 0),
        "targetPort": read(values, "target_port", int, 0),
    }
    if isinstance(rules, Unknown):
        return rules
    listed = [
        {
            "action": read(each, "action", str, ""),
            "ipAddressRange": read(each, "ip_address_range", str, ""),
        }
        for each in rules
    ]
    doubt = also(external, *told.values(), *(it for each in listed for it in each.values()))
    return doubt or {"external": True, "ipSecurityRestrictions": listed, **told}


def _environment(around: Block) -> Values | Unknown:
    internal = around.read("internal_load_balancer_enabled", bool, default=False)
    public = around.read("public_network_access", str, "Enabled")
    doubt = also(internal, public)
    return doubt or {
        "vnetConfiguration": {"internal": internal},
        "publicNetworkAccess": public,
    }


def _secrets(block: Block) -> Known:
    """Whether the environment of a container holds a secret, of this revision or of an older one
    that runs besides."""
    containers = _containers(block)
    told = then(containers, lambda all_: some(_of_container(one) for one in all_))
    if told is not False:
        return told
    mode = block.read("revision_mode", str, "Single")
    return then(mode, lambda word: environment_secrets([], revisions=word.lower() == "multiple"))


def _containers(block: Block) -> list[Values] | Unknown:
    templates = nested(block.values, "template")
    if isinstance(templates, Unknown):
        return templates
    listed = [nested(one, name) for one in templates for name in ("container", "init_container")]
    doubt = also(None, *listed)
    return doubt or [one for each in listed if isinstance(each, list) for one in each]


def _of_container(container: Values) -> Known:
    variables = nested(container, "env")
    if isinstance(variables, Unknown):
        return variables
    # Those that name a secret have no value of their own.
    return secrets_in({str(one.get("name")): one["value"] for one in variables if "value" in one})


def _logging(around: Block, project: Project) -> Logging:
    """The output of all containers of an environment."""
    own = given(around.values, "log_analytics_workspace_id")
    destination = around.read("logs_destination", str, "")
    doubt = also(own, destination)
    if doubt:
        return Logging.unread(doubt)
    if not own:
        monitored = str(destination).lower() == "azure-monitor"
        return logging_of(around, project, _LOG) if monitored else Logging.off()
    return to_workspace(around.get("log_analytics_workspace_id"), project)


MAPPINGS = [
    Mapping(
        types=(APP, JOB),
        facts=ContainerService,
        map=map_app,
        joined=(ENVIRONMENT, NETWORK, *GROUND_TYPES, *LOGGING_TYPES),
    )
]

LINK_TYPES = frozenset({"azurerm_container_app_environment"})
