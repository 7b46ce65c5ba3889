"""What both engines share: reading the set `deny` in one canonical form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from scanner.engine import Answer, Failure
from scanner.verdict import Finding


def answer(deny: Iterable[Any], *, applies: bool) -> Answer | Failure:
    """An Answer with the findings in canonical order: by `at`, then by the JSON of `args`.

    A member of `deny` that is not {"at": text, "args": object} makes it a Failure.
    """
    try:
        findings = msgspec.convert(list(deny), list[Finding])
    except msgspec.ValidationError as error:
        return Failure(f"a finding is not {{at, args}}: {error}")
    return Answer(tuple(sorted(findings, key=_order)), applies)


def _order(finding: Finding) -> tuple[str, bytes]:
    return finding.at, msgspec.json.encode(finding.args, order="deterministic")
