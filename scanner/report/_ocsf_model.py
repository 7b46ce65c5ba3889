"""The part of OCSF 1.8.0 that we write, as structs: the Compliance Finding and its objects."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

VERSION = "1.8.0"


class _Ocsf(Struct, kw_only=True, omit_defaults=True):
    """Nothing is written that has its default."""


class Product(_Ocsf, kw_only=True):
    """What reports."""

    name: str
    vendor_name: str
    version: str
    lang: str


class Metadata(_Ocsf, kw_only=True):
    """About the event. `event_code` tells findings, items and gaps apart."""

    product: Product
    version: str
    profiles: list[str] = []
    event_code: str


class Account(_Ocsf, kw_only=True):
    """An account of a cloud."""

    uid: str


class Cloud(_Ocsf, kw_only=True):
    """Where the resource is."""

    provider: str
    account: Account | None = None
    region: str = ""


class Analytic(_Ocsf, kw_only=True):
    """The check, as a rule (type 1)."""

    type_id: int
    type: str
    uid: str
    name: str


class FindingInfo(_Ocsf, kw_only=True):
    """What the finding is."""

    uid: str
    title: str
    desc: str = ""
    analytic: Analytic | None = None


class Check(_Ocsf, kw_only=True):
    """A check and what it said."""

    uid: str
    name: str
    severity: str
    severity_id: int
    status: str
    status_id: int


class Compliance(_Ocsf, kw_only=True):
    """What it means for the standard. `requirements` are clauses."""

    standards: list[str]
    control: str
    requirements: list[str] = []
    checks: list[Check] = []
    status: str
    status_id: int
    status_details: list[str] = []


class Remediation(_Ocsf, kw_only=True):
    """What to do."""

    desc: str
    references: list[str] = []


class Resource(_Ocsf, kw_only=True):
    """What was checked. `data` has its place in a file."""

    uid: str
    name: str
    type: str
    region: str = ""
    data: dict[str, Any] = {}


class Event(_Ocsf, kw_only=True):
    """One Compliance Finding. `time` is in milliseconds since 1970, UTC."""

    activity_id: int
    activity_name: str
    category_uid: int
    category_name: str
    class_uid: int
    class_name: str
    type_uid: int
    type_name: str
    time: int
    severity_id: int
    severity: str
    status_id: int
    status: str
    message: str
    metadata: Metadata
    finding_info: FindingInfo
    compliance: Compliance
    resources: list[Resource] = []
    cloud: Cloud | None = None
    remediation: Remediation | None = None
    unmapped: dict[str, Any] = {}
