"""What the properties of a storage account say of its blobs and files. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast

from collectors.addresses import opens_to_internet
from collectors.azure.ids import region_of, same
from collectors.azure.server_access import acl_ranges
from collectors.document import Unknown, also
from collectors.facts.shared import Encryption, Exposure, Grant, Tls
from collectors.facts.storage import BucketReplica, Lifecycle
from collectors.logic import Known, told

Item = dict[str, Any]
Redundancy = Literal["zone", "multi-zone", "multi-region"]

_TLS: dict[str, Literal["1.0", "1.1", "1.2", "1.3"]] = {
    "tls1_0": "1.0", "tls1_1": "1.1", "tls1_2": "1.2", "tls1_3": "1.3",
}  # fmt: skip
_REDUNDANCY: dict[str, Redundancy] = {
    "lrs": "zone", "zrs": "multi-zone", "grs": "multi-region", "ragrs": "multi-region",
    "gzrs": "multi-region", "ragzrs": "multi-region",
}  # fmt: skip
_ACTIONS = {"blob": ["read"], "container": ["read", "list"]}
_SITE = Unknown("whether the account serves its container $web as a website is not read")


def ranges_of(properties: Item) -> list[str] | Unknown:
    """Who reaches the public endpoints."""
    return acl_ranges(properties.get("networkAcls"), properties.get("publicNetworkAccess"))


def tls_of(properties: Item) -> Tls:
    """An account that tells no lowest version takes TLS 1.0 ("Storage Accounts": the default
    interpretation of minimumTlsVersion)."""
    word = properties.get("minimumTlsVersion")
    minimum = "1.0" if word is None else _TLS.get(str(word).lower())
    return Tls(
        minimum=cast("Any", minimum or Unknown("the account's lowest version of TLS is not known")),
        required=told(properties, "supportsHttpsTrafficOnly"),
        policy=None,
    )


def encryption_of(properties: Item, service: Literal["blob", "file"]) -> Encryption:
    """256-bit AES with Microsoft's key, or with one of a key vault ("Azure Storage encryption for
    data at rest")."""
    settings = properties.get("encryption") or {}
    enabled = ((settings.get("services") or {}).get(service) or {}).get("enabled")
    source = str(settings.get("keySource")).lower()
    if enabled is not True or source not in ("microsoft.storage", "microsoft.keyvault"):
        unknown = Unknown("the account does not tell how it is encrypted")
        return Encryption.unread(unknown)
    vault = settings.get("keyvaultproperties") or {}
    own = source == "microsoft.keyvault"
    named = vault.get("currentVersionedKeyIdentifier") or (
        f"{str(vault.get('keyvaulturi')).rstrip('/')}/keys/{vault.get('keyname')}"
    )
    return Encryption(
        enabled=True,
        key_manager="customer" if own else "provider",
        key_id=named if own else None,
        algorithm="AES-256",
    )


def redundancy_of(account: Item) -> Redundancy | Unknown:
    """By the end of the SKU's name: Standard_RAGRS, PremiumV2_ZRS."""
    name = str((account.get("sku") or {}).get("name"))
    return _REDUNDANCY.get(name.rpartition("_")[2].lower()) or Unknown(
        f"the replication of the SKU {name} is not known"
    )


def anonymous_allowed(properties: Item) -> Known:
    """Whether containers may be public: what it means to say nothing depends on the account's
    age."""
    allowed = told(properties, "allowBlobPublicAccess")
    if allowed is None:
        return Unknown("the account does not tell whether containers may be public")
    return cast("Known", allowed)


def grants_of(properties: Item, containers: list[Item] | Unknown) -> list[Grant] | Unknown:
    """Anonymous reading of blobs, or of blobs and their list, by the containers that allow it."""
    allowed = anonymous_allowed(properties)
    if allowed is False:
        return []
    if isinstance(containers, Unknown):
        return containers
    words = [_access(one) for one in containers]
    if not {*words} <= {"none", *_ACTIONS}:
        return Unknown("the public access of a container is not understood")
    open_to = [_ACTIONS[word] for word in words if word in _ACTIONS]
    if open_to and isinstance(allowed, Unknown):
        return allowed
    return [
        Grant(
            principal="*",
            account=None,
            kind="anyone",
            actions=actions,
            conditions=[],
            narrows=False,
        )
        for actions in open_to
    ]


