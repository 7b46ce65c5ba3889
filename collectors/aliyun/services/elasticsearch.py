"""Instances of Alibaba Cloud Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun import elasticsearch_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    NOT_DESCRIBED,
    RETENTION_NOT_TOLD,
    SUPPORT_NOT_TOLD,
    UPGRADE_NOT_TOLD,
    Item,
    audit_log,
    database_call,
    kept_of,
    subnet_routes,
    told,
)
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database

LIST_INSTANCES = database_call("elasticsearch", "ListInstance", "Result", "region", paged=True)
DESCRIBE_INSTANCE = database_call("elasticsearch", "DescribeInstance", "Result")
DESCRIBE_SNAPSHOTS = database_call("elasticsearch", "DescribeSnapshotSetting", "Result")

NATIVE = "ACS::Elasticsearch::Instance"
_KEPT = (
    "instanceId", "esVersion", "status", "paymentType", "nodeAmount", "archType", "createdAt",
    "zoneCount", "resourceGroupId",
)  # fmt: skip


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    yield from account.map(lambda item: _instance(account, region, item), found)


def _instance(account: Account, region: str, item: Item) -> Document:
    identity = item["instanceId"]
    whole = account.read(DESCRIBE_INSTANCE, region, identity, InstanceId=identity) or NOT_DESCRIBED
    snapshots = account.read(DESCRIBE_SNAPSHOTS, region, identity, InstanceId=identity)
    facts = Database(
        engine="elasticsearch",
        engine_version=told(item, "esVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        # "networkConfig.type": only VPCs are supported.
        network_kind="vpc",
        exposure=then(whole, elasticsearch_facts.exposure),
        allow_list=then(whole, elasticsearch_facts.ranges),
        private_endpoint=True,
        authentication=then(whole, elasticsearch_facts.authentication),
        tls=then(whole, elasticsearch_facts.tls),
        encryption=then(whole, elasticsearch_facts.encryption),
        audit_log=audit_log(
            account,
            region,
            then(whole, elasticsearch_facts.audits),
            RETENTION_NOT_TOLD,
            "audit-log",
        ),
        alarms=alarms_on(account, "acs_elasticsearch", identity),
        backup=elasticsearch_facts.backup(snapshots or NOT_DESCRIBED),
        multi_zone=then(whole, elasticsearch_facts.multi_zone),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=UPGRADE_NOT_TOLD,
        tenancy="shared",
        subnet_routes_to_internet=then(
            whole,
            lambda one: subnet_routes(account, region, elasticsearch_facts.vswitch_of(one)),
        ),
        # Access is up to allow-lists alone.
        firewall_ids=[],
    )
    return account.document(
        facts,
        id=account.arn("elasticsearch", region, f"instances/{identity}"),
        region=region,
        name=item.get("description") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("tags")),
        native=kept_of(item, _KEPT),
    )


SERVICE = Service(
    name="Elasticsearch instances",
    types=((Database, NATIVE),),
    calls=(LIST_INSTANCES, DESCRIBE_INSTANCE, DESCRIBE_SNAPSHOTS, *ROUTE_CALLS, *ALARM_CALLS),
    region=databases,
)
