"""The activity log: where the subscription exports it to, alarms on operations in it, and Customer
Lockbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import SUBSCRIPTION, Account, Service
from collectors.azure.alert_actions import LIST_ACTION_GROUPS, telling
from collectors.azure.calls import child
from collectors.azure.diagnostic_settings import DIAGNOSTIC_SETTINGS, LIST_WORKSPACES
from collectors.azure.ids import region_of, same, subscription_of
from collectors.azure.operation_alerts import LIST_ACTIVITY_ALERTS, operation_alarms
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountAudit, Trail, TrailDestination
from collectors.facts.shared import Encryption, Exposure
from collectors.logic import told

GET_LOCKBOX = child(
    "Microsoft.CustomerLockbox/TenantOptedIn",
    "Get_TenantOptedIn",
    "/providers/Microsoft.CustomerLockbox/tenantOptedIn/{tenant}",
    scope="account",
    proof="isOptedIn",
)

GET_TABLE = child(
    "Microsoft.OperationalInsights/workspaces/tables", "Tables_Get", "{id}/tables/{name}"
)

_STORES = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")
_OTHER_STORE = Unknown("the store of the activity log is no workspace and is not read")
_NOT_VISIBLE = Unknown("the workspace is not visible to this account")
_OWN_STORE = Unknown("whether other subscriptions send their activity log here is not known")

Item = dict[str, Any]


def audit(account: Account) -> Iterable[Document]:
    """The document of the subscription's audit."""
    settings = account.listed(DIAGNOSTIC_SETTINGS, id=f"/subscriptions/{account.id}")
    trails = then(settings, lambda found: [_trail(account, one) for one in found])
    alerts = account.resources(LIST_ACTIVITY_ALERTS)
    groups = telling(account)
    yield account.whole(
        AccountAudit(
            trails=trails,
            provider_operations_visible=then(
                account.read(GET_LOCKBOX, tenant=account.tenant), _opted_in
            ),
            alarms=then(alerts, lambda rules: operation_alarms(rules, groups, account.id)),
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
    workspace = _workspace(account, properties)
    store = next((str(properties[one]) for one in _STORES if properties.get(one)), None)
    nowhere = Unknown("the diagnostic setting names no destination")
    return Trail(
        id=str(setting["id"]),
        all_regions=True,
        management_writes="administrative" in names or "alllogs" in groups,
        management_reads=False,
        data_events=[],
        logging=bool(on) if store else nowhere,
        integrity_validation=None,
        # A Log Analytics workspace encrypts what it holds always ("Azure Monitor data security").
        encryption=Encryption(
            enabled=then(workspace, lambda _: True),
            key_manager=_KEY_NOT_READ,
            key_id=_KEY_NOT_READ,
            algorithm="AES-256" if properties.get("workspaceId") else _OTHER_STORE,
        ),
        destination=TrailDestination(
            store=store or nowhere,
            account=subscription_of(store) if store else nowhere,
            region=then(workspace, region_of),
        ),
        retention_days=then(workspace, lambda found: _retention(account, found)),
        # Reading a workspace takes a sign-in and a role, whatever its network says.
        store_exposure=Exposure(
            public=then(workspace, lambda _: False), via=then(workspace, lambda _: [])
        ),
        store_versioning=None if properties.get("workspaceId") else _OTHER_STORE,
        store_lock_days=None if properties.get("workspaceId") else _OTHER_STORE,
        # Azure reports no errors of the export; one to a workspace that is gone gets nowhere.
        delivery_error=then(workspace, lambda _: None),
    )


_KEY_NOT_READ = Unknown("the key of the workspace is not read")


def _workspace(account: Account, setting: Item) -> Item | Unknown:
    id_ = setting.get("workspaceId")
    if not id_:
        return _OTHER_STORE
    workspaces = account.resources(LIST_WORKSPACES)
    if isinstance(workspaces, Unknown):
        return workspaces
    return next((one for one in workspaces if same(one["id"], id_)), _NOT_VISIBLE)


def _retention(account: Account, workspace: Item) -> int | Unknown:
    """Days that the table of the activity log is kept, with what it keeps as an archive: a table
    may have a time of its own, shorter or longer than the workspace's."""
    table = account.read(GET_TABLE, id=workspace["id"], name="AzureActivity")
    if isinstance(table, Unknown):
        return table
    days = ((table or {}).get("properties") or {}).get("totalRetentionInDays")
    return (
        days
        if isinstance(days, int) and days > 0
        else Unknown("the workspace does not tell how long it keeps the activity log")
    )


def _is_central(account: Account, trails: list[Trail]) -> bool | Unknown:
    """Whether the log goes to another subscription's store."""
    running = [trail for trail in trails if trail.logging is True and trail.management_writes]
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
        GET_TABLE,
        DIAGNOSTIC_SETTINGS,
        LIST_WORKSPACES,
        LIST_ACTIVITY_ALERTS,
        LIST_ACTION_GROUPS,
        GET_LOCKBOX,
    ),
    account=audit,
)
