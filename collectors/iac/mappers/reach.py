"""Whether the rules of a firewall group let the internet in: the join behind an instance's
`exposure`, for clouds whose groups are read from templates."""

from __future__ import annotations

from collectors.addresses import opens_to_internet
from collectors.document import Unknown, also
from collectors.facts.shared import Exposure, Rule
from collectors.iac.mappers.joins import IPV4_ANY


def lets_internet_in(rules: list[Rule] | Unknown) -> bool | Unknown:
    """Whether a group allows the internet in on any port. `rules` are in order of effect: a rule
    that denies everything from anywhere ends the search."""
    if isinstance(rules, Unknown):
        return rules
    doubt: Unknown | None = None
    for rule in rules:
        if isinstance(rule, Unknown):
            doubt = doubt or rule
            continue
        if rule.direction == "egress":
            continue
        if rule.action == "deny":
            if _from_anywhere(rule) and _everything(rule) and rule.direction == "ingress":
                return doubt or False
            continue
        wide = opens_to_internet(rule.sources)
        parts = also(rule.direction, rule.action, wide)
        if wide is True and not parts:
            return True
        if wide is not False:
            doubt = doubt or parts
    return doubt or False


def _from_anywhere(rule: Rule) -> bool:
    return isinstance(rule.sources, list) and IPV4_ANY in rule.sources


def _everything(rule: Rule) -> bool:
    """To every port of every machine."""
    ports = (rule.from_port, rule.to_port)
    told = rule.destinations if isinstance(rule.destinations, list) else [rule.destinations]
    to_all = not told or IPV4_ANY in told
    return rule.protocol == "any" and ports == (0, 65535) and to_all


def instance_exposure(
    public_ips: list[str] | Unknown, answers: list[bool | Unknown] | Unknown
) -> Exposure:
    """Public when a public address stands behind a group that lets the internet in: one is enough.
    `answers` has one entry a group."""
    if public_ips == []:
        return Exposure(public=False, via=[])
    doubt = also(public_ips, answers)
    if not doubt and isinstance(answers, list):
        if not answers:
            doubt = Unknown("a public address, and no security group of this template")
        elif True not in answers:
            doubt = also(*answers)
            if not doubt:
                return Exposure(public=False, via=[])
    return Exposure.unread(doubt) if doubt else Exposure(public=True, via=["public-ip+firewall"])
