"""Container groups of Azure Container Instances, each a machine of its own for its containers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.container_facts import environment_secrets, named, variables_of
from collectors.azure.container_logs import CONTAINER_LOG_CALLS, group_logging
from collectors.azure.ground import REACHABILITY_CALLS, read_ground
from collectors.azure.ids import parent_of
from collectors.azure.machines import role_of
from collectors.azure.reachability import exposure_of, groups_of, ways_to
from collectors.capabilities import are_mighty
from collectors.document import Document, Unknown
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Exposure

NATIVE = "Microsoft.ContainerInstance/containerGroups"
# Whether Resource Graph keeps the values of environment variables is not documented.
LIST_GROUPS = listing(NATIVE, "ContainerGroups_List", graphed=False)

_KEPT = ("provisioningState", "osType", "sku", "restartPolicy", "ipAddress", "subnetIds")
_ADDRESS = Unknown("the container group does not tell whether its address is public")

Item = dict[str, Any]


def groups(account: Account) -> Iterable[Document]:
    """A document for each group."""
    found = account.resources(LIST_GROUPS)
    if isinstance(found, Unknown):
        yield account.unlisted(ContainerService, found, native_type=NATIVE)
        return
    for item in found:
        yield _document(account, item)


def _document(account: Account, item: Item) -> Document:
    properties = item["properties"]
    containers = [
        *(properties.get("containers") or ()),
        *(properties.get("initContainers") or ()),
    ]
    parts = [one["properties"] for one in containers]
    facts = ContainerService(
        environment_secrets=environment_secrets(
            variables_of(one, "environmentVariables") for one in parts
        ),
        privileged_containers=[
            str(one["name"]) for one in containers if is_privileged(one["properties"])
        ],
        role=role_of(item.get("identity")),
        logging=group_logging(account, item),
    )
    _place(account, facts, properties)
    shown = named({"name": one["name"], **one["properties"]} for one in containers)
    kept = {name: properties[name] for name in _KEPT if name in properties}
    return account.document(facts, item, native_type=NATIVE, native={**kept, "containers": shown})


def is_privileged(container: Item) -> bool:
    """Whether a container, given its properties, runs with the rights of what is below it."""
    context = container.get("securityContext") or {}
    added = (context.get("capabilities") or {}).get("add") or ()
    return context.get("privileged") is True or are_mighty(added)


def _place(account: Account, facts: ContainerService, properties: Item) -> None:
    """In a subnet of the account, whose security group stands before it; or in the provider's
    network, where nothing stands before a public address."""
    subnets = [str(one["id"]) for one in properties.get("subnetIds") or ()]
    address = properties.get("ipAddress") or {}
    if subnets:
        interface = _interface(subnets[0], address.get("ip"))
        ground = read_ground(account)
        facts.vpc_id, facts.network_kind = parent_of(subnets[0]), "vpc"
        # A group in a network cannot have a public address ("Virtual network scenarios").
        facts.public_address = False
        facts.exposure = exposure_of(ways_to(interface, ground))
        facts.firewalls = groups_of(interface, ground)
        return
    kind = str(address.get("type") or "none").lower()
    known = {"public": True, "none": False, "private": False}
    public = known.get(kind, _ADDRESS)
    facts.vpc_id, facts.network_kind = None, "public"
    facts.public_address = public
    facts.exposure = Exposure(
        public=public,
        via=public if isinstance(public, Unknown) else ["public-ip"] if public else [],
    )
    facts.firewalls = []


def _interface(subnet: str, address: str | None) -> Item:
    """The address of a group as that of a network interface, which it has none of."""
    configuration = {"subnet": {"id": subnet}, "privateIPAddress": address}
    return {"properties": {"ipConfigurations": [{"properties": configuration}]}}


SERVICE = Service(
    name="Container Instances",
    types=((ContainerService, NATIVE),),
    calls=(LIST_GROUPS, *REACHABILITY_CALLS, *CONTAINER_LOG_CALLS),
    account=groups,
)
