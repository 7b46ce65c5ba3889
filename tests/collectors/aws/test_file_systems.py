"""Shared file systems and AWS Backup, over the example company and as pure functions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.aws import fsx_facts
from collectors.aws.backup_facts import lock_days, resources
from collectors.aws.plan_backup import own_and_planned
from collectors.aws.reachability import Ground
from collectors.aws.services import efs, fsx
from collectors.aws.services.backup import vaults_and_plans
from collectors.aws.share_network import Network, interfaces_of, mount_ranges, share_exposure
from collectors.aws.share_policy import refuses_plaintext
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Unknown
from collectors.facts.shared import Backup, Exposure, Rule
from tests.collectors.aws.test_recorded import recorded

ARN = "arn:aws-cn:elasticfilesystem:cn-north-1:123456789012:file-system/fs-1"
DENIAL = Unknown("AccessDenied: backup:ListBackupPlans")


def test_file_systems_of_the_company(collected: Any) -> None:
    found = collected(efs.file_systems)
    good, bad = found["core-docs"].facts, found["mall-uploads"].facts
    assert (good["tls"]["required"], bad["tls"]["required"]) == (True, False)
    assert good["mount_ranges"] == []
    assert bad["mount_ranges"] == ["0.0.0.0/0"]
    assert good["exposure"] == bad["exposure"] == {"public": False, "via": []}
    assert good["encryption"]["key_manager"] == "customer"
    assert bad["encryption"]["enabled"] is False
    assert good["backup"] == {
        "enabled": True,
        "retention_days": 35,
        "point_in_time": False,
        "copies": [{"region": "cn-northwest-1", "account": "123456789012", "kind": "aws-backup"}],
    }
    # In one zone, automatic backups are on by default.
    assert bad["backup"] == {"enabled": True, "point_in_time": False}
    assert (good["redundancy"], bad["redundancy"]) == ("multi-zone", "zone")
    assert found["core-docs"].unknown == {}


def test_what_is_denied_is_unknown(collected: Any) -> None:
    (listed,) = collected(efs.file_systems, "DescribeFileSystems").values()
    assert listed.unlisted
    bad = collected(
        efs.file_systems,
        "DescribeMountTargets",
        "DescribeFileSystemPolicy",
        "DescribeBackupPolicy",
        "DescribeReplicationConfigurations",
    )["mall-uploads"]
    assert bad.unknown == {
        "mount_ranges": "AccessDenied: elasticfilesystem:DescribeMountTargets",
        "exposure/public": "AccessDenied: elasticfilesystem:DescribeMountTargets",
        "exposure/via": "AccessDenied: elasticfilesystem:DescribeMountTargets",
        "tls/required": "AccessDenied: elasticfilesystem:DescribeFileSystemPolicy",
        "backup/enabled": "AccessDenied: elasticfilesystem:DescribeBackupPolicy",
        "backup/retention_days": "AccessDenied: elasticfilesystem:DescribeBackupPolicy",
        "backup/copies": "AccessDenied: elasticfilesystem:DescribeBackupPolicy",
        "redundancy": "AccessDenied: elasticfilesystem:DescribeReplicationConfigurations",
    }


def test_a_file_system_of_fsx(collected: Any) -> None:
    (found,) = collected(fsx.file_systems).values()
    unnamed = "FSx does not name the network interfaces of this file system (WINDOWS)"
    assert found.facts["backup"]["enabled"] is False
    assert found.facts["redundancy"] == "zone"
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.unknown["mount_ranges"] == found.unknown["exposure/public"] == unnamed


def test_vaults_and_plans(collected: Any) -> None:
    found = collected(vaults_and_plans)
    assert found["core"].facts["lock_days"] == 30
    assert found["core"].facts["policy"] == []
    assert found["oa"].facts["lock_days"] is None
    assert [one["account"] for one in found["oa"].facts["policy"]] == ["999988887777"]
    assert found["core-daily"].facts == {
        "resources": 1,
        "schedule": "cron(0 17 * * ? *)",
        "retention_days": 35,
        "copies": [
            {
                "region": "cn-northwest-1",
                "account": "123456789012",
                "vault": "arn:aws-cn:backup:cn-northwest-1:123456789012:backup-vault:core",
            }
        ],
    }
    denied = collected(
        vaults_and_plans, "GetBackupVaultAccessPolicy", "GetBackupPlan", "ListBackupSelections"
    )
    assert denied["core"].unknown == {"policy": "AccessDenied: backup:GetBackupVaultAccessPolicy"}
    assert denied["core-daily"].unknown == {
        "resources": "AccessDenied: backup:ListBackupSelections",
        "schedule": "AccessDenied: backup:GetBackupPlan",
        "retention_days": "AccessDenied: backup:GetBackupPlan",
        "copies": "AccessDenied: backup:GetBackupPlan",
    }
    unlisted = collected(vaults_and_plans, "ListBackupVaults", "ListBackupPlans").values()
    assert {one.type for one in unlisted if one.unlisted} == {"backup.vault", "backup.plan"}


def statement(effect: str, tls: str = "", **change: Any) -> dict[str, Any]:
    condition = {"Condition": {"Bool": {"aws:SecureTransport": tls}}} if tls else {}
    action = "elasticfilesystem:ClientMount"
    return {"Effect": effect, "Principal": "*", "Action": action, **condition, **change}


NAMED = {"AWS": "arn:aws-cn:iam::123456789012:role/app"}
IN_DOUBT = Unknown("the policy of the file system lets named principals mount it without TLS")


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([statement("Deny", "false", Action="*")], True),
        ([statement("Allow"), statement("Deny", "false")], True),
        ([statement("Allow"), statement("Deny", "false", Resource=ARN)], True),
        ([statement("Allow"), statement("Deny", "false", Resource=ARN + "0")], False),
        ([statement("Allow"), statement("Deny", "false", Principal=NAMED)], False),
        ([statement("Allow"), statement("Deny", "false", Action="elasticfilesystem:Tag")], False),
        ([statement("Allow"), statement("Deny", "true")], False),
        ([statement("Allow"), statement("Deny")], False),
        ([statement("Allow")], False),
        ([statement("Allow", "true")], True),
        ([statement("Allow", "true"), statement("Allow", Principal=NAMED)], IN_DOUBT),
    ],
)
def test_who_mounts_without_tls(statements: list[dict[str, Any]], expected: object) -> None:
    assert refuses_plaintext(json.dumps({"Statement": statements}), ARN) == expected


def test_a_recorded_policy_and_none() -> None:
    policy = recorded("efs_policy.json")["Policy"]
    arn = "arn:aws:elasticfilesystem:us-east-1:644160558196:file-system/fs-06f6ce85b4976bd7f"
    assert refuses_plaintext(policy, arn) is True
    assert refuses_plaintext(policy, ARN) is True, "nobody is let in at all"
    assert refuses_plaintext(None, ARN) is False


def rule(source: str, port: int, protocol: str = "tcp") -> Rule:
    return Rule(
        direction="ingress", protocol=protocol, from_port=port, to_port=port, sources=[source]
    )


TABLE = {
    "VpcId": "vpc-1",
    "Associations": [{"Main": True}],
    "Routes": [{"GatewayId": "igw-1", "DestinationIpv6CidrBlock": "::/0"}],
}
NETWORK = Network(
    ground=Ground(
        subnets={},
        tables=[TABLE],
        rules={
            "sg-1": [
                rule("10.0.0.0/8", 2049),
                rule("::/0", 2049),
                rule("group:sg-2", 2049),
                rule("192.0.2.0/24", 22),
                rule("198.51.100.0/24", 2049, "udp"),
            ]
        },
    ),
    interfaces={"eni-1": {}},
)


def interface(**more: Any) -> dict[str, Any]:
    return {"VpcId": "vpc-1", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-1"}], **more}


def test_who_may_mount_by_security_groups() -> None:
    assert mount_ranges(NETWORK, [interface()], (2049,)) == ["10.0.0.0/8", "::/0"]
    hidden = interface(Groups=[{"GroupId": "sg-9"}])
    assert mount_ranges(NETWORK, [hidden], (2049,)) == Unknown(
        "the security group sg-9 is not visible to this account"
    )
    assert mount_ranges(NETWORK, DENIAL, (2049,)) == DENIAL
    assert interfaces_of(NETWORK, ["eni-1", "eni-2"]) == Unknown(
        "the network interface eni-2 is not visible to this account"
    )


def test_a_mount_target_with_an_ipv6_address_can_be_public() -> None:
    address = {"Ipv6Addresses": [{"Ipv6Address": "2001:db8::1"}]}
    open_ = Exposure(public=True, via=["public-ip+route+firewall"])
    assert share_exposure(NETWORK, [interface(**address)], (2049,)) == open_
    closed = Exposure(public=False, via=[])
    assert share_exposure(NETWORK, [interface()], (2049,)) == closed
    assert share_exposure(NETWORK, DENIAL, (2049,)) == Exposure(public=DENIAL, via=DENIAL)


def test_replication_to_another_region() -> None:
    item = {"FileSystemId": "fs-1", "AvailabilityZoneName": "cn-north-1a"}

    def to(region: str, status: str = "ENABLED") -> Any:
        there = [{"Region": region, "Status": status}]
        replications = [{"SourceFileSystemId": "fs-1", "Destinations": there}]
        return efs.redundancy(item, "cn-north-1", replications)

    assert to("cn-northwest-1") == "multi-region"
    assert to("cn-northwest-1", "ERROR") == to("cn-north-1") == "zone"
    assert efs.redundancy(item, "cn-north-1", None) == "zone"
    assert efs.redundancy({"FileSystemId": "fs-1"}, "cn-north-1", DENIAL) == "multi-zone"


def test_automatic_backups_whose_plan_is_not_seen() -> None:
    unseen = Unknown("the plan of the automatic backups of the file system is not told")
    found = efs.backup("ENABLED", NO_BACKUP)
    assert (found.enabled, found.retention_days, found.copies) == (True, unseen, unseen)
    assert efs.backup("ENABLING", NO_BACKUP).enabled == unseen
    assert efs.backup("DISABLED", NO_BACKUP) == efs.backup(None, NO_BACKUP) == NO_BACKUP


def test_backups_of_fsx() -> None:
    def item(kind: str, settings: str, **values: Any) -> dict[str, Any]:
        return {"FileSystemType": kind, settings: values}

    days = {"AutomaticBackupRetentionDays": 7}
    kept = fsx_facts.backup(item("OPENZFS", "OpenZFSConfiguration", **days), NO_BACKUP)
    assert (kept.enabled, kept.retention_days) == (True, 7)
    off = {"AutomaticBackupRetentionDays": 0}
    volumes = Unknown("plans back up the volumes of an ONTAP file system, which are not read")
    assert (
        fsx_facts.backup(item("ONTAP", "OntapConfiguration", **off), NO_BACKUP).enabled == volumes
    )
    scratch = item("LUSTRE", "LustreConfiguration", DeploymentType="SCRATCH_2")
    assert fsx_facts.backup(scratch, NO_BACKUP) == NO_BACKUP
    assert fsx_facts.redundancy(scratch) == "single"
    windows = item("WINDOWS", "WindowsConfiguration", DeploymentType="MULTI_AZ_1")
    assert fsx_facts.redundancy(windows) == "multi-zone"
    untold = Unknown("FSx does not tell how long automatic backups are kept")
    assert fsx_facts.backup(windows, NO_BACKUP).enabled == untold
    assert fsx_facts.redundancy({"FileSystemType": "NEW"}) == Unknown(
        "FSx does not tell how the file system is deployed"
    )


def test_own_backups_and_those_of_plans() -> None:
    denied = Backup(enabled=DENIAL, retention_days=DENIAL, point_in_time=False, copies=DENIAL)
    assert own_and_planned(7, True, denied) == Backup(
        enabled=True, retention_days=DENIAL, point_in_time=True, copies=DENIAL
    )
    assert own_and_planned(0, False, denied).enabled == DENIAL
    planned = Backup(enabled=True, retention_days=35, point_in_time=False, copies=[])
    assert own_and_planned(7, False, planned).retention_days == 35
    assert own_and_planned(DENIAL, False, planned).enabled is True


def test_a_lock_counts_once_nobody_can_take_it_off() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    final = {"Locked": True, "LockDate": "2026-05-31T00:00:00Z"}
    assert lock_days({**final, "MinRetentionDays": 180}, now) == 180
    assert lock_days(final, now) == Unknown(
        "the lock keeps a backup for as long as its plan says, and sets no least time"
    )
    # In governance mode, or before its date, an administrator takes it off.
    assert lock_days({"Locked": True, "MinRetentionDays": 180}, now) is None
    later = {"Locked": True, "LockDate": "2026-06-04T00:00:00Z", "MinRetentionDays": 180}
    assert lock_days(later, now) is None
    assert lock_days({"Locked": False}, now) is None
    untold = Unknown("AWS Backup does not tell whether the vault is locked")
    assert lock_days({}, now) == untold
    air_gapped = {"VaultType": "LOGICALLY_AIR_GAPPED_BACKUP_VAULT", "MinRetentionDays": 7}
    assert lock_days(air_gapped, now) == 7


@pytest.mark.parametrize(
    ("selections", "expected"),
    [
        ([], 0),
        ([{"Resources": [ARN]}, {"Resources": [ARN, ARN + "0"]}], 2),
        ([{"Resources": [ARN], "ListOfTags": [{"ConditionKey": "a"}]}], None),
        ([{"Resources": [ARN], "Conditions": {"StringEquals": [{"ConditionKey": "a"}]}}], None),
        ([{"Resources": [ARN], "Conditions": {"StringEquals": []}}], 1),
        ([{"Resources": ["arn:aws:ec2:*:*:volume/*"]}], None),
        ([{"Resources": []}], None),
        ([DENIAL], DENIAL),
    ],
)
def test_what_a_plan_takes(selections: list[Any], expected: object) -> None:
    by_pattern = Unknown("how many resources a plan takes by tag or by pattern is not counted")
    assert resources(selections) == (by_pattern if expected is None else expected)
