"""Structures in the words of an API (CloudFormation, JSON of Terraform) in those of Terraform."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def in_terraform(value: Any, names: Mapping[str, str]) -> Any:
    """A value whose keys are words of Terraform: in lower case, with underscores. `names` has those
    that it calls otherwise, lists above all, by what they would be."""
    if isinstance(value, list):
        return [in_terraform(each, names) for each in value]
    if not isinstance(value, dict):
        return value
    words = {name: _WORD.sub("_", name).lower() for name in value}
    return {names.get(new, new): in_terraform(value[old], names) for old, new in words.items()}
