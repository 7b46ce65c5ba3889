"""The message of a finding: a check's template with the finding's arguments."""

from __future__ import annotations

import re


def fill(template: str, args: dict[str, object]) -> str:
    """Put arguments into a message's `{name}` places, once: a value that looks like a place stays
    as it is. A place without an argument stays visible."""

    def value(place: re.Match[str]) -> str:
        found = args.get(place[1], place[0])
        return str(found).lower() if isinstance(found, bool) else str(found)

    return re.sub(r"\{(\w+)\}", value, template)
