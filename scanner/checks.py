"""The metadata of a check: the OPA annotation above `package` in its Rego file.

`title`, `description` and `custom` are OPA's own annotation fields; everything of ours is under
`custom`. See design.md §4.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")
SEVERITIES_ZH: dict[Severity, str] = {"low": "低", "medium": "中", "high": "高", "critical": "严重"}


_CLOUDS = (
    ("aws", "AWS", "AWS"),
    ("azure", "Azure", "Azure"),
    ("aliyun", "Alibaba Cloud", "阿里云"),
    ("terraform", "Terraform", "Terraform"),
)


class Remediation(Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What to do: in both languages for everyone, and how in each cloud and template language."""

    en: str
    zh: str
    aws: str = ""
    aws_zh: str = ""
    azure: str = ""
    azure_zh: str = ""
    aliyun: str = ""
    aliyun_zh: str = ""
    terraform: str = ""
    terraform_zh: str = ""

    def clouds(self, language: str) -> list[tuple[str, str]]:
        """The name of each cloud that has a text, with it: in English where there is no Chinese."""
        return [
            (zh if language == "zh" else en, text)
            for field, en, zh in _CLOUDS
            if (text := self._text(field, language))
        ]

    def _text(self, field: str, language: str) -> str:
        chinese: str = getattr(self, f"{field}_zh")
        english: str = getattr(self, field)
        return chinese or english if language == "zh" else english


class NotOffered(Struct, kw_only=True, forbid_unknown_fields=True):
    """A cloud that does not offer what a check asks for: why, and what to do in its place."""

    cloud: Literal["aws", "aws-cn", "azure", "azure-china", "aliyun"]
    en: str
    zh: str


class CheckMetadata(Struct, kw_only=True, omit_defaults=True):
    """One check, without its rule. `targets` holds resource types, or "*" for every type; `facts`
    the paths of the facts that the rule reads ("rules", "encryption.enabled"), where a name of the
    envelope (region, country, tags) counts too, and `context.references`; `items` the keys of
    catalogue items, general ones with the prefix `g:`. `words_zh` has, by the
    argument of a message, the Chinese of words in its values; `measured` are arguments that change
    with no change of the configuration, such as an age in days: a finding stays the same one when
    they do. `not_offered` names clouds in which the check cannot be done."""

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
    words_zh: dict[str, dict[str, str]] = {}
    measured: list[str] = []
    remediation: Remediation
    references: list[str] = []
    native: bool = False
    not_offered: list[NotOffered] = []
    package: str = ""
    file: str = ""
