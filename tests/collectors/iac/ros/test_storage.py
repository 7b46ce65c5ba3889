# ruff: noqa: E501 - templates are easier to read on long lines
"""NAS, Cloud Backup and Container Registry in ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_a_file_system_that_is_mounted_and_backed_up(stack: Read) -> None:
    found = stack(
        """
  Share: {Type: ALIYUN::NAS::FileSystem, Properties: {ProtocolType: NFS, StorageType: Performance, EncryptType: 1}}
  Who: {Type: ALIYUN::NAS::AccessGroup, Properties: {AccessGroupName: who, AccessGroupType: Vpc}}
  Rule: {Type: ALIYUN::NAS::AccessRule, Properties: {AccessGroupName: !Ref Who, SourceCidrIp: 10.0.0.0/8}}
  Mount: {Type: ALIYUN::NAS::MountTarget, Properties: {FileSystemId: !Ref Share, AccessGroupName: !Ref Who, NetworkType: Vpc}}
  Vault: {Type: ALIYUN::HBR::Vault, Properties: {VaultName: v, RedundancyType: ZRS}}
  Plan: {Type: ALIYUN::HBR::NasBackupPlan, Properties: {PlanName: p, FileSystemId: !Ref Share, VaultId: !Ref Vault, Retention: 60, Schedule: 'I|1|P1D'}}
  Policy: {Type: ALIYUN::HBR::Policy, Properties: {PolicyName: daily, Rules: [{RuleType: TRANSITION, Retention: 30}]}}
"""
    )
    assert set(found) == {"Share", "Vault", "Plan", "Policy"}
    share = found["Share"].facts
    assert share["encryption"]["key_manager"] == "provider"
    assert share["mount_ranges"] == ["10.0.0.0/8"]
    assert share["backup"]["retention_days"] == 60
    assert found["Vault"].facts["redundancy"] == "multi-zone"
    assert found["Plan"].facts["resources"] == 1
    assert found["Policy"].facts["retention_days"] == 30


def test_a_repository_and_the_address_list_of_its_instance(stack: Read) -> None:
    found = stack(
        """
  Home: {Type: ALIYUN::CR::InstanceV2, Properties: {InstanceName: home, InstanceType: Basic, PaymentType: Subscription}}
  Open: {Type: ALIYUN::CR::Repository, Properties: {InstanceId: !Ref Home, RepoNamespace: core, RepoName: app, RepoType: PUBLIC, Summary: s}}
  Entry: {Type: ALIYUN::CR::InstanceEndpointAclPolicy, Properties: {InstanceId: !Ref Home, Entry: 0.0.0.0/0, EndpointType: Internet, ModuleName: Registry}}
  Charts: {Type: ALIYUN::CR::InstanceEndpointAclPolicy, Properties: {InstanceId: !Ref Home, Entry: 10.0.0.0/8, EndpointType: Internet, ModuleName: Chart}}
  Scan: {Type: ALIYUN::CR::ScanRule, Properties: {InstanceId: !Ref Home, RuleName: r, ScanType: VUL, TriggerType: AUTO, ScanScope: INSTANCE, RepoTagFilterPattern: '.*'}}
"""
    )
    assert set(found) == {"Open"}
    assert found["Open"].facts["exposure"]["public"] is True
    assert found["Open"].facts["allow_list"] == ["0.0.0.0/0"]
    assert found["Open"].facts["scan_on_push"] is True
