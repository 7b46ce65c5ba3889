"""Image repositories and Kubernetes clusters."""

from __future__ import annotations

import json

import msgspec

from examples.company.account import CORE, MAIN_REGION, MALL, Account, Tags, allow, arn, pairs
from examples.company.keys import Keys
from examples.company.network import Networks


class Repository(msgspec.Struct, frozen=True):
    """A repository of container images."""

    name: str
    tags: Tags
    scanned: bool
    locked: bool
    key: str = ""
    public: bool = False


class Cluster(msgspec.Struct, frozen=True):
    """A Kubernetes cluster, and the log group of its control plane."""

    name: str
    tags: Tags
    version: str
    subnets: tuple[str, ...]
    ranges: tuple[str, ...] = ()
    """Who may reach its API from the internet."""
    key: str = ""
    audit_days: int = 0


REPOSITORIES = (
    Repository("core/ledger", CORE, scanned=True, locked=True, key="core-data"),
    # bad: never scanned, tags move, and everybody may pull
    Repository("mall/web", MALL, scanned=False, locked=False, public=True),
)

CLUSTERS = (
    Cluster("core", CORE, "1.34", ("core-app-a", "core-app-b"), key="core-data", audit_days=180),
    # bad: its API is open to the internet, writes no audit log, and its version has no support
    Cluster("mall", MALL, "1.27", ("mall-public-a", "mall-public-b"), ranges=("0.0.0.0/0",)),
)


def fill_containers(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production runs containers."""
    if region != MAIN_REGION:
        return
    for repository in REPOSITORIES:
        _repository(account, region, repository, keys)
    for cluster in CLUSTERS:
        _cluster(account, region, cluster, networks, keys)


def _repository(account: Account, region: str, repository: Repository, keys: Keys) -> None:
    ecr = account.client("ecr", region)
    key = {"encryptionType": "KMS", "kmsKey": keys.keys[repository.key]} if repository.key else {}
    ecr.create_repository(
        repositoryName=repository.name,
        imageTagMutability="IMMUTABLE" if repository.locked else "MUTABLE",
        imageScanningConfiguration={"scanOnPush": repository.scanned},
        encryptionConfiguration=key or {"encryptionType": "AES256"},
        tags=pairs(repository.tags),
    )
    if repository.scanned:
        ecr.put_registry_scanning_configuration(
            scanType="BASIC",
            rules=[
                {
                    "scanFrequency": "SCAN_ON_PUSH",
                    "repositoryFilters": [{"filter": repository.name, "filterType": "WILDCARD"}],
                }
            ],
        )
    if repository.public:
        # Policies of repositories name no resource.
        statement = allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Principal="*")
        del statement["Resource"]
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        ecr.set_repository_policy(repositoryName=repository.name, policyText=json.dumps(policy))
    account.made("ecr", "repository")


def _cluster(
    account: Account, region: str, cluster: Cluster, networks: Networks, keys: Keys
) -> None:
    more = {}
    if cluster.key:
        key = {"keyArn": keys.keys[cluster.key]}
        more["encryptionConfig"] = [{"resources": ["secrets"], "provider": key}]
    account.client("eks", region).create_cluster(
        name=cluster.name,
        version=cluster.version,
        roleArn=arn("iam", "role/eks-cluster"),
        resourcesVpcConfig={
            "subnetIds": [networks.subnets[name] for name in cluster.subnets],
            "endpointPublicAccess": bool(cluster.ranges),
            "endpointPrivateAccess": True,
            "publicAccessCidrs": list(cluster.ranges),
        },
        logging={"clusterLogging": [{"types": ["audit"], "enabled": bool(cluster.audit_days)}]},
        tags=dict(cluster.tags),
        **more,
    )
    account.made("eks", "cluster")
    if cluster.audit_days:
        logs = account.client("logs", region)
        group = f"/aws/eks/{cluster.name}/cluster"
        logs.create_log_group(
            logGroupName=group, tags=dict(cluster.tags), kmsKeyId=keys.keys["log-archive"]
        )
        logs.put_retention_policy(logGroupName=group, retentionInDays=cluster.audit_days)
        account.made("logs", "log-group")
