"""Where the logs of a resource go, by its azurerm_monitor_diagnostic_setting, and
azurerm_log_analytics_workspace.

    logging_of(vault, project, ("AuditEvent",))
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from collectors.azure.diagnostic_logs import (
    DESTINATIONS,
    NOWHERE,
    REGION_AWAY,
    RETENTION_AWAY,
    rank,
    sends,
)
from collectors.azure.ids import subscription_of
from collectors.azure.workspace_facts import SHORTER, facts_of, may_hold
from collectors.document import Document, Unknown, also
from collectors.facts.operations import LogStore
from collectors.facts.shared import Logging
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import (
    Block,
    Mapping,
    Project,
    Reference,
    nested,
    read,
)
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import identity, joined, target_of
from collectors.iac.mappers.pointers import pointing

SETTING = "azurerm_monitor_diagnostic_setting"
WORKSPACE = "azurerm_log_analytics_workspace"
TABLE = f"{WORKSPACE}_table"
LOGGING_TYPES = (SETTING, WORKSPACE, TABLE)
"""The types that `logging_of` joins."""

ARGUMENTS = dict(
    zip(
        DESTINATIONS,
        (
            "log_analytics_workspace_id",
            "storage_account_id",
            "eventhub_authorization_rule_id",
            "partner_solution_id",
        ),
        strict=True,
    )
)
"""The argument of each destination."""
_WHICH = Unknown("which part of the resource the diagnostic setting is for is not known")
_ELSEWHERE = Unknown("the workspace is not part of this template")
_OWNER = Unknown("the template does not name the account of the destination")


def logging_of(
    block: Block, project: Project, categories: Sequence[str], groups: Sequence[str] = ("allLogs",)
) -> Logging:
    """The log of a resource: on where one setting of the template sends all of the categories, off
    where none is for the resource."""
    settings = joined(project, block, "target_resource_id", SETTING)
    told = [(one, sent(one, categories, groups)) for one in settings.blocks]
    return _logging_by(told, settings.doubt, project)


def logging_of_part(
    block: Block, project: Project, part: str, categories: Sequence[str], groups: Sequence[str]
) -> Logging:
    """The log of a part of a resource that has none of its own in templates, by the path of the
    part: `blobServices/default`."""
    told: list[tuple[Block, bool | Unknown]] = []
    doubt: Unknown | None = None
    said, settings = pointing(project, SETTING, "target_resource_id"), project.each_of(SETTING)
    # Those that lead to another resource of the template are none of them.
    numbers = {*said.to_block.get(id(block), ()), *said.open, *_leading_nowhere(project)}
    for setting in (settings[number] for number in sorted(numbers)):
        meant = _is_of_part(setting.get("target_resource_id"), block, part, project)
        if meant is False:
            continue
        on = sent(setting, categories, groups)
        if meant is True:
            told.append((project.take(setting), on))
        elif on is not False:
            doubt = doubt or meant
    return _logging_by(told, doubt, project)


def _leading_nowhere(project: Project) -> list[int]:
    """The settings that name no resource of the template; found once for a project."""
    key = (f"{SETTING} elsewhere", "")
    found: list[int] | None = project.pointing.get(key)
    if found is None:
        with unwatched():
            targets = [each.get("target_resource_id") for each in project.each_of(SETTING)]
            found = [i for i, value in enumerate(targets) if project.target(value) is None]
            project.pointing[key] = found
    return found


def _is_of_part(value: Any, block: Block, part: str, project: Project) -> bool | Unknown:
    if isinstance(value, Unknown):
        return value
    name, path = block.values.get("name"), part.lower()
    if isinstance(value, Reference):
        if project.target(value) is block:
            # A plan tells which resource is meant, and not which part of it.
            return _WHICH if value.attribute == "id" else value.attribute.lower() == f"id/{path}"
        kind, _, own = block.address.rpartition("/")
        child, _, last = path.partition("/")
        return bool(kind) and value.address.lower() == f"{kind}/{child}/{own}/{last}".lower()
    ending = f"/{name}/{path}".lower() if isinstance(name, str) else None
    return bool(ending) and str(value).lower().endswith(str(ending))


def _logging_by(
    told: list[tuple[Block, bool | Unknown]], doubt: Unknown | None, project: Project
) -> Logging:
    sure = [one for one, on in told if on is True]
    if sure:
        first = min(sure, key=lambda one: rank(dict.fromkeys(_given(one), True)))
        return _logging(first, project)
    unsure = also(doubt, *(on for _, on in told))
    return Logging.unread(unsure) if unsure else Logging.off()


def sent(setting: Block, categories: Sequence[str], groups: Sequence[str]) -> bool | Unknown:
    """Whether a setting sends all of the categories; what is known of it decides where it can."""
    logs, doubt = logs_of(setting)
    return sends({"logs": logs}, categories, groups) or doubt or False


def logs_of(setting: Block) -> tuple[list[dict[str, Any]], Unknown | None]:
    """The logs that a setting is known to send, in the words of ARM, and why there may be more."""
    found: list[dict[str, Any]] = []
    doubt: Unknown | None = None
    # Until version 3 of the provider they were `log` blocks, each with a switch.
    for kind in ("enabled_log", "log"):
        blocks = nested(setting.values, kind)
        if isinstance(blocks, Unknown):
            doubt = doubt or blocks
            continue
        for values in blocks:
            on = read(values, "enabled", bool, default=True) if kind == "log" else True
            category, group = (read(values, k, str, "") for k in ("category", "category_group"))
            unsure = also(on, category, group)
            if unsure and on is not False:
                doubt = doubt or unsure
            elif unsure is None:
                found.append({"category": category, "categoryGroup": group, "enabled": on})
    return found, doubt


def _given(setting: Block) -> list[str]:
    return [name for name, it in ARGUMENTS.items() if setting.values.get(it) not in (None, "")]


def destination_of(setting: Block) -> tuple[str, Any]:
    """The destination whose retention is told first, by its name in ARM, and what is written; ""
    where none is."""
    name = next(iter(_given(setting)), "")
    return name, setting.values.get(ARGUMENTS[name]) if name else None


def _logging(setting: Block, project: Project) -> Logging:
    name, value = destination_of(setting)
    if not name:
        return Logging.unread(NOWHERE)
    if isinstance(value, Unknown):
        # One of several that may be null: where the log goes is open, not whether it is sent.
        return Logging(
            enabled=True,
            destination=value,
            destination_account=value,
            destination_region=value,
            retention_days=value,
        )
    workspace = target_of(project, value, WORKSPACE) if name == "workspaceId" else None
    away = _ELSEWHERE if name == "workspaceId" else None
    return Logging(
        enabled=True,
        destination=identity(project, value),
        destination_account=owner_of(setting, value, project),
        destination_region=location_of(workspace, project) if workspace else away or REGION_AWAY,
        retention_days=kept_days(workspace, project) if workspace else away or RETENTION_AWAY,
    )


def owner_of(setting: Block, value: Any, project: Project) -> str | Unknown | None:
    """The account of a destination: the template's own where the same provider makes it."""
    target = project.target(value)
    if target is not None and not target.type.startswith("data."):
        same = target.provider_values == setting.provider_values
        return project.account if same else _OWNER
    written = subscription_of(value) if isinstance(value, str) else None
    return written or _OWNER


