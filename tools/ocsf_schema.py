"""Compile the JSON Schema of OCSF's Compliance Finding from a clone of ocsf/ocsf-schema.

    python -m tools.ocsf_schema CLONE COMMIT > tests/golden/ocsf/compliance_finding.schema.json

OCSF publishes classes, objects and a dictionary of attributes, of which each takes its type from
the last. Only the objects of `OBJECTS` are compiled: an attribute with another one is left out, and
as nothing else is allowed, a report that used it would not be valid.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

OBJECTS = (
    *("account", "analytic", "check", "cloud", "compliance", "finding_info", "key_value_object"),
    *("metadata", "product", "remediation", "resource_details"),
)
BASE = {"integer_t": "integer", "long_t": "integer", "string_t": "string", "boolean_t": "boolean"}
BASE |= {"float_t": "number", "timestamp_t": "integer"}


class Clone:
    """The files of a commit."""

    def __init__(self, folder: str, commit: str) -> None:
        self._git = ["git", "-C", folder, "show"]
        self._commit = commit
        dictionary = self.read("dictionary.json")
        self.attributes: dict[str, Any] = dictionary["attributes"]
        self.types: dict[str, Any] = dictionary["types"]["attributes"]

    def read(self, path: str) -> dict[str, Any]:
        """A JSON file."""
        done = subprocess.run(
            [*self._git, f"{self._commit}:{path}"], check=True, capture_output=True
        )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def definition(self, path: str, folder: str) -> dict[str, Any]:
        """A class or an object with what it extends."""
        own = self.read(path)
        base = own.get("extends")
        if not base or base == "object":
            return own
        whole = self.definition(_place(base, folder), folder)
        attributes = whole["attributes"]
        for name, value in own["attributes"].items():
            if name == "$include":
                attributes[name] = [*attributes.get(name, []), *value]
            else:
                merged = attributes.get(name, {}) | value
                enum = attributes.get(name, {}).get("enum", {}) | value.get("enum", {})
                attributes[name] = merged | ({"enum": enum} if enum else {})
        return whole | own | {"attributes": attributes}

    def schema(self, definition: dict[str, Any]) -> dict[str, Any]:
        """The JSON Schema of a class or an object."""
        properties: dict[str, Any] = {}
        required = []
        for name, own in definition["attributes"].items():
            if name == "$include":
                continue
            made = self._attribute(self.attributes[name] | own, name)
            if made is None:
                continue
            properties[name] = made
            if own.get("requirement") == "required":
                required.append(name)
        found: dict[str, Any] = {
            "type": "object",
            "properties": dict(sorted(properties.items())),
            "required": sorted(required),
            "additionalProperties": False,
        }
        if one_of := definition.get("constraints", {}).get("at_least_one"):
            found["anyOf"] = [{"required": [name]} for name in one_of]
        return found

    def _attribute(self, attribute: dict[str, Any], name: str) -> dict[str, Any] | None:
        kind = attribute["type"]
        enum = self.attributes[name].get("enum", {}) | attribute.get("enum", {})
        if kind in self.types:
            made = self._type(kind)
            if enum and made.get("type") == "integer":
                made = {"type": "integer", "enum": sorted(int(value) for value in enum)}
        elif kind == "object":
            made = {"type": "object"}
        elif kind in OBJECTS:
            made = {"$ref": f"#/$defs/{kind}"}
        else:
            return None
        return {"type": "array", "items": made} if attribute.get("is_array") else made

    def _type(self, kind: str) -> dict[str, Any]:
        about = self.types[kind]
        base = about.get("type", kind)
        made: dict[str, Any] = {"type": BASE[base]} if base in BASE else {}
        if "regex" in about:
            made["pattern"] = about["regex"]
        return made


def _place(base: str, folder: str) -> str:
    """The base event stands beside the folders of the categories."""
    return "events/base_event.json" if base == "base_event" else f"{folder}/{base}.json"


def main() -> None:
    """Write the schema to standard output."""
    clone = Clone(*sys.argv[1:3])
    event = clone.definition("events/findings/compliance_finding.json", "events/findings")
    cloud = clone.read("profiles/cloud.json")["attributes"]["cloud"]
    event["attributes"]["cloud"] = cloud | {"requirement": "optional"}
    schema = clone.schema(event)
    uid, category = event["uid"], clone.read("categories.json")["attributes"]["findings"]["uid"]
    schema["properties"]["class_uid"] = {"const": category * 1000 + uid}
    schema["properties"]["category_uid"] = {"const": category}
    schema["properties"]["type_uid"] = {
        "enum": [
            (category * 1000 + uid) * 100 + activity
            for activity in schema["properties"]["activity_id"]["enum"]
        ]
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"OCSF {clone.read('version.json')['version']} {event['caption']}"
    schema["$defs"] = {
        name: clone.schema(clone.definition(f"objects/{name}.json", "objects")) for name in OBJECTS
    }
    json.dump(schema, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
