"""From where a bucket can be reached, as far as its policy refuses other places to everyone."""

from __future__ import annotations

from collectors.aws.policy_conditions import narrows
from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.aws.policy_transport import covers_bucket
from collectors.document import Unknown

EVERYWHERE = ("0.0.0.0/0", "::/0")

_BY_PLACE = {"aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"}
# Conditions by which a Deny spares what services of AWS do, which come from no range.
_SPARES_SERVICES = {
    ("bool", "aws:viaawsservice", "false"),
    ("boolifexists", "aws:viaawsservice", "false"),
    ("bool", "aws:principalisawsservice", "false"),
    ("boolifexists", "aws:principalisawsservice", "false"),
}


def source_ranges(document: PolicyText) -> list[str] | Unknown:
    """The ranges outside of which a bucket policy denies everyone everything; 0.0.0.0/0 and ::/0
    where it denies nothing by place. Networks of the cloud are no ranges: a bucket that only they
    reach has none."""
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    refusals = [one for one in found if not one.allows and _keys(one) & _BY_PLACE]
    if not refusals:
        return list(EVERYWHERE)
    for clause in refusals:
        ranges = _all_but(clause)
        if ranges is not None and covers_bucket([clause], lambda _: True):
            return ranges
    return Unknown("a Deny of the policy by address refuses some requests alone")


def _keys(clause: Clause) -> set[str]:
    return {key.lower() for keys in clause.conditions.values() for key in keys}


def _all_but(clause: Clause) -> list[str] | None:
    """The ranges outside of which a Deny hits; null where it is not of that kind."""
    ranges: list[str] = []
    for operator, keys in clause.conditions.items():
        for key, values in keys.items():
            test, name = operator.lower(), key.lower()
            if {(test, name, value.lower()) for value in values} & _SPARES_SERVICES:
                continue
            if test in {"notipaddress", "notipaddressifexists"} and name == "aws:sourceip":
                if not narrows({"IpAddress": {"aws:SourceIp": values}}):
                    return None
                ranges += values
            elif not (test.startswith("stringnot") and name in {"aws:sourcevpc", "aws:sourcevpce"}):
                return None
    return sorted(ranges)
