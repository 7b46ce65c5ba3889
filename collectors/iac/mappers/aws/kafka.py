"""aws_msk_cluster and aws_msk_serverless_cluster with their policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.kafka_facts import PUBLIC_PORTS, tls
from collectors.aws.kafka_facts import joined as both_ways
from collectors.aws.logic import Known, every, some
from collectors.document import Document, Unknown, also, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import DEFAULT_GROUP, routes
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.reach import groups_open
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import items, joined, name_of

CLUSTER, SERVERLESS = "aws_msk_cluster", "aws_msk_serverless_cluster"
POLICY = "aws_msk_cluster_policy"

_SEVERAL = Unknown("several policies set this cluster: the last one applied holds")
_BROKERS = Unknown("the template does not write whether brokers accept plaintext beside TLS")

Values = dict[str, Any]


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster of either kind."""
    written = _policy(block, project)
    found: Any = None if written is None else written
    public: Any = then(found, lambda known: bool(known) and is_open(project, known))
    by_policy = Exposure(public=public, via=then(public, lambda yes: ["policy"] if yes else []))
    facts = Topic(
        encryption=_encryption(block, project),
        policy=then(found, lambda known: policy.grants(project, block, known) if known else []),
        tls=_tls(block),
        exposure=both_ways(_is_public(block, project), by_policy),
    )
    yield aws_document(block, project, facts, name=name_of(block, "cluster_name"))


def _policy(block: Block, project: Project) -> policy.Written | Unknown | None:
    found = joined(project, block, "cluster_arn", POLICY)
    if len(found.blocks) > 1:
        return _SEVERAL
    if not found.blocks:
        return found.doubt
    return policy.read_policy(project, found.blocks[0].get("policy"))


def _option(values: Values | Unknown, *names: str) -> Values | Unknown:
    """Nested blocks within each other; empty where one is not written."""
    for name in names:
        if isinstance(values, Unknown):
            return values
        found = nested(values, name)
        values = found if isinstance(found, Unknown) else found[0] if found else {}
    return values


def _encryption(block: Block, project: Project) -> Encryption:
    """Always: with a key of AWS unless one is named (API reference, EncryptionAtRest)."""
    settings = _option(block.values, "encryption_info")
    if isinstance(settings, Unknown):
        return Encryption(enabled=True, key_manager=settings, key_id=settings, algorithm="AES-256")
    return at_rest(project, True, settings.get("encryption_at_rest_kms_key_arn"))


def _tls(block: Block) -> Tls:
    """As the template says. What holds where it says nothing is told in two ways: plaintext beside
    TLS (API reference, EncryptionInTransit), or TLS alone (template reference)."""
    if block.type == SERVERLESS:
        return tls({"ClusterType": "SERVERLESS"})
    settings = _option(block.values, "encryption_info", "encryption_in_transit")
    spoken = then(settings, lambda found: read(found, "client_broker", str, _BROKERS))
    if isinstance(spoken, Unknown):
        return Tls(minimum=spoken, required=spoken, policy=None)
    told = {"EncryptionInTransit": {"ClientBroker": spoken}}
    return tls({"ClusterType": "PROVISIONED", "Provisioned": {"EncryptionInfo": told}})


def _is_public(block: Block, project: Project) -> Known:
    """As collectors.aws.services.kafka says. Public access is off, and addresses are of IPv4 alone,
    unless told otherwise."""
    if block.type == SERVERLESS:
        return False
    nodes = _option(block.values, "broker_node_group_info")
    connectivity = _option(nodes, "connectivity_info")
    access = then(
        _option(connectivity, "public_access"),
        lambda found: read(found, "type", str, "DISABLED"),
    )
    network = then(connectivity, lambda found: read(found, "network_type", str, "IPV4"))
    asked = then(access, lambda word: word != "DISABLED")
    dual = then(network, lambda word: word == "DUAL")
    if isinstance(nodes, Unknown):
        return also(nodes, asked, dual) or nodes
    way = routes(project, items(nodes, "client_subnets"))
    groups = items(nodes, "security_groups") or DEFAULT_GROUP
    at_ports = some(groups_open(project, groups, port) for port in PUBLIC_PORTS)
    return some(
        [
            every([asked, way, at_ports]),
            every([dual, way, groups_open(project, groups)]),
        ]
    )


MAPPINGS = [
    Mapping(
        types=(CLUSTER, SERVERLESS),
        facts=Topic,
        map=map_cluster,
        joined=(POLICY, DOCUMENT, *SUBNETS, *KEYS, *KEY_DATA),
    )
]

PART_OF = {
    "aws_msk_cluster_policy": PartOf("aws_msk_cluster", ("cluster_arn",)),
}
