"""`mlps.yaml`: what the user declares, because no cloud knows it.

    systems:                       # 定级对象, each judged at its own level
      - name: core-bank
        level: 3
        owner: payments team
        select:                    # any of these; within one, all of its conditions
          - tags: {system: core-bank}
          - accounts: ["111122223333"]
            regions: ["cn-*", "!cn-northwest-1"]
        allowed_accounts: ["444455556666"]
    platforms:                     # the certified level of the clouds that host them
      - {provider: aws, level: 3, certificate: …, expires: 2027-06-30}
    attestations:                  # what configuration cannot show
      - {item: construction.sla-terms, evidence: …, by: …, date: 2026-03-01, expires: 2027-02-28}
    waivers:                       # failures that somebody accepted
      - {check: …, resource: …, reason: …, approver: …, expires: 2027-01-31}
    notify:                        # who is told of a scan
      - {kind: dingtalk, url_env: DINGTALK_URL, secret_env: DINGTALK_SECRET, when: change}

Lists of patterns are shell globs; one that begins with "!" excludes. `mlps config init` writes a
commented starter, `mlps config check` validates a file. The whole is in `config.schema.json`.
"""

from __future__ import annotations

import ipaddress
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from collectors.document import Provider
from scanner.verdict import DEFAULT_SYSTEM
from scanner.yaml_file import YamlFile, read_yaml

Level = Annotated[int, Meta(ge=1, le=4)]
Patterns = list[str]
"""Shell globs; one that begins with "!" excludes."""


class Waiver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A failure that somebody accepted, until a date. Patterns are shell globs."""

    check: str
    resource: str
    reason: str
    approver: str
    expires: date

    def covers(self, check: str, resource_id: str, resource_name: str) -> bool:
        """Whether it is about this check and resource, expired or not."""
        return fnmatchcase(check, self.check) and (
            fnmatchcase(resource_id, self.resource) or fnmatchcase(resource_name, self.resource)
        )


class Selector(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Conditions on a resource, all of which must hold; each is a list of patterns.

    `accounts` are account, subscription or project ids; `resource_groups` those of Azure and
    Alibaba Cloud; `vpcs` ids of networks; `paths` files of templates; `ids` whole resource ids.
    A tag that is not set is the empty text: `{system: "!*"}` selects what has no such tag.
    """

    accounts: Patterns = []
    regions: Patterns = []
    resource_groups: Patterns = []
    vpcs: Patterns = []
    paths: Patterns = []
    ids: Patterns = []
    tags: dict[str, str | Patterns] = {}


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is allowed. A list that is not given says nothing: mainland regions, no other account.

    `allowed_regions` replace "the mainland regions". `allowed_accounts` are other accounts that may
    have rights or data. `admin_ranges` are the CIDRs from which administration is allowed.
    `key_manager` is who must manage encryption keys: the customer, or an HSM or store outside the
    cloud. `label_tags` are the tags that carry security labels, for level 4.
    """

    allowed_regions: list[str] | None = None
    allowed_accounts: list[str] | None = None
    admin_ranges: list[str] | None = None
    key_manager: Literal["provider", "customer", "external"] | None = None
    label_tags: list[str] | None = None


class System(Rules, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A graded system (定级对象): what belongs to it, its level, and rules of its own, which stand
    in place of the file's."""

    name: str
    level: Level
    select: list[Selector]
    owner: str = ""


