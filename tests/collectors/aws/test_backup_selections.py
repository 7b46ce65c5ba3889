"""Which resources a plan of AWS Backup takes, and what its rules keep: pure rules."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.backup_selections import FOR_EVER, Protection, Thing, protections, selects
from collectors.document import Unknown
from collectors.facts.shared import BackupCopy

ARN = "arn:aws-cn:ec2:cn-north-1:123456789012:volume/vol-1"
THING = Thing("EBS", ARN, {"backup": "daily", "system": "bank"})
NOT_THERE = Unknown("a condition of a backup plan asks what a tag is not, and there is none")
DENIED = Unknown("denied")


def tagged(key: str, value: str) -> dict[str, str]:
    return {"ConditionType": "STRINGEQUALS", "ConditionKey": key, "ConditionValue": value}


def asks(operator: str, key: str, value: str) -> dict[str, Any]:
    one = {"ConditionKey": f"aws:ResourceTag/{key}", "ConditionValue": value}
    return {"Resources": ["arn:aws-cn:ec2:*:*:volume/*"], "Conditions": {operator: [one]}}


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"Resources": [ARN]}, True),
        ({"Resources": ["arn:aws-cn:ec2:*:*:volume/*"]}, True),
        ({"Resources": ["arn:aws-cn:ec2:*:*:instance/*"]}, False),
        ({"Resources": ["*"], "NotResources": ["arn:aws-cn:ec2:*:*:volume/vol-?"]}, False),
        ({"ListOfTags": [tagged("backup", "weekly"), tagged("system", "bank")]}, True),
        ({"ListOfTags": [tagged("aws:ResourceTag/backup", "daily")]}, True),
        ({"ListOfTags": [tagged("backup", "weekly")]}, False),
        ({"ListOfTags": [tagged("backup", "Daily")]}, False),
        # By ARN or by tag.
        ({"Resources": ["arn:aws-cn:rds:*"], "ListOfTags": [tagged("backup", "daily")]}, True),
        # Without either: everything that the region has opted in to.
        ({}, True),
        (asks("StringEquals", "backup", "daily"), True),
        (asks("StringEquals", "backup", "weekly"), False),
        (asks("StringEquals", "owner", "li.na"), False),
        (asks("StringLike", "backup", "d*"), True),
        (asks("StringNotEquals", "backup", "never"), True),
        (asks("StringNotLike", "backup", "d*"), False),
        (asks("StringNotEquals", "owner", "li.na"), NOT_THERE),
    ],
)
def test_selections(selection: dict[str, Any], expected: bool | Unknown) -> None:
    assert selects(selection, THING, {"EBS": True}) == expected


@pytest.mark.parametrize(
    ("selection", "needs"),
    [
        ({"Resources": [ARN]}, False),
        ({"Resources": ["arn:aws-cn:ec2:*:*:volume/*"]}, False),
        ({"Resources": ["arn:aws-cn:ec2:*"]}, True),
        ({"Resources": ["*"]}, True),
        ({"ListOfTags": [tagged("backup", "daily")]}, True),
        ({}, True),
    ],
)
def test_what_names_no_kind_takes_only_what_is_opted_in(
    selection: dict[str, Any], needs: bool
) -> None:
    assert selects(selection, THING, {"EBS": False, "EC2": True}) is (not needs)
    assert selects(selection, THING, {}) is (not needs)
    assert selects(selection, THING, DENIED) == (DENIED if needs else True)


def test_what_rules_keep() -> None:
    vault = "arn:aws-cn:backup:cn-northwest-1:111122223333:backup-vault:far"
    copy = {"DestinationBackupVaultArn": vault, "Lifecycle": {"DeleteAfterDays": 90}}
    place = BackupCopy(region="cn-northwest-1", account="111122223333", kind="aws-backup")
    handed_on = {"DeleteAfterEvent": "DELETE_AFTER_COPY"}
    assert protections(
        [
            {"Lifecycle": {"DeleteAfterDays": 14}},
            {"Lifecycle": {"MoveToColdStorageAfterDays": 30}, "CopyActions": []},
            {"CopyActions": [copy]},
            {"Lifecycle": handed_on, "CopyActions": [copy]},
        ]
    ) == [
        Protection(14, []),
        Protection(FOR_EVER, []),
        Protection(FOR_EVER, [place]),
        Protection(90, [place]),
    ]
