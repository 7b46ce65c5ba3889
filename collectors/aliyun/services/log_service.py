"""Log Service (SLS): Logstores of a region's projects, their retention, encryption, exposure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.log_calls import (
    GET_LOGSTORE,
    GET_PROJECT_POLICY,
    LIST_LOGSTORES,
    LIST_PROJECTS,
    LIST_TAGS,
)
from collectors.aliyun.log_encryption import encryption
from collectors.aliyun.log_facts import exposure
from collectors.aliyun.log_store import days
from collectors.document import Document, Unknown, then
from collectors.facts.operations import LogStore

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
            encryption=then(store, lambda known: encryption(account, region, known)),
            exposure=exposure(store, policy),
        ),
        id=account.arn("log", region, f"project/{project}/logstore/{name}"),
        region=region,
        name=f"{project}/{name}",
        native_type=NATIVE,
        tags=then(tags, tags_of),
        native=store if isinstance(store, dict) else {"logstoreName": name},
    )


SERVICE = Service(
    name="Log Service",
    types=((LogStore, NATIVE),),
    calls=(
        LIST_PROJECTS,
        LIST_LOGSTORES,
        GET_LOGSTORE,
        GET_PROJECT_POLICY,
        LIST_TAGS,
        DESCRIBE_KEY,
    ),
    region=log_stores,
)
