"""Managed Streaming for Apache Kafka: provisioned and serverless clusters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kafka_facts import PUBLIC_PORTS, joined, tls
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import Known, every, some
from collectors.aws.message_policy import policy_exposure
from collectors.aws.policy_document import PolicyText, grants
from collectors.aws.public_nodes import nodes_reached
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption

CLUSTER = "AWS::MSK::Cluster"
SERVERLESS_CLUSTER = "AWS::MSK::ServerlessCluster"
LIST_CLUSTERS = Call(
    provider="aws",
    service="kafka",
    operation="ListClustersV2",
    permission="kafka:ListClustersV2",
    scope="region",
    result="ClusterInfoList",
    paged=True,
)
GET_POLICY = Call(
    provider="aws",
    service="kafka",
    operation="GetClusterPolicy",
    permission="kafka:GetClusterPolicy",
    scope="resource",
    result="Policy",
    absent=("NotFoundException",),
)

_ACCESS_NOT_TOLD = Unknown("MSK does not tell whether the brokers have public addresses")

Item = dict[str, Any]


def clusters(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.read(LIST_CLUSTERS, region)
    if isinstance(found, Unknown):
        for kind in (CLUSTER, SERVERLESS_CLUSTER):
            yield account.unlisted(Topic, found, region, kind)
        return
    if not found:
        return
    ground = read_ground(account, region)
    yield from account.map(lambda item: _document(account, region, item, ground), found)


def _document(account: Account, region: str, item: Item, ground: Ground) -> Document:
    arn, name = item["ClusterArn"], item["ClusterName"]
    serverless = item["ClusterType"] == "SERVERLESS"
    policy: PolicyText | Unknown = account.read(GET_POLICY, region, name, ClusterArn=arn)
    return account.document(
        Topic(
            encryption=encryption(account, region, item),
            policy=then(policy or None, grants),
            tls=tls(item),
            exposure=joined(is_public(item, ground), policy_exposure(policy or None)),
        ),
        id=arn,
        region=region,
        name=name,
        tags=item.get("Tags") or {},
        native_type=SERVERLESS_CLUSTER if serverless else CLUSTER,
        native=_native(item),
    )


def encryption(account: Account, region: str, item: Item) -> Encryption:
    """Data are always encrypted at rest: in provisioned clusters with a key of KMS (MSK developer
    guide, "Amazon MSK encryption at rest"), in serverless ones with one of the service."""
    if item["ClusterType"] == "SERVERLESS":
        return at_rest(account, region, True, None)
    disks = item["Provisioned"].get("EncryptionInfo", {}).get("EncryptionAtRest", {})
    return at_rest(account, region, True, disks.get("DataVolumeKMSKeyId") or KEY_NOT_TOLD)


def is_public(item: Item, ground: Ground) -> Known:
    """Whether the internet reaches a broker: at the public address that it was given, or at an IPv6
    address, which is a public one wherever a route leads in. Serverless clusters have private
    addresses only, in IPv4 alone or in both versions too."""
    if item["ClusterType"] == "SERVERLESS":
        configs = item["Serverless"]["VpcConfigs"]
        network = item["Serverless"].get("ConnectivityInfo", {}).get("NetworkType")
        return some(
            _is_open(ground, one["SubnetIds"], one.get("SecurityGroupIds") or [], 6)
            for one in configs
            if network == "DUAL"
        )
    nodes = item["Provisioned"]["BrokerNodeGroupInfo"]
    connectivity = nodes.get("ConnectivityInfo", {})
    access = connectivity.get("PublicAccess", {}).get("Type")
    given: Known = _ACCESS_NOT_TOLD if access is None else access != "DISABLED"
    subnets, groups = nodes["ClientSubnets"], nodes.get("SecurityGroups") or []
    ways: list[Known] = [every([given, _is_open(ground, subnets, groups, 4)])]
    if connectivity.get("NetworkType") == "DUAL":
        ways.append(_is_open(ground, subnets, groups, 6))
    return some(ways)


def _is_open(ground: Ground, subnets: list[str], groups: list[str], version: int) -> Known:
    return nodes_reached(
        ground, subnets, groups, version, PUBLIC_PORTS if version == 4 else (None,)
    )


def _native(item: Item) -> dict[str, Any]:
    kept = ("ClusterArn", "ClusterType", "CreationTime", "State", "Serverless")
    details = item.get("Provisioned", {})
    parts = ("BrokerNodeGroupInfo", "ClientAuthentication", "EncryptionInfo", "LoggingInfo")
    return {key: item[key] for key in kept if key in item} | {
        key: details[key] for key in parts if key in details
    }


SERVICE = Service(
    name="Managed Streaming for Apache Kafka",
    types=((Topic, CLUSTER), (Topic, SERVERLESS_CLUSTER)),
    calls=(LIST_CLUSTERS, GET_POLICY, DESCRIBE_KEY, *REACHABILITY_CALLS),
    region=clusters,
)
