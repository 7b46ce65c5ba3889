"""Kubernetes clusters over real HTTP, and the versions that EKS really lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services.eks import (
    clusters,
    endpoint_ranges,
    has_audit,
    node_zones,
    secrets_encryption,
    supported,
)
from collectors.document import Document, Unknown
from collectors.facts.shared import Encryption
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.test_recorded import recorded
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
LISTED = recorded("eks_cluster_versions.json")["clusterVersions"]


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def key(client: Client) -> str:
    """A cluster with a key, an audit log and one node; gives the key."""
    arn: str = client("kms", REGION).create_key()["KeyMetadata"]["Arn"]
    ec2, logs = client("ec2", REGION), client("logs", REGION)
    logs.create_log_group(logGroupName="/aws/eks/bank/cluster")
    logs.put_retention_policy(logGroupName="/aws/eks/bank/cluster", retentionInDays=365)
    subnets = [item["SubnetId"] for item in ec2.describe_subnets()["Subnets"]][:2]
    client("eks", REGION).create_cluster(
        name="bank",
        version="1.34",
        roleArn=f"arn:aws-cn:iam::{ACCOUNT_ID}:role/eks",
        resourcesVpcConfig={
            "subnetIds": subnets,
            "endpointPublicAccess": True,
            "publicAccessCidrs": ["203.0.113.0/24"],
        },
        encryptionConfig=[{"resources": ["secrets"], "provider": {"keyArn": arn}}],
        logging={"clusterLogging": [{"types": ["api", "audit"], "enabled": True}]},
        tags={"system": "bank"},
    )
    tags = [{"Key": "kubernetes.io/cluster/bank", "Value": "owned"}]
    ec2.run_instances(
        ImageId=ec2.describe_images()["Images"][0]["ImageId"],
        MinCount=1,
        MaxCount=1,
        SubnetId=subnets[0],
        TagSpecifications=[{"ResourceType": "instance", "Tags": tags}],
    )
    return arn


@pytest.fixture
def collected(key: str, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document, after the denials that the test wants."""

    def collect(*denied: str) -> Document:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        (found,) = clusters(open_account(proxy.url, REGION), REGION)
        return found

    return collect


NOT_TOLD = "EKS does not tell whether something in the cluster enforces network policies"


def test_a_cluster(collected: Any, key: str) -> None:
    found = collected()
    assert (found.id, found.tags, found.unknown) == (
        f"arn:aws-cn:eks:{REGION}:{ACCOUNT_ID}:cluster/bank",
        {"system": "bank"},
        {"network_policy": NOT_TOLD},
    )
    group = f"arn:aws-cn:logs:{REGION}:{ACCOUNT_ID}:log-group:/aws/eks/bank/cluster"
    assert found.facts == {
        "version": "1.34",
        "version_supported": True,
        "endpoint_public": True,
        "endpoint_ranges": ["203.0.113.0/24"],
        "secrets_encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": key,
            "algorithm": "AES-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": group,
            "destination_account": ACCOUNT_ID,
            "destination_region": REGION,
            "retention_days": 365,
        },
        "rbac": True,
        "node_zones": [f"{REGION}a"],
        "nodes_hardened": None,
    }


@pytest.mark.parametrize(
    ("denied", "permission", "facts"),
    [
        ("DescribeClusterVersions", "eks", {"version_supported"}),
        ("DescribeInstances", "ec2", {"node_zones"}),
        ("DescribeLogGroups", "logs", {"audit_log/retention_days"}),
        ("DescribeKey", "kms", {"secrets_encryption/key_manager"}),
        (
            "DescribeCluster",
            "eks",
            {
                "version",
                "version_supported",
                "endpoint_public",
                "endpoint_ranges",
                "secrets_encryption",
                "tags",
                "audit_log/enabled",
                "audit_log/destination",
                "audit_log/destination_account",
                "audit_log/destination_region",
                "audit_log/retention_days",
            },
        ),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Any, denied: str, permission: str, facts: set[str]
) -> None:
    reason = f"AccessDenied: {permission}:{denied}"
    found = collected(denied)
    assert found.unknown == {"network_policy": NOT_TOLD, **dict.fromkeys(facts, reason)}


def test_clusters_that_cannot_be_listed(collected: Any) -> None:
    found = collected("ListClusters")
    assert (found.unlisted, found.facts) == (True, {})


@pytest.mark.parametrize(
    ("version", "listed", "expected"),
    [
        ("1.34", LISTED, True),
        ("1.31", LISTED, True),
        ("1.10", LISTED, False),
        ("2.1", LISTED, Unknown("EKS does not tell whether it supports version 2.1")),
        ("1.34", [], Unknown("EKS does not tell whether it supports version 1.34")),
        ("1.30", [{"clusterVersion": "1.30", "status": "unsupported"}], False),
        (
            "1.30",
            [{"clusterVersion": "1.30"}],
            Unknown("EKS does not tell whether it supports the version"),
        ),
    ],
)
def test_support_of_versions(version: str, listed: list[Any], expected: object) -> None:
    assert supported(version, listed) == expected


@pytest.mark.parametrize(
    ("version", "enabled"), [("1.27", False), ("1.28", True), ("1.4", False), ("2.0", True)]
)
def test_clusters_without_a_key_of_their_own(
    fresh_moto: str, open_account: OpenAccount, version: str, enabled: bool
) -> None:
    """AWS encrypts with a key of its own since a version."""
    found = secrets_encryption(open_account(fresh_moto, REGION), REGION, {"version": version})
    assert isinstance(found, Encryption)
    assert (found.enabled, found.key_manager) == (enabled, "provider" if enabled else None)


def test_ranges_that_are_not_told_are_unknown() -> None:
    assert isinstance(endpoint_ranges({"endpointPublicAccess": True}), Unknown)
    closed = {"endpointPublicAccess": False, "publicAccessCidrs": ["0.0.0.0/0"]}
    assert endpoint_ranges(closed) == []


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        ([{"types": ["api"], "enabled": True}, {"types": ["audit"], "enabled": False}], False),
        ([{"types": ["api"], "enabled": False}, {"types": ["audit"], "enabled": True}], True),
        ([], False),
    ],
)
def test_only_the_audit_log_counts(logs: list[Any], expected: bool) -> None:
    assert has_audit({"clusterLogging": logs}) is expected


def test_nodes_are_told_by_their_tags_while_they_run() -> None:
    def node(zone: str, key: str, value: str, state: str = "running") -> dict[str, Any]:
        return {
            "Placement": {"AvailabilityZone": zone},
            "State": {"Name": state},
            "Tags": [{"Key": key, "Value": value}],
        }

    assert node_zones(
        "bank",
        [
            node("b", "eks:cluster-name", "bank"),
            node("a", "kubernetes.io/cluster/bank", "owned"),
            node("c", "eks:cluster-name", "shop"),
            node("d", "eks:cluster-name", "bank", "terminated"),
            {"Placement": {"AvailabilityZone": "e"}, "State": {"Name": "running"}},
        ],
    ) == ["a", "b"]
