"""The APIs that SAM makes without a word in the template: of functions and state machines with
events that name none. Source: SAM specification, "Generated resources", ServerlessRestApi and
ServerlessHttpApi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectors.iac.located import Located

_WITH_EVENTS = {"AWS::Serverless::Function", "AWS::Serverless::StateMachine"}
REST, HTTP = "ServerlessRestApi", "ServerlessHttpApi"
"""The logical ids of what SAM makes."""
EVENTS = {"Api": ("RestApiId", REST), "HttpApi": ("ApiId", HTTP)}
"""Types of events, the property by which each names its API, and the API where it names none."""
_TYPES = {REST: "AWS::Serverless::Api", HTTP: "AWS::Serverless::HttpApi"}


def implied(declared: Mapping[str, Any]) -> Iterator[tuple[str, Located]]:
    """The APIs by their logical ids; each stands where the first event does that needs it."""
    needed: dict[str, list[tuple[Located, Any]]] = {}
    for resource in declared.values():
        for event, name in _events(resource):
            needed.setdefault(name, []).append((event, resource.get("Condition")))
    for name, uses in needed.items():
        if name not in declared:
            event, _ = uses[0]
            found = Located(event.start_line, event.end_line)
            found["Type"] = _TYPES[name]
            found["Properties"] = _properties(name, event)
            conditions = {str(condition) for _, condition in uses}
            if len(conditions) == 1 and uses[0][1] is not None:
                found["Condition"] = uses[0][1]
            yield name, found


def _properties(name: str, event: Located) -> Located:
    found = Located(event.start_line, event.end_line)
    if name == REST:
        found["StageName"] = "Prod"
    return found


def _events(resource: Any) -> Iterator[tuple[Located, str]]:
    """Events that name no API, with the API that they need."""
    if resource.get("Type") not in _WITH_EVENTS:
        return
    properties = resource.get("Properties")
    events = properties.get("Events") if isinstance(properties, dict) else None
    for event in events.values() if isinstance(events, dict) else ():
        kind = event.get("Type") if isinstance(event, Located) else None
        if not isinstance(kind, str) or kind not in EVENTS:
            continue
        argument, name = EVENTS[kind]
        given = event.get("Properties")
        if not isinstance(given, dict) or given.get(argument) is None:
            yield event, name
