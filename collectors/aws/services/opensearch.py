"""Domains of OpenSearch Service, of OpenSearch and of Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws import search_facts
from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.log_delivery import to_log_group
from collectors.aws.logic import told
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.rds_joins import subnet_routes
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Logging

DOMAIN = "AWS::OpenSearchService::Domain"
_KEPT = (
    "DomainId",
    "DomainName",
    "EngineVersion",
    "Endpoint",
    "Endpoints",
    "ClusterConfig",
    "AccessPolicies",
    "IPAddressType",
    "VPCOptions",
    "EncryptionAtRestOptions",
    "NodeToNodeEncryptionOptions",
    "DomainEndpointOptions",
    "LogPublishingOptions",
    "SoftwareUpdateOptions",
)


def _es(operation: str, result: str, scope: Scope = "resource") -> Call:
    return Call(
        provider="aws",
        service="opensearch",
        operation=operation,
        permission=f"es:{operation}",
        scope=scope,
        result=result,
    )


LIST_DOMAINS = _es("ListDomainNames", "DomainNames", "region")
DESCRIBE_DOMAINS = _es("DescribeDomains", "DomainStatusList", "region")
LIST_TAGS = _es("ListTags", "TagList")

# The most domains that one question may name (API reference, DescribeDomains).
_AT_ONCE = 5
_REPLICATION = Unknown("replication to other domains is set inside the domain")

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the domains of a region are joined with."""

    ground: Ground
    alarms: Alarms | Unknown


def domains(account: Account, region: str) -> Iterable[Document]:
    """A document for each domain of a region."""
    listed = account.read(LIST_DOMAINS, region)
    if isinstance(listed, Unknown):
        yield account.unlisted(Database, listed, region, DOMAIN)
        return
    if not listed:
        return
    names = [one["DomainName"] for one in listed]
    around = _Around(read_ground(account, region), read_alarms(account, region))
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        found = account.read(DESCRIBE_DOMAINS, region, ", ".join(some), DomainNames=some)
        if isinstance(found, Unknown):
            yield account.unlisted(Database, found, region, DOMAIN)
            return
        yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    name, arn = item["DomainName"], item["ARN"]
    engine, version = search_facts.engine_of(item["EngineVersion"])
    place = item.get("VPCOptions") or {}
    vpc_id = place.get("VPCId") or None
    subnets, groups = place.get("SubnetIds") or [], place.get("SecurityGroupIds") or []
    ranges = None if vpc_id else search_facts.allowed_ranges(item)
    return account.document(
        Database(
            engine=engine,
            engine_version=version,
            network_kind="vpc" if vpc_id else "public",
            exposure=nodes_exposure(
                around.ground, subnets, vpc_id, groups, item.get("IPAddressType")
            )
            if vpc_id
            else search_facts.endpoint_exposure(ranges),
            allow_list=then(ranges, lambda known: known or []),
            private_endpoint=vpc_id is not None,
            authentication=search_facts.asks_who(item),
            tls=search_facts.tls(item),
            encryption=_encryption(account, region, item),
            audit_log=_audit_log(account, region, item),
            alarms=watching(around.alarms, [("DomainName", name)], ("AWS/ES",)),
            backup=search_facts.backup(item),
            multi_zone=search_facts.multi_zone(item),
            replicas=_REPLICATION,
            guard_instance=None,
            deletion_protection=None,
            auto_minor_upgrade=told(
                item.get("SoftwareUpdateOptions") or {}, "AutoSoftwareUpdateEnabled"
            ),
            tenancy="shared",
            subnet_routes_to_internet=subnet_routes(subnets, vpc_id, around.ground)
            if vpc_id
            else None,
            firewall_ids=groups,
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, ARN=arn), tags_of),
        native_type=DOMAIN,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _encryption(account: Account, region: str, item: Item) -> Encryption | Unknown:
    options = item.get("EncryptionAtRestOptions") or {}
    on: bool | Unknown = told(options, "Enabled")
    key = options.get("KmsKeyId") or KEY_NOT_TOLD
    return then(on, lambda known: at_rest(account, region, known, key))


def _audit_log(account: Account, region: str, item: Item) -> Logging:
    group = search_facts.audit_group(item)
    if group is None:
        return Logging.off()
    return to_log_group(account, region, group.partition(":log-group:")[2].removesuffix(":*"))


SERVICE = Service(
    name="OpenSearch Service",
    types=((Database, DOMAIN),),
    calls=(
        LIST_DOMAINS,
        DESCRIBE_DOMAINS,
        LIST_TAGS,
        DESCRIBE_LOG_GROUPS,
        DESCRIBE_KEY,
        *REACHABILITY_CALLS,
        *ALARM_CALLS,
    ),
    region=domains,
)
