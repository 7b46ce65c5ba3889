"""azurerm_kubernetes_cluster with its node pools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.compute import Cluster
from collectors.facts.shared import Encryption, Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.provider_version import by_version
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import first_of, identity, items, joined
from collectors.logic import Known, every, negated

CLUSTER, POOL = "azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool"

_POLICIES = ("azure", "calico", "cilium")
_VERSIONS = Unknown("which versions the service supports changes with time, and is not read")
_NEWEST = Unknown("not written: the service takes the version that it recommends")
_NO_SWITCH = Unknown("role_based_access_control gives no enabled")
_ROLES = Unknown("not written: azurerm 2 left role-based access off, later versions turn it on")
_NOT_PASSED = Unknown("the provider does not pass public_network_access_enabled to the service")
_NO_ZONE = Unknown("a node pool names no availability zone")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster."""
    facts = Cluster(
        version=block.read("kubernetes_version", str, _NEWEST),
        version_supported=_VERSIONS,
        endpoint_public=_is_public(block),
        endpoint_ranges=_ranges(block),
        secrets_encryption=_secrets(block, project),
        audit_log=_audit_log(block, project),
        rbac=_has_roles(block),
        network_policy=_network_policy(block),
        node_zones=_zones(block, project),
        # The node images are Azure's own.
        nodes_hardened=None,
    )
    yield azure_document(block, project, facts)


def _is_public(block: Block) -> Known:
    """A private cluster has no public endpoint. The switch of azurerm 3 reaches the service in some
    of its versions alone (since 3.69 in none); that of ARM does."""
    switch = block.read("public_network_access_enabled", bool, True)
    if switch is False and not block.native_type:
        switch = _NOT_PASSED
    return every([switch, negated(block.read("private_cluster_enabled", bool, False))])


def _has_roles(block: Block) -> Known:
    """Roles of Kubernetes are on unless an argument says otherwise; in azurerm 2 they were off
    unless its block said so."""
    older = nested(block.values, "role_based_access_control")
    if isinstance(older, Unknown) or older:
        return older if isinstance(older, Unknown) else read(older[0], "enabled", bool, _NO_SWITCH)
    names = ("role_based_access_control_enabled", "enable_rbac")
    default = by_version(block, (3,), newer=True, older=False, untold=_ROLES)
    entra = nested(block.values, "azure_active_directory_role_based_access_control")
    if entra and not isinstance(entra, Unknown):
        # A block of azurerm 3, which takes it with such roles alone.
        default = True
    found: Known = first_of(block.values, names, bool, default)
    return found


def _ranges(block: Block) -> list[str] | Unknown:
    """Who may reach the public endpoint: the argument of azurerm 3, or the block of later ones."""
    profiles = nested(block.values, "api_server_access_profile")
    if isinstance(profiles, Unknown):
        return profiles
    found: list[Any] = []
    for values, argument in (
        (block.values, "api_server_authorized_ip_ranges"),
        *((each, "authorized_ip_ranges") for each in profiles),
    ):
        ranges = items(values, argument)
        if isinstance(ranges, Unknown):
            return ranges
        found += [read({"range": one}, "range", str, Unknown("a range is null")) for one in ranges]
    return cast("list[str]", found)


def _secrets(block: Block, project: Project) -> Encryption:
    """Secrets lie in etcd, which Azure encrypts with a key of its own where no vault is named
    ("Data encryption at rest for AKS")."""
    found = nested(block.values, "key_management_service")
    if isinstance(found, Unknown):
        return Encryption(enabled=True, key_manager=found, key_id=found, algorithm=None)
    if not found:
        return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm=None)
    key = identity(project, found[0].get("key_vault_key_id"))
    return Encryption(enabled=True, key_manager="customer", key_id=key, algorithm=None)


def _audit_log(block: Block, project: Project) -> Logging:
    """Of all requests, or (kube-audit-admin) of those that change something."""
    groups = ("allLogs", "audit")
    whole = logging_of(block, project, ("kube-audit",), groups)
    if whole.enabled is True:
        return whole
    changes = logging_of(block, project, ("kube-audit-admin",), groups)
    return changes if changes.enabled is True or whole.enabled is False else whole


def _network_policy(block: Block) -> bool | Unknown:
    profiles = nested(block.values, "network_profile")
    if isinstance(profiles, Unknown):
        return profiles
    text = read(profiles[0], "network_policy", str, "") if profiles else ""
    return then(text, lambda word: word.lower() in _POLICIES)


def _zones(block: Block, project: Project) -> list[str] | Unknown:
    """The zones of all pools; `availability_zones` is what azurerm 2 says."""
    default = nested(block.values, "default_node_pool")
    if isinstance(default, Unknown):
        return default
    pools = joined(project, block, "kubernetes_cluster_id", POOL)
    found: set[str] = set()
    for values in (*default, *(each.values for each in pools.blocks)):
        argument = "zones" if values.get("zones") is not None else "availability_zones"
        zones = items(values, argument)
        if isinstance(zones, Unknown):
            return zones
        for zone in zones:
            text = read({"zone": zone}, "zone", str, _NO_ZONE)
            if isinstance(text, Unknown):
                return text
            found.add(text)
        if not zones:
            return _NO_ZONE
    return pools.doubt or sorted(found) or _NO_ZONE


MAPPINGS = [
    Mapping(types=(CLUSTER,), facts=Cluster, map=map_cluster, joined=(POOL, *LOGGING_TYPES))
]

PART_OF = {
    "azurerm_kubernetes_cluster_node_pool": PartOf(
        "azurerm_kubernetes_cluster", ("kubernetes_cluster_id",)
    ),
}
