"""What the answers of MongoDB say of an instance. Pure."""

from __future__ import annotations

from collectors.aliyun.databases import Item, days, not_known, switch, told, under
from collectors.aliyun.databases import tls as tls_of
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, BackupCopy, Tls

# DescribeMongoDBLogConfig: ServiceType, and where the retention of each stands.
_RETENTIONS = {
    "Standard": "TtlForStandard",
    "V2_Standard": "TtlForV2Standard",
    "Trial": "TtlForTrail",
    "Trail": "TtlForTrail",
}


def asks_for_password(attribute: Item) -> bool | Unknown:
    """DescribeDBInstanceAttribute: VpcAuthMode, "Open" where machines of the VPC need none. (It
    is the other way round for Redis.)"""
    mode = told(attribute, "VpcAuthMode")
    if isinstance(mode, Unknown):
        return mode
    known = {"open": False, "close": True, "notsupport": True}
    return known.get(str(mode).lower(), not_known("VpcAuthMode", mode))


def replica_set_networks(nodes: list[Item]) -> list[str]:
    """The kinds of network of a replica set's addresses: VPC, Classic, Public."""
    return [str(node.get("NetworkType")) for node in nodes]


def sharding_networks(answer: Item) -> list[str] | Unknown:
    """The kinds of network of a sharded cluster's addresses, also of those for DynamoDB."""
    addresses = told(answer, "NetworkAddresses")
    if isinstance(addresses, Unknown):
        return addresses
    found = under(answer, "NetworkAddresses", "NetworkAddress")
    found += under(answer, "CompatibleConnections", "CompatibleConnection")
    return [str(one.get("NetworkType")) for one in found]


def several_zones(nodes: list[Item]) -> bool | Unknown:
    """Whether the nodes stand in several zones (DescribeRoleZoneInfo)."""
    zones = {node.get("ZoneId") for node in nodes} - {None, ""}
    if not zones:
        return Unknown("the API names no zone of a node")
    return len(zones) > 1 or any("MAZ" in str(zone) for zone in zones)


def tls(ssl: Item | Unknown) -> Tls:
    """TLS, which is optional for clients unless forced. What cannot force it does not say."""
    on = switch(ssl, "SSLStatus")
    forced: bool | Unknown = False
    if isinstance(ssl, dict) and ssl.get("ForceEncryption") not in (None, ""):
        forced = switch(ssl, "ForceEncryption")
    return tls_of(on, forced)


def backup(policy: Item | Unknown, account: str) -> Backup:
    """Backups on chosen days of the week, logs for restoring to a point in time, and copies in
    another region."""
    period = then(policy, lambda one: told(one, "PreferredBackupPeriod"))
    return Backup(
        enabled=then(period, bool),
        retention_days=then(then(policy, lambda one: told(one, "BackupRetentionPeriod")), days),
        point_in_time=switch(policy, "EnableBackupLog"),
        copies=then(policy, lambda one: _copies(one, account)),
    )


def _copies(policy: Item, account: str) -> list[BackupCopy]:
    region = policy.get("DestRegion")
    if not region or not policy.get("CrossBackupPeriod"):
        return []
    return [BackupCopy(region=region, account=account, kind="cross-region")]


def audit_retention(store: Item) -> int | Unknown:
    """How long audit records are kept, by the edition of the audit log."""
    name = _RETENTIONS.get(str(store.get("ServiceType")))
    if name is None:
        return Unknown("the API does not tell which edition of the audit log it is")
    return then(told(store, name), days)
