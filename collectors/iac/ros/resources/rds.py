"""ApsaraDB RDS. Source: ALIYUN::RDS::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown, also
from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.rds import INSTEAD
from collectors.iac.ros.additions import addition
from collectors.iac.ros.resources.shared import UNWRITTEN, all_of, listed, plain, truth
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags

_INSTANCE = "alicloud_db_instance"
_NAMES = {
    "DBInstanceDescription": "instance_name",
    "Engine": "engine",
    "EngineVersion": "engine_version",
    "Category": "category",
    "DBInstanceClass": "instance_type",
    "DedicatedHostGroupId": "dedicated_host_group_id",
    "ZoneId": "zone_id",
    "EncryptionKey": "encryption_key",
    "DeletionProtection": "deletion_protection",
    "AutoUpgradeMinorVersion": "auto_upgrade_minor_version",
}
_SSL = {
    "Disabled": "Close",
    "EnabledForPublicConnection": "Open",
    "EnabledForInnerConnection": "Open",
}
_WORDS = {"enable": "Enabled", "disabled": "Disabled", "disable": "Disabled"}


def instance(resource: Resource) -> Iterator[Block]:
    """An instance with its public address and its backup policy."""
    values: dict[str, Any] = {"auto_upgrade_minor_version": "Auto"}
    values |= renamed(resource.properties, _NAMES)
    # One vSwitch for each zone, the primary one's first.
    switches = listed(resource.get("VSwitchId"))
    values["vswitch_id"] = switches[0] if isinstance(switches, list) and switches else switches
    values["security_ips"] = listed(resource.get("SecurityIPList"))
    values["security_group_ids"] = all_of(resource.get("SecurityGroupId"))
    values["ssl_action"] = _ssl(resource.get("SSLSetting"))
    values["sql_collector_status"] = _collector(resource.get("SQLCollectorStatus"))
    values[INSTEAD] = _word(resource.get("DBInstanceNetType"), "internet")
    values |= _zones(resource)
    yield resource.block(_INSTANCE, values | {"tags": tags(resource.get("Tags"))})
    public = _public(resource)
    if public is not False:
        to = resource.itself() if public is True else public
        yield resource.block("alicloud_db_connection", {"instance_id": to}, part="PublicConnection")
    backup = renamed(
        resource.properties,
        {
            "BackupRetentionPeriod": "backup_retention_period",
            "EnableBackupLog": "enable_backup_log",
        },
    )
    if backup:
        own = {
            "instance_id": resource.itself(),
            "backup_retention_period": UNWRITTEN,
            "enable_backup_log": UNWRITTEN,
        }
        yield resource.block("alicloud_db_backup_policy", own | backup, part="BackupPolicy")


def _ssl(value: Any) -> Any:
    """RDS protects one address of an instance alone (ModifyDBInstanceSSL), and ROS forces nobody to
    use TLS: plaintext stays possible with either."""
    if value is None or is_open(value):
        return value
    return _SSL.get(value, Unknown(f"SSLSetting {value} is not known"))


def _collector(value: Any) -> Any:
    return _WORDS.get(value.lower(), value) if isinstance(value, str) else value


def _zones(resource: Resource) -> dict[str, Any]:
    several = truth(resource.get("MultiAZ"))
    if several is True:
        # The service chooses a multi-zone.
        return {"zone_id": "MAZ"}
    slaves = listed(resource.get("SlaveZoneIds"))
    if isinstance(slaves, list):
        return {f"zone_id_slave_{n}": zone for n, zone in zip("ab", slaves, strict=False)}
    doubt = also(open_(several), open_(slaves))
    return {"zone_id_slave_a": doubt} if doubt else {}


def _public(resource: Resource) -> Any:
    """Whether the instance gets a public address: any of three properties may ask for one."""
    answers = [
        truth(resource.get("AllocatePublicConnection")),
        _word(resource.get("DBInstanceNetType"), "internet"),
        _word(resource.get("ConnectionStringType"), "public"),
    ]
    return True if True in answers else also(*answers) or False


def _word(value: Any, wanted: str) -> Any:
    return open_(value) if is_open(value) else str(value).lower() == wanted


def allow_list(resource: Resource) -> Iterator[Block]:
    """A further group of an instance's allow-list."""
    yield addition(
        resource,
        to=resource.get("DBInstanceId"),
        argument="security_ips",
        value=listed(resource.get("DBInstanceIPArrayAttribute")),
        types=(_INSTANCE,),
    )


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::RDS::Connection": plain("alicloud_db_connection", {"DBInstanceId": "instance_id"}),
    "ALIYUN::RDS::DBInstance": instance,
    "ALIYUN::RDS::DBInstanceSecurityIps": allow_list,
    "ALIYUN::RDS::PrepayDBInstance": instance,
    "ALIYUN::RDS::ReadOnlyDBInstance": plain(
        "alicloud_db_readonly_instance", {"DBInstanceId": "master_db_instance_id"}
    ),
}
