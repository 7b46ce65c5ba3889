"""What a trail records, from its event selectors: basic or advanced. Pure."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.document import Unknown

# Sources of many events that CloudTrail lets a trail leave out, and the only ones that it lets
# (CloudTrail user guide, "Logging management events"): without them a trail counts as whole.
_BUSY_SOURCES = {"kms.amazonaws.com", "rdsdata.amazonaws.com"}
_MANAGEMENT_FIELDS = {"eventCategory", "readOnly", "eventSource"}


class Recorded(Struct, frozen=True):
    """The management events that a trail records wholly, and the kinds of its data events."""

    writes: bool
    reads: bool
    data_events: list[str]


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
        data_events=sorted({kind for part in parts for kind in part.data_events}),
    )


def _basic(selector: dict[str, Any]) -> Recorded:
    """A basic selector; both defaults are those of the API reference, EventSelector."""
    which = selector.get("ReadWriteType", "All")
    management = selector.get("IncludeManagementEvents", True)
    return Recorded(
        writes=management and which in {"All", "WriteOnly"},
        reads=management and which in {"All", "ReadOnly"},
        data_events=[
            resource["Type"]
            for resource in selector.get("DataResources", [])
            if resource.get("Values")
        ],
    )


def _advanced(selector: dict[str, Any]) -> Recorded:
    """An advanced selector: all of its fields have to be met."""
    fields = {field["Field"]: field for field in selector["FieldSelectors"]}
    category = fields.get("eventCategory", {}).get("Equals", [])
    if "Data" in category:
        kinds = fields.get("resources.type", {}).get("Equals", [])
        return Recorded(writes=False, reads=False, data_events=list(kinds))
    is_told_once = len(fields) == len(selector["FieldSelectors"])
    whole = "Management" in category and is_told_once and _is_whole(fields)
    read_only = fields.get("readOnly", {"Equals": ["true", "false"]}).get("Equals") or []
    return Recorded(
        writes=whole and "false" in read_only,
        reads=whole and "true" in read_only,
        data_events=[],
    )


def _is_whole(fields: dict[str, dict[str, Any]]) -> bool:
    """Whether a selector of management events leaves out nothing but busy sources."""
    source = {key: values for key, values in fields.get("eventSource", {}).items() if values}
    source.pop("Field", None)
    left_out = source.pop("NotEquals", [])
    return not source and set(left_out) <= _BUSY_SOURCES and set(fields) <= _MANAGEMENT_FIELDS
