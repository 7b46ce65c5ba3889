"""alicloud_config_configuration_recorder: Cloud Config of the account, which has one recorder for
all regions.

The document stands for the recorder and not for the account: what it does not touch is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.account import AccountConfiguration, Recorder
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.alicloud.shared import region_of
from collectors.iac.mappers.joins import items
from collectors.regions import GLOBAL

RECORDER = "alicloud_config_configuration_recorder"

_NOT_TOLD = Unknown("a recorder of Cloud Config tells of nothing else in the account")
_TYPES = Unknown(
    "whether Cloud Config records all types of resources is told only by a template that writes all"
)


def map_recorder(block: Block, project: Project) -> Iterator[Document]:
    """The recorder, which making it starts (StartConfigurationRecorder)."""
    region = region_of(block, project)
    facts = AccountConfiguration(
        recorders=[Recorder(region=region, enabled=True, all_types=_records_all(block))],
        guardrails=_NOT_TOLD,
        regions_in_use=[region] if isinstance(region, str) else region,
        default_disk_encryption=_NOT_TOLD,
        public_access_block=_NOT_TOLD,
    )
    yield template_document(
        block, project, facts, provider="aliyun", region=GLOBAL, name=block.name, tags={}
    )


def _records_all(block: Block) -> bool | Unknown:
    """Whether "all" is among the types: of a list without it is not known how much it leaves out,
    and the provider takes a list only once the recorder is there."""
    types = items(block.values, "resource_types")
    if isinstance(types, Unknown):
        return types
    return True if "all" in types else _TYPES


MAPPINGS = [Mapping(types=(RECORDER,), facts=AccountConfiguration, map=map_recorder)]
