"""Settings of a subscription that a template makes: the export of its activity log, plans and
contacts of Defender for Cloud.

Each document stands for what the template sets and not for the whole subscription: what it does not
touch is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.azure.defender_facts import SERVERS, detector_of, notifications
from collectors.azure.diagnostic_logs import NOWHERE
from collectors.azure.workspace_facts import encryption
from collectors.document import Document, Facts, Unknown, then
from collectors.facts.account import (
    AccountAudit,
    AccountThreatDetection,
    Notification,
    Trail,
    TrailDestination,
)
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.accounts import same_account
from collectors.iac.blocks import Block, Mapping, Project, Reference, template_document
from collectors.iac.mappers.azurerm import storage
from collectors.iac.mappers.azurerm.diagnostics import (
    SETTING,
    TABLE,
    WORKSPACE,
    days_of,
    destination_of,
    logs_of,
    owner_of,
    sent,
    workspace_days,
)
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.joins import identity, joined, target_of
from collectors.logic import Known
from collectors.regions import GLOBAL

PLAN = "azurerm_security_center_subscription_pricing"
CONTACT = "azurerm_security_center_contact"

_WHOLE = re.compile(r"/subscriptions/[^/]+/?", re.IGNORECASE)
_SUBSCRIPTION = re.compile(r"(?:^|\.)azurerm_subscription\.")
_ELSEWHERE = Unknown("the store of the activity log is not part of this template")
_NOT_TOLD = Unknown("a template does not tell")
_FREE_DAYS = 90
"""The table of the activity log is kept so long at least, and as long as the workspace keeps others
where that is longer ("Manage data retention in a Log Analytics workspace": log tables with 90-day
default retention)."""


def is_of_subscription(setting: Block) -> bool:
    """Whether a diagnostic setting exports the activity log of a subscription."""
    value = setting.values.get("target_resource_id")
    if isinstance(value, Reference):
        return bool(_SUBSCRIPTION.search(value.address))
    return value is None or (isinstance(value, str) and bool(_WHOLE.fullmatch(value)))


def map_export(block: Block, project: Project) -> Iterator[Document]:
    """One document of all exports of a subscription, where the first of them stands."""
    if not is_of_subscription(block):
        return
    own = _subscription(block, project)
    exports = [
        each
        for each in project.of_type(SETTING)
        if is_of_subscription(each)
        and same_account(project, each, block)
        and _subscription(each, project) == own
    ]
    if exports[0] is not block:
        return
    facts = AccountAudit(
        trails=[_trail(project.take(each), project) for each in exports],
        provider_operations_visible=_NOT_TOLD,
        alarms=Unknown("alarms on operations are not read from templates"),
        central=Unknown("whose store the activity log goes to shows after apply"),
    )
    yield _document(block, project, facts)


def _subscription(setting: Block, project: Project) -> str | None:
    """The subscription that an export names; None for that of its provider, which one that the
    template makes is not."""
    value = setting.values.get("target_resource_id")
    found = project.target(value)
    if found:
        made = None if found.type.startswith("data.") else found.address
        value = found.values.get("subscription_id") or made
    if not isinstance(value, str):
        return None
    return value.rstrip("/").rpartition("/")[2].lower()


def _document(block: Block, project: Project, facts: Facts) -> Document:
    return template_document(
        block, project, facts, provider="azure", region=GLOBAL, name=block.address, tags={}
    )


def _trail(setting: Block, project: Project) -> Trail:
    """The activity log is of all regions and has no reads; nothing signs it."""
    name, value = destination_of(setting)
    logs, doubt = logs_of(setting)
    on: Known = any(each["enabled"] is True for each in logs) or doubt or False
    store = _store(name, value, project)
    return Trail(
        id=f"{setting.source.uri}#{setting.address}",
        all_regions=True,
        management_writes=sent(setting, ("Administrative",), ("allLogs",)),
        management_reads=False,
        data_events=[],
        logging=on if name else NOWHERE,
        integrity_validation=None,
        destination=TrailDestination(
            store=then(value, lambda it: identity(project, it) or NOWHERE),
            account=then(value, lambda it: owner_of(setting, it, project)),
            region=location_of(store, project) if store else _ELSEWHERE,
        ),
        # Nothing has been exported yet, and nothing has failed.
        delivery_error=None,
        **_kept(store, project),
    )


def _store(name: str, value: Any, project: Project) -> Block | None:
    kinds = {"workspaceId": WORKSPACE, "storageAccountId": storage.ACCOUNT}
    return target_of(project, value, kinds[name]) if name in kinds else None


def _kept(store: Block | None, project: Project) -> dict[str, Any]:
    """How a store keeps the log: a workspace in a table, a storage account in append blobs."""
    if store is None:
        return {
            "encryption": Encryption.unread(_ELSEWHERE),
            "retention_days": _ELSEWHERE,
            "store_exposure": Exposure.unread(_ELSEWHERE),
            "store_versioning": _ELSEWHERE,
            "store_lock_days": _ELSEWHERE,
        }
    if store.type == WORKSPACE:
        return {
            "encryption": encryption(),
            "retention_days": _table_days(store, project),
            "store_exposure": Exposure(public=False, via=[]),
            "store_versioning": None,
            "store_lock_days": None,
        }
    facts = storage.facts_of(store, project)
    return {
        "encryption": facts.encryption,
        # For ever, unless a lifecycle policy may delete blobs of the log.
        "retention_days": storage.deletes_logs(store, project),
        "store_exposure": facts.exposure,
        "store_versioning": facts.versioning,
        "store_lock_days": storage.locked_days(store),
    }


def _table_days(workspace: Block, project: Project) -> int | Unknown:
    """Days that the table of the activity log is kept, with what it keeps as an archive."""
    tables = joined(project, workspace, "workspace_id", TABLE)
    default = then(workspace_days(workspace), lambda days: max(days, _FREE_DAYS))
    for table in tables.blocks:
        name = table.read("name", str, "")
        if isinstance(name, Unknown):
            return name
        if name.lower() == "azureactivity":
            return days_of(table, default)
    return tables.doubt or default


def map_defender(block: Block, project: Project) -> Iterator[Document]:
    """One document of a subscription's plan of servers and its contacts, where the first of them
    stands. Plans of other resources alone tell nothing."""
    plans = [each for each in project.of_type(PLAN) if same_account(project, each, block)]
    servers = [each for each in plans if _is_of_servers(each) is not False]
    contacts = [each for each in project.of_type(CONTACT) if same_account(project, each, block)]
    telling = [*servers, *contacts]
    if not telling or telling[0] is not block:
        return
    for each in [*plans, *contacts]:
        project.take(each)
    facts = AccountThreatDetection(
        detectors=[detector_of([_pricing(each) for each in plans])] if servers else _NOT_TOLD,
        notifications=[_notification(each) for each in contacts] if contacts else _NOT_TOLD,
        aggregated=_NOT_TOLD,
    )
    yield _document(block, project, facts)


def _is_of_servers(plan: Block) -> Known:
    kind = plan.read("resource_type", str, "VirtualMachines")
    return then(kind, lambda word: word.lower() == SERVERS)


def _pricing(plan: Block) -> dict[str, Any]:
    """A plan in the words of ARM. One that may be of servers leaves open whether theirs is on."""
    kind = plan.read("resource_type", str, "VirtualMachines")
    tier = plan.read("tier", str, Unknown("the plan gives no tier"))
    if isinstance(kind, Unknown):
        kind, tier = SERVERS, kind
    return {"name": kind, "properties": {"pricingTier": tier}}


def _notification(contact: Block) -> Notification:
    on = contact.read(
        "alert_notifications", bool, Unknown("the contact gives no alert_notifications")
    )
    by_role = contact.read("alerts_to_admins", bool, default=False)
    # No argument of Terraform's, but a property of ARM's.
    severity = contact.read("minimal_severity", str, "")
    told = {
        "emails": contact.values.get("email") is not None,
        "alertNotifications": {
            "state": "On" if on is True else "Off",
            "minimalSeverity": severity if isinstance(severity, str) else None,
        },
        "notificationsByRole": {"state": "On" if by_role is True else "Off", "roles": ["Owner"]},
    }
    (found,) = notifications([{"properties": told}])
    if isinstance(on, Unknown):
        found.active = on
    if isinstance(severity, Unknown):
        found.minimum_severity = severity
    return found


MAPPINGS = [
    Mapping(types=(SETTING,), facts=AccountAudit, map=map_export, joined=(TABLE,)),
    Mapping(types=(PLAN, CONTACT), facts=AccountThreatDetection, map=map_defender),
]

LINK_TYPES = frozenset({"azurerm_log_analytics_workspace_table"})
