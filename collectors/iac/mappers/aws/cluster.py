"""aws_eks_cluster with its node groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.eks_versions import encrypts_all, has_ended
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Cluster
from collectors.facts.network import Firewall
from collectors.facts.shared import Encryption, Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, OFF, at_rest
from collectors.iac.mappers.aws.log_target import to_group_named
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.node_access import remote_access
from collectors.iac.mappers.aws.placed import texts, zones
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import IPV4_ANY, IPV6_ANY, items, joined

CLUSTER, NODE_GROUP = "aws_eks_cluster", "aws_eks_node_group"

_VERSION = Unknown("the template gives no version: EKS takes its default one")
_SUPPORT = Unknown("which versions EKS supports changes with time")
_NOT_TOLD = Unknown("EKS does not tell whether something in the cluster enforces network policies")
_NODES = Unknown("the node groups of the cluster are not part of this template")
_AUTO = Unknown("EKS Auto Mode chooses the zones of the nodes")
_SPREAD = Unknown("the node group has fewer nodes than zones: which ones AWS chooses is not known")
_NO_KEY = Unknown("the encryption of secrets names no key")
_UNNAMED = Unknown("the template does not name the cluster")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster; what it leaves out is as EKS takes it (API reference, CreateCluster)."""
    version = block.read("version", str, _VERSION)
    network = nested(block.values, "vpc_config")
    public = then(
        network,
        lambda found: read(found[0] if found else {}, "endpoint_public_access", bool, True),
    )
    facts = Cluster(
        version=version,
        version_supported=then(version, lambda known: False if has_ended(known) else _SUPPORT),
        endpoint_public=public,
        endpoint_ranges=then(
            public, lambda on: then(network, lambda found: _ranges(block, found)) if on else []
        ),
        secrets_encryption=_secrets(block, project, version),
        audit_log=_audit_log(block, project),
        # As in every cluster: see collectors.aws.services.eks.
        rbac=True,
        network_policy=_NOT_TOLD,
        node_zones=_node_zones(block, project),
        nodes_hardened=None,
    )
    yield aws_document(block, project, facts)


def _ranges(block: Block, network: list[dict[str, Any]]) -> list[str] | Unknown:
    """The ranges that may reach the public endpoint: any, unless some are named."""
    named = texts(network[0], "public_access_cidrs") if network else []
    if isinstance(named, Unknown) or named:
        return named
    addresses = nested(block.values, "kubernetes_network_config")
    family = then(
        addresses, lambda found: read(found[0] if found else {}, "ip_family", str, "ipv4")
    )
    return then(family, lambda word: [IPV4_ANY, *([IPV6_ANY] if word == "ipv6" else [])])


def _secrets(block: Block, project: Project, version: str | Unknown) -> Encryption:
    """As live: with the key that the cluster names, else with one of AWS in newer versions."""
    settings = nested(block.values, "encryption_config")
    if isinstance(settings, Unknown):
        return Encryption.unread(settings)
    for each in settings:
        kinds = texts(each, "resources")
        if isinstance(kinds, Unknown):
            return Encryption.unread(kinds)
        if "secrets" in kinds:
            provider = nested(each, "provider")
            if isinstance(provider, Unknown):
                return Encryption.unread(provider)
            named = provider[0].get("key_arn") if provider else None
            return at_rest(project, True, named or _NO_KEY)
        doubt = also(None, *kinds)
        if doubt:
            return Encryption.unread(doubt)
    always = then(version, encrypts_all)
    if isinstance(always, Unknown):
        return Encryption.unread(always)
    return at_rest(project, True, None) if always else OFF


def _audit_log(block: Block, project: Project) -> Logging:
    """The audit log of the API server, in the log group of the cluster."""
    kinds = texts(block.values, "enabled_cluster_log_types")
    if isinstance(kinds, Unknown):
        return Logging.unread(kinds)
    if "audit" not in kinds:
        doubt = also(None, *kinds)
        return Logging.unread(doubt) if doubt else Logging.off()
    name = block.read("name", str, _UNNAMED)
    return to_group_named(project, block, then(name, lambda known: f"/aws/eks/{known}/cluster"))


def _node_zones(block: Block, project: Project) -> list[str] | Unknown:
    """The zones of the subnets that the node groups stand in."""
    auto = nested(block.values, "compute_config")
    if isinstance(auto, Unknown):
        return auto
    chosen = read(auto[0], "enabled", bool, False) if auto else False
    if chosen is not False:
        return chosen if isinstance(chosen, Unknown) else _AUTO
    groups = joined(project, block, "cluster_name", NODE_GROUP)
    found = [_zones_of(each, project) for each in groups.blocks]
    chosen_zones: set[str] = set()
    for each in found:
        if isinstance(each, Unknown):
            return each
        chosen_zones |= each
    return sorted(chosen_zones) if found and not groups.doubt else groups.doubt or _NODES


def _zones_of(group: Block, project: Project) -> set[str] | Unknown:
    """The zones of one node group, over which AWS spreads its nodes evenly (EC2 Auto Scaling user
    guide, "Availability Zone distribution")."""
    found = zones(project, items(group.values, "subnet_ids"))
    if isinstance(found, Unknown) or len(found) == 1:
        return found
    sizes = nested(group.values, "scaling_config")
    if isinstance(sizes, Unknown):
        return sizes
    number = read(sizes[0] if sizes else {}, "desired_size", int, _SPREAD)
    return then(number, lambda nodes: found if nodes >= len(found) else _SPREAD)


MAPPINGS = [
    Mapping(
        types=(CLUSTER,),
        facts=Cluster,
        also=(Firewall,),
        map=map_cluster,
        joined=(NODE_GROUP, LOG_GROUP, *SUBNETS, *KEYS, *KEY_DATA),
    ),
    Mapping(types=(NODE_GROUP,), facts=Firewall, map=remote_access),
]

PART_OF = {
    "aws_eks_node_group": PartOf("aws_eks_cluster", ("cluster_name",)),
}
