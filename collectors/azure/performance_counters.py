"""Which data collection rules of Azure Monitor collect performance counters. Pure."""

from __future__ import annotations

from typing import Any

_COUNTERS = ("performanceCounters", "performanceCountersOTel")


def collects_counters(rule: dict[str, Any]) -> bool:
    """Whether a rule, given its properties, sends performance counters somewhere."""
    sources = rule.get("dataSources") or {}
    streams = {
        stream
        for name in _COUNTERS
        for source in sources.get(name) or ()
        for stream in source.get("streams") or ()
    }
    return any(
        streams & set(flow.get("streams") or ()) and flow.get("destinations")
        for flow in rule.get("dataFlows") or ()
    )
