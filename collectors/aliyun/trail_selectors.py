"""What the selectors of a trail record of data events. Pure."""

from __future__ import annotations

import json


def services_of(selectors: str) -> set[str]:
    """The services of which selectors, a JSON text, record every data event (ActionTrail API
    reference, ListDataEventSelectors). Raises ValueError, KeyError, TypeError or AttributeError for
    what is none."""
    return {
        str(one["ServiceName"])
        for one in json.loads(selectors)
        if one.get("ReadWriteType", "All") == "All" and not one.get("EventName")
    }
