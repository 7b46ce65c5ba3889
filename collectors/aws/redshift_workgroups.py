"""Serverless warehouses of Redshift: a workgroup computes, and its namespace keeps the data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.backup_selections import Plan, Thing, read_backup_plans
from collectors.aws.cache_places import vpc_of
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.log_delivery import to_log_group
from collectors.aws.logic import told
from collectors.aws.plan_backup import backup_by_plans
from collectors.aws.rds_joins import subnet_routes
from collectors.aws.rds_settings import Parameters
from collectors.aws.reachability import Ground, read_ground
from collectors.aws.redshift_facts import switch
from collectors.aws.resource_alarms import Alarms, Dimension, read_alarms, watching
from collectors.aws.workgroup_facts import backup, parameters_of, workgroup_exposure
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Tls

WORKGROUP = "AWS::RedshiftServerless::Workgroup"
NAMESPACE = "AWS::RedshiftServerless::Namespace"
_KEPT = (
    "workgroupArn",
    "namespaceArn",
    "namespaceName",
    "status",
    "creationDate",
    "workgroupVersion",
    "patchVersion",
    "publiclyAccessible",
    "enhancedVpcRouting",
    "ipAddressType",
    "subnetIds",
    "securityGroupIds",
    "kmsKeyId",
    "logExports",
)


def serverless_call(
    operation: str, result: str, scope: Scope = "region", *, paged: bool = True
) -> Call:
    """A call of Redshift Serverless."""
    return Call(
        provider="aws",
        service="redshift-serverless",
        operation=operation,
        permission=f"redshift-serverless:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_WORKGROUPS = serverless_call("ListWorkgroups", "workgroups")
LIST_NAMESPACES = serverless_call("ListNamespaces", "namespaces")
LIST_COPIES = serverless_call("ListSnapshotCopyConfigurations", "snapshotCopyConfigurations")
LIST_TAGS = serverless_call("ListTagsForResource", "tags", "resource", paged=False)
CALLS = (LIST_WORKGROUPS, LIST_NAMESPACES, LIST_COPIES, LIST_TAGS)

_BY_SERVICE = "AWS_OWNED_KMS_KEY"
_HIDDEN = Unknown("the namespace of the workgroup is not listed")
_MINIMUM = Unknown("the lowest TLS version of Redshift is not told")
_UPGRADES = Unknown("a serverless warehouse has no setting for updates of its engine")
_ZONES = Unknown("in how many zones a serverless warehouse computes is not told")
_NOTHING_RUNS = Unknown("a namespace without a workgroup answers nobody")

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the warehouses of a region are joined with."""

    ground: Ground
    namespaces: list[Item] | Unknown
    copies: list[Item] | Unknown
    plans: list[Plan] | Unknown
    alarms: Alarms | Unknown


def workgroups(account: Account, region: str) -> Iterable[Document]:
    """A document for each workgroup, and for each namespace that has none."""
    groups = account.read(LIST_WORKGROUPS, region)
    namespaces = account.read(LIST_NAMESPACES, region)
    for found, kind in ((groups, WORKGROUP), (namespaces, NAMESPACE)):
        if isinstance(found, Unknown):
            yield account.unlisted(Database, found, region, kind)
    known: list[Item] = [] if isinstance(groups, Unknown) else groups
    served = {group.get("namespaceName") for group in known}
    # Where the workgroups are not listed, nobody knows which namespaces have one.
    alone: list[Item] = []
    if not isinstance(groups, Unknown) and not isinstance(namespaces, Unknown):
        alone = [one for one in namespaces if one["namespaceName"] not in served]
    if not known and not alone:
        return
    around = _Around(
        ground=read_ground(account, region),
        namespaces=namespaces,
        copies=account.read(LIST_COPIES, region),
        plans=read_backup_plans(account, region),
        alarms=read_alarms(account, region),
    )
    yield from account.map(lambda item: _workgroup(account, region, item, around), known)
    yield from account.map(lambda item: _namespace(account, region, item, around), alone)


