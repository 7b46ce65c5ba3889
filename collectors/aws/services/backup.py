"""AWS Backup: vaults, their locks and who may use them; plans, what they take and copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.backup_facts import copies, lock_days, resources, retention_days, schedule
from collectors.aws.backup_selections import CALLS, LIST_BACKUP_PLANS, Plan, read_backup_plans
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.policy_document import grants
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.backup import BackupPlan, BackupVault
from collectors.facts.shared import Encryption

VAULT = "AWS::Backup::BackupVault"
PLAN = "AWS::Backup::BackupPlan"
LIST_VAULTS = Call(
    provider="aws",
    service="backup",
    operation="ListBackupVaults",
    permission="backup:ListBackupVaults",
    scope="region",
    result="BackupVaultList",
    paged=True,
)
GET_VAULT_POLICY = Call(
    provider="aws",
    service="backup",
    operation="GetBackupVaultAccessPolicy",
    permission="backup:GetBackupVaultAccessPolicy",
    scope="resource",
    result="Policy",
    # The vault was listed: it is the policy that is not there.
    absent=("ResourceNotFoundException",),
)
LIST_TAGS = Call(
    provider="aws",
    service="backup",
    operation="ListTags",
    permission="backup:ListTags",
    scope="resource",
    result="Tags",
    may_omit=True,
)

Item = dict[str, Any]


def vaults(account: Account, region: str) -> Iterable[Document]:
    """A document for each vault of a region."""
    found = account.read(LIST_VAULTS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(BackupVault, found, region, VAULT)
        return
    yield from account.map(lambda item: _vault(account, region, item), found)


def plans(account: Account, region: str) -> Iterable[Document]:
    """A document for each plan of a region."""
    listed = account.read(LIST_BACKUP_PLANS, region)
    if isinstance(listed, Unknown):
        yield account.unlisted(BackupPlan, listed, region, PLAN)
        return
    found = read_backup_plans(account, region)
    assert not isinstance(found, Unknown), "the same list"
    for item, plan in zip(listed, found, strict=True):
        yield _plan(account, region, item, plan)


def vaults_and_plans(account: Account, region: str) -> Iterable[Document]:
    """Documents of the vaults and of the plans of a region."""
    yield from vaults(account, region)
    yield from plans(account, region)


def _vault(account: Account, region: str, item: Item) -> Document:
    name, arn = item["BackupVaultName"], item["BackupVaultArn"]
    policy = account.read(GET_VAULT_POLICY, region, name, BackupVaultName=name)
    tags = account.read(LIST_TAGS, region, arn, ResourceArn=arn)
    return account.document(
        BackupVault(
            encryption=_encryption(account, region, item),
            lock_days=lock_days(item, datetime.now(UTC)),
            policy=then(policy, grants),
            region=region,
            # Backups are kept in several zones (AWS Backup developer guide, "Resilience").
            redundancy="multi-zone",
        ),
        id=arn,
        region=region,
        name=name,
        tags=tags,
        native_type=VAULT,
        native=item,
    )


def _encryption(account: Account, region: str, item: Item) -> Encryption:
    """Vaults always name a key of KMS; an air-gapped one may have a key of the service."""
    by_service = item.get("EncryptionKeyType") == "AWS_OWNED_KMS_KEY"
    key = None if by_service else item.get("EncryptionKeyArn", KEY_NOT_TOLD)
    return at_rest(account, region, True, key)


def _plan(account: Account, region: str, item: Item, plan: Plan) -> Document:
    arn = item["BackupPlanArn"]
    tags = account.read(LIST_TAGS, region, arn, ResourceArn=arn)
    return account.document(
        BackupPlan(
            resources=resources(plan.selections),
            schedule=then(plan.rules, schedule),
            retention_days=then(plan.rules, retention_days),
            copies=then(plan.rules, copies),
        ),
        id=arn,
        region=region,
        name=item["BackupPlanName"],
        tags=tags,
        native_type=PLAN,
        native={key: item[key] for key in item if key != "AdvancedBackupSettings"},
    )


SERVICE = Service(
    name="AWS Backup",
    types=((BackupVault, VAULT), (BackupPlan, PLAN)),
    calls=(LIST_VAULTS, GET_VAULT_POLICY, LIST_TAGS, *CALLS, DESCRIBE_KEY),
    region=vaults_and_plans,
)
