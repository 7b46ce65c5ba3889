"""What containers that Azure runs tell of themselves. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.document import Unknown
from collectors.logic import Known
from collectors.secrets import holds_secrets

Item = dict[str, Any]

_OLDER = Unknown("the environments of older revisions that still run are not read")


def variables_of(container: Item, name: str) -> Item:
    """The environment variables whose values can be read, which stand under a name. Those that are
    stored as secrets come without one."""
    return {one["name"]: one["value"] for one in container.get(name) or () if one.get("value")}


def environment_secrets(variables: Iterable[Item], *, revisions: bool = False) -> Known:
    """Whether an environment holds a secret. With `revisions` older definitions run besides."""
    if any(holds_secrets(one) for one in variables):
        return True
    return _OLDER if revisions else False


def named(containers: Iterable[Item]) -> list[Item]:
    """Evidence of containers, without what may hold secrets."""
    return [{"name": one.get("name"), "image": one.get("image")} for one in containers]
