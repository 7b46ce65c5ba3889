"""EKS: Kubernetes clusters. Clusters that are only registered with EKS run elsewhere and are not
listed; those of ECS are no Kubernetes, and have none of the facts of the type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service
from collectors.aws.ec2_calls import DESCRIBE_INSTANCES
from collectors.aws.eks_versions import encrypts_all, number_of
from collectors.aws.encryption import OFF, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.log_delivery import GROUP_CALLS, to_log_group
from collectors.aws.logic import Known, told
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Cluster
from collectors.facts.shared import Encryption, Logging

CLUSTER = "AWS::EKS::Cluster"


def _eks(operation: str, result: str, scope: Scope, *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="eks",
        operation=operation,
        permission=f"eks:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_CLUSTERS = _eks("ListClusters", "clusters", "region", paged=True)
DESCRIBE_CLUSTER = _eks("DescribeCluster", "cluster", "resource")
DESCRIBE_VERSIONS = _eks("DescribeClusterVersions", "clusterVersions", "region", paged=True)

# Tags by which EKS and its node provisioners mark the instances of a cluster.
_NODE_TAGS = ("eks:cluster-name", "aws:eks:cluster-name", "eks:eks-cluster-name")
_GONE = {"terminated", "shutting-down", "stopped", "stopping"}
_NOT_TOLD = Unknown("EKS does not tell whether something in the cluster enforces network policies")
_KEPT = (
    "name",
    "arn",
    "createdAt",
    "version",
    "platformVersion",
    "status",
    "roleArn",
    "resourcesVpcConfig",
    "kubernetesNetworkConfig",
    "logging",
    "encryptionConfig",
    "accessConfig",
    "upgradePolicy",
    "deletionProtection",
)

Item = dict[str, Any]


class Around(Struct, frozen=True):
    """What clusters are joined with: the versions of Kubernetes that EKS offers, the instances."""

    versions: list[Item] | Unknown
    instances: list[Item] | Unknown


def clusters(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    names = account.read(LIST_CLUSTERS, region)
    if isinstance(names, Unknown):
        yield account.unlisted(Cluster, names, region, CLUSTER)
        return
    if not names:
        return
    around = Around(
        versions=account.read(DESCRIBE_VERSIONS, region, includeAll=True),
        instances=then(account.read(DESCRIBE_INSTANCES, region), _instances),
    )
    yield from account.map(lambda name: _document(account, region, name, around), names)


def _document(account: Account, region: str, name: str, around: Around) -> Document:
    item: Item | Unknown = account.read(DESCRIBE_CLUSTER, region, name, name=name)
    network = then(item, lambda known: told(known, "resourcesVpcConfig"))
    version = then(item, lambda known: told(known, "version"))
    logs = then(item, lambda known: told(known, "logging"))
    return account.document(
        Cluster(
            version=version,
            version_supported=then(
                version,
                lambda known: then(around.versions, lambda all_: supported(known, all_)),
            ),
            endpoint_public=then(network, lambda known: told(known, "endpointPublicAccess")),
            endpoint_ranges=then(network, endpoint_ranges),
            secrets_encryption=then(item, lambda known: secrets_encryption(account, region, known)),
            audit_log=Logging.unread(logs)
            if isinstance(logs, Unknown)
            else _audit_log(account, region, name, logs),
            # Who may do what is up to Kubernetes' own roles in every cluster (EKS user guide,
            # "Learn how access control works in Amazon EKS").
            rbac=True,
            network_policy=_NOT_TOLD,
            node_zones=then(around.instances, lambda found: node_zones(name, found)),
            # The images of nodes are the account's choice; the service has no such setting.
            nodes_hardened=None,
        ),
        id=account.arn("eks", region, f"cluster/{name}"),
        region=region,
        name=name,
        tags=then(item, lambda known: dict(known.get("tags") or {})),
        native_type=CLUSTER,
        native={}
        if isinstance(item, Unknown)
        else {key: item[key] for key in _KEPT if key in item},
    )


def _instances(reservations: list[Item]) -> list[Item]:
    return [item for reservation in reservations for item in reservation["Instances"]]


def supported(version: str, known: list[Item]) -> Known:
    """Whether EKS supports a version of Kubernetes, in its extended support too. One that is older
    than every listed one is supported no longer."""
    for one in known:
        if one["clusterVersion"] == version:
            state = one.get("versionStatus") or one.get("status") or ""
            return _SUPPORT.get(state.upper().replace("-", "_"), _NO_STATE)
    numbers = [number for one in known if (number := number_of(one["clusterVersion"]))]
    number = number_of(version)
    if number and numbers and number < min(numbers):
        return False
    return Unknown(f"EKS does not tell whether it supports version {version}")


_NO_STATE = Unknown("EKS does not tell whether it supports the version")
_SUPPORT: dict[str, Known] = {
    "STANDARD_SUPPORT": True,
    "EXTENDED_SUPPORT": True,
    "UNSUPPORTED": False,
}


def endpoint_ranges(network: Item) -> list[str] | Unknown:
    """The ranges that may reach the public endpoint; none where there is no such endpoint."""
    if network.get("endpointPublicAccess") is False:
        return []
    ranges: list[str] | Unknown = told(network, "publicAccessCidrs")
    return ranges


def secrets_encryption(account: Account, region: str, item: Item) -> Encryption | Unknown:
    """Encryption of Kubernetes' secrets in its database: with a key that the cluster names, else
    with one of AWS from version 1.28 on."""
    for one in item.get("encryptionConfig") or []:
        if "secrets" in one.get("resources", []):
            return at_rest(account, region, True, told(one.get("provider", {}), "keyArn"))
    always = encrypts_all(str(item.get("version", "")))
    return then(always, lambda on: at_rest(account, region, True, None) if on else OFF)


def _audit_log(account: Account, region: str, name: str, logs: Item) -> Logging:
    """The audit log of the API server, in the log group of the cluster (EKS user guide, "Send
    control plane logs to CloudWatch Logs")."""
    if not has_audit(logs):
        return Logging.off()
    return to_log_group(account, region, f"/aws/eks/{name}/cluster")


def has_audit(logs: Item) -> bool:
    """Whether the audit log is among the logs that are on."""
    return any(
        one.get("enabled") and "audit" in one.get("types", [])
        for one in logs.get("clusterLogging", [])
    )


def node_zones(name: str, instances: list[Item]) -> list[str]:
    """The zones of the instances that are nodes of a cluster and run. Pods on Fargate have none."""
    return sorted(
        {
            item["Placement"]["AvailabilityZone"]
            for item in instances
            if item["State"]["Name"] not in _GONE and _is_node(name, item.get("Tags", []))
        }
    )


def _is_node(name: str, tags: list[dict[str, str]]) -> bool:
    return any(
        tag["Key"] == f"kubernetes.io/cluster/{name}"
        or (tag["Key"] in _NODE_TAGS and tag["Value"] == name)
        for tag in tags
    )


SERVICE = Service(
    name="EKS",
    types=((Cluster, CLUSTER),),
    calls=(
        LIST_CLUSTERS,
        DESCRIBE_CLUSTER,
        DESCRIBE_VERSIONS,
        DESCRIBE_INSTANCES,
        DESCRIBE_KEY,
        *GROUP_CALLS,
    ),
    region=clusters,
)