def kept_days(workspace: Block, project: Project) -> int | Unknown:
    """Days that a workspace keeps a log; unknown where a table that could be the log's may keep
    rows for less time."""
    own = workspace_days(workspace)
    tables = joined(project, workspace, "workspace_id", TABLE)
    if isinstance(own, Unknown):
        return own
    found = [days_of(each, own) for each in tables.blocks if _may_hold(each)]
    shorter = any(isinstance(days, int) and days < own for days in found)
    return tables.doubt or also(None, *found) or (SHORTER if shorter else own)


def _may_hold(table: Block) -> bool:
    name = table.read("name", str, "")
    return isinstance(name, Unknown) or may_hold(name.lower())


def days_of(table: Block, default: int | Unknown) -> int | Unknown:
    """Days that a table keeps rows, with what it keeps as an archive."""
    days = table.read("retention_in_days", int, default)
    return table.read("total_retention_in_days", int, days)


def workspace_days(workspace: Block) -> int | Unknown:
    """Days that a workspace keeps tables: 30 unless it says otherwise ("Manage data retention in a
    Log Analytics workspace"), in the free tier 7."""
    sku = workspace.read("sku", str, "PerGB2018")
    default: int | Unknown = 30
    if isinstance(sku, Unknown):
        default = sku
    elif sku.lower() == "free":
        default = 7
    return workspace.read("retention_in_days", int, default)


def map_workspace(block: Block, project: Project) -> Iterator[Document]:
    """A workspace."""
    facts = facts_of({})
    facts.retention_days = workspace_days(block)
    yield azure_document(block, project, facts)


MAPPINGS = [Mapping(types=(WORKSPACE,), facts=LogStore, map=map_workspace)]
