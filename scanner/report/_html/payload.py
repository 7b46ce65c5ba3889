"""The data inside the page: what `page/*.js` reads.

Texts that repeat stand once in `strings`, and are referred to by their place there ("a place"); a
`Pair` has the places of a text in English and Chinese. Rows and resources are columns, one list for
each field: 50,000 findings repeat no name and no text.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from scanner.catalog import Responsibility, Text
from scanner.conformity import Conformity
from scanner.report._html.strings import Pair
from scanner.trend import TrendPoint


class About(Struct, kw_only=True):
    """The scan. Times are RFC 3339 in UTC. `notes`: what it is compared with, and what that leaves
    out or does not count."""

    tool_version: str
    now: str
    origin: str
    snapshot: str
    engine: str
    providers: list[str]
    accounts: list[str]
    regions: list[str]
    resources: int
    incomplete: bool
    notes: list[Text] = []


class Domain(Struct, kw_only=True):
    """A domain of the standard."""

    key: str
    name: Text


class Remedy(Struct, kw_only=True):
    """What to do in one cloud or template language."""

    name: Text
    text: Pair


class Check(Struct, kw_only=True):
    """A check, with its remediation: once, however many findings it has.

    `message` and `message_zh` are its template's texts and the names of its places, by turns.
    """

    id: str
    title: Text
    description: Text
    severity: str
    targets: list[str]
    items: list[str]
    message: list[str]
    message_zh: list[str]
    remedy: Text
    remedies: list[Remedy]
    references: list[str]


class Requirement(Struct, kw_only=True):
    """A requirement item of the catalogue, in our own words."""

    control_point: Text
    summary: Text
    responsibility: Responsibility
    assessed: str
    evidence: Text | None


class Attested(Struct, kw_only=True):
    """What a person states of an item."""

    result: str
    by: str
    stated: str
    expires: str
    evidence: str


class Certified(Struct, kw_only=True):
    """A platform's certificate that answers an item."""

    provider: str
    level: int
    certificate: str
    expires: str


class Item(Struct, kw_only=True, omit_defaults=True):
    """The result of an item for a system. `checks` has, of each check that feeds it, the place in
    `checks` and how many verdicts passed, failed, are waived, unknown, in error, not applicable."""

    key: str
    clause: str
    numbering: str
    domain: int
    status: str
    reason: Pair
    checks: list[tuple[int, int, int, int, int, int, int]] = []
    missing: list[str] = []
    attested: Attested | None = None
    certified: list[Certified] = []
    high_risk: list[str] = []
    major_risk: list[str] = []


class Scope(Struct, kw_only=True):
    """A system at its level. `totals` and each of `domains` count items by status, in the order of
    `scanner.judge.ITEM_STATUSES`; `severities` failures from low to critical; `verdicts` are
    passed, failed, waived, unknown, in error, not applicable."""

    system: str
    owner: str
    level: int
    declared: bool
    resources: int
    totals: list[int]
    domains: list[list[int]]
    verdicts: list[int]
    severities: list[int]
    conformity: Conformity
    outcome: Text
    items: list[Item]
    reasons: list[tuple[Pair, int]]


class Resources(Struct, kw_only=True):
    """Columns of resources, by place. `where` is the template's or the snapshot's file and line,
    `address` the resource's address in a template. `name_zh` differs for what was not listed."""

    id: list[int] = []
    name: list[int] = []
    name_zh: list[int] = []
    type: list[int] = []
    native: list[int] = []
    provider: list[int] = []
    account: list[int] = []
    region: list[int] = []
    address: list[int] = []
    where: list[int] = []


class Rows(Struct, kw_only=True):
    """Columns of findings, and of verdicts that could not be reached, worst first in each system.

    `ids` has `ID_LENGTH` characters for each row. `status` is a place in STATUSES. `en` and `zh`
    are places in `lists`: the values of the check's message, as places in `strings`; of what could
    not be decided, the reasons. `whole` marks rows whose message is one text and fills no template.
    `line` is 0 where it is the resource's own; `waiver` is -1 without one. `since` are places in
    `strings` of when a finding was first seen; it is empty where no history is kept. `aside` says
    why else a failure does not count (1: the baseline has it, 2: it is of the account of templates,
    0: it counts); it is empty without a baseline and a snapshot of the account.
    """

    ids: str
    check: list[int] = []
    status: list[int] = []
    scope: list[int] = []
    resource: list[int] = []
    at: list[int] = []
    line: list[int] = []
    en: list[int] = []
    zh: list[int] = []
    whole: list[int] = []
    waiver: list[int] = []
    since: list[int] = []
    aside: list[int] = []


class Waived(Struct, kw_only=True):
    """A waiver: which check and resource, why, by whom, until when."""

    check: str
    resource: str
    reason: str
    approver: str
    expires: str


class Call(Struct, kw_only=True):
    """A call that failed."""

    what: str
    provider: str
    account: str
    region: str
    resource: str
    why: Text


class Missed(Struct, kw_only=True):
    """What was not assessed, and what of the user's file no longer counts."""

    reasons: list[tuple[Pair, int]]
    calls: list[Call]
    types: list[tuple[str, int]]
    outside: list[int]
    """Places in `resources`."""
    uncertain: int
    empty_systems: list[str]
    not_offered: list[tuple[int, str, Text, int]]
    """Place in `checks`, cloud, reason, resources."""
    left_out: list[tuple[str, Text, Text]]
    """Clauses, subject and reason of items that the catalogue does not have."""
    expired_waivers: list[Waived]
    unused_waivers: list[Waived]
    expired_attestations: list[tuple[str, Attested]]
    unused_attestations: list[tuple[str, Attested]]
    expired_platforms: list[Certified]


class Payload(Struct, kw_only=True):
    """Everything that the page shows. `language` is the one that it starts in."""

    version: int = 1
    language: str
    texts: dict[str, tuple[str, str]]
    about: About
    domains: list[Domain]
    checks: list[Check]
    requirements: dict[str, Requirement]
    risks: dict[str, Text]
    scopes: list[Scope]
    waivers: list[Waived]
    missed: Missed
    trend: Sequence[TrendPoint] = ()
    resources: Resources
    rows: Rows
    lists: list[list[int]]
    strings: list[str]
