"""Instances of Redis, Tair and Memcache (ApsaraDB r-kvstore)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.aliyun import redis_calls as calls
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure, with_templates
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    NO_ENCRYPTION,
    SUPPORT_NOT_TOLD,
    UPGRADE_NOT_TOLD,
    Item,
    audit_log,
    days,
    deletion_protection,
    encrypted_with,
    first,
    has_address,
    kept_of,
    no_tls,
    not_known,
    replicas_at,
    spans_zones,
    subnet_routes,
    switch,
    tls,
    told,
)
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.redis_facts import PLAINTEXT_BESIDE_TLS, engine_of
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Logging, Replica, Tls

NATIVE = "ACS::Redis::DBInstance"
_KEPT = (
    "InstanceId", "InstanceClass", "InstanceType", "EditionType", "EngineVersion", "ChargeType",
    "ArchitectureType", "NetworkType", "VpcId", "VSwitchId", "ZoneId", "SecondaryZoneId",
    "GlobalInstanceId", "InstanceStatus", "CreateTime",
)  # fmt: skip
# DescribeInstanceAttribute: VpcAuthMode. "Close" lets every machine of the VPC in without one.
_ASKS_FOR_PASSWORD = {"open": True, "notsupport": True, "close": False}


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(calls.DESCRIBE_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    yield from account.map(lambda item: _instance(account, region, item), found)


def _instance(account: Account, region: str, item: Item) -> Document:
    identity = item["InstanceId"]
    ask = {"InstanceId": identity}
    attribute = first(account.read(calls.DESCRIBE_ATTRIBUTE, region, identity, **ask))
    groups = account.read(calls.DESCRIBE_ALLOW_LIST, region, identity, **ask)
    templates = account.read(calls.DESCRIBE_TEMPLATES, region, identity, DBClusterId=identity)
    ranges = with_templates(
        then(groups, lambda found: allow_list(one.get("SecurityIpList") for one in found)),
        templates,
        "GIpList",
    )
    addresses = account.read(calls.DESCRIBE_NET_INFO, region, identity, **ask)
    security_groups = account.read(calls.DESCRIBE_SECURITY_GROUPS, region, identity, **ask)
    facts = Database(
        engine=then(told(item, "InstanceType"), engine_of),
        engine_version=told(item, "EngineVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind=then(told(item, "NetworkType"), _network),
        exposure=endpoint_exposure(has_address(addresses, "IPType", "public"), ranges),
        allow_list=ranges,
        private_endpoint=has_address(addresses, "IPType", "private"),
        authentication=then(attribute, _asks_for_password),
        tls=_tls(account.read(calls.DESCRIBE_SSL, region, identity, **ask)),
        encryption=_encryption(account, region, identity, attribute),
        audit_log=_audit(account, region, identity),
        alarms=alarms_on(account, "acs_kvstore", identity),
        backup=_backup(account.read(calls.DESCRIBE_BACKUP_POLICY, region, identity, **ask)),
        # Without a second zone every node stands in the first ("DescribeInstances").
        multi_zone=spans_zones(str(item.get("ZoneId") or ""), [item.get("SecondaryZoneId")]),
        replicas=_replicas(account, region, item),
        guard_instance=None,
        deletion_protection=then(
            attribute,
            lambda one: deletion_protection(
                item.get("ChargeType") == "PrePaid", switch(one, "InstanceReleaseProtection")
            ),
        ),
        auto_minor_upgrade=UPGRADE_NOT_TOLD,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(account, region, item.get("VSwitchId")),
        firewall_ids=then(
            security_groups or [], lambda found: [one["SecurityGroupId"] for one in found]
        ),
    )
    return account.document(
        facts,
        id=account.arn("kvstore", region, f"instance/{identity}"),
        region=region,
        name=item.get("InstanceName") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _network(kind: str) -> Any:
    return cast("Any", "vpc" if kind.lower() == "vpc" else "classic")


def _asks_for_password(attribute: Item) -> bool | Unknown:
    mode = told(attribute, "VpcAuthMode")
    unknown = not_known("VpcAuthMode", mode)
    return then(mode, lambda text: _ASKS_FOR_PASSWORD.get(str(text).lower(), unknown))


def _tls(ssl: Item | Unknown | None) -> Tls:
    return no_tls() if ssl is None else tls(switch(ssl, "SSLEnabled"), PLAINTEXT_BESIDE_TLS)


def _encryption(
    account: Account, region: str, identity: str, attribute: Item | Unknown
) -> Encryption:
    """Transparent data encryption, which some editions have."""
    possible = switch(attribute, "IsSupportTDE")
    if possible is False:
        return NO_ENCRYPTION
    on = switch(
        account.read(calls.DESCRIBE_TDE, region, identity, InstanceId=identity), "TDEStatus"
    )
    if on is False:
        return NO_ENCRYPTION
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    key = account.read(calls.DESCRIBE_KEY_IN_USE, region, identity, InstanceId=identity)
    if isinstance(key, Unknown):
        return Encryption(enabled=True, key_manager=key, key_id=key, algorithm=key)
    algorithm = then(told(key, "EncryptionName"), str.lower)
    return encrypted_with(account, region, key.get("EncryptionKey"), algorithm=algorithm)


def _audit(account: Account, region: str, identity: str) -> Logging:
    config = account.read(calls.DESCRIBE_AUDIT, region, identity, InstanceId=identity)
    on = switch(config, "DbAudit")
    kept = days(told(config, "Retention")) if on is True else 0
    return audit_log(account, region, on, kept, "audit-log")


def _backup(policy: Item | Unknown) -> Backup:
    """Backups on chosen days of the week; `EnableBackupLog` is the flashback to any second."""
    period = then(policy, lambda one: told(one, "PreferredBackupPeriod"))
    return Backup(
        enabled=then(period, bool),
        retention_days=then(then(policy, lambda one: told(one, "BackupRetentionPeriod")), days),
        point_in_time=switch(policy, "EnableBackupLog"),
        copies=[],
    )


def _replicas(account: Account, region: str, item: Item) -> list[Replica] | Unknown:
    """The other instances of a global distributed cache, in their regions."""
    group = item.get("GlobalInstanceId")
    if not group:
        return []
    found = account.listed(calls.DESCRIBE_GLOBAL_INSTANCE, region, group, GlobalInstanceId=group)
    if isinstance(found, Unknown):
        return found
    members = [member for one in found for member in one.get("SubInstances") or []]
    others = [one for one in members if one.get("InstanceID") != item["InstanceId"]]
    return replicas_at(account, [told(one, "RegionId") for one in others])


SERVICE = Service(
    name="Redis and Tair instances",
    types=((Database, NATIVE),),
    calls=(*calls.CALLS, *ROUTE_CALLS, *ALARM_CALLS, DESCRIBE_KEY),
    region=databases,
)