class Platform(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cloud platform's certified level: what its filing certificate (备案证明) and assessment
    report say. It answers the items that a customer inherits, until it expires. `regions` are
    patterns of those that it is about, where a cloud has several operators; every mainland region
    of the provider if empty."""

    provider: Provider
    level: Level
    certificate: str
    expires: date
    regions: Patterns = []


class Attestation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person states of an item that configuration cannot show, or cannot show alone.

    `systems` are patterns of names, every system if empty. `result` is what the evidence shows.
    """

    item: str
    evidence: str
    by: str
    stated: date = field(name="date")
    expires: date
    systems: Patterns = []
    result: Literal["met", "not_met", "not_applicable"] = "met"


NOT_SIGNED = {"wecom", "slack"}
"""Kinds of webhooks that have no secret: their key is in the address."""
WebhookKind = Literal["generic", "dingtalk", "feishu", "wecom", "slack"]


class Webhook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told of a scan. Its address holds a key, so that it does not stand here: `url_env`
    names an environment variable that has it, or `url_file` a file; `secret_env` or `secret_file`
    likewise what messages are signed with, for the kinds that sign. `when` is `always`, on a
    `change` from the run before (with --history), or on a `failure`: any exit code but 0. A scan
    that does not finish is always told. `link` is an address of the report to show."""

    kind: WebhookKind
    url_env: str = ""
    url_file: str = ""
    secret_env: str = ""
    secret_file: str = ""
    when: Literal["always", "change", "failure"] = "always"
    language: Literal["en", "zh"] = "zh"
    link: str = ""


class Config(Rules, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    systems: list[System] = []
    platforms: list[Platform] = []
    attestations: list[Attestation] = []
    waivers: list[Waiver] = []
    notify: list[Webhook] = []

    def rules_of(self, system: System | None) -> Rules:
        """The rules of a system: its own where it has them, else the file's."""
        own = {
            name: getattr(system, name)
            for name in Rules.__struct_fields__
            if system is not None and getattr(system, name) is not None
        }
        common = {name: getattr(self, name) for name in Rules.__struct_fields__}
        return Rules(**(common | own))


def load_config(path: Path | None) -> Config:
    """Read and validate the file, an empty configuration for None.

    Raises UserError with file and line for anything that is not as documented.
    """
    return Config() if path is None else read_config(path)[0]


def read_config(path: Path) -> tuple[Config, YamlFile]:
    """The validated configuration, and the file that it was read from, for lines."""
    file = read_yaml(path, "configuration", "Name another with --config, or leave the option out.")
    config = file.convert(Config)
    _refuse_empty_texts(file, config)
    _refuse_wrong_systems(file, config)
    _refuse_wrong_rules(file, "$", config)
    _refuse_wrong_webhooks(file, config)
    return config, file


def _refuse_wrong_webhooks(file: YamlFile, config: Config) -> None:
    for index, webhook in enumerate(config.notify):
        place = f"$.notify[{index}]"
        if bool(webhook.url_env) == bool(webhook.url_file):
            raise file.refusal(
                place,
                "a webhook needs url_env or url_file, and not both.",
                "Its address holds a key: name the environment variable or the file that has it.",
            )
        if webhook.secret_env and webhook.secret_file:
            raise file.refusal(place, "secret_env and secret_file are both given.")
        if webhook.kind in NOT_SIGNED and (webhook.secret_env or webhook.secret_file):
            raise file.refusal(
                place,
                f"{webhook.kind} signs nothing: its key is in the address.",
                "Leave the secret out.",
            )


def _refuse_empty_texts(file: YamlFile, config: Config) -> None:
    for index, waiver in enumerate(config.waivers):
        if not _all_filled(waiver.check, waiver.resource, waiver.reason, waiver.approver):
            raise file.refusal(
                f"$.waivers[{index}]",
                "a waiver needs a check, a resource, a reason and an approver.",
            )
    for index, attestation in enumerate(config.attestations):
        if not _all_filled(attestation.item, attestation.evidence, attestation.by):
            raise file.refusal(
                f"$.attestations[{index}]",
                "an attestation needs an item, the evidence and who states it.",
            )
        if attestation.expires < attestation.stated:
            raise file.refusal(
                f"$.attestations[{index}].expires", "it expires before the day of its date."
            )
    for index, platform in enumerate(config.platforms):
        if not _all_filled(platform.certificate):
            raise file.refusal(
                f"$.platforms[{index}].certificate", "a platform needs its certificate's number."
            )


def _all_filled(*texts: str) -> bool:
    return all(text.strip() for text in texts)


def _refuse_wrong_systems(file: YamlFile, config: Config) -> None:
    names: set[str] = set()
    for index, system in enumerate(config.systems):
        place = f"$.systems[{index}]"
        if not system.name.strip():
            raise file.refusal(f"{place}.name", "a system needs a name.")
        if system.name == DEFAULT_SYSTEM:
            raise file.refusal(
                f"{place}.name",
                f"the name {DEFAULT_SYSTEM!r} stands for everything while no system is declared.",
                "Give the system another name.",
            )
        if system.name in names:
            raise file.refusal(f"{place}.name", f"the system {system.name!r} is declared above.")
        names.add(system.name)
        if not system.select:
            raise file.refusal(
                f"{place}.select",
                f"the system {system.name!r} selects nothing.",
                "Say what belongs to it, such as: select: [{tags: {system: core-bank}}]",
            )
        for number, selector in enumerate(system.select):
            _refuse_empty_patterns(file, f"{place}.select[{number}]", selector)
            if not any(getattr(selector, field) for field in Selector.__struct_fields__):
                raise file.refusal(
                    f"{place}.select[{number}]",
                    "a selector without conditions would select everything.",
                    'Select everything on purpose with: ids: ["*"]',
                )
        _refuse_wrong_rules(file, place, system)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for index, platform in enumerate(config.platforms):
        key = (platform.provider, tuple(platform.regions))
        if key in seen:
            raise file.refusal(
                f"$.platforms[{index}]",
                f"the platform {platform.provider} is declared above.",
                "Where a cloud has several operators, tell them apart by regions.",
            )
        seen.add(key)


def _refuse_empty_patterns(file: YamlFile, place: str, selector: Selector) -> None:
    """An empty list would drop its condition, and so widen the selector without a word."""
    for name in Selector.__struct_fields__:
        value = getattr(selector, name)
        lists = value.values() if isinstance(value, dict) else [value]
        written = file.has(f"{place}.{name}")
        for patterns in lists:
            if (patterns == [] and written) or any(one in {"", "!"} for one in patterns):
                raise file.refusal(
                    f"{place}.{name}",
                    f"{name} has no pattern, or an empty one.",
                    "Name what belongs to the system, or leave the condition out.",
                )


def _refuse_wrong_rules(file: YamlFile, place: str, rules: Rules) -> None:
    for name in ("allowed_regions", "allowed_accounts", "label_tags"):
        for index, text in enumerate(getattr(rules, name) or []):
            if not text.strip() or set(text) & set("*?["):
                raise file.refusal(
                    f"{place}.{name}[{index}]",
                    f"{text!r} is not a name: {name} are whole names, not patterns.",
                )
    for index, cidr in enumerate(rules.admin_ranges or []):
        if not _is_range(cidr):
            raise file.refusal(
                f"{place}.admin_ranges[{index}]",
                f"{cidr!r} is not an address range.",
                "Write it like 203.0.113.0/24, without host bits.",
            )


def _is_range(text: str) -> bool:
    """Whether a text is a CIDR as checks compare it: with its length, and in its usual form."""
    try:
        return str(ipaddress.ip_network(text)) == text
    except ValueError:
        return False
