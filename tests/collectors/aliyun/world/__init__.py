"""The account that the tests scan: what each product answers, in `<product>.json`, and in
`<product>.<topic>.json` what one group of tests adds.

`{"DescribeInstances": [{"when": {"RegionId": "cn-hangzhou"}, "body": {…}}, …], …}`: the first entry
whose `when` agrees with the parameters answers; of a paged call `body` holds the whole list, which
the server hands out in pages. `"status"` and a body with a `Code` make an error. Bodies have the
shape of the vendor's documented examples (../shared/data/aliyun, SOURCES.md).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Answers = dict[str, list[dict[str, Any]]]


def load(*services: str) -> dict[str, Answers]:
    """The answers of the products that are named, of all without a name, by service."""
    found: dict[str, Answers] = {}
    for file in sorted(Path(__file__).parent.glob("*.json")):
        service = file.name.split(".")[0]
        if services and service not in services:
            continue
        for operation, entries in json.loads(file.read_text(encoding="utf-8")).items():
            found.setdefault(service, {}).setdefault(operation, []).extend(entries)
    return found
