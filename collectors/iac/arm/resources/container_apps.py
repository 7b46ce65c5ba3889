"""Apps, jobs and environments of Container Apps. Source: template reference, Microsoft.App."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import managed_identity, named, or_
from collectors.iac.blocks import Block

_PORTS = Unknown("additional ports of the ingress are not read")


def app(resource: Resource) -> Iterator[Block]:
    """An app."""
    values = _values(resource) | {
        "revision_mode": resource.get("configuration.activeRevisionsMode"),
        "ingress": _ingress(resource.get("configuration.ingress")),
    }
    yield resource.block("azurerm_container_app", values)


def job(resource: Resource) -> Iterator[Block]:
    """A job."""
    yield resource.block("azurerm_container_app_job", _values(resource))


def _values(resource: Resource) -> dict[str, Any]:
    template = resource.get("template")
    environment = or_(resource.get("managedEnvironmentId"), resource.get("environmentId"))
    return named(resource) | {
        "container_app_environment_id": environment,
        "template": [_template(template)] if isinstance(template, dict) else template,
        "identity": managed_identity(resource.body.get("identity")),
    }


def _template(value: dict[str, Any]) -> dict[str, Any]:
    names = (("container", "containers"), ("init_container", "initContainers"))
    return {new: _containers(at(value, old)) for new, old in names}


def _containers(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [{"name": at(one, "name"), "env": _variables(at(one, "env"))} for one in value]


def _variables(value: Any) -> Any:
    """Those that name a secret have no value."""
    if not isinstance(value, list):
        return value
    told = [(at(one, "name"), at(one, "value")) for one in value]
    return [{"name": name, "value": it} for name, it in told if it is not None]


def _ingress(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    rules = at(value, "ipSecurityRestrictions")
    external = or_(at(value, "external"), False)
    if external is not True and at(value, "additionalPortMappings"):
        external = _PORTS
    found = {
        "external_enabled": external,
        "target_port": at(value, "targetPort"),
        "exposed_port": at(value, "exposedPort"),
        "transport": at(value, "transport"),
        "client_certificate_mode": at(value, "clientCertificateMode"),
        "ip_security_restriction": [
            {"action": at(one, "action"), "ip_address_range": at(one, "ipAddressRange")}
            for one in rules
        ]
        if isinstance(rules, list)
        else rules,
    }
    return [{name: it for name, it in found.items() if it is not None}]


def environment(resource: Resource) -> Iterator[Block]:
    """An environment."""
    logs = "appLogsConfiguration"
    values = named(resource) | {
        "infrastructure_subnet_id": resource.get("vnetConfiguration.infrastructureSubnetId"),
        "internal_load_balancer_enabled": resource.get("vnetConfiguration.internal"),
        "public_network_access": resource.get("publicNetworkAccess"),
        "logs_destination": resource.get(f"{logs}.destination"),
        "log_analytics_workspace_id": resource.get(f"{logs}.logAnalyticsConfiguration.customerId"),
    }
    yield resource.block("azurerm_container_app_environment", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.App/containerApps": app,
    "Microsoft.App/jobs": job,
    "Microsoft.App/managedEnvironments": environment,
}
