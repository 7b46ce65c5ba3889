"""Log Service (SLS): Logstores of a region's projects, their retention, encryption, exposure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.log_calls import (
    GET_LOGSTORE,
    GET_PROJECT_POLICY,
    LIST_LOGSTORES,
    LIST_PROJECTS,
    LIST_TAGS,
)
from collectors.aliyun.log_store import days
from collectors.aliyun.policy_document import grants, is_public
from collectors.document import Document, Unknown, then
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure, Grant

NATIVE = "ACS::SLS::LogStore"

Item = dict[str, Any]


def log_stores(account: Account, region: str) -> Iterable[Document]:
    """A document for each Logstore of a region. Tags are those of its project."""
    projects = account.listed(LIST_PROJECTS, region)
    if isinstance(projects, Unknown):
        yield account.unlisted(LogStore, projects, region, NATIVE)
        return
    names = sorted(str(item["projectName"]) for item in projects)
    stores = account.map(
        lambda name: account.listed(LIST_LOGSTORES, region, name, project=name), names
    )
    found: list[tuple[str, str]] = []
    unread: list[Unknown] = []
    for project, listed in zip(names, stores, strict=True):
        if isinstance(listed, Unknown):
            unread.append(listed)
        else:
            found += [(project, str(store)) for store in listed]
    if unread:
        yield account.unlisted(LogStore, unread[0], region, NATIVE)
    yield from account.map(lambda pair: _log_store(account, region, *pair), found)


def _log_store(account: Account, region: str, project: str, name: str) -> Document:
    store = account.read(GET_LOGSTORE, region, f"{project}/{name}", project=project, logstore=name)
    policy = account.read(GET_PROJECT_POLICY, region, project, project=project)
    tags = account.read(
        LIST_TAGS, region, project, resourceType="project", resourceId=[project], project=project
    )
    return account.document(
        LogStore(
            retention_days=then(store, days),
            encryption=then(store, encryption),
            exposure=exposure(store, policy),
        ),
        id=account.arn("log", region, f"project/{project}/logstore/{name}"),
        region=region,
        name=f"{project}/{name}",
        native_type=NATIVE,
        tags=then(tags, tags_of),
        native=store if isinstance(store, dict) else {"logstoreName": name},
    )


def encryption(store: Item) -> Encryption:
    """Encryption as GetLogStore tells it, which leaves out what was never set (SLS user guide,
    "Data encryption")."""
    conf = store.get("encrypt_conf") or {}
    if not conf.get("enable"):
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    key = (conf.get("user_cmk_info") or {}).get("cmk_key_id")
    kind = str(conf.get("encrypt_type") or "default")
    return Encryption(
        enabled=True,
        key_manager="customer" if key else "provider",
        key_id=key or None,
        algorithm={"default": "AES-256", "sm4": "SM4"}.get(
            kind, Unknown(f"the encryption algorithm {kind} is not known")
        ),
    )


def exposure(store: Item | Unknown, policy: Any) -> Exposure:
    """What lets in who has no account: WebTracking takes records from anyone, and a project policy
    may name everybody. A null policy lets in nobody."""
    tracking = then(store, lambda known: bool(known.get("enable_tracking")))
    named = then(then(policy, _grants), is_public)
    ways = [name for name, way in (("policy", named), ("web-tracking", tracking)) if way is True]
    unread = [way for way in (named, tracking) if isinstance(way, Unknown)]
    if unread:
        return Exposure(public=True if ways else unread[0], via=unread[0])
    return Exposure(public=bool(ways), via=ways)


def _grants(policy: str | Item | None) -> list[Grant] | Unknown:
    """Whom a project policy lets in. A Deny may leave its principal out (SLS API reference,
    GetProjectPolicy), and lets in nobody."""
    if not policy:
        return []
    try:
        document = json.loads(policy) if isinstance(policy, str) else policy
        statements = document["Statement"]
        allows = [one for one in statements if str(one.get("Effect")).lower() != "deny"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return grants(policy)
    return grants({**document, "Statement": allows})


SERVICE = Service(
    name="Log Service",
    types=((LogStore, NATIVE),),
    calls=(LIST_PROJECTS, LIST_LOGSTORES, GET_LOGSTORE, GET_PROJECT_POLICY, LIST_TAGS),
    region=log_stores,
)
