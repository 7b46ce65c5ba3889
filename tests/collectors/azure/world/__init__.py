"""The subscription that the tests scan: what ARM and Microsoft Graph answer.

A file for each service, `{path: body}`: `{"/subscriptions/$SUB/providers/Microsoft.Compute/disks":
{"value": […]}}`, `$SUB` and `$TENANT` standing for the test's ids. Of a list the body holds all of
it, which the server hands out in pages. An error is `{"$status": 404, "error": {"code": …}}`. Where
the query decides, the path has the part of it that begins with $: `…/roleAssignments?$filter=
atScope()`. Bodies have the shape of recorded traffic and of the REST specification's examples
(../shared/data/azure, SOURCES.md). `load("disks")` reads `disks.json` and `disks.<topic>.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SUBSCRIPTION = "a1b2c3d4-0000-4000-8000-0000000000a1"
TENANT = "7e7e7e7e-0000-4000-8000-0000000000b1"

World = dict[str, Any]


def load(*names: str) -> World:
    """The answers of the files that are named, of all without a name, by path."""
    found: World = {}
    for file in sorted(Path(__file__).parent.glob("*.json")):
        if names and file.name.split(".")[0] not in names:
            continue
        text = file.read_text(encoding="utf-8")
        for path, body in filled(json.loads(text)).items():
            assert path not in found or found[path] == body, f"{file.name}: {path} stands twice"
            found[path] = body
    return found


def filled(world: World) -> World:
    """A world with the test's ids in place of `$SUB` and `$TENANT`."""
    text = json.dumps(world).replace("$SUB", SUBSCRIPTION).replace("$TENANT", TENANT)
    answers: World = json.loads(text)
    return answers
