"""Edge Security Acceleration (ESA), which follows DCDN: sites with their TLS, WAF and logs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from collectors.aliyun.account import Account, Service
from collectors.aliyun.esa_settings import Item, origin_https, viewer_tls
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.logic import told
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

NATIVE = "ACS::ESA::Site"
_KEPT = (
    "SiteId", "SiteName", "Status", "AccessType", "Coverage", "PlanName", "PlanSpecName",
    "CreateTime", "UpdateTime",
)  # fmt: skip
_SCOPES: dict[str, Literal["mainland", "global", "overseas"]] = {
    "domestic": "mainland", "global": "global", "overseas": "overseas",
}  # fmt: skip
# Where a site serves from, and the data centres that its logs are gathered in.
_CENTRES = {"domestic": {"cn"}, "overseas": {"sg"}, "global": {"cn", "sg"}}
_OTHER_NAMES = {"oversea": "sg"}
_NOT_SERVING = {"pending", "offline", "moved"}
"""`Status` of ListSites: not yet set up, paused, and taken over by another account."""
_MANAGED = "http_managed"
_ACCESS_LOG = "dcdn_log_access_l1"

_NOT_COVERED = Unknown("the site's coverage is not told")
_VERSIONS = Unknown("which version of the site's settings is in force is not read")
_PARTLY = Unknown("ESA delivers the access log of one of the site's data centres alone")
_KIND_NOT_TOLD = Unknown("ESA does not tell which log a task delivers")
_STORE_NOT_TOLD = Unknown("ESA does not tell which store an access log goes to")
_WAF_NOT_TOLD = Unknown("ESA does not tell whether a set of managed rules is on")


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
    deliveries = account.listed(LIST_DELIVERIES, GLOBAL, name, SiteId=identity)
    return account.document(
        Cdn(
            scope=_SCOPES.get(coverage, _NOT_COVERED),
            viewer_tls=_viewer_tls(basic, application),
            origin_https=also(origins, application)
            or origin_https(_known(origins), _known(application)),
            waf=then(listed(LIST_RULE_SETS, Phase=_MANAGED), waf_of),
            logging=logging(coverage, deliveries),
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
    return _VERSIONS if versions is True else then(versions, lambda _: True)


def _known(found: list[Item] | Unknown) -> list[Item]:
    return [] if isinstance(found, Unknown) else found


def _viewer_tls(basic: list[Item] | Unknown, application: list[Item] | Unknown) -> Tls:
    found = viewer_tls(_known(basic), _known(application))
    if isinstance(basic, Unknown):
        return Tls.unread(basic)
    if isinstance(application, Unknown):
        found.required = application
    return found


def waf_of(rule_sets: list[Item]) -> str | Unknown | None:
    """The managed rules before the site."""
    states = [str(one.get("Status") or "").lower() for one in rule_sets]
    if "on" in states:
        return "ESA WAF"
    return None if all(state == "off" for state in states) else _WAF_NOT_TOLD


def logging(coverage: str, tasks: list[Item] | Unknown) -> Logging:
    """Tasks that deliver the access log as it arises; where they lead is not told. The files that
    everybody can fetch for a time do not count."""
    if isinstance(tasks, Unknown):
        return Logging.unread(tasks)
    running = [
        one
        for one in tasks
        if one.get("BusinessType") in (_ACCESS_LOG, None) and one.get("Status") == "online"
    ]
    if not running:
        return Logging.off()
    if any(one.get("BusinessType") is None for one in running):
        return Logging.unread(_KIND_NOT_TOLD)
    named = [str(one.get("DataCenter")) for one in running]
    centres = {_OTHER_NAMES.get(name, name) for name in named}
    whole = _CENTRES.get(coverage, {""}) <= centres
    return Logging(
        enabled=True if whole else _PARTLY,
        destination=_STORE_NOT_TOLD,
        destination_account=_STORE_NOT_TOLD,
        destination_region=_STORE_NOT_TOLD,
        retention_days=_STORE_NOT_TOLD,
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
    ),
    account=sites,
)
