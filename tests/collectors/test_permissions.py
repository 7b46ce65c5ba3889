"""Policies that are short enough to be created."""

from __future__ import annotations

import json
from typing import Any

from collectors.permissions import LONGEST, NAME, shared_out


def document(allowed: list[str]) -> dict[str, Any]:
    return {"Version": "1", "Statement": [{"Effect": "Allow", "Action": allowed, "Resource": "*"}]}


def test_a_few_actions_are_one_policy() -> None:
    assert shared_out(["ecs:DescribeVpcs"], document) == {NAME: ["ecs:DescribeVpcs"]}
    assert shared_out([], document) == {NAME: []}


def test_many_actions_are_shared_out_in_order() -> None:
    wanted = [f"service:DescribeThing{number:04}" for number in range(500)]
    found = shared_out(wanted, document)
    assert list(found) == [f"{NAME}-{number}" for number in range(1, len(found) + 1)]
    assert [action for part in found.values() for action in part] == wanted
    sizes = [len(json.dumps(document(part), indent=2)) for part in found.values()]
    assert max(sizes) <= LONGEST
    # Each but the last is as full as it can be.
    assert min(sizes[:-1]) > LONGEST - 100