def exposure_of(properties: Item, containers: list[Item] | Unknown) -> Exposure:
    """Who may read without signing in, seen from the internet."""
    wide = opens_to_internet(ranges_of(properties))
    if wide is False:
        return Exposure(public=False, via=[])
    grants = grants_of(properties, containers)
    if isinstance(grants, list) and grants:
        return Exposure(public=wide, via=wide if isinstance(wide, Unknown) else ["acl"])
    site = isinstance(containers, list) and any(one.get("name") == "$web" for one in containers)
    # A website needs the containers: without their list nobody knows.
    doubt = also(grants, containers, _SITE if site else None)
    if doubt:
        return Exposure.unread(doubt)
    return Exposure(public=False, via=[])


def _access(container: Item) -> str:
    return str(container["properties"].get("publicAccess") or "none").lower()


def immutable_days(properties: Item) -> int | Unknown | None:
    """Days of the account's own immutability policy; one that is not locked can be taken back."""
    settings = properties.get("immutableStorageWithVersioning") or {}
    policy = settings.get("immutabilityPolicy") or {}
    if settings.get("enabled") is not True or not policy:
        return None
    if str(policy.get("state")).lower() != "locked":
        return None
    days = policy.get("immutabilityPeriodSinceCreationInDays")
    return days if isinstance(days, int) else Unknown("the immutability policy tells no period")


def replicas_of(
    account: Item, subscription: str, policies: list[Item] | Unknown, accounts: Sequence[Item]
) -> list[BucketReplica] | Unknown:
    """The paired region of a geo-redundant account, and where object replication copies to."""
    if isinstance(policies, Unknown):
        return policies
    found: list[BucketReplica] = []
    secondary = account["properties"].get("secondaryLocation")
    if secondary or redundancy_of(account) == "multi-region":
        region = (
            region_of({"location": secondary})
            if secondary
            else Unknown("the account does not tell its second region")
        )
        found.append(BucketReplica(region=region, account=subscription, whole=True))
    return found + [
        _target(str(policy["properties"].get("destinationAccount")), accounts)
        for policy in policies
        if _is_account(policy["properties"].get("sourceAccount"), account)
    ]


def _target(name: str, accounts: Sequence[Item]) -> BucketReplica:
    """The account that a policy copies to. Rules name containers, and often prefixes: the copy does
    not stand for the account."""
    for one in accounts:
        if _is_account(name, one):
            return BucketReplica(
                region=region_of(one), account=one["id"].split("/")[2], whole=False
            )
    elsewhere = Unknown("the account that objects are replicated to is in another subscription")
    return BucketReplica(region=elsewhere, account=elsewhere, whole=False)


def _is_account(text: Any, account: Item) -> bool:
    """Policies name accounts by their ids, or by their names, which are unique in a cloud."""
    return same(str(text), account["id"]) or str(text).lower() == str(account["name"]).lower()


def lifecycle_of(policy: Item | Unknown | None) -> Lifecycle | Unknown | None:
    """What enabled rules remove of earlier versions, and after how many days at the soonest. What
    was uploaded and never committed goes by itself after a week, whatever rules say."""
    if policy is None or isinstance(policy, Unknown):
        return policy
    rules = (policy["properties"].get("policy") or {}).get("rules") or []
    found = []
    for rule in rules:
        actions = (rule.get("definition") or {}).get("actions") or {}
        delete = (actions.get("version") or {}).get("delete") or {}
        days = delete.get("daysAfterCreationGreaterThan")
        if rule.get("enabled") is not False and days is not None:
            found.append(int(days))
    return Lifecycle(noncurrent_expiry_days=min(found, default=None), abort_incomplete_days=None)
