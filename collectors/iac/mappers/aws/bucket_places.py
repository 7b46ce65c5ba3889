"""From where a bucket of a template can be reached: collectors.aws.bucket_sources for a policy of
which parts may be unknown."""

from __future__ import annotations

from typing import Any, cast

from collectors.aws.bucket_sources import EVERYWHERE, source_ranges
from collectors.document import Unknown
from collectors.iac.blocks import Project
from collectors.iac.mappers.aws.policy import Written, doubt_of, has_doubt
from collectors.iac.mappers.aws.policy_open import is_open


def places(project: Project, written: Written | Unknown | None) -> list[str] | Unknown:
    """The ranges outside of which the policy denies everyone everything."""
    if written is None or isinstance(written, Unknown):
        return written or list(EVERYWHERE)
    denials = [each for each in written if each["Effect"] == "Deny"]
    if any(has_doubt(each.get("Condition") or {}) for each in denials):
        return doubt_of(written)
    ask: Any = source_ranges
    return cast("list[str] | Unknown", is_open(project, written, ask))
