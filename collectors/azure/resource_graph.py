"""Azure Resource Graph: the resources of many types of a subscription by one paged query.

It copies what ARM says, with the properties of the newest API version, some minutes later at most
times, and knows most types, not all. So what it lists is used, and of a type of which it lists
nothing the type's own API is asked as well: "nothing there" is said by that alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.calls import child
from collectors.azure.errors import MALFORMED, CallError
from collectors.azure.reader import Reader, path_of

QUERY_RESOURCES = child(
    "Microsoft.ResourceGraph/resources",
    "Resources",
    "/providers/Microsoft.ResourceGraph/resources",
    scope="account",
    method="POST",
    result="data",
)

PAGE = 1000
_MOST_PAGES = 10_000
Item = dict[str, Any]


def query(reader: Reader, subscription: str, types: Iterable[str]) -> dict[str, list[Item]]:
    """The resources of a subscription by their type, in lower case as Resource Graph writes it.
    Raises CallError where it refuses, or does not give all of them."""
    listed = ", ".join(f"'{one.lower()}'" for one in sorted(types))
    body: Item = {
        "subscriptions": [subscription],
        "query": f"Resources | where type in~ ({listed}) | order by id asc",
        "options": {"$top": PAGE, "resultFormat": "objectArray"},
    }
    found: dict[str, list[Item]] = {}
    taken = 0
    for _ in range(_MOST_PAGES):
        answer = reader.request(QUERY_RESOURCES, path_of(QUERY_RESOURCES, {}), body)
        data = answer.get("data")
        if not isinstance(data, list) or answer.get("count") != len(data):
            raise CallError(MALFORMED, "the answer has no data, or not as many as it says")
        for item in data:
            found.setdefault(str(item["type"]).lower(), []).append(item)
        taken += len(data)
        token = answer.get("$skipToken")
        if not token:
            if str(answer.get("resultTruncated")).lower() != "false" or (
                answer.get("totalRecords") != taken
            ):
                raise CallError(MALFORMED, f"the list ends after {taken}, and is truncated")
            return found
        if token == body["options"].get("$skipToken"):
            raise CallError(MALFORMED, "the token of the next page is that of this one")
        body = {**body, "options": {**body["options"], "$skipToken": token}}
    raise CallError(MALFORMED, f"the list does not end after {_MOST_PAGES} pages")
