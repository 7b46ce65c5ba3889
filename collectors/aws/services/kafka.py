"""Managed Streaming for Apache Kafka: provisioned and serverless clusters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.aws.account import Account, Service
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import Known, every, some
from collectors.aws.message_policy import policy_exposure
from collectors.aws.policy_document import PolicyText, grants
from collectors.aws.reachability import (
    OPEN_BY,
    REACHABILITY_CALLS,
    Ground,
    firewall_open,
    lets_in,
    read_ground,
)
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls

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

# At their public addresses brokers answer at these ports alone: mutual TLS, SCRAM and IAM (MSK
# developer guide, "Port information").
PUBLIC_PORTS = (9194, 9196, 9198)
_TO_CLIENTS = "EncryptionInTransit"
_TLS_NOT_TOLD = Unknown("MSK does not tell how clients and brokers talk")
_ACCESS_NOT_TOLD = Unknown("MSK does not tell whether the brokers have public addresses")

Item = dict[str, Any]
Minimum = Literal["none", "1.2"]


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


def tls(item: Item) -> Tls:
    """TLS between clients and brokers, from 1.2 on (MSK developer guide, "Amazon MSK encryption in
    transit"). Serverless clusters speak nothing else."""
    if item["ClusterType"] == "SERVERLESS":
        return Tls(minimum="1.2", required=True, policy=None)
    spoken = item["Provisioned"].get("EncryptionInfo", {}).get(_TO_CLIENTS, {}).get("ClientBroker")
    required: dict[str | None, bool] = {"TLS": True, "TLS_PLAINTEXT": False, "PLAINTEXT": False}
    minimum: Minimum = "none" if spoken == "PLAINTEXT" else "1.2"
    known = spoken in required
    return Tls(
        minimum=minimum if known else _TLS_NOT_TOLD,
        required=required.get(spoken, _TLS_NOT_TOLD),
        policy=None,
    )


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


def joined(by_address: Known, by_policy: Exposure) -> Exposure:
    """The exposure by address and by policy. A policy lets other accounts connect their networks;
    what it says to anyone opens the cluster to everybody with an account."""
    public = some([by_address, by_policy.public])
    if isinstance(public, Unknown):
        return Exposure(public=public, via=public)
    via = [OPEN_BY] if by_address is True else []
    return Exposure(public=public, via=[*via, *(["policy"] if by_policy.public is True else [])])


def _is_open(ground: Ground, subnets: list[str], groups: list[str], version: int) -> Known:
    way = some(_lets_in(ground, subnet, version) for subnet in subnets)
    ports: tuple[int | None, ...] = PUBLIC_PORTS if version == 4 else (None,)
    return every([way, some(firewall_open(ground, groups, version, port) for port in ports)])


def _lets_in(ground: Ground, subnet: str, version: int) -> Known:
    if isinstance(ground.subnets, Unknown):
        return ground.subnets
    if subnet not in ground.subnets:
        return Unknown(f"the subnet {subnet} is not visible to this account")
    return lets_in(ground, subnet, ground.subnets[subnet]["VpcId"], version)


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
