"""Verdicts: what checks say of resources, and the NDJSON file that carries them.

line 1       VerdictsHeader   what was evaluated, with the metadata of every check
lines 2..    ResourceVerdicts one resource at one level, with the verdict of each check on it, or
             OutsideResource  a resource that belongs to none of the declared systems
last line    VerdictsFooter   the number of those lines: a file without it is truncated
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.document import Source
from collectors.snapshot import AccountSnapshot, FailedCall
from scanner.checks import CheckMetadata

VERDICTS_SCHEMA_VERSION = 1
DEFAULT_SYSTEM = "default"
"""The system that every resource belongs to while none is declared."""

Status = Literal["pass", "fail", "unknown", "not_applicable", "error"]
STATUSES: tuple[Status, ...] = ("pass", "fail", "unknown", "not_applicable", "error")


class Finding(Struct, kw_only=True, frozen=True):
    """One thing that is wrong: the path of the fact, and the arguments of the check's message."""

    at: str
    args: dict[str, Any] = {}


class Verdict(Struct, kw_only=True, omit_defaults=True):
    """What one check says of one resource. `reasons` says why it is unknown or an error;
    `not_offered` names the cloud that does not offer what the check asks for. `partial`: it fails,
    and a part of what the check reads is unknown, where more may be wrong."""

    check: str
    status: Status
    findings: list[Finding] = []
    reasons: list[str] = []
    not_offered: str = ""
    partial: bool = False


class ResourceRef(Struct, kw_only=True, omit_defaults=True):
    """The resource of a verdict, with the snapshot's file and line, and the template's source."""

    id: str
    type: str
    name: str
    provider: str
    account: str
    region: str
    country: str | None = None
    native_type: str = ""
    tags: dict[str, str] = {}
    unlisted: bool = False
    source: Source | None = None
    file: str = ""
    line: int = 0


class ResourceVerdicts(Struct, kw_only=True, tag_field="kind", tag="resource", omit_defaults=True):
    """Every verdict on one resource, for one system at one level. `uncertain`: whether it belongs
    to the system could not be decided, so it is judged for each that it may belong to."""

    resource: ResourceRef
    system: str
    level: int
    verdicts: list[Verdict]
    uncertain: bool = False


class OutsideResource(Struct, kw_only=True, tag_field="kind", tag="outside"):
    """A resource that belongs to no declared system: it was not judged."""

    resource: ResourceRef


class DeclaredSystem(Struct, kw_only=True):
    """A system that was declared, with its level."""

    name: str
    level: int
    owner: str = ""


class VersionControl(Struct, kw_only=True, frozen=True):
    """What templates were read from: the repository's address (without credentials), the commit,
    the branch if one is checked out, and the path from the repository's root to the folder that
    places in files are relative to ("" or "infra/")."""

    repository: str
    revision: str
    branch: str = ""
    prefix: str = ""


class VerdictsHeader(Struct, kw_only=True, tag_field="kind", tag="mlps.verdicts"):
    """What was evaluated. `now` is the scan's time (RFC 3339, UTC): checks compute ages from it.
    `systems` is empty where none is declared: everything is one system at each level."""

    schema_version: int = VERDICTS_SCHEMA_VERSION
    tool_version: str
    now: str
    levels: list[int]
    systems: list[DeclaredSystem] = []
    engine: str
    snapshot: str
    origin: Literal["live", "template"]
    providers: list[str]
    accounts: list[str]
    regions: list[str]
    checks: list[CheckMetadata]
    failed_calls: list[FailedCall]
    unmapped: dict[str, int] = {}
    """Resources of templates whose types nothing reads, by type."""
    version_control: VersionControl | None = None
    account_snapshot: AccountSnapshot | None = None
    """The snapshot that answers for the account of templates."""


class VerdictsFooter(Struct, kw_only=True, tag_field="kind", tag="end"):
    """Ends a complete verdicts file; `sha256` is that of every line before it."""

    resources: int
    sha256: str
