"""Services of ECS with the task definitions that they run, and definitions without a service.

Of a family that no service uses the newest active revision is judged: whoever starts its tasks (a
schedule, a pipeline) decides on their network, and its environment can be read all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service
from collectors.aws.container_definition import (
    Route,
    environment_secrets,
    log_routes,
    privileged_containers,
)
from collectors.aws.container_logs import output_logging
from collectors.aws.container_network import (
    DefaultGroups,
    groups_of,
    has_address,
    is_reached,
    vpc_of,
)
from collectors.aws.ec2_calls import DESCRIBE_SECURITY_GROUPS
from collectors.aws.log_delivery import GROUP_CALLS
from collectors.aws.logic import some
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, exposure, read_ground
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import ContainerService

SERVICE_TYPE = "AWS::ECS::Service"
DEFINITION_TYPE = "AWS::ECS::TaskDefinition"


def _ecs(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="ecs",
        operation=operation,
        permission=f"ecs:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_CLUSTERS = _ecs("ListClusters", "clusterArns", "region", paged=True)
LIST_SERVICES = _ecs("ListServices", "serviceArns", paged=True)
DESCRIBE_SERVICES = _ecs("DescribeServices", "")
LIST_FAMILIES = _ecs("ListTaskDefinitionFamilies", "families", "region", paged=True)
DESCRIBE_DEFINITION = _ecs("DescribeTaskDefinition", "")

# DescribeServices takes at most ten (ECS API reference).
_AT_ONCE = 10
_KEPT = (
    "clusterArn",
    "status",
    "desiredCount",
    "launchType",
    "capacityProviderStrategy",
    "platformVersion",
    "taskDefinition",
    "networkConfiguration",
    "enableExecuteCommand",
    "schedulingStrategy",
    "deploymentController",
)
_KEPT_OF_DEFINITION = (
    "taskDefinitionArn",
    "taskRoleArn",
    "executionRoleArn",
    "networkMode",
    "pidMode",
    "requiresCompatibilities",
    "registeredAt",
)
_KEPT_OF_CONTAINER = ("name", "image", "privileged", "user", "portMappings")
_NOT_DECIDED = Unknown("whoever starts the tasks decides on their network")
_OUTSIDE = Unknown("the containers run on machines outside of the cloud")

Item = dict[str, Any]


class _Part(Struct, frozen=True):
    """What a service runs at a time; during a deployment there are two."""

    definition: Item | Unknown
    network: Item | None
    """The `awsvpcConfiguration`; null where tasks stand behind the addresses of their machines."""
    on_fargate: bool
    outside: bool


class _Around(Struct, frozen=True):
    """What the services of a region are joined with."""

    ground: Ground
    defaults: DefaultGroups


def containers(account: Account, region: str) -> Iterator[Document]:
    """A document for each service of a region, and for each family that none of them uses."""
    clusters = account.read(LIST_CLUSTERS, region)
    answers = then(
        clusters,
        lambda known: account.map(lambda cluster: _services(account, region, cluster), known),
    )
    refused = answers if isinstance(answers, Unknown) else also(None, *answers)
    if refused:
        # Without them nobody knows which families have one.
        for kind in (SERVICE_TYPE, DEFINITION_TYPE):
            yield account.unlisted(ContainerService, refused, region, kind)
    listed = [] if isinstance(answers, Unknown) else answers
    found = [one for answer in listed if not isinstance(answer, Unknown) for one in answer]
    if found:
        around = _read_around(account, region)
        yield from account.map(lambda item: _service(account, region, item, around), found)
    if not refused:
        used = {_family(arn) for item in found for arn in _definitions(item)}
        yield from _without_service(account, region, used)


def _services(account: Account, region: str, cluster: str) -> list[Item] | Unknown:
    names = account.read(LIST_SERVICES, region, cluster, cluster=cluster)
    if isinstance(names, Unknown):
        return names
    found: list[Item] = []
    for start in range(0, len(names), _AT_ONCE):
        some_names = names[start : start + _AT_ONCE]
        answer = account.read(
            DESCRIBE_SERVICES,
            region,
            cluster,
            cluster=cluster,
            services=some_names,
            include=["TAGS"],
        )
        if isinstance(answer, Unknown):
            return answer
        if untold := set(some_names) - _told(answer):
            return Unknown(f"ECS does not describe the service {min(untold)}")
        found.extend(answer["services"])
    return found


def _told(answer: Item) -> set[str]:
    """The services that an answer describes, or says to have been deleted in the meantime."""
    gone = {one["arn"] for one in answer["failures"] if one["reason"] == "MISSING"}
    return gone | {item["serviceArn"] for item in answer["services"]}


def _read_around(account: Account, region: str) -> _Around:
    groups = account.read(DESCRIBE_SECURITY_GROUPS, region)
    return _Around(
        ground=read_ground(account, region),
        defaults=then(
            groups,
            lambda found: {
                group["VpcId"]: group["GroupId"]
                for group in found
                if group["GroupName"] == "default" and "VpcId" in group
            },
        ),
    )


def _running(item: Item) -> list[Item]:
    """What holds the definition and the network that count: the service's task sets where a
    controller of their own makes them, else its deployments, else the service."""
    deployments = [one for one in item.get("deployments") or [] if one["status"] != "INACTIVE"]
    return item.get("taskSets") or deployments or [item]


def _definitions(item: Item) -> Iterator[str]:
    for part in _running(item):
        name = part.get("taskDefinition") or item.get("taskDefinition")
        if name:
            yield name


def _family(arn: str) -> str:
    return arn.rsplit("/", 1)[-1].rsplit(":", 1)[0]


def _parts(account: Account, region: str, item: Item) -> Iterator[_Part]:
    for part in _running(item):
        name = part.get("taskDefinition") or item.get("taskDefinition")
        definition = (
            then(_describe(account, region, name), lambda answer: answer["taskDefinition"])
            if name
            else Unknown("ECS does not name the task definition of the service")
        )
        merged = {**item, **{key: value for key, value in part.items() if value}}
        network = (merged.get("networkConfiguration") or {}).get("awsvpcConfiguration")
        providers = {
            one["capacityProvider"] for one in merged.get("capacityProviderStrategy") or []
        }
        yield _Part(
            definition=definition,
            network=network,
            on_fargate=merged.get("launchType") == "FARGATE"
            or (bool(providers) and providers <= {"FARGATE", "FARGATE_SPOT"}),
            outside=merged.get("launchType") == "EXTERNAL",
        )


def _describe(account: Account, region: str, name: str) -> Any:
    return account.read(DESCRIBE_DEFINITION, region, name, taskDefinition=name, include=["TAGS"])


def _service(account: Account, region: str, item: Item, around: _Around) -> Document:
    parts = list(_parts(account, region, item))
    facts = _of_definitions(account, region, parts)
    facts.network_kind = _OUTSIDE if any(part.outside for part in parts) else "vpc"
    _network(facts, [part.network for part in parts if part.network], around)
    arn = item["serviceArn"]
    return account.document(
        facts,
        id=arn,
        region=region,
        name=item["serviceName"],
        tags=_tags(item),
        native_type=SERVICE_TYPE,
        native={
            **{key: item[key] for key in _KEPT if key in item},
            "definitions": [_evidence(part.definition) for part in parts],
        },
    )


def _network(facts: ContainerService, networks: list[Item], around: _Around) -> None:
    if not networks:
        facts.vpc_id = Unknown("the containers stand in the network of their machines")
        facts.public_address = facts.exposure = facts.firewalls = None
        return
    ground, defaults = around.ground, around.defaults
    groups = [groups_of(network, ground, defaults) for network in networks]
    facts.vpc_id = vpc_of(networks[0], ground)
    facts.public_address = some(has_address(network, ground) for network in networks)
    facts.exposure = exposure(some(is_reached(one, ground, defaults) for one in networks))
    facts.firewalls = also(None, *groups) or sorted(
        {name for known in groups if not isinstance(known, Unknown) for name in known}
    )


def _of_definitions(account: Account, region: str, parts: list[_Part]) -> ContainerService:
    """The facts that task definitions tell; of several the worst."""
    routes = [route for part in parts for route in _routes(part)]
    secrets = some(then(part.definition, environment_secrets) for part in parts)
    privileged = [then(part.definition, privileged_containers) for part in parts]
    return ContainerService(
        environment_secrets=secrets,
        privileged_containers=also(None, *privileged)
        or sorted({name for names in privileged if isinstance(names, list) for name in names}),
        role=then(parts[0].definition, lambda one: one.get("taskRoleArn")),
        logging=output_logging(account, region, routes),
    )


def _routes(part: _Part) -> list[Route]:
    if isinstance(part.definition, Unknown):
        return [part.definition]
    return log_routes(part.definition, part.on_fargate)


def _without_service(account: Account, region: str, used: set[str]) -> Iterable[Document]:
    families = account.read(LIST_FAMILIES, region, status="ACTIVE")
    if isinstance(families, Unknown):
        return [account.unlisted(ContainerService, families, region, DEFINITION_TYPE)]
    left = [family for family in families if family not in used]
    return account.map(lambda family: _definition(account, region, family), left)


def _definition(account: Account, region: str, family: str) -> Document:
    answer = _describe(account, region, family)
    definition = then(answer, lambda known: known["taskDefinition"])
    on_fargate = then(definition, lambda known: known.get("requiresCompatibilities") == ["FARGATE"])
    part = _Part(definition, network=None, on_fargate=on_fargate is True, outside=False)
    facts = _of_definitions(account, region, [part])
    facts.vpc_id = _NOT_DECIDED
    facts.network_kind = then(definition, _network_kind)
    facts.public_address = then(definition, _address)
    facts.exposure = then(definition, _address)
    facts.firewalls = then(definition, _address)
    return account.document(
        facts,
        # Without a revision: the family stays the same resource when a revision is added.
        id=account.arn("ecs", region, f"task-definition/{family}"),
        region=region,
        name=family,
        tags=then(answer, _tags),
        native_type=DEFINITION_TYPE,
        native=_evidence(definition),
    )


def _address(definition: Item) -> Unknown | None:
    """Null where the tasks stand behind the addresses of their machines."""
    return _NOT_DECIDED if definition.get("networkMode") == "awsvpc" else None


def _network_kind(definition: Item) -> Any:
    outside = "EXTERNAL" in (definition.get("requiresCompatibilities") or [])
    return _NOT_DECIDED if outside else "vpc"


def _tags(item: Item) -> dict[str, str]:
    return {tag["key"]: tag.get("value", "") for tag in item.get("tags") or []}


def _evidence(definition: Item | Unknown) -> Item:
    """A definition without what may hold secrets: environments, commands, options of logs."""
    if isinstance(definition, Unknown):
        return {}
    kept = {key: definition[key] for key in _KEPT_OF_DEFINITION if key in definition}
    kept["containers"] = [
        {key: container[key] for key in _KEPT_OF_CONTAINER if key in container}
        for container in definition["containerDefinitions"]
    ]
    return kept


SERVICE = Service(
    name="Elastic Container Service",
    types=((ContainerService, SERVICE_TYPE), (ContainerService, DEFINITION_TYPE)),
    calls=(
        LIST_CLUSTERS,
        LIST_SERVICES,
        DESCRIBE_SERVICES,
        LIST_FAMILIES,
        DESCRIBE_DEFINITION,
        *REACHABILITY_CALLS,
        *GROUP_CALLS,
    ),
    region=containers,
)
