"""The replicas of a database of RDS, DocumentDB or Neptune in a template: its read replicas, and
the other clusters of the global cluster that it belongs to, or that is made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.facts.shared import Replica
from collectors.iac.blocks import NOT_GIVEN, Block, Project
from collectors.iac.mappers.aws.shared import region_of
from collectors.iac.mappers.joins import Joined, joined, settle, target_of
from collectors.iac.mappers.pointers import pointing

_INSTANCE, _CLUSTER = "aws_db_instance", "aws_rds_cluster"
GLOBAL = {
    _CLUSTER: "aws_rds_global_cluster",
    "aws_docdb_cluster": "aws_docdb_global_cluster",
    "aws_neptune_cluster": "aws_neptune_global_cluster",
}
"""The type of global clusters by that of their members."""

_OTHER_CLUSTERS = Unknown("the other clusters of the global cluster are not part of this template")
_SHARED = "global_cluster_identifier"


def replicas(block: Block, project: Project) -> list[Any] | Unknown:
    """The replicas of an instance or a cluster."""
    found: list[Block] = []
    kinds = (_INSTANCE, _CLUSTER) if block.type in {_INSTANCE, _CLUSTER} else (block.type,)
    for argument in ("replicate_source_db", "replication_source_identifier"):
        links = _made_from(block, project, argument, *kinds)
        if links.doubt:
            return links.doubt
        found += links.blocks
    others = _other_clusters(block, project)
    if isinstance(others, Unknown):
        return others
    known = [each for each in others if isinstance(each, Block)]
    unseen = [each for each in others if isinstance(each, Unknown)]
    copies = [
        Replica(region=region_of(each, project), account=project.account)
        for each in (*found, *(one for one in known if one not in found))
    ]
    return [*copies, *unseen[:1]]


def _other_clusters(block: Block, project: Project) -> list[Block | Unknown] | Unknown:
    """The other members of the global cluster, which a cluster names or which is made from it."""
    kind = GLOBAL.get(block.type)
    if kind is None:
        return []
    made = _made_from(block, project, "source_db_cluster_identifier", kind)
    own = _name(project, block.get(_SHARED), kind)
    if isinstance(own, Unknown) or made.doubt:
        return own if isinstance(own, Unknown) else made.doubt or []
    names = [name for name in (own, *(_name_of(project, each) for each in made.blocks)) if name]
    if not names:
        return []
    members: list[Block | Unknown] = []
    for each in project.each_of(block.type):
        name = _name(project, each.get(_SHARED), kind)
        if each is not block and (isinstance(name, Unknown) or name in names):
            members.append(name if isinstance(name, Unknown) else each)
    return members or [_OTHER_CLUSTERS]


def _name(project: Project, value: Any, kind: str) -> Any:
    """What tells the global cluster that a value leads to from others; None for none."""
    target = target_of(project, value, kind)
    if target:
        return _name_of(project, target)
    found = settle(project, value)
    return None if found is NOT_GIVEN else found


def _name_of(project: Project, block: Block) -> str:
    found = settle(project, block.get(_SHARED))
    return found if isinstance(found, str) else block.address


def _made_from(block: Block, project: Project, argument: str, *kinds: str) -> Joined:
    """The resources whose `argument` leads to a database, or has its identifier or ARN."""
    found = joined(project, block, argument, *kinds)
    is_instance = block.type == _INSTANCE
    own = settle(project, block.get("identifier" if is_instance else "cluster_identifier"))
    if found.doubt or not isinstance(own, str | Unknown):
        return found
    blocks, region = list(found.blocks), region_of(block, project)
    kind = "db" if is_instance else "cluster"
    for each in _writing(project, argument, *kinds):
        value = settle(project, each.get(argument))
        if not isinstance(value, str) or any(each is one for one in (block, *blocks)):
            continue
        at, of, name = _parts(value, region_of(each, project), kind)
        if of != kind or not (
            isinstance(at, Unknown) or isinstance(region, Unknown) or at == region
        ):
            continue
        if isinstance(own, Unknown):
            return Joined(blocks, own)
        if name.lower() == own.lower():
            blocks.append(project.take(each))
    return Joined(blocks, None)


def _writing(project: Project, argument: str, *kinds: str) -> Iterator[Block]:
    """The resources of some types whose argument is a text in the end."""
    for kind in kinds:
        told, others = pointing(project, kind, argument), project.each_of(kind)
        for number in sorted({one for listed in told.to_name.values() for one in listed}):
            yield others[number]


def _parts(value: str, region: str | Unknown, kind: str) -> tuple[str | Unknown, str, str]:
    """Region, kind and identifier of a database by its ARN, or by an identifier alone, which is one
    of the same region."""
    parts = value.split(":")
    return (parts[3], parts[5], parts[6]) if len(parts) == 7 else (region, kind, value)


LINK_TYPES = frozenset(GLOBAL.values())
