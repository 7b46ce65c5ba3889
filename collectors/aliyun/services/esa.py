"""Edge Security Acceleration (ESA), which follows DCDN: sites with their TLS, WAF and logs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service
from collectors.aliyun.esa_facts import (
    MANAGED,
    NOT_COVERED,
    SCOPES,
    VERSIONS,
    delivers,
    running,
    store_of,
    waf_of,
)
from collectors.aliyun.esa_settings import Item, origin_https, viewer_tls
from collectors.aliyun.log_destinations import RETENTION_CALLS, logstore_arn, logstore_days
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.logic import shortest, told
from collectors.regions import GLOBAL


def _call(operation: str, result: str, scope: Scope = "resource", *, paged: bool = True) -> Call:
    return Call(
        provider="aliyun",
        service="esa",
        operation=operation,
        permission=f"esa:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_SITES = _call("ListSites", "Sites", "account")
GET_SITE = _call("GetSite", "SiteModel", paged=False)
LIST_HTTPS = _call("ListHttpsBasicConfigurations", "Configs")
LIST_HTTPS_APPLICATION = _call("ListHttpsApplicationConfigurations", "Configs")
LIST_ORIGIN_RULES = _call("ListOriginRules", "Configs")
LIST_RULE_SETS = _call("ListWafRulesets", "Rulesets")
LIST_DELIVERIES = _call("ListSiteDeliveryTasks", "Tasks")
GET_DELIVERY = _call("GetSiteDeliveryTask", "", paged=False)

NATIVE = "ACS::ESA::Site"
_KEPT = (
    "SiteId", "SiteName", "Status", "AccessType", "Coverage", "PlanName", "PlanSpecName",
    "CreateTime", "UpdateTime",
)  # fmt: skip
_NOT_SERVING = {"pending", "offline", "moved"}
"""`Status` of ListSites: not yet set up, paused, and taken over by another account."""


def sites(account: Account) -> Iterable[Document]:
    """A document for each site of the account that serves, or may."""
    found = account.listed(LIST_SITES)
    if isinstance(found, Unknown):
        yield account.unlisted(Cdn, found, GLOBAL, NATIVE)
        return
    yield from account.map(lambda item: _site(account, item), filter(may_serve, found))


def may_serve(site: Item) -> bool:
    """Whether a site serves; one in a state that is not known may."""
    return site.get("Status") not in _NOT_SERVING


def _site(account: Account, item: Item) -> Document:
    identity, name = item["SiteId"], str(item["SiteName"])
    current = then(account.read(GET_SITE, GLOBAL, name, SiteId=identity), _has_one_version)

    def listed(call: Call, **params: str) -> list[Item] | Unknown:
        found = account.listed(call, GLOBAL, name, SiteId=identity, **params)
        return also(current) or found

    basic, application = listed(LIST_HTTPS), listed(LIST_HTTPS_APPLICATION)
    origins = listed(LIST_ORIGIN_RULES)
    coverage = str(item.get("Coverage"))
    tags = item.get("Tags") or {}
    return account.document(
        Cdn(
            scope=SCOPES.get(coverage, NOT_COVERED),
            viewer_tls=_viewer_tls(basic, application),
            origin_https=also(origins, application)
            or origin_https(_known(origins), _known(application)),
            waf=then(listed(LIST_RULE_SETS, Phase=MANAGED), waf_of),
            logging=logging(account, coverage, _deliveries(account, name, identity)),
        ),
        id=account.arn("esa", GLOBAL, f"site/{identity}"),
        region=GLOBAL,
        name=name,
        tags={str(key): str(value) for key, value in tags.items()},
        native_type=NATIVE,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _has_one_version(site: Item) -> bool | Unknown:
    """Whether the settings are not kept in versions, of which another may be in force than the one
    that is told (ListOriginRules: SiteVersion)."""
    versions = told(site, "VersionManagement")
    return VERSIONS if versions is True else then(versions, lambda _: True)


def _known(found: list[Item] | Unknown) -> list[Item]:
    return [] if isinstance(found, Unknown) else found


def _viewer_tls(basic: list[Item] | Unknown, application: list[Item] | Unknown) -> Tls:
    found = viewer_tls(_known(basic), _known(application))
    if isinstance(basic, Unknown):
        return Tls.unread(basic)
    if isinstance(application, Unknown):
        found.required = application
    return found


def _deliveries(account: Account, site: str, identity: Any) -> list[Item] | Unknown:
    """The running tasks for the access log, with what they drop and where they lead."""

    def whole(task: Item) -> Item:
        found = account.read(GET_DELIVERY, GLOBAL, site, SiteId=identity, TaskName=task["TaskName"])
        if isinstance(found, Unknown):
            return {**task, "DiscardRate": found, "SinkConfig": found}
        return {**task, **(found or {})}

    tasks = account.listed(LIST_DELIVERIES, GLOBAL, site, SiteId=identity)
    return then(tasks, lambda every: [whole(one) for one in running(every)])


def logging(account: Account, coverage: str, tasks: list[Item] | Unknown) -> Logging:
    """What running tasks deliver of the access log, and where: to a Logstore of the account."""
    if isinstance(tasks, Unknown):
        return Logging.unread(tasks)
    if not tasks:
        return Logging.off()
    stores = [store_of(one) for one in tasks]
    kept = [then(store, lambda found: logstore_days(account, *found)) for store in stores]
    return Logging(
        enabled=delivers(coverage, tasks),
        destination=then(stores[0], lambda found: logstore_arn(account, *found)),
        destination_account=then(stores[0], lambda _: account.id),
        destination_region=then(stores[0], lambda found: found[0]),
        retention_days=shortest(*kept),
    )


SERVICE = Service(
    name="ESA",
    types=((Cdn, NATIVE),),
    calls=(
        LIST_SITES,
        GET_SITE,
        LIST_HTTPS,
        LIST_HTTPS_APPLICATION,
        LIST_ORIGIN_RULES,
        LIST_RULE_SETS,
        LIST_DELIVERIES,
        GET_DELIVERY,
        *RETENTION_CALLS,
    ),
    account=sites,
)
