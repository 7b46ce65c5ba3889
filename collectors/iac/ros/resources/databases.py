"""Redis, MongoDB and PolarDB. Source: ALIYUN::REDIS::*, ALIYUN::MONGODB::* and ALIYUN::POLARDB::*
of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.polardb import NETWORK
from collectors.iac.ros.additions import addition
from collectors.iac.ros.resources.shared import (
    UNWRITTEN,
    all_of,
    listed,
    on_off,
    plain,
    switch,
    truth,
)
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags

_REDIS, _POLAR = "alicloud_kvstore_instance", "alicloud_polardb_cluster"
_MONGO, _SHARDED = "alicloud_mongodb_instance", "alicloud_mongodb_sharding_instance"
_AUDIT_DAYS = 30


def redis(resource: Resource) -> Iterator[Block]:
    """A Redis or Tair instance. Its allow-list is a resource of its own."""
    names = {
        "InstanceName": "db_instance_name",
        "EngineVersion": "engine_version",
        "VSwitchId": "vswitch_id",
        "ZoneId": "zone_id",
        "SecondaryZoneId": "secondary_zone_id",
        "SSLEnabled": "ssl_enable",
        "DeletionProtection": "instance_release_protection",
    }
    values = renamed(resource.properties, names)
    values["security_group_id"] = all_of(resource.get("SecurityGroupId"))
    values["vpc_auth_mode"] = switch(resource.get("VpcPasswordFree"), "Close", "Open")
    backup = resource.get("BackupPolicy")
    values["enable_backup_log"] = _inner(backup, "EnableBackupLog")
    yield resource.block(_REDIS, values | {"tags": tags(resource.get("Tags"))})
    public = _inner(resource.get("Connections"), "PublicConnection")
    if public is not None:
        to = public if is_open(public) else resource.itself()
        link = {"instance_id": open_(to) if is_open(public) else to}
        yield resource.block("alicloud_kvstore_connection", link, part="PublicConnection")


def _inner(value: Any, name: str) -> Any:
    """A property of a mapping, which may be open as a whole."""
    return value.get(name) if isinstance(value, dict) else value


def redis_connection(resource: Resource) -> Iterator[Block]:
    """An address of an instance: a public one, or one of the private network."""
    kind = resource.get("ConnectionType")
    if is_open(kind) or kind == "Public":
        to = open_(kind) or resource.get("InstanceId")
        yield resource.block("alicloud_kvstore_connection", {"instance_id": to})


def redis_audit(resource: Resource) -> Iterator[Block]:
    """How long audit records are kept; that they are kept at all it does not say."""
    values = renamed(resource.properties, {"InstanceId": "instance_id", "Retention": "retention"})
    yield resource.block("alicloud_kvstore_audit_log_config", {"db_audit": UNWRITTEN} | values)


def mongodb(resource: Resource) -> Iterator[Block]:
    """A replica set or a sharded cluster."""
    names = {
        "DBInstanceDescription": "name",
        "EngineVersion": "engine_version",
        "VSwitchId": "vswitch_id",
        "ZoneId": "zone_id",
        "SecondaryZoneId": "secondary_zone_id",
        "HiddenZoneId": "hidden_zone_id",
        "Encrypted": "encrypted",
        "DBInstanceReleaseProtection": "db_instance_release_protection",
    }
    values = renamed(resource.properties, names)
    values["security_ip_list"] = listed(resource.get("SecurityIPArray"))
    values["security_group_id"] = all_of(resource.get("SecurityGroupId"))
    values["tde_status"] = switch(resource.get("TDEStatus"), "enabled", "disabled")
    values["vpc_auth_mode"] = switch(resource.get("VpcPasswordFree"), "Close", "Open")
    for argument in ("cloud_disk_encryption_key", "encryption_key"):
        values[argument] = resource.get("EncryptionKey")
    ssl, backup = resource.get("SSLOptions"), resource.get("BackupPolicyOptions")
    values["ssl_action"] = _inner(ssl, "SSLAction")
    values["force_encryption"] = _inner(ssl, "ForceEncryption")
    values["backup_retention_period"] = _inner(backup, "BackupRetentionPeriod")
    values["enable_backup_log"] = _inner(backup, "EnableBackupLog")
    # Of ROS alone; Terraform has no argument for copies in another region.
    values["cross_backup_region"] = _inner(backup, "DestRegion")
    kind = _SHARDED if resource.type.endswith("ShardingInstance") else _MONGO
    yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})
    audit = resource.get("AuditPolicyOptions")
    if audit is not None:
        link = {
            "db_instance_id": resource.itself(),
            "audit_status": _inner(audit, "AuditStatus"),
            "storage_period": _inner(audit, "StoragePeriod") or _AUDIT_DAYS,
        }
        yield resource.block("alicloud_mongodb_audit_policy", link, part="AuditPolicyOptions")


def polardb(resource: Resource) -> Iterator[Block]:
    """A PolarDB cluster."""
    names = {
        "DBClusterDescription": "description",
        "DBType": "db_type",
        "DBVersion": "db_version",
        "VSwitchId": "vswitch_id",
        "ZoneId": "zone_id",
        "GDNId": "gdn_id",
    }
    values = renamed(resource.properties, names)
    values["security_ips"] = listed(resource.get("SecurityIPList"))
    values["security_group_ids"] = all_of(resource.get("SecurityGroupIds"))
    values["tde_status"] = _tde(resource)
    values["deletion_lock"] = switch(resource.get("DeletionProtection"), "1", "0")
    values["hot_standby_cluster"] = _standby(resource.get("HotStandbyCluster"))
    yield resource.block(_POLAR, values | {"tags": tags(resource.get("Tags"))})
    if resource.get("SSLEnabled") is not None:
        link = {"db_cluster_id": resource.itself(), "ssl_enabled": resource.get("SSLEnabled")}
        yield resource.block("alicloud_polardb_primary_endpoint", link, part="SSLEnabled")


def _tde(resource: Resource) -> Any:
    """The property works for PostgreSQL and Oracle alone."""
    kind = resource.get("DBType")
    if truth(resource.get("TDEStatus")) is True and (is_open(kind) or kind == "MySQL"):
        return open_(kind) or UNWRITTEN
    return switch(resource.get("TDEStatus"), "Enabled", "Disabled")


def _standby(value: Any) -> Any:
    """Of storage alone or of computing too, in one more zone or in two: each is another zone."""
    return "ON" if value in ("STANDBY", "3AZ") else on_off(value)


def polardb_address(resource: Resource) -> Iterator[Block]:
    """An address of an endpoint, public unless it says otherwise."""
    kind = resource.get("NetType")
    if kind != "Private":
        to = open_(kind) or resource.get("DBClusterId")
        yield resource.block("alicloud_polardb_endpoint_address", {"db_cluster_id": to})


def _allow_list(target: str, *kinds: str) -> Translation:
    """A further group of an allow-list."""

    def translate(resource: Resource) -> Iterator[Block]:
        yield addition(
            resource,
            to=resource.get(target),
            argument="security_ips",
            value=listed(resource.get("SecurityIps")),
            types=kinds,
        )

    return translate


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::MONGODB::AuditPolicy": plain(
        "alicloud_mongodb_audit_policy",
        {
            "DBInstanceId": "db_instance_id",
            "AuditStatus": "audit_status",
            "StoragePeriod": "storage_period",
        },
        {"storage_period": _AUDIT_DAYS},
    ),
    "ALIYUN::MONGODB::Instance": mongodb,
    "ALIYUN::MONGODB::ShardingInstance": mongodb,
    "ALIYUN::MONGODB::ShardingNetworkPublicAddress": plain(
        "alicloud_mongodb_sharding_network_public_address", {"DBInstanceId": "db_instance_id"}
    ),
    "ALIYUN::POLARDB::DBCluster": polardb,
    "ALIYUN::POLARDB::DBClusterAccessWhiteList": _allow_list("DBClusterId", _POLAR),
    "ALIYUN::POLARDB::DBClusterEndpoint": plain(
        "alicloud_polardb_endpoint", {"DBClusterId": "db_cluster_id"}
    ),
    "ALIYUN::POLARDB::DBClusterEndpointAddress": polardb_address,
    "ALIYUN::POLARDB::GlobalDatabaseNetwork": plain(NETWORK, {"DBClusterId": "db_cluster_id"}),
    "ALIYUN::REDIS::AuditLogConfig": redis_audit,
    "ALIYUN::REDIS::Connection": redis_connection,
    "ALIYUN::REDIS::Instance": redis,
    "ALIYUN::REDIS::PrepayInstance": redis,
    "ALIYUN::REDIS::Whitelist": _allow_list("InstanceId", _REDIS),
}
