"""The activity log: where the subscription exports it to, alarms on operations in it, and Customer
Lockbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.activity_log_stores import (
    STORE_CALLS,
    Store,
    in_storage,
    in_workspace,
    unread,
)
from collectors.azure.alert_processing import LISTENER_CALLS, listeners
from collectors.azure.calls import child
from collectors.azure.diagnostic_settings import DIAGNOSTIC_SETTINGS
from collectors.azure.ids import subscription_of
from collectors.azure.operation_alerts import LIST_ACTIVITY_ALERTS, operation_alarms
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountAudit, Trail, TrailDestination
from collectors.logic import told

GET_LOCKBOX = child(
    "Microsoft.CustomerLockbox/TenantOptedIn",
    "Get_TenantOptedIn",
    "/providers/Microsoft.CustomerLockbox/tenantOptedIn/{tenant}",
    scope="account",
    proof="isOptedIn",
)

_STORES = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")
_OTHER_STORE = Unknown("the store of the activity log is no workspace and no storage account")
_OWN_STORE = Unknown("whether other subscriptions send their activity log here is not known")

Item = dict[str, Any]


def audit(account: Account) -> Iterable[Document]:
    """The document of the subscription's audit."""
    settings = account.listed(DIAGNOSTIC_SETTINGS, id=f"/subscriptions/{account.id}")
    trails = then(settings, lambda found: [_trail(account, one) for one in found])
    alerts = account.resources(LIST_ACTIVITY_ALERTS)
    who = listeners(account)
    yield account.whole(
        AccountAudit(
            trails=trails,
            provider_operations_visible=then(
                account.read(GET_LOCKBOX, tenant=account.tenant), _opted_in
            ),
            alarms=then(alerts, lambda rules: operation_alarms(rules, who)),
            central=then(trails, lambda known: _is_central(account, known)),
        )
    )


def _opted_in(answer: Item | None) -> bool | Unknown:
    on = told(answer or {}, "isOptedIn")
    return on if isinstance(on, bool) else Unknown("Customer Lockbox does not tell its state")


def _trail(account: Account, setting: Item) -> Trail:
    """The activity log is of all regions and has no reads; nothing signs it."""
    properties = setting["properties"]
    on = [log for log in properties.get("logs") or () if log.get("enabled") is True]
    groups = {str(log.get("categoryGroup")).lower() for log in on}
    names = {str(log.get("category")).lower() for log in on}
    name = next((one for one in _STORES if properties.get(one)), None)
    nowhere = Unknown("the diagnostic setting names no destination")
    id_ = str(properties[name]) if name else nowhere
    store = _store(account, name, id_)
    return Trail(
        id=str(setting["id"]),
        all_regions=True,
        management_writes="administrative" in names or "alllogs" in groups,
        management_reads=False,
        data_events=[],
        logging=nowhere if isinstance(id_, Unknown) else bool(on),
        integrity_validation=None,
        encryption=store.encryption,
        destination=TrailDestination(
            store=id_, account=then(id_, subscription_of), region=store.region
        ),
        retention_days=store.retention_days,
        store_exposure=store.exposure,
        store_versioning=store.versioning,
        store_lock_days=store.lock_days,
        # Azure reports no errors of the export, but one to a store that was deleted gets nowhere.
        delivery_error=store.error,
    )


def _store(account: Account, name: str | None, id_: str | Unknown) -> Store:
    if isinstance(id_, Unknown):
        return unread(id_)
    read = {"workspaceId": in_workspace, "storageAccountId": in_storage}.get(str(name))
    return read(account, id_) if read else unread(_OTHER_STORE)


def _is_central(account: Account, trails: list[Trail]) -> bool | Unknown:
    """Whether the log goes to another subscription's store."""
    running = [
        trail
        for trail in trails
        if trail.logging is True
        and trail.management_writes
        and not isinstance(trail.delivery_error, str)
    ]
    for trail in running:
        assert isinstance(trail.destination, TrailDestination)
        owner = trail.destination.account
        if isinstance(owner, str) and owner != account.id.lower():
            return True
    return _OWN_STORE if running else False


SERVICE = Service(
    name="Activity log",
    types=((AccountAudit, SUBSCRIPTION),),
    calls=(
        DIAGNOSTIC_SETTINGS,
        *STORE_CALLS,
        LIST_ACTIVITY_ALERTS,
        *LISTENER_CALLS,
        GET_LOCKBOX,
    ),
    account=audit,
)
