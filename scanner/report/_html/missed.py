"""What was not assessed, and why: the part of the page that keeps silence from looking like good
news."""

from __future__ import annotations

from collections.abc import Callable

from collectors.snapshot import FailedCall
from scanner.assessment import Assessment
from scanner.catalog import Catalogue, Text
from scanner.items import left_out_at
from scanner.report._html.payload import Call, Missed
from scanner.report._html.rows import waived
from scanner.report._html.scopes import attested, certified
from scanner.report._html.strings import Strings
from scanner.report._text import failure, visible
from scanner.verdict import ResourceRef


def missed(
    assessment: Assessment,
    catalogue: Catalogue,
    checks: dict[str, int],
    strings: Strings,
    place_of: Callable[[ResourceRef], int],
) -> Missed:
    """All of it; `checks` has the places of checks, `place_of` gives that of a resource."""
    levels = sorted({level.level for level in assessment.levels})
    return Missed(
        reasons=[
            ((strings.add(why.reason), strings.add(why.reason_zh)), why.verdicts)
            for why in assessment.unknown_reasons
        ],
        calls=[_call(call) for call in assessment.failed_calls],
        types=[(visible(name), number) for name, number in assessment.unmapped.items()],
        outside=[place_of(one) for one in assessment.outside],
        uncertain=assessment.uncertain,
        empty_systems=[visible(name) for name in assessment.empty_systems],
        not_offered=[
            (checks[one.check], one.cloud, one.reason, one.resources)
            for one in assessment.not_offered
        ],
        left_out=[
            (
                ", ".join(out.clauses[level] for level in levels if level in out.clauses),
                out.subject,
                out.reason,
            )
            for out in left_out_at(catalogue, levels)
        ],
        expired_waivers=[waived(one) for one in assessment.expired_waivers],
        unused_waivers=[waived(one) for one in assessment.unused_waivers],
        expired_attestations=[(one.item, attested(one)) for one in assessment.expired_attestations],
        unused_attestations=[(one.item, attested(one)) for one in assessment.unused_attestations],
        expired_platforms=[certified(one) for one in assessment.expired_platforms],
    )


def _call(call: FailedCall) -> Call:
    return Call(
        what=visible(f"{call.service}:{call.operation}"),
        provider=call.provider,
        account=visible(call.account),
        region=visible(call.region),
        resource=visible(call.resource),
        why=Text(visible(failure(call, "en")), visible(failure(call, "zh"))),
    )
