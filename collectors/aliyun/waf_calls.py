"""Web Application Firewall 3.0: its instances, and what stands behind them.

An account has at most one instance for mainland China and one for everywhere else.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.calls import Call, Scope
from collectors.document import Unknown
from collectors.regions import country_of

Item = dict[str, Any]
MAINLAND, OVERSEAS = "cn-hangzhou", "ap-southeast-1"


def waf_call(
    operation: str, result: str = "", scope: Scope = "account", *, paged: bool = False
) -> Call:
    """The declaration of a call of WAF, which RAM calls yundun-waf."""
    return Call(
        provider="aliyun",
        service="waf-openapi",
        operation=operation,
        permission=f"yundun-waf:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_INSTANCE = waf_call("DescribeInstance")
DESCRIBE_CLOUD_RESOURCES = waf_call("DescribeCloudResources", "CloudResources", paged=True)
DESCRIBE_DOMAINS = waf_call("DescribeDomains", "Domains", paged=True)

BEHIND_CALLS = (DESCRIBE_INSTANCE, DESCRIBE_CLOUD_RESOURCES, DESCRIBE_DOMAINS)


class Behind(Struct, frozen=True):
    """What stands behind WAF: by the id of a cloud resource the instance and the ports that are
    led through it (null: all), by the address or name of an origin the instance."""

    resources: dict[str, tuple[str, int | None]]
    origins: dict[str, str]


def place_of(region: str) -> str:
    """The place whose WAF looks after a region."""
    mainland = region.startswith("cn-") and country_of("aliyun", region) == "CN"
    return MAINLAND if mainland else OVERSEAS


def waf_instance(account: Account, place: str) -> Item | Unknown | None:
    """The instance of a place, null where there is none."""
    found = account.read(DESCRIBE_INSTANCE, place)
    if isinstance(found, Unknown) or found is None or not found.get("InstanceId"):
        return found if isinstance(found, Unknown) else None
    # Expired and released instances protect nothing.
    return dict(found) if found.get("Status", 1) == 1 else None


def read_behind(account: Account, region: str) -> Behind | Unknown:
    """What stands behind the WAF that looks after a region."""
    place = place_of(region)
    instance = waf_instance(account, place)
    if isinstance(instance, Unknown):
        return instance
    if instance is None:
        return Behind({}, {})
    name = str(instance["InstanceId"])
    resources = account.listed(DESCRIBE_CLOUD_RESOURCES, place, name, InstanceId=name)
    domains = account.listed(DESCRIBE_DOMAINS, place, name, InstanceId=name)
    if isinstance(resources, Unknown):
        return resources
    if isinstance(domains, Unknown):
        return domains
    return Behind(
        resources={item["ResourceInstance"]: (name, _ports(item)) for item in resources},
        origins={origin: name for item in domains for origin in _origins(item)},
    )


def _ports(item: Item) -> int | None:
    """How many ports are led through WAF; told of instances and classic load balancers only."""
    counts = [item.get("HttpPortCount"), item.get("HttpsPortCount")]
    found = [int(count) for count in counts if count is not None]
    return sum(found) if found else None


def _origins(item: Item) -> list[str]:
    backends = item.get("Backeds") or {}
    return [
        str(backend["Backend"])
        for scheme in ("Http", "Https")
        for backend in backends.get(scheme) or []
    ]
