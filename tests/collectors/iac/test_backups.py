"""AWS Backup in Terraform and CloudFormation: vaults, locks, plans, what plans take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as by_hand

APPLY = Unknown("var.x has no value here")
VAULT = Reference("aws_backup_vault.v", "name")
PLAN = Reference("aws_backup_plan.p", "id")
ANYONE = {"Effect": "Allow", "Principal": "*", "Action": "backup:*", "Resource": "*"}
COPY = "destination_vault_arn"
FIRST, SECOND = {"region": "cn-north-1"}, {"region": "cn-northwest-1"}


def locked(**values: Any) -> Document:
    lock = {"backup_vault_name": VAULT, **values}
    vault = block("aws_backup_vault.v", {"name": "v"})
    return the(vault, block("aws_backup_vault_lock_configuration.l", lock))


@pytest.mark.parametrize(
    ("values", "days"),
    [
        # Until its date an account's own is none, and a template does not tell of a date.
        ({"changeable_for_days": 3, "min_retention_days": 30}, "unknown"),
        ({"changeable_for_days": 3, "min_retention_days": 0}, 0),
        ({"changeable_for_days": 36500, "min_retention_days": 30}, "unknown"),
        ({"min_retention_days": 30}, None),
        ({"changeable_for_days": 3}, "unknown"),
        ({"changeable_for_days": APPLY, "min_retention_days": 30}, "unknown"),
        ({"changeable_for_days": 3, "min_retention_days": APPLY}, "unknown"),
    ],
)
def test_only_a_lock_that_nobody_can_take_off_counts(values: dict[str, Any], days: Any) -> None:
    found = locked(**values)
    assert ("lock_days" in found.unknown) == (days == "unknown")
    if days != "unknown":
        assert found.facts["lock_days"] == days


def test_a_vault_of_which_nothing_is_written() -> None:
    facts = the(block("aws_backup_vault.v", {"name": "v"}, FIRST)).facts
    assert (facts["lock_days"], facts["policy"], facts["region"]) == (None, [], "cn-north-1")
    assert facts["encryption"]["key_manager"] == "provider"
    own = block("aws_backup_vault.v", {"name": "v", "kms_key_arn": "alias/mine"})
    assert the(own).facts["encryption"]["key_manager"] == "customer"


def test_an_air_gapped_vault_is_locked_from_the_beginning() -> None:
    values = {"name": "v", "min_retention_days": 7, "max_retention_days": 90}
    assert the(block("aws_backup_logically_air_gapped_vault.v", values)).facts["lock_days"] == 7


def test_the_policy_of_a_vault() -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": [ANYONE]})
    policy = block("aws_backup_vault_policy.p", {"backup_vault_name": "v", "policy": text})
    found = the(block("aws_backup_vault.v", {"name": "v"}), policy)
    assert [grant["kind"] for grant in found.facts["policy"]] == ["anyone"]


def test_a_policy_beside_one_that_may_be_of_this_vault() -> None:
    """The last one applied holds, which may be the one whose vault is not known."""
    kind, apply = "aws_backup_vault_policy", Unknown("var.vault has no value here")
    text = json.dumps({"Version": "2012-10-17", "Statement": []})
    own = block(f"{kind}.a", {"backup_vault_name": "v", "policy": text})
    other = block(f"{kind}.b", {"backup_vault_name": apply, "policy": text})
    found = by_hand(block("aws_backup_vault.v", {"name": "v"}), own, other)[0]
    assert "policy" in found.unknown


def test_a_lock_beside_one_that_may_be_of_this_vault() -> None:
    """The last one applied holds, which may be the one whose vault is not known."""
    kind, vault = "aws_backup_vault_lock_configuration", block("aws_backup_vault.v", {"name": "v"})
    lock = {"changeable_for_days": 3, "min_retention_days": 30}
    own = block(f"{kind}.a", {"backup_vault_name": "v", **lock})
    other = block(f"{kind}.b", {"backup_vault_name": APPLY})
    found = by_hand(vault, own, other)[0]
    assert found.unknown["lock_days"] == f"{kind}.b.backup_vault_name: {APPLY.reason}"


def plan(*rules: dict[str, Any], selections: tuple[dict[str, Any], ...] = ()) -> list[Any]:
    links = [
        block(f"aws_backup_selection.s{i}", {"plan_id": PLAN, **each})
        for i, each in enumerate(selections)
    ]
    return [block("aws_backup_plan.p", {"name": "p", "rule": [*rules]}, FIRST), *links]


RULE = {"schedule": "cron(0 5 * * ? *)", "lifecycle": [{"delete_after": 30}]}


def test_a_plan_with_a_copy_in_another_region() -> None:
    rule = {**RULE, "copy_action": [{COPY: Reference("aws_backup_vault.v", "arn")}]}
    listed = {"resources": ["arn:aws-cn:ec2:::volume/a", Reference("aws_ebs_volume.b", "arn")]}
    vault = block("aws_backup_vault.v", {"name": "v"}, SECOND)
    facts = the(*plan(rule, selections=(listed,)), vault).facts
    assert (facts["resources"], facts["schedule"]) == (2, "cron(0 5 * * ? *)")
    # The copy is kept for ever.
    assert facts["retention_days"] == 30
    assert [(copy["region"], copy["account"]) for copy in facts["copies"]] == [
        ("cn-northwest-1", "template")
    ]


@pytest.mark.parametrize(
    ("arn", "region"),
    [
        ("arn:aws-cn:backup:cn-northwest-1:111122223333:backup-vault:x", "cn-northwest-1"),
        (Reference("data.aws_backup_vault.x", "arn"), None),
        (APPLY, None),
    ],
)
def test_copies_to_vaults_of_others(arn: Any, region: str | None) -> None:
    found = the(*plan({**RULE, "copy_action": [{COPY: arn}]}))
    assert found.facts["copies"][0].get("region") == region
    # Whether a number is the template's own account is not known.
    assert "copies/0/account" in found.unknown


def test_what_a_plan_does_not_say() -> None:
    found = the(*plan({"lifecycle": [{"delete_after": APPLY}]}))
    assert {"resources", "schedule", "retention_days"} <= set(found.unknown)
    assert found.facts["copies"] == []
    tagged = {"selection_tag": [{"key": "backup", "value": "yes", "type": "STRINGEQUALS"}]}
    assert "resources" in the(*plan(RULE, selections=(tagged,))).unknown
    # Nothing deletes what has no lifecycle.
    assert the(*plan({"schedule": "rate(1 day)"})).facts["retention_days"] == 36_500


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  V:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: v
      EncryptionKeyArn: alias/mine
      LockConfiguration: {MinRetentionDays: 30, ChangeableForDays: 3}
      AccessPolicy:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "backup:*", Resource: "*"}]
      BackupVaultTags: {system: core}
  Open:
    Type: AWS::Backup::BackupVault
    Properties: {BackupVaultName: o, LockConfiguration: {MinRetentionDays: 30}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: p
        BackupPlanRule:
          - RuleName: r
            TargetBackupVault: !Ref V
            ScheduleExpression: cron(0 5 * * ? *)
            Lifecycle: {DeleteAfterDays: 35}
            CopyActions:
              - DestinationBackupVaultArn: arn:aws:backup:eu-west-1:111122223333:backup-vault:x
                Lifecycle: {DeleteAfterDays: 35}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: s
        IamRoleArn: arn:aws:iam::111122223333:role/r
        Resources: [!GetAtt Files.Arn]
  Files: {Type: AWS::EFS::FileSystem}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    assert found["V"].unknown["lock_days"].startswith("whether the days of grace are over")
    assert found["V"].facts["encryption"]["key_manager"] == "customer"
    assert found["V"].facts["policy"][0]["kind"] == "anyone"
    assert found["V"].tags == {"system": "core"}
    assert found["Open"].facts["lock_days"] is None
    facts = found["Plan"].facts
    assert (facts["resources"], facts["retention_days"]) == (1, 35)
    assert facts["copies"][0]["region"] == "eu-west-1"


def test_what_a_plan_keeps_of_a_disk() -> None:
    disk = block("aws_ebs_volume.v", {"size": 10}, FIRST)
    taken = {"resources": [Reference("aws_ebs_volume.v", "arn")]}
    found = the(disk, *plan(RULE, selections=(taken,)))
    assert (found.facts["backup"]["enabled"], found.facts["backup"]["retention_days"]) == (True, 30)
    assert "backup/enabled" in the(disk).unknown


DAILY = {
    "create_rule": [{"interval": 24}],
    "retain_rule": [{"count": 14}],
    "cross_region_copy_rule": [{"target": "cn-northwest-1"}],
}


def snapshots(region: dict[str, str] = FIRST, state: Any = None, **details: Any) -> Any:
    base = {"resource_types": ["VOLUME"], "target_tags": {"keep": "yes"}, "schedule": [DAILY]}
    values = {"policy_details": [base | details], "state": state}
    return block("aws_dlm_lifecycle_policy.p", values, region)


DISK = block("aws_ebs_volume.v", {"size": 10, "tags": {"keep": "yes"}}, FIRST)


def test_a_policy_that_makes_snapshots_by_tag() -> None:
    backup = the(DISK, snapshots()).facts["backup"]
    assert (backup["enabled"], backup["retention_days"]) == (True, 14)
    assert backup["copies"][0]["region"] == "cn-northwest-1"
    weekly = {**DAILY, "retain_rule": [{"interval": 3, "interval_unit": "WEEKS"}]}
    assert the(DISK, snapshots(schedule=[weekly])).facts["backup"]["retention_days"] == 21


@pytest.mark.parametrize(
    "policy",
    [
        snapshots({"region": "cn-northwest-1"}),
        snapshots(state="DISABLED"),
        snapshots(state=APPLY),
        snapshots(target_tags={"keep": "no"}),
        snapshots(target_tags={"keep": APPLY}),
        snapshots(target_tags=APPLY),
        snapshots(resource_types=["INSTANCE"]),
        snapshots(policy_type="IMAGE_MANAGEMENT"),
        snapshots(policy_type=APPLY),
        block("aws_dlm_lifecycle_policy.p", {"policy_details": APPLY}, FIRST),
    ],
)
def test_policies_that_may_make_none(policy: Any) -> None:
    found = the(DISK, policy)
    assert "backup/enabled" in found.unknown
    assert "enabled" not in found.facts["backup"]


def test_how_long_is_not_known_where_the_rule_is_not() -> None:
    open_ = {**DAILY, "retain_rule": [{"count": APPLY}]}
    for schedule in (open_, {**DAILY, "archive_rule": [{}]}):
        found = the(DISK, snapshots(schedule=[schedule]))
        assert found.facts["backup"]["enabled"] is True
        assert "backup/retention_days" in found.unknown


def test_snapshot_policies_in_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties: {Size: 10, AvailabilityZone: a, Tags: [{Key: keep, Value: "yes"}]}
  Policy:
    Type: AWS::DLM::LifecyclePolicy
    Properties:
      State: ENABLED
      PolicyDetails:
        ResourceTypes: [VOLUME]
        TargetTags: [{Key: keep, Value: "yes"}]
        Schedules: [{CreateRule: {Interval: 24}, RetainRule: {Count: 10}}]
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    backup = documents(folder)[1]["Disk"].facts["backup"]
    assert (backup["enabled"], backup["retention_days"], backup["copies"]) == (True, 10, [])
