"""alicloud_cr_ee_repo: repositories of Container Registry Enterprise Edition, with the scan rules
and the endpoint of their instance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.registry_facts import exposure, scan_on_push
from collectors.document import Document, Unknown, also
from collectors.facts.operations import Registry
from collectors.iac.blocks import Block, Mapping, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.shared import region_of, settled
from collectors.iac.mappers.joins import identity, items, settle, target_of
from collectors.logic import Known

REPOSITORY, INSTANCE = "alicloud_cr_ee_repo", "alicloud_cr_ee_instance"
SCAN_RULE = "alicloud_cr_scan_rule"
ENDPOINT, ENTRY = "alicloud_cr_internet_endpoint", "alicloud_cr_endpoint_acl_policy"

_ELSEWHERE = Unknown("the registry's instance is not part of this template")
_REPOSITORIES = Unknown("the repositories of the instance are not part of this template")
_CLOSED = Unknown("nothing in this template tells of the registry's public endpoint")


def map_repository(block: Block, project: Project) -> Iterator[Document]:
    """A repository."""
    namespace = settled(
        project, block, "namespace", str, Unknown("the template gives no namespace")
    )
    name = settled(project, block, "name", str, Unknown("the template gives no name"))
    allowed = _allowed(block, project)
    facts = Registry(
        scan_on_push=_scanned(block, project, namespace, name),
        immutable_tags=block.read(
            "tag_immutability", bool, Unknown("not written: the service decides")
        ),
        encryption=Unknown("ACR does not tell how the bucket of the instance is encrypted"),
        exposure=exposure(
            block.read("repo_type", str, Unknown("the template gives no repo_type")), allowed
        ),
        allow_list=allowed,
        shared_admin=None,
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region_of(block, project),
        name=also(namespace, name) or f"{namespace}/{name}",
        tags={},
    )


def map_endpoint(block: Block, project: Project) -> Iterator[Document]:
    """What opens the endpoint of an instance of which the template has no repository: it stands for
    those that are elsewhere."""
    own = identity(project, block.get("instance_id"))
    same = [block]
    if isinstance(own, str):
        same = [
            each
            for each in project.of_type(REPOSITORY, ENDPOINT, ENTRY)
            if identity(project, each.get("instance_id")) == own
        ]
    if same[0] is not block:
        return
    allowed: Any = [entry for each in same for entry in _entries(project.take(each))] or _CLOSED
    facts = Registry(
        scan_on_push=_REPOSITORIES,
        immutable_tags=_REPOSITORIES,
        encryption=_REPOSITORIES,
        exposure=exposure(_REPOSITORIES, allowed),
        allow_list=allowed,
        shared_admin=None,
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region_of(block, project),
        name=block.name,
        tags={},
    )


def _of_instance(block: Block, project: Project, kind: str) -> tuple[list[Block], Unknown | None]:
    """What is said of the instance of a repository, and whether more may be."""
    own = identity(project, block.get("instance_id"))
    found: list[Block] = []
    doubt: Unknown | None = None
    for each in project.of_type(kind):
        to = identity(project, each.get("instance_id"))
        unclear = also(own, to)
        if unclear:
            doubt = doubt or unclear
        elif to == own and to is not None:
            found.append(project.take(each))
    return found, doubt


def _scanned(
    block: Block, project: Project, namespace: str | Unknown, name: str | Unknown
) -> Known:
    """Whether a rule scans what is pushed. Of an instance elsewhere other rules may do so."""
    found, doubt = _of_instance(block, project, SCAN_RULE)
    rules = [_rule(each, project) for each in found]
    unread = also(namespace, name, *rules)
    if unread:
        return unread
    item = {"RepoNamespaceName": namespace, "RepoName": name}
    known = [rule for rule in rules if isinstance(rule, dict) and rule["ScanType"] != "SBOM"]
    answer = scan_on_push(item, known)
    if answer is not False:
        return answer
    home = target_of(project, block.get("instance_id"), INSTANCE)
    return doubt or (False if home else _ELSEWHERE)


def _rule(block: Block, project: Project) -> dict[str, Any] | Unknown:
    """A rule in the words of ListScanRule."""
    found: dict[str, Any] = {
        "TriggerType": block.read("trigger_type", str, Unknown("the scan rule gives no trigger")),
        "ScanScope": block.read("scan_scope", str, Unknown("the scan rule gives no scope")),
        "ScanType": block.read("scan_type", str, "VUL"),
        "RepoTagFilterPattern": block.read("repo_tag_filter_pattern", str, ""),
        "Namespaces": _texts(block, project, "namespaces"),
        "RepoNames": _texts(block, project, "repo_names"),
    }
    return also(None, *found.values()) or found


def _texts(block: Block, project: Project, argument: str) -> list[str] | Unknown:
    listed = items(block.values, argument)
    if isinstance(listed, Unknown):
        return listed
    found = [settle(project, each) for each in listed]
    apply = Unknown("a part of the scan rule is known after apply")
    return [each for each in found if isinstance(each, str)] if _all_texts(found) else apply


def _all_texts(found: list[Any]) -> bool:
    return all(isinstance(each, str) for each in found)


def _allowed(block: Block, project: Project) -> list[str] | Unknown:
    """Who may reach the public endpoint, where the template opens it or writes its list; what
    stands in a list counts as if the endpoint were open."""
    endpoints, doubt = _of_instance(block, project, ENDPOINT)
    entries, other = _of_instance(block, project, ENTRY)
    found: list[Any] = [entry for each in (*endpoints, *entries) for entry in _entries(each)]
    if doubt or other:
        found.append(doubt or other)
    return found or _CLOSED


def _entries(block: Block) -> list[Any]:
    """The addresses that an endpoint, or an entry of its list, lets in."""
    missing = Unknown("an entry gives no address")
    if block.type == ENTRY:
        return [block.read("entry", str, missing)]
    blocks = nested(block.values, "entries")
    if isinstance(blocks, Unknown):
        return [blocks]
    return [read(one, "entry", str, missing) for one in blocks]


MAPPINGS = [
    Mapping(
        types=(REPOSITORY,),
        facts=Registry,
        map=map_repository,
        joined=(INSTANCE, SCAN_RULE, ENDPOINT, ENTRY),
    ),
    Mapping(types=(ENDPOINT, ENTRY), facts=Registry, map=map_endpoint),
]

LINK_TYPES = frozenset(
    {
        "alicloud_cr_ee_instance",
        "alicloud_cr_scan_rule",
    }
)
