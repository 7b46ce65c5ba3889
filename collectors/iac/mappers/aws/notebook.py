"""aws_sagemaker_notebook_instance: its volume."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.service_volumes import notebook_volume
from collectors.document import Document, then
from collectors.facts.compute import Disk
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import GIB

NOTEBOOK = "aws_sagemaker_notebook_instance"

_SIZE = 5
"""GiB unless told otherwise (provider documentation; API reference, CreateNotebookInstance)."""


def map_notebook(block: Block, project: Project) -> Iterator[Document]:
    """The volume, encrypted as collectors.aws.services.sagemaker says."""
    size = then(block.read("volume_size", int, _SIZE), lambda gib: gib * GIB)
    facts = notebook_volume(at_rest(project, True, block.values.get("kms_key_id")), size)
    yield aws_document(block, project, facts)


MAPPINGS = [
    Mapping(types=(NOTEBOOK,), facts=Disk, map=map_notebook, joined=(*KEYS, *KEY_DATA)),
]
