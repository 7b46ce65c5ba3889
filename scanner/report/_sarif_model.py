"""The part of SARIF 2.1.0 that we write, as structs. Names are SARIF's own, in snake case."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct


class _Sarif(Struct, kw_only=True, rename="camel", omit_defaults=True):
    """Common settings: camel-case names, nothing written that has its default."""


class Message(_Sarif, kw_only=True):
    """A message or multi-format text."""

    text: str
    markdown: str = ""


class Reference(_Sarif, kw_only=True):
    """A reference to a tool component, such as the taxonomy."""

    name: str = ""
    index: int | None = None


class DescriptorReference(_Sarif, kw_only=True):
    """A reference to a taxon or a rule."""

    id: str
    index: int | None = None
    tool_component: Reference | None = None


class Relationship(_Sarif, kw_only=True):
    """How a rule relates to a taxon."""

    target: DescriptorReference
    kinds: list[str]


class Configuration(_Sarif, kw_only=True):
    """The level of a rule where a result has none of its own."""

    level: Literal["error", "warning", "note"]


class Descriptor(_Sarif, kw_only=True):
    """A rule, a taxon or a kind of notification."""

    id: str
    name: str = ""
    short_description: Message | None = None
    full_description: Message | None = None
    help: Message | None = None
    help_uri: str = ""
    default_configuration: Configuration | None = None
    relationships: list[Relationship] = []
    properties: dict[str, Any] = {}


class Component(_Sarif, kw_only=True):
    """A tool driver or a taxonomy."""

    name: str
    full_name: str = ""
    organization: str = ""
    semantic_version: str = ""
    version: str = ""
    information_uri: str = ""
    language: str = ""
    short_description: Message | None = None
    supported_taxonomies: list[Reference] = []
    rules: list[Descriptor] = []
    taxa: list[Descriptor] = []
    notifications: list[Descriptor] = []


class Tool(_Sarif, kw_only=True):
    """The tool of a run."""

    driver: Component


class ArtifactLocation(_Sarif, kw_only=True):
    """A file."""

    uri: str
    uri_base_id: str = ""


class BaseId(_Sarif, kw_only=True):
    """The folder of a base id."""

    uri_base_id: str


class Region(_Sarif, kw_only=True):
    """Lines of a file, from 1."""

    start_line: int
    end_line: int | None = None


class PhysicalLocation(_Sarif, kw_only=True):
    """A place in a file."""

    artifact_location: ArtifactLocation
    region: Region


class LogicalLocation(_Sarif, kw_only=True):
    """A resource, by its id or its address in a template."""

    name: str
    fully_qualified_name: str
    kind: str


class Location(_Sarif, kw_only=True):
    """Where a result is."""

    physical_location: PhysicalLocation
    logical_locations: list[LogicalLocation]


class Suppression(_Sarif, kw_only=True):
    """A waiver."""

    kind: Literal["external", "inSource"]
    status: Literal["accepted"]
    justification: str


class Provenance(_Sarif, kw_only=True):
    """Since when a finding is there."""

    first_detection_time_utc: str


class SarifResult(_Sarif, kw_only=True):
    """One finding."""

    rule_id: str
    rule_index: int
    kind: Literal["fail"] = "fail"
    level: Literal["error", "warning", "note"]
    message: Message
    locations: list[Location]
    partial_fingerprints: dict[str, str]
    suppressions: list[Suppression] = []
    baseline_state: Literal["new", "unchanged"] | None = None
    provenance: Provenance | None = None
    taxa: list[DescriptorReference] = []
    properties: dict[str, Any] = {}


class Notification(_Sarif, kw_only=True):
    """What went wrong while scanning."""

    level: Literal["note", "warning", "error"]
    message: Message
    descriptor: DescriptorReference


class Invocation(_Sarif, kw_only=True):
    """The run of the tool."""

    execution_successful: bool
    end_time_utc: str
    tool_execution_notifications: list[Notification] = []


class VersionControlDetails(_Sarif, kw_only=True):
    """What was checked: a commit of a repository, and where it lies."""

    repository_uri: str
    revision_id: str
    branch: str = ""
    mapped_to: BaseId


class AutomationDetails(_Sarif, kw_only=True):
    """Which of several runs over the same input this is."""

    id: str


class Run(_Sarif, kw_only=True):
    """One run: one level."""

    tool: Tool
    taxonomies: list[Component]
    invocations: list[Invocation]
    automation_details: AutomationDetails
    version_control_provenance: list[VersionControlDetails] = []
    column_kind: Literal["unicodeCodePoints"] = "unicodeCodePoints"
    results: list[SarifResult]
    properties: dict[str, Any] = {}


class Log(_Sarif, kw_only=True):
    """The file. `schema` is written as `$schema`."""

    schema: str
    version: str
    runs: list[Run]