def _workgroup(account: Account, region: str, item: Item, around: _Around) -> Document:
    name = item.get("namespaceName", "")
    namespace = then(around.namespaces, lambda found: _named(found, name))
    parameters = parameters_of(item)
    subnets, groups = item.get("subnetIds") or [], item.get("securityGroupIds") or []
    vpc_id = vpc_of(subnets, around.ground)
    places: list[Dimension] = [("Workgroup", item["workgroupName"]), ("Namespace", name)]
    facts = _facts(account, region, namespace, around)
    facts.engine_version = told(item, "workgroupVersion")
    facts.network_kind = "vpc"
    facts.exposure = workgroup_exposure(item, vpc_id, around.ground)
    facts.private_endpoint = True
    facts.tls = Tls(minimum=_MINIMUM, required=switch(parameters, "require_ssl"), policy=None)
    facts.audit_log = audit_log(account, region, namespace, parameters)
    facts.alarms = watching(around.alarms, places, ("AWS/Redshift-Serverless",))
    facts.subnet_routes_to_internet = then(
        vpc_id, lambda known: subnet_routes(subnets, known, around.ground)
    )
    facts.firewall_ids = groups
    return _document(account, region, facts, item, item["workgroupArn"], item["workgroupName"])


def _namespace(account: Account, region: str, item: Item, around: _Around) -> Document:
    """A namespace without a workgroup: nothing answers on the network, the data is still there."""
    facts = _facts(account, region, item, around)
    facts.engine_version = _NOTHING_RUNS
    facts.network_kind = "vpc"
    facts.exposure = Exposure(public=False, via=[])
    facts.private_endpoint = True
    facts.tls = Tls(minimum=_NOTHING_RUNS, required=_NOTHING_RUNS, policy=None)
    facts.audit_log = Logging.unread(_NOTHING_RUNS)
    facts.alarms = _NOTHING_RUNS
    facts.subnet_routes_to_internet = None
    facts.firewall_ids = []
    return _document(account, region, facts, item, item["namespaceArn"], item["namespaceName"])


def _facts(account: Account, region: str, namespace: Item | Unknown, around: _Around) -> Database:
    """What the namespace decides, and what is so for every serverless warehouse."""
    return Database(
        engine="redshift",
        version_supported=None,
        allow_list=[],
        # Databases ask for a password or a token of IAM (management guide).
        authentication=True,
        encryption=then(
            namespace, lambda known: encryption_by(account, region, known.get("kmsKeyId"))
        ),
        backup=then(namespace, lambda known: _backup(account, region, known, around)),
        multi_zone=_ZONES,
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=_UPGRADES,
        tenancy="shared",
    )


def _named(namespaces: list[Item], name: str) -> Item | Unknown:
    return next((one for one in namespaces if one["namespaceName"] == name), _HIDDEN)


def encryption_by(account: Account, region: str, key: str | None) -> Encryption:
    """Namespaces and their snapshots are always encrypted: by a key of the service, for which a
    word stands, or by one of KMS."""
    return at_rest(account, region, True, None if key == _BY_SERVICE else key or KEY_NOT_TOLD)


def audit_log(
    account: Account, region: str, namespace: Item | Unknown, parameters: Parameters
) -> Logging:
    """The log of what users do, where the namespace exports it and the workgroup writes it
    (management guide, "Audit logging for Amazon Redshift Serverless")."""
    if isinstance(namespace, Unknown):
        return Logging.unread(namespace)
    if "useractivitylog" not in (namespace.get("logExports") or []):
        return Logging.off()
    writes = switch(parameters, "enable_user_activity_logging")
    if isinstance(writes, Unknown):
        return Logging.unread(writes)
    group = f"/aws/redshift/{namespace['namespaceName']}/useractivitylog"
    return to_log_group(account, region, group) if writes else Logging.off()


def _backup(account: Account, region: str, namespace: Item, around: _Around) -> Backup:
    arn = namespace["namespaceArn"]
    tags = tags_by(account, region, arn)
    planned = then(
        tags,
        lambda known: backup_by_plans(around.plans, Thing("Redshift Serverless", arn, known)),
    )
    if isinstance(planned, Unknown):
        planned = Backup(enabled=planned, retention_days=planned, copies=planned)
    return backup(namespace["namespaceName"], around.copies, planned, account.id)


def tags_by(account: Account, region: str, arn: str) -> dict[str, str] | Unknown:
    """The tags of something of Redshift Serverless."""
    found = account.read(LIST_TAGS, region, arn, resourceArn=arn)
    return then(found, lambda tags: {one["key"]: one["value"] for one in tags})


def _document(
    account: Account, region: str, facts: Database, item: Item, arn: str, name: str
) -> Document:
    return account.document(
        facts,
        id=arn,
        region=region,
        name=name,
        tags=tags_by(account, region, arn),
        native_type=WORKGROUP if "workgroupArn" in item else NAMESPACE,
        native={key: item[key] for key in _KEPT if key in item},
    )
