"""The metadata of a check: the OPA annotation above `package` in its Rego file.

`title`, `description` and `custom` are OPA's own annotation fields; everything of ours is under
`custom`. See design.md §4.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")


class Remediation(Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What to do: in both languages for everyone, and how in each cloud and template language."""

    en: str
    zh: str
    aws: str = ""
    azure: str = ""
    aliyun: str = ""
    terraform: str = ""


class NotOffered(Struct, kw_only=True, forbid_unknown_fields=True):
    """A cloud that does not offer what a check asks for: why, and what to do in its place."""

    cloud: Literal["aws", "aws-cn", "azure", "azure-china", "aliyun"]
    en: str
    zh: str


class CheckMetadata(Struct, kw_only=True, omit_defaults=True):
    """One check, without its rule. `targets` holds resource types, or "*" for every type; `facts`
    the paths of the facts that the rule reads ("rules", "encryption.enabled"), where a name of the
    envelope (region, country, tags) counts too, and `context.references`; `items` the keys of
    catalogue items, general ones with the prefix `g:`. `not_offered` names clouds in which the
    check cannot be done."""

    id: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    targets: list[str]
    facts: list[str]
    severity: Severity
    items: list[str]
    message: str
    message_zh: str
    remediation: Remediation
    references: list[str] = []
    native: bool = False
    not_offered: list[NotOffered] = []
    package: str = ""
    file: str = ""
