"""Where the objects of a bucket are copied to, by several rules. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.document import Unknown
from collectors.facts.storage import BucketReplica
from collectors.logic import some


def by_place(copies: Iterable[BucketReplica | Unknown]) -> list[Any]:
    """Each place once, in the order of the rules: whole where one of those that lead there is."""
    found: list[Any] = []
    for copy in copies:
        same = next((one for one in found if _place(one) == _place(copy)), None)
        if same is None:
            found.append(copy)
        elif isinstance(copy, BucketReplica):
            told: list[Any] = [same.whole, copy.whole]
            same.whole = some(told)
    return found


def _place(copy: Any) -> Any:
    return (copy.region, copy.account) if isinstance(copy, BucketReplica) else copy
