"""DCDN: domains that are accelerated as a whole, with their TLS, their WAF and their logs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cdn_settings import Settings, origin_https, settings_of, viewer_tls
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.aliyun.services.cdn import FUNCTIONS
from collectors.aliyun.vpc_calls import Item
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.regions import GLOBAL


def _call(operation: str, result: str, scope: Scope = "account", *, paged: bool = False) -> Call:
    return Call(
        provider="aliyun",
        service="dcdn",
        operation=operation,
        permission=f"dcdn:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=("DcdnServiceNotFound",),
    )


DESCRIBE_DOMAINS = _call("DescribeDcdnUserDomains", "Domains.PageData", paged=True)
DESCRIBE_CONFIGS = _call("DescribeDcdnDomainConfigs", "DomainConfigs.DomainConfig", "resource")
DESCRIBE_WAF = _call("DescribeDcdnWafDomains", "Domains", paged=True)
LIST_DELIVERIES = _call("ListDcdnRealTimeDeliveryProject", "Content.Projects", paged=True)
DESCRIBE_DELIVERY = _call("DescribeDcdnSLSRealtimeLogDelivery", "Content", "resource")
DESCRIBE_TAGS = _call("DescribeDcdnTagResources", "TagResources")

NATIVE = "ACS::DCDN::Domain"

_COVERAGES: dict[str, Literal["mainland", "global", "overseas"]] = {
    "domestic": "mainland", "global": "global", "overseas": "overseas",
}  # fmt: skip
_AT_ONCE = 50
"""Domains whose tags are asked for with one call."""
_ACCESS_LOG = "cdn_log_access_l1"


class Around(Struct, frozen=True):
    """What domains are joined with, each part read or unknown: whether WAF is before them, and
    where their access logs go."""

    walled: set[str] | Unknown
    deliveries: dict[str, Item] | Unknown
    tags: dict[str, dict[str, str]] | Unknown


def domains(account: Account) -> Iterable[Document]:
    """A document for each domain of the account. Its coverage is told by asking for one alone."""
    found: list[tuple[str, Item]] = []
    for coverage in _COVERAGES:
        listed = account.listed(DESCRIBE_DOMAINS, GLOBAL, Coverage=coverage)
        if isinstance(listed, Unknown):
            yield account.unlisted(Cdn, listed, GLOBAL, NATIVE)
            return
        found += [(coverage, item) for item in listed]
    if not found:
        return
    around = Around(
        walled=then(
            account.listed(DESCRIBE_WAF, GLOBAL),
            lambda all_: {one["DomainName"] for one in all_ if one["PolicyCount"]},
        ),
        deliveries=_deliveries(account),
        tags=_tags(account, [item["DomainName"] for _, item in found]),
    )
    yield from account.map(lambda pair: _domain(account, *pair, around), found)


def _deliveries(account: Account) -> dict[str, Item] | Unknown:
    """The delivery of each domain's access log that works."""
    listed = account.listed(LIST_DELIVERIES, GLOBAL)
    if isinstance(listed, Unknown):
        return listed
    found: dict[str, Item] = {}
    for item in listed:
        if item.get("BusinessType", _ACCESS_LOG) != _ACCESS_LOG:
            continue
        name = item["ProjectName"]
        details = account.read(DESCRIBE_DELIVERY, GLOBAL, name, ProjectName=name)
        if isinstance(details, Unknown):
            return details
        if details is not None and details["Status"] == "success":
            found |= dict.fromkeys(str(details["DomainName"]).split(","), details)
    return found


def _tags(account: Account, names: list[str]) -> dict[str, dict[str, str]] | Unknown:
    """The tags of each domain."""
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(names), _AT_ONCE):
        asked = names[start : start + _AT_ONCE]
        params = {f"ResourceId.{place}": name for place, name in enumerate(asked, start=1)}
        listed = account.listed(DESCRIBE_TAGS, GLOBAL, ResourceType="DOMAIN", **params)
        if isinstance(listed, Unknown):
            return listed
        found |= {one["ResourceId"]: tags_of(one["Tag"]) for one in listed}
    return found


def _domain(account: Account, coverage: str, item: Item, around: Around) -> Document:
    name = item["DomainName"]
    answer: Any = account.listed(
        DESCRIBE_CONFIGS, GLOBAL, name, DomainName=name, FunctionNames=f"{FUNCTIONS},dynamic"
    )
    settings = then(answer, settings_of)
    return account.document(
        Cdn(
            scope=_COVERAGES[coverage],
            viewer_tls=_viewer_tls(item, settings),
            origin_https=then(settings, lambda known: _origin_https(item, known)),
            waf=then(around.walled, lambda names: "DCDN WAF" if name in names else None),
            logging=_logging(account, name, around),
        ),
        id=account.arn("dcdn", GLOBAL, f"domain/{name}"),
        region=GLOBAL,
        name=name,
        tags=then(around.tags, lambda known: known.get(name, {})),
        native_type=NATIVE,
        native=item,
    )


def _viewer_tls(item: Item, settings: Settings | Unknown) -> Tls:
    if isinstance(settings, Unknown):
        return Tls.unread(settings)
    return viewer_tls({**item, "SslProtocol": item.get("SSLProtocol")}, settings)


def _origin_https(item: Item, settings: Settings) -> bool | Unknown:
    """As for CDN; what is not cached has a protocol towards the origin of its own."""
    known = origin_https(item, settings)
    if known and settings.get("dynamic", {}).get("enable") == "on":
        return Unknown("how dynamic requests reach the origin is not read")
    return known


def _logging(account: Account, name: str, around: Around) -> Logging:
    """Delivery to a Logstore. The files that everybody can fetch for 30 days do not count."""
    if isinstance(around.deliveries, Unknown):
        return Logging.unread(around.deliveries)
    target = around.deliveries.get(name)
    if target is None:
        return Logging.off()
    return delivered(account, target["SLSRegion"], target["SLSProject"], target["SLSLogStore"])


SERVICE = Service(
    name="DCDN",
    types=((Cdn, NATIVE),),
    calls=(
        DESCRIBE_DOMAINS,
        DESCRIBE_CONFIGS,
        DESCRIBE_WAF,
        LIST_DELIVERIES,
        DESCRIBE_DELIVERY,
        DESCRIBE_TAGS,
        *RETENTION_CALLS,
    ),
    account=domains,
)
