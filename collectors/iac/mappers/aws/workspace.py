"""aws_workspaces_workspace: the volumes of a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.service_volumes import desktop_volume
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import GIB

WORKSPACE = "aws_workspaces_workspace"

_SIZE = Unknown("the bundle decides how large the volume is")
_NO_KEY = Unknown("the template names no key for the volumes")


def map_workspace(block: Block, project: Project) -> Iterator[Document]:
    """The root volume and the user's; neither is encrypted unless it is asked for (provider's
    source, resourceWorkspace)."""
    written = nested(block.values, "workspace_properties")
    properties: Any = then(written, lambda found: found[0] if found else {})
    key = block.values.get("volume_encryption_key") or _NO_KEY
    for kind in ("root", "user"):
        enabled = block.read(f"{kind}_volume_encryption_enabled", bool, False)
        encryption = at_rest(project, enabled, key)
        facts = desktop_volume(encryption, _size(properties, kind))
        found = aws_document(block, project, facts, name=f"{block.name} {kind}")
        # The first keeps the address of the resource, as every document of one does.
        found.id = found.id if kind == "root" else f"{found.id}.{kind}"
        yield found


def _size(properties: dict[str, Any] | Unknown, kind: str) -> int | Unknown:
    size = then(properties, lambda found: read(found, f"{kind}_volume_size_gib", int, _SIZE))
    return then(size, lambda gib: gib * GIB)


MAPPINGS = [
    Mapping(types=(WORKSPACE,), facts=Disk, map=map_workspace, joined=(*KEYS, *KEY_DATA)),
]
