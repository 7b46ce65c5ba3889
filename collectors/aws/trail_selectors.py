"""What a trail records, from its event selectors: basic or advanced. Pure."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.document import Unknown

# Sources of many events that CloudTrail lets a trail leave out, and the only ones that it lets
# (CloudTrail user guide, "Logging management events"): without them a trail counts as whole.
_BUSY_SOURCES = {"kms.amazonaws.com", "rdsdata.amazonaws.com"}
_MANAGEMENT_FIELDS = {"eventCategory", "readOnly", "eventSource"}
# Which resources are recorded is not asked here; any other field leaves events of theirs out.
_DATA_FIELDS = {"eventCategory", "readOnly", "resources.type", "resources.ARN"}


class Recorded(Struct, frozen=True):
    """The management events that a trail records wholly, and the kinds of data events of which it
    records reads and writes."""

    writes: bool
    reads: bool
    data_events: list[str]


class _Part(Struct, frozen=True):
    """What one selector records: management events, and the kinds of data events."""

    writes: bool = False
    reads: bool = False
    data_writes: frozenset[str] = frozenset()
    data_reads: frozenset[str] = frozenset()


def recorded(selectors: dict[str, Any]) -> Recorded | Unknown:
    """What the answer of cloudtrail:GetEventSelectors amounts to.

    A trail on which none was set records all management events and no data events (CloudTrail API
    reference, PutEventSelectors).
    """
    if "EventSelectors" not in selectors and "AdvancedEventSelectors" not in selectors:
        return Unknown("the API does not tell the event selectors of this trail")
    basic = selectors.get("EventSelectors") or []
    advanced = selectors.get("AdvancedEventSelectors") or []
    if not basic and not advanced:
        return Recorded(writes=True, reads=True, data_events=[])
    parts = [*map(_basic, basic), *map(_advanced, advanced)]
    return Recorded(
        writes=any(part.writes for part in parts),
        reads=any(part.reads for part in parts),
        data_events=sorted(
            frozenset[str]().union(*(part.data_writes for part in parts))
            & frozenset[str]().union(*(part.data_reads for part in parts))
        ),
    )


def _basic(selector: dict[str, Any]) -> _Part:
    """A basic selector; both defaults are those of the API reference, EventSelector."""
    which = selector.get("ReadWriteType", "All")
    management = selector.get("IncludeManagementEvents", True)
    kinds = frozenset(
        resource["Type"] for resource in selector.get("DataResources", []) if resource.get("Values")
    )
    writes, reads = which in {"All", "WriteOnly"}, which in {"All", "ReadOnly"}
    return _Part(
        writes=management and writes,
        reads=management and reads,
        data_writes=kinds if writes else frozenset(),
        data_reads=kinds if reads else frozenset(),
    )


def _advanced(selector: dict[str, Any]) -> _Part:
    """An advanced selector: all of its fields have to be met."""
    fields = {field["Field"]: field for field in selector["FieldSelectors"]}
    category = fields.get("eventCategory", {}).get("Equals", [])
    is_told_once = len(fields) == len(selector["FieldSelectors"])
    read_only = fields.get("readOnly", {"Equals": ["true", "false"]}).get("Equals") or []
    writes, reads = "false" in read_only, "true" in read_only
    if "Data" in category:
        whole = is_told_once and set(fields) <= _DATA_FIELDS
        kinds = frozenset(fields.get("resources.type", {}).get("Equals", []) if whole else [])
        return _Part(
            data_writes=kinds if writes else frozenset(),
            data_reads=kinds if reads else frozenset(),
        )
    whole = "Management" in category and is_told_once and _is_whole(fields)
    return _Part(writes=whole and writes, reads=whole and reads)


def _is_whole(fields: dict[str, dict[str, Any]]) -> bool:
    """Whether a selector of management events leaves out nothing but busy sources."""
    source = {key: values for key, values in fields.get("eventSource", {}).items() if values}
    source.pop("Field", None)
    left_out = source.pop("NotEquals", [])
    return not source and set(left_out) <= _BUSY_SOURCES and set(fields) <= _MANAGEMENT_FIELDS
