"""Facts of a site of ESA that its settings of HTTPS do not decide: where it serves, its managed
rules and its logs. Pure; templates are judged by the same."""

from __future__ import annotations

from typing import Literal

from collectors.aliyun.esa_settings import Item
from collectors.document import Unknown, also
from collectors.logic import Known, told

Scope = Literal["mainland", "global", "overseas"]

SCOPES: dict[str, Scope] = {
    "domestic": "mainland", "global": "global", "overseas": "overseas",
}  # fmt: skip
MANAGED = "http_managed"
"""`Phase` of the sets of managed rules."""
ACCESS_LOG = "dcdn_log_access_l1"
"""`BusinessType` of the tasks that deliver the access log."""
VERSIONS = Unknown("which version of the site's settings is in force is not read")
NOT_COVERED = Unknown("the site's coverage is not told")

# Where a site serves from, and the data centres that its logs are gathered in.
_CENTRES = {"domestic": {"cn"}, "overseas": {"sg"}, "global": {"cn", "sg"}}
_OTHER_NAMES = {"oversea": "sg"}

_PARTLY = Unknown("ESA delivers the access log of one of the site's data centres alone")
_DROPS = Unknown("ESA drops part of the access log that it delivers")
_KIND_NOT_TOLD = Unknown("ESA does not tell which log a task delivers")
_WAF_NOT_TOLD = Unknown("ESA does not tell whether a set of managed rules is on")
_STORE_NOT_TOLD = Unknown("ESA does not tell which store an access log goes to")
_NO_LOGSTORE = Unknown(
    "an access log of ESA that goes elsewhere than to a Logstore is not followed"
)


def waf_of(rule_sets: list[Item]) -> str | Unknown | None:
    """The managed rules before the site."""
    states = [str(one.get("Status") or "").lower() for one in rule_sets]
    if "on" in states:
        return "ESA WAF"
    return None if all(state == "off" for state in states) else _WAF_NOT_TOLD


def running(tasks: list[Item]) -> list[Item]:
    """The tasks that deliver the access log as it arises, or may. The files that everybody can
    fetch for a time do not count."""
    return [
        one
        for one in tasks
        if one.get("BusinessType") in (ACCESS_LOG, None) and one.get("Status") == "online"
    ]


def delivers(coverage: str, found: list[Item]) -> Known:
    """Whether running tasks deliver all of the log of every data centre that a site is served
    from."""
    if any(one.get("BusinessType") is None for one in found):
        return _KIND_NOT_TOLD
    needed, whole = _CENTRES.get(coverage, {""}), [_whole(one) for one in found]
    if needed <= _centres([one for one, all_ in zip(found, whole, strict=True) if all_ is True]):
        return True
    return (also(None, *whole) if needed <= _centres(found) else None) or _PARTLY


def _centres(tasks: list[Item]) -> set[str]:
    named = [str(one.get("DataCenter")) for one in tasks]
    return {_OTHER_NAMES.get(name, name) for name in named}


def _whole(task: Item) -> Known:
    """Whether a task delivers every record: it may drop a part by chance, or by rules."""
    rate, rules = told(task, "DiscardRate"), task.get("FilterRules")
    if doubt := also(rate, rules):
        return doubt
    return True if not str(rate).strip("0.") and rules in (None, "", "[]", []) else _DROPS


def store_of(task: Item) -> tuple[str, str, str] | Unknown:
    """The region, project and name of the Logstore that a task delivers to (GetSiteDeliveryTask:
    SinkConfig)."""
    sink = task.get("SinkConfig")
    if isinstance(sink, Unknown):
        return sink
    if task.get("DeliveryType") != "sls":
        return _NO_LOGSTORE
    region, project, store = (
        sink.get(part) if isinstance(sink, dict) else None
        for part in ("Region", "Project", "Logstore")
    )
    return (region, project, store) if region and project and store else _STORE_NOT_TOLD
