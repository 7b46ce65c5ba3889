"""What both engines share: which rules a check has, and its result in one canonical form."""

from __future__ import annotations

import math
import re
from typing import Any

import msgspec

from collectors.document import UserError
from scanner.engine import Answer, Failure
from scanner.policies import Bundle
from scanner.verdict import Finding

_HEAD = r"^[ \t]*(?:default[ \t]+)?{name}\b[ \t]*(?:contains\b|if\b|:=|=(?!=)|$)"
_APPLIES = re.compile(_HEAD.format(name="applies"), re.MULTILINE)
_DENY = re.compile(_HEAD.format(name="deny"), re.MULTILINE)

_EXACT = 2**53
"""Below it a double holds every whole number."""

_UNDEFINED = "<undefined>"
"""How regorus writes a value that is not defined."""


def with_applies(bundle: Bundle) -> frozenset[str]:
    """The packages that say with a rule `applies` whether their check applies."""
    return frozenset(m.package for m in bundle.modules if _APPLIES.search(m.source))


def refuse_without_deny(bundle: Bundle) -> None:
    """Raise UserError for a check without a rule `deny`: it would find nothing, for ever."""
    having = {module.package for module in bundle.modules if _DENY.search(module.source)}
    for check in bundle.checks:
        if check.package not in having:
            raise UserError(
                f"{check.file}: the check has no rule `deny`.",
                'It says what is wrong: deny contains {"at": …, "args": {…}} if { … }',
            )


def answer(deny: Any, *, applies: bool) -> Answer | Failure:
    """An Answer from the value of `deny`, decoded from JSON: each finding once, by `at` and then
    by the JSON of `args`.

    Anything but a list of {"at": text, "args": {name: text, number, boolean or null}} is a Failure,
    undefined above all.
    """
    if not isinstance(deny, list):
        return Failure("deny is undefined or no set of findings")
    if not deny:
        return Answer((), applies)
    try:
        findings = msgspec.convert(deny, list[Finding])
        canonical = {_key(f): f for f in map(_canonical, findings)}
    except (msgspec.ValidationError, ValueError) as error:
        return Failure(f"a finding is not {{at, args}}: {error}")
    return Answer(tuple(canonical[key] for key in sorted(canonical)), applies)


def _key(finding: Finding) -> tuple[str, bytes]:
    return finding.at, msgspec.json.encode(finding.args, order="deterministic")


def _canonical(finding: Finding) -> Finding:
    if finding.at == _UNDEFINED:
        raise ValueError("at is undefined")
    args = {name: _scalar(name, value) for name, value in sorted(finding.args.items())}
    return Finding(at=finding.at, args=args)


def _scalar(name: str, value: Any) -> Any:
    """The engines write numbers differently (1e3, 1000.0; 0.3, 0.30000000000000004): OPA counts
    in decimals, regorus in doubles. 15 digits are what they share."""
    if value == _UNDEFINED or not isinstance(value, str | int | float | None):
        raise ValueError(f"args.{name} is undefined or no text, number or boolean")
    if isinstance(value, str | bool | None):
        return value
    number = float(f"{value:.15g}")
    if not math.isfinite(number):
        raise ValueError(f"args.{name} is too large a number")
    return int(number) if number.is_integer() and abs(number) < _EXACT else number
