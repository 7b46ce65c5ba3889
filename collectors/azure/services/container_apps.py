"""Apps and jobs of Azure Container Apps. Both run in an environment, which has the network and says
where the output of the containers goes. No container of theirs can be privileged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account, Service
from collectors.azure.calls import AzureCall, listing
from collectors.azure.container_facts import environment_secrets, named, variables_of
from collectors.azure.container_ingress import exposure_of
from collectors.azure.container_logs import CONTAINER_LOG_CALLS, environment_logging
from collectors.azure.ground import REACHABILITY_CALLS, read_ground, rules_before
from collectors.azure.ids import key, parent_of
from collectors.azure.machines import role_of
from collectors.azure.reachability import groups_of
from collectors.document import Document, Unknown, then
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Logging, Rule

APPS, JOBS = "Microsoft.App/containerApps", "Microsoft.App/jobs"
# Whether Resource Graph keeps the values of environment variables is not documented.
LIST_APPS = listing(APPS, "ContainerApps_ListBySubscription", graphed=False)
LIST_JOBS = listing(JOBS, "Jobs_ListBySubscription", graphed=False)
LIST_ENVIRONMENTS = listing(
    "Microsoft.App/managedEnvironments", "ManagedEnvironments_ListBySubscription"
)

_GONE = Unknown("the environment of the containers is not visible to this account")

Item = dict[str, Any]


class _Network(Struct, frozen=True):
    """Where an environment stands: in a subnet with security groups, or in no network of the
    account's, where all are null."""

    subnet: str | Unknown | None
    groups: list[str] | Unknown | None
    rules: list[list[Rule]] | Unknown


def apps(account: Account) -> Iterable[Document]:
    """A document for each app and each job."""
    for native_type, call in ((APPS, LIST_APPS), (JOBS, LIST_JOBS)):
        yield from _of_type(account, native_type, call)


def _of_type(account: Account, native_type: str, call: AzureCall) -> Iterable[Document]:
    found = account.resources(call)
    if isinstance(found, Unknown):
        yield account.unlisted(ContainerService, found, native_type=native_type)
        return
    for item in found:
        yield _document(account, item, native_type)


def _document(account: Account, item: Item, native_type: str) -> Document:
    properties = item["properties"]
    environment = _environment(account, properties)
    network = _network(account, environment)
    template = properties.get("template") or {}
    containers = [*(template.get("containers") or ()), *(template.get("initContainers") or ())]
    configuration = properties.get("configuration") or {}
    revisions = str(configuration.get("activeRevisionsMode")).lower() == "multiple"
    around = then(environment, lambda one: one["properties"])
    return account.document(
        ContainerService(
            vpc_id=then(network.subnet, lambda one: parent_of(one) if one else None),
            network_kind=then(network.subnet, lambda one: "vpc" if one else "public"),
            public_address=False,
            exposure=exposure_of(properties, around, network.rules),
            firewalls=network.groups,
            environment_secrets=environment_secrets(
                (variables_of(one, "env") for one in containers), revisions=revisions
            ),
            privileged_containers=[],
            role=role_of(item.get("identity")),
            logging=Logging.unread(environment)
            if isinstance(environment, Unknown)
            else environment_logging(account, environment),
        ),
        item,
        native_type=native_type,
        native={
            "environment": properties.get("managedEnvironmentId")
            or properties.get("environmentId"),
            "ingress": configuration.get("ingress"),
            "containers": named(containers),
        },
    )


def _environment(account: Account, properties: Item) -> Item | Unknown:
    id_ = properties.get("managedEnvironmentId") or properties.get("environmentId")
    return then(
        account.resources(LIST_ENVIRONMENTS),
        lambda found: next((one for one in found if key(one["id"]) == key(str(id_))), _GONE),
    )


def _network(account: Account, environment: Item | Unknown) -> _Network:
    if isinstance(environment, Unknown):
        return _Network(environment, environment, environment)
    settings = environment["properties"].get("vnetConfiguration") or {}
    subnet = settings.get("infrastructureSubnetId")
    if not subnet:
        return _Network(None, None, [])
    configuration = {"subnet": {"id": subnet}}
    interface = {"properties": {"ipConfigurations": [{"properties": configuration}]}}
    ground = read_ground(account)
    return _Network(
        str(subnet), groups_of(interface, ground), rules_before(interface, configuration, ground)
    )


SERVICE = Service(
    name="Container Apps",
    types=((ContainerService, APPS), (ContainerService, JOBS)),
    calls=(LIST_APPS, LIST_JOBS, LIST_ENVIRONMENTS, *REACHABILITY_CALLS, *CONTAINER_LOG_CALLS),
    account=apps,
)
