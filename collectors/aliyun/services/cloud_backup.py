"""Cloud Backup (HBR): vaults, policies, and plans of the older generation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.backup_calls import DESCRIBE_PLANS, DESCRIBE_VAULTS, plans_of
from collectors.aliyun.backup_plans import copies_of, days_of, mirrors, retention_of, schedule_of
from collectors.aliyun.hbr_calls import DESCRIBE_POLICIES
from collectors.aliyun.kms_calls import DESCRIBE_KEY, key_manager
from collectors.document import Document, Unknown, also
from collectors.facts.backup import BackupPlan, BackupVault
from collectors.facts.shared import Encryption, Grant

VAULT, POLICY, PLAN = "ACS::HBR::Vault", "ACS::HBR::Policy", "ACS::HBR::BackupPlan"
_VAULT_KEPT = (
    "VaultId",
    "VaultName",
    "VaultType",
    "VaultRegionId",
    "VaultStorageClass",
    "RedundancyType",
    "Retention",
    "WormEnabled",
    "Status",
    "ReplicationSourceVaultId",
    "ReplicationTargetRegionId",
    "ReplicationTargetVaultId",
)
_POLICY_KEPT = ("PolicyId", "PolicyName", "PolicyType", "PolicyBindingCount", "Rules")
_PLAN_KEPT = ("PlanId", "PlanName", "SourceType", "VaultId", "Schedule", "Retention", "Disabled",
              "FileSystemId", "Bucket", "InstanceId", "InstanceName")  # fmt: skip
_PLANNED = ("NAS", "OSS", "ECS_FILE", "OTS")
"""The kinds of data that plans are made for; the API lists one at a time."""

Item = dict[str, Any]


def cloud_backup(account: Account, region: str) -> Iterable[Document]:
    """Documents of the vaults, the policies and the plans of a region."""
    policies = account.listed(DESCRIBE_POLICIES, region)
    plans = [plans_of(account, region, source) for source in _PLANNED]
    listed = account.listed(DESCRIBE_VAULTS, region)
    if isinstance(listed, Unknown):
        yield account.unlisted(BackupVault, listed, region, VAULT)
        vaults: dict[str, Item] | Unknown = listed
    else:
        kept = _kept(policies, plans)
        yield from account.map(lambda vault: _vault(account, region, vault, kept), listed)
        vaults = {vault["VaultId"]: vault for vault in listed}
    if isinstance(policies, Unknown):
        yield account.unlisted(BackupPlan, policies, region, POLICY)
    else:
        yield from (_policy(account, region, policy, vaults) for policy in policies)
    doubt = also(*plans)
    if doubt:
        yield account.unlisted(BackupPlan, doubt, region, PLAN)
        return
    for found in plans:
        assert not isinstance(found, Unknown)
        yield from (_plan(account, region, plan, vaults) for plan in found)


Kept = dict[str, list[int | Unknown]]
"""How long what writes to a vault keeps its backups, by the id of the vault."""


def _kept(policies: list[Item] | Unknown, plans: list[list[Item] | Unknown]) -> Kept | Unknown:
    doubt = also(policies, *plans)
    if doubt:
        return doubt
    kept: Kept = {}
    for policy in policies if not isinstance(policies, Unknown) else []:
        for rule in policy.get("Rules") or []:
            if rule.get("RuleType") == "BACKUP" and rule.get("VaultId"):
                kept.setdefault(rule["VaultId"], []).append(retention_of(policy))
    for found in plans:
        for plan in found if not isinstance(found, Unknown) else []:
            kept.setdefault(str(plan.get("VaultId")), []).append(days_of(plan))
    return kept


def _vault(account: Account, region: str, vault: Item, kept: Kept | Unknown) -> Document:
    return account.document(
        BackupVault(
            encryption=_encryption(account, region, vault),
            lock_days=_lock_days(vault, kept),
            policy=_shared(vault),
            region=vault.get("VaultRegionId") or region,
            redundancy=_redundancy(vault),
        ),
        id=account.arn("hbr", region, f"vault/{vault['VaultId']}"),
        region=region,
        name=vault.get("VaultName") or vault["VaultId"],
        native_type=VAULT,
        tags=tags_of(vault.get("Tags")),
        native={name: vault[name] for name in _VAULT_KEPT if name in vault},
    )


def _encryption(account: Account, region: str, vault: Item) -> Encryption | Unknown:
    """Vaults are always encrypted: with a key of Cloud Backup, or with one of KMS (HBR,
    "CreateVault": EncryptType)."""
    kind, key = vault.get("EncryptType"), vault.get("KmsKeyId") or None
    if kind not in {"HBR_PRIVATE", "KMS"}:
        return Unknown("Cloud Backup does not tell how the vault is encrypted")
    if kind == "HBR_PRIVATE":
        return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm="AES-256")
    return Encryption(
        enabled=True,
        key_manager=key_manager(account, region, key)
        if key
        else Unknown("the API does not name the key"),
        key_id=key or Unknown("the API does not name the key"),
        algorithm=Unknown("the API does not name the algorithm"),
    )


def _lock_days(vault: Item, kept: Kept | Unknown) -> int | Unknown | None:
    """With immutable backup on nobody removes a backup before its time (HBR user guide, "Immutable
    backup"): the vault's own, where it names one, else the shortest of what writes to it."""
    if str(vault.get("VaultType") or "STANDARD").startswith("UDM"):
        return Unknown("the immutability of backups of instances is set in their policies")
    locked = vault.get("WormEnabled")
    if not isinstance(locked, bool):
        return Unknown("Cloud Backup does not tell whether the vault is locked")
    if not locked:
        return None
    own = days_of(vault)
    if not isinstance(own, Unknown) and own > 0:
        return own
    if isinstance(kept, Unknown):
        return kept
    days = kept.get(vault["VaultId"], [])
    if not days:
        return Unknown("nothing is backed up to the locked vault, so that it keeps nothing yet")
    return also(*days) or min(one for one in days if not isinstance(one, Unknown))


def _shared(vault: Item) -> list[Grant]:
    """A vault has no policy; it may be shared with other accounts (Resource Sharing)."""
    targets = (vault.get("RsTargetAccountIds") or {}).get("RsTargetAccountId") or []
    return [
        Grant(
            principal=str(target),
            account=str(target),
            kind="account",
            actions=["hbr:*"],
            conditions=[],
            narrows=False,
        )
        for target in targets
    ]


def _redundancy(vault: Item) -> Literal["zone", "multi-zone"] | Unknown:
    kind = vault.get("RedundancyType")
    if kind in {"LRS", "ZRS"}:
        return "zone" if kind == "LRS" else "multi-zone"
    return Unknown("Cloud Backup does not tell the redundancy of the vault")


def _policy(
    account: Account, region: str, policy: Item, vaults: dict[str, Item] | Unknown
) -> Document:
    bound = policy.get("PolicyBindingCount")
    return account.document(
        BackupPlan(
            resources=int(bound)
            if bound is not None
            else Unknown("Cloud Backup does not tell what is bound to the policy"),
            schedule=schedule_of(policy),
            retention_days=retention_of(policy),
            copies=copies_of(policy, vaults, account.id),
        ),
        id=account.arn("hbr", region, f"policy/{policy['PolicyId']}"),
        region=region,
        name=policy.get("PolicyName") or policy["PolicyId"],
        native_type=POLICY,
        native={name: policy[name] for name in _POLICY_KEPT if name in policy},
    )


def _plan(account: Account, region: str, plan: Item, vaults: dict[str, Item] | Unknown) -> Document:
    """A plan of one resource; of none while it is paused."""
    return account.document(
        BackupPlan(
            resources=0 if plan.get("Disabled") else 1,
            schedule=plan.get("Schedule") or Unknown("Cloud Backup does not tell the schedule"),
            retention_days=days_of(plan),
            copies=mirrors(plan.get("VaultId"), vaults, account.id),
        ),
        id=account.arn("hbr", region, f"plan/{plan['PlanId']}"),
        region=region,
        name=plan.get("PlanName") or plan["PlanId"],
        native_type=PLAN,
        native={name: plan[name] for name in _PLAN_KEPT if name in plan},
    )


SERVICE = Service(
    name="Cloud Backup",
    types=((BackupVault, VAULT), (BackupPlan, POLICY), (BackupPlan, PLAN)),
    calls=(DESCRIBE_VAULTS, DESCRIBE_POLICIES, DESCRIBE_PLANS, DESCRIBE_KEY),
    region=cloud_backup,
)
