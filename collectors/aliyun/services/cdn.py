"""CDN: accelerated domains with their TLS towards viewers and origins, and their logs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.aliyun.account import Account, Service
from collectors.aliyun.cdn_settings import origin_https, settings_of, viewer_tls
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.aliyun.tag_lists import Tags, tags_by_resource
from collectors.aliyun.vpc_calls import Item
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.regions import GLOBAL


def _call(operation: str, result: str, scope: Scope = "account", *, paged: bool = False) -> Call:
    return Call(
        provider="aliyun",
        service="cdn",
        operation=operation,
        permission=f"cdn:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=operation == "ListTagResources",
        absent=("CdnServiceNotFound",),
    )


DESCRIBE_DOMAINS = _call("DescribeUserDomains", "Domains.PageData", paged=True)
DESCRIBE_CONFIGS = _call("DescribeCdnDomainConfigs", "DomainConfigs.DomainConfig", "resource")
LIST_DELIVERIES = _call("ListRealtimeLogDeliveryInfos", "Content.RealtimeLogDeliveryInfos")
LIST_DELIVERED = _call("ListRealtimeLogDeliveryDomains", "Content.Domains", "resource")

LIST_TAGS = _call("ListTagResources", "TagResources.TagResource", paged=True)

NATIVE = "ACS::CDN::Domain"

FUNCTIONS = "https_force,https_option,https_tls_version,forward_scheme"

_SCOPES: dict[str, Literal["mainland", "global", "overseas"]] = {
    "domestic": "mainland", "global": "global", "overseas": "overseas",
}  # fmt: skip


class Delivery(Struct, frozen=True):
    """A Logstore that logs of some domains are delivered to as they arise."""

    region: str
    project: str
    store: str


def domains(account: Account) -> Iterable[Document]:
    """A document for each accelerated domain of the account."""
    found = account.listed(DESCRIBE_DOMAINS, GLOBAL)
    if isinstance(found, Unknown):
        yield account.unlisted(Cdn, found, GLOBAL, NATIVE)
        return
    if not found:
        return
    deliveries = _deliveries(account)
    tags = tags_by_resource(account, LIST_TAGS, GLOBAL, "DOMAIN")
    yield from account.map(lambda item: _domain(account, item, deliveries, tags), found)


def _deliveries(account: Account) -> dict[str, Delivery] | Unknown:
    """Where each domain's log goes, of those whose delivery is on."""
    listed = account.listed(LIST_DELIVERIES, GLOBAL)
    if isinstance(listed, Unknown):
        return listed
    found: dict[str, Delivery] = {}
    for item in listed or []:
        target = Delivery(item["Region"], item["Project"], item["Logstore"])
        names = account.listed(
            LIST_DELIVERED,
            GLOBAL,
            target.project,
            Project=target.project,
            Logstore=target.store,
            Region=target.region,
        )
        if isinstance(names, Unknown):
            return names
        found |= {one["DomainName"]: target for one in names or [] if one["Status"] == "online"}
    return found


def _domain(
    account: Account,
    item: Item,
    deliveries: dict[str, Delivery] | Unknown,
    tags: Tags | Unknown,
) -> Document:
    name = item["DomainName"]
    answer: Any = account.listed(
        DESCRIBE_CONFIGS, GLOBAL, name, DomainName=name, FunctionNames=FUNCTIONS
    )
    settings = then(answer, settings_of)
    coverage = item.get("Coverage")
    tls = Tls.unread(settings) if isinstance(settings, Unknown) else viewer_tls(item, settings)
    return account.document(
        Cdn(
            scope=_SCOPES.get(str(coverage)) or Unknown("the domain's coverage is not told"),
            viewer_tls=tls,
            origin_https=then(settings, lambda known: origin_https(item, known)),
            # WAF stands behind CDN, before the origin.
            waf=None,
            logging=_logging(account, name, deliveries),
        ),
        id=account.arn("cdn", GLOBAL, f"domain/{name}"),
        region=GLOBAL,
        name=name,
        tags=then(tags, lambda known: known.get(name, {})),
        native_type=NATIVE,
        native=item,
    )


def _logging(account: Account, name: str, deliveries: dict[str, Delivery] | Unknown) -> Logging:
    """Delivery to a Logstore. The files that everybody can fetch for 30 days do not count."""
    if isinstance(deliveries, Unknown):
        return Logging.unread(deliveries)
    target = deliveries.get(name)
    if target is None:
        return Logging.off()
    return delivered(account, target.region, target.project, target.store)


SERVICE = Service(
    name="CDN",
    types=((Cdn, NATIVE),),
    calls=(
        DESCRIBE_DOMAINS,
        DESCRIBE_CONFIGS,
        LIST_DELIVERIES,
        LIST_DELIVERED,
        LIST_TAGS,
        *RETENTION_CALLS,
    ),
    account=domains,
)
