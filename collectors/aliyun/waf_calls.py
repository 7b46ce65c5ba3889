"""Web Application Firewall 3.0: its instances, and what stands behind them.

An account has at most one instance for mainland China and one for everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.resource_directory import GET_RESOURCE_DIRECTORY, others_may_guard
from collectors.calls import Call, Scope
from collectors.document import Unknown, also, then
from collectors.regions import country_of

Item = dict[str, Any]
Guard = str | Unknown | None
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

BEHIND_CALLS = (
    DESCRIBE_INSTANCE,
    DESCRIBE_CLOUD_RESOURCES,
    DESCRIBE_DOMAINS,
    GET_RESOURCE_DIRECTORY,
)

_BY_PORT = {"ecs", "clb4", "clb7"}
"""Products of which WAF tells how many ports are led through it."""


class Behind(Struct, frozen=True):
    """What stands behind WAF: by the id of a cloud resource the instance and the ports that are
    led through it (null: all), by the address or name of an origin the instance. `others`: what
    another account's WAF may protect besides, null where none can."""

    resources: dict[str, tuple[str, int | Unknown | None]]
    origins: dict[str, str]
    others: Unknown | None = None

    def guard(self, identity: str | None, addresses: Iterable[str | None], ports: int) -> Guard:
        """The WAF in front of a resource of which so many ports have to be led through it, or of
        one of its addresses; null where there is none."""
        doubt: Unknown | None = None
        if identity in self.resources:
            instance, led = self.resources[identity]
            if led is None or (isinstance(led, int) and led >= max(ports, 1)):
                return instance
            doubt = also(led)
        for address in addresses:
            if address in self.origins:
                return self.origins[address]
        return doubt or self.others


def place_of(region: str) -> str:
    """The place whose WAF looks after a region."""
    mainland = region.startswith("cn-") and country_of("aliyun", region) == "CN"
    return MAINLAND if mainland else OVERSEAS


def waf_instance(account: Account, place: str) -> Item | Unknown | None:
    """The instance of a place, null where there is none."""
    return then(account.read(DESCRIBE_INSTANCE, place), _valid)


def _valid(found: Item | None) -> Item | Unknown | None:
    """Instances that have expired (2) or been released (3) protect nothing."""
    if not found or not found.get("InstanceId"):
        return None
    status = found.get("Status")
    if status in (2, 3):
        return None
    if status != 1:
        return Unknown(f"the state {status!r} of the WAF instance is not known")
    return dict(found)


def read_behind(account: Account, region: str) -> Behind | Unknown:
    """What stands behind the WAF that looks after a region."""
    place = place_of(region)
    instance = waf_instance(account, place)
    if isinstance(instance, Unknown):
        return instance
    others = others_may_guard(account)
    if instance is None:
        return Behind({}, {}, others)
    name = str(instance["InstanceId"])
    resources = account.listed(DESCRIBE_CLOUD_RESOURCES, place, name, InstanceId=name)
    domains = account.listed(DESCRIBE_DOMAINS, place, name, InstanceId=name)
    if isinstance(resources, Unknown):
        return resources
    if isinstance(domains, Unknown):
        return domains
    return behind_of(name, resources, domains, others)


def behind_of(
    instance: str, resources: list[Item], domains: list[Item], others: Unknown | None = None
) -> Behind:
    """What stands behind an instance. A resource that is listed twice, for different protocols,
    counts with the more of its ports."""
    led: dict[str, tuple[str, int | Unknown | None]] = {}
    for item in resources:
        identity = str(item.get("ResourceInstanceId") or item["ResourceInstance"])
        ports = _ports(item)
        known = led.get(identity, (instance, 0))[1]
        if isinstance(known, int) and isinstance(ports, int):
            ports = max(known, ports)
        led[identity] = (instance, ports)
    origins = {one: instance for item in domains if _forwards(item) for one in _origins(item)}
    return Behind(resources=led, origins=origins, others=others)


def _ports(item: Item) -> int | Unknown | None:
    """How many ports are led through WAF; told of instances and classic load balancers only."""
    counts = [item.get("HttpPortCount"), item.get("HttpsPortCount")]
    found = [int(count) for count in counts if count is not None]
    if not found and item.get("ResourceProduct") in _BY_PORT:
        return Unknown("WAF does not tell how many ports are led through it")
    return sum(found) if found else None


def _forwards(item: Item) -> bool:
    """Whether WAF forwards what comes for a domain: it is in use (1), or being changed (3)."""
    return item.get("Status") in (1, 3)


def _origins(item: Item) -> list[str]:
    backends = item.get("Backeds") or {}
    return [
        str(backend["Backend"])
        for scheme in ("Http", "Https")
        for backend in backends.get(scheme) or []
    ]
