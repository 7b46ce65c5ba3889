"""alicloud_bastionhost_instance: the bastions through which people administer."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.network import Gateway
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.gateways import gateway, zones_of
from collectors.iac.mappers.alicloud.shared import aliyun_document

BASTIONS = ("alicloud_bastionhost_instance", "alicloud_yundun_bastionhost_instance")
"""The type, and what it was called before version 1.132.0 of the provider."""

SECOND_SWITCH = "slave_vswitch_id"
SINGLE, DOUBLE = "cloudbastion", "cloudbastion_ha"
"""Editions: with one engine, and with two."""

_NO_WIDTH = Unknown("the bandwidth of a bastion is not read from templates")
_NO_EDITION = Unknown("the template gives no plan_code")
_SECOND = Unknown("where the second engine of the bastion stands is not told")


def map_bastion(block: Block, project: Project) -> Iterator[Document]:
    """A bastion."""
    facts = gateway("bastion", zones=_zones(block, project), bandwidth_mbps=_NO_WIDTH)
    yield aliyun_document(block, project, facts, "description")


def _zones(block: Block, project: Project) -> list[str] | Unknown:
    """The zones of its vSwitches. Of an edition with two engines, and one vSwitch, the service
    decides where the second engine stands."""
    first, second = (block.values.get(name) for name in ("vswitch_id", SECOND_SWITCH))
    placed = [one for one in (first, second) if one not in (None, "")]
    if second in (None, ""):
        edition = block.read("plan_code", str, _NO_EDITION)
        if edition != SINGLE:
            return edition if isinstance(edition, Unknown) else _SECOND
    return zones_of(placed, project)


MAPPINGS = [Mapping(types=BASTIONS, facts=Gateway, map=map_bastion)]
