"""Web Application Firewall 3.0: how its instances block, what they record and protect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service
from collectors.aliyun.log_destinations import logstore_arn
from collectors.aliyun.vpc_calls import Item
from collectors.aliyun.waf_calls import DESCRIBE_INSTANCE, place_of, waf_call, waf_instance
from collectors.aliyun.waf_modes import mode_of, sets_on
from collectors.document import Document, Unknown, then
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.regions import GLOBAL

DESCRIBE_TEMPLATES = waf_call("DescribeDefenseTemplates", "Templates", paged=True)
DESCRIBE_RULES = waf_call("DescribeDefenseRules", "Rules", paged=True)
DESCRIBE_OBJECTS = waf_call("DescribeDefenseResources", "Resources", paged=True)
DESCRIBE_LOG_STATUS = waf_call("DescribeUserWafLogStatus")
DESCRIBE_LOG_STORE = waf_call("DescribeSlsLogStore")
DESCRIBE_OBJECT_LOGS = waf_call("DescribeResourceLogStatus", "Result", "resource")

NATIVE = "ACS::WAF::Instance"

_AT_ONCE = 50
"""Objects that are asked about with one call."""


def wafs(account: Account) -> Iterable[Document]:
    """A document for each instance: of mainland China, and of everywhere else, as far as regions
    are scanned that it looks after."""
    for place in sorted({place_of(region) for region in account.regions}):
        instance = waf_instance(account, place)
        if isinstance(instance, Unknown):
            yield account.unlisted(Waf, instance, place, NATIVE)
        elif instance is not None:
            yield _waf(account, place, instance)


def _waf(account: Account, place: str, item: Item) -> Document:
    name = str(item["InstanceId"])
    templates = account.listed(DESCRIBE_TEMPLATES, place, name, InstanceId=name)
    rules = account.listed(DESCRIBE_RULES, place, name, InstanceId=name)
    objects = then(
        account.listed(DESCRIBE_OBJECTS, place, name, InstanceId=name),
        lambda found: [str(one["Resource"]) for one in found],
    )
    return account.document(
        Waf(
            mode=then(templates, lambda found: then(rules, lambda all_: mode_of(found, all_))),
            rule_sets=then(templates, lambda found: then(rules, lambda all_: sets_on(found, all_))),
            logging=_logging(account, place, name, objects),
            protects=objects,
        ),
        id=account.arn("yundun-waf", GLOBAL, f"instance/{name}"),
        region=place,
        name=name,
        native_type=NATIVE,
        native=item,
    )


def _logging(account: Account, place: str, instance: str, objects: list[str] | Unknown) -> Logging:
    """On where the instance keeps a log and every object that it protects writes to it."""
    status = account.read(DESCRIBE_LOG_STATUS, place, instance, InstanceId=instance)
    if isinstance(status, Unknown):
        return Logging.unread(status)
    if status is None or status.get("LogStatus") != "normal":
        return Logging.off()
    written = then(objects, lambda names: _all_written(account, place, instance, names))
    if written is False:
        return Logging.off()
    store = account.read(DESCRIBE_LOG_STORE, place, instance, InstanceId=instance)
    if isinstance(store, Unknown) or store is None:
        reason = store or Unknown("the Logstore of WAF is not described")
        return Logging(
            enabled=written,
            destination=reason,
            destination_account=account.id,
            destination_region=status.get("LogRegionId") or reason,
            retention_days=reason,
        )
    region = str(status.get("LogRegionId") or place)
    return Logging(
        enabled=written,
        destination=logstore_arn(account, region, store["ProjectName"], store["LogStoreName"]),
        destination_account=account.id,
        destination_region=region,
        retention_days=int(store["Ttl"]),
    )


def _all_written(account: Account, place: str, instance: str, names: list[str]) -> bool | Unknown:
    for start in range(0, len(names), _AT_ONCE):
        asked = ",".join(names[start : start + _AT_ONCE])
        found: Any = account.listed(
            DESCRIBE_OBJECT_LOGS, place, instance, InstanceId=instance, Resources=asked
        )
        if isinstance(found, Unknown):
            return found
        written = {str(one["Resource"]) for one in found if one["Status"] is True}
        told = {str(one["Resource"]) for one in found}
        if told - written:
            return False
        if not told.issuperset(names[start : start + _AT_ONCE]):
            return Unknown("WAF does not tell of every object whether it is logged")
    return True


SERVICE = Service(
    name="Web Application Firewall",
    types=((Waf, NATIVE),),
    calls=(
        DESCRIBE_INSTANCE,
        DESCRIBE_TEMPLATES,
        DESCRIBE_RULES,
        DESCRIBE_OBJECTS,
        DESCRIBE_LOG_STATUS,
        DESCRIBE_LOG_STORE,
        DESCRIBE_OBJECT_LOGS,
    ),
    account=wafs,
)
