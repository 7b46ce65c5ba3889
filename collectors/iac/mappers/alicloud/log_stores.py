"""alicloud_log_store, with the policy of its project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aliyun import log_facts
from collectors.document import Document, Unknown, then
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.shared import customer_key, region_of
from collectors.iac.mappers.joins import (
    first_of,
    name_of,
    settle,
    tags_of,
    target_of,
)

LOG_STORE, PROJECT = "alicloud_log_store", "alicloud_log_project"

FOR_EVER = 3650
_ALGORITHMS = {"default": "AES-256", "m4": "SM4", "sm4": "SM4"}


def map_log_store(block: Block, project: Project) -> Iterator[Document]:
    """An SLS Logstore. Its tags are those of its project."""
    home = _project_of(block, project)
    facts = LogStore(
        retention_days=kept(block),
        encryption=encryption(block, project),
        exposure=exposure(block, project),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region_of(block, project),
        tags=tags_of(home) if home else Unknown("its project is not part of this template"),
        name=name_of(block, "logstore_name", "name"),
    )


def kept(store: Block) -> int | Unknown | None:
    """Days, 30 unless written; 3650 keeps records for ever."""
    days = first_of(store.values, ("retention_period",), int, 30)
    return cast("int | Unknown | None", then(days, lambda n: None if n == FOR_EVER else n))


def encryption(block: Block, project: Project) -> Encryption:
    """Off unless `encrypt_conf` turns it on; "default" is AES, "m4" is SM4."""
    settings = nested(block.values, "encrypt_conf")
    if isinstance(settings, Unknown):
        return Encryption(enabled=settings, key_manager=settings, key_id=settings)
    first = settings[0] if settings else {}
    keys = nested(first, "user_cmk_info")
    key = keys if isinstance(keys, Unknown) else keys[0].get("cmk_key_id") if keys else None
    kind = read(first, "encrypt_type", str, "default")
    algorithm = then(kind, lambda text: _ALGORITHMS.get(text, text))
    return customer_key(project, read(first, "enable", bool, False), key, algorithm)


def exposure(store: Block, project: Project) -> Exposure:
    """What lets in who has no account: WebTracking, or the policy of the project."""
    web = store.read("enable_web_tracking", bool, False)
    home = _project_of(store, project)
    policy: Any = Unknown("its project is not part of this template")
    if home:
        policy = home.read("policy", str, "")
    return log_facts.exposure(then(web, lambda on: {"enable_tracking": on}), policy)


def store_named(project: Project, name: str, home: Any) -> Block | None:
    """The Logstore of a name in the project `home`, of which no other has that name. None where it
    is not known which of several it is."""
    wanted = _project_name(project, home)
    found = [
        store
        for store in project.of_type(LOG_STORE)
        if settle(project, store.values.get("logstore_name") or store.values.get("name")) == name
        and (wanted is None or _project_name(project, _home(store)) in (wanted, None))
    ]
    return project.take(found[0]) if len(found) == 1 else None


def _home(store: Block) -> Any:
    return store.values.get("project_name") or store.values.get("project")


def _project_name(project: Project, value: Any) -> str | None:
    home = target_of(project, value, PROJECT)
    if home:
        value = home.values.get("project_name") or home.values.get("name")
    name = settle(project, value)
    return name if isinstance(name, str) else None


def _project_of(store: Block, project: Project) -> Block | None:
    value = _home(store)
    found = target_of(project, value, PROJECT)
    name = settle(project, value)
    for home in project.of_type(PROJECT) if found is None and isinstance(name, str) else []:
        if settle(project, home.values.get("project_name") or home.values.get("name")) == name:
            return project.take(home)
    return found


MAPPINGS = [
    Mapping(types=(LOG_STORE,), facts=LogStore, map=map_log_store, joined=(PROJECT,)),
]

LINK_TYPES = frozenset({"alicloud_log_project"})
