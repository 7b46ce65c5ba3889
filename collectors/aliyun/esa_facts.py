"""Facts of a site of ESA that its settings of HTTPS do not decide: where it serves, its managed
rules and its logs. Pure; templates are judged by the same."""

from __future__ import annotations

from typing import Literal

from collectors.aliyun.esa_settings import Item
from collectors.document import Unknown
from collectors.logic import Known

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
_KIND_NOT_TOLD = Unknown("ESA does not tell which log a task delivers")
_WAF_NOT_TOLD = Unknown("ESA does not tell whether a set of managed rules is on")


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
    """Whether running tasks deliver the log of every data centre that a site is served from."""
    if any(one.get("BusinessType") is None for one in found):
        return _KIND_NOT_TOLD
    named = [str(one.get("DataCenter")) for one in found]
    centres = {_OTHER_NAMES.get(name, name) for name in named}
    return True if _CENTRES.get(coverage, {""}) <= centres else _PARTLY
