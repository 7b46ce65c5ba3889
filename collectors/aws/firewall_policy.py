"""Whether a policy of Network Firewall prevents intrusions: pure functions over its rule groups.

Signatures of attacks are in the managed threat signature groups, which drop what they find until
the policy turns them to alerts, and in rules of one's own that search the payload. How many attacks
those know cannot be told from them, so that they alone never count as prevention. Lists of domains
and rules over addresses and ports alone prevent no intrusion; what they pass no signature sees.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from collectors.aws.gateways import IpsMode
from collectors.aws.range_width import WIDTHS, Width, width_of, width_of_words
from collectors.document import Unknown

Item = dict[str, Any]

_SIGNATURES = "ThreatSignatures"
# Managed lists of domains and addresses (Network Firewall developer guide, "AWS domain and IP
# managed rule groups"), which look at no payload.
_LISTS = ("AbusedLegit", "BotNetCommandAndControlDomains", "MalwareDomains")
_LIMITS = ("SourcePorts", "DestinationPorts", "TCPFlags")
_FORWARD = "aws:forward_to_sfe"
_NOT_TOLD = Unknown("which traffic the stateless rules of the firewall hand on is not told")
_HIDDEN = Unknown("rules of the firewall pass traffic of whole networks by its signatures")
_OWN_RULES = Unknown("how many attacks the firewall's own rules block cannot be told")

_RULE = re.compile(r"^\s*(pass|drop|alert|reject\w*)\s+(\S+)\s+(.*?)\s*\((.*)\)\s*$", re.IGNORECASE)
_PAYLOAD = {"content", "pcre"}
# Where the payload that a rule looks for is a name, it filters domains.
_NAMES = {
    "tls.sni",
    "tls_sni",
    "http.host",
    "http.host.raw",
    "http_host",
    "dns.query",
    "dns_query",
}
_LOOKUPS = {"dns.query", "dns_query"}
# Passing look-ups of names, pings and the time hides no attack on an application.
_CARRYING_NOTHING = {"dns", "icmp", "icmpv6", "ipv6-icmp", "ntp", "dhcp"}
# What leaves a rule as wide as its header: keywords that inspect nothing (Suricata user guide,
# "Meta Keywords"), and the side that a connection came from.
_META = {
    *("msg", "sid", "rev", "gid", "classtype", "reference", "priority", "metadata", "target"),
    *("requires", "noalert", "flow"),
}


class Signature(Struct, frozen=True):
    """A rule of Suricata: what it does, and whether it looks for attacks or lets all through, or
    what is between whole networks, unless look-ups of names or before a connection stands."""

    action: str
    is_attack: bool
    passes_all: bool
    passes_many: bool = False


# A list of domains to allow passes by the name of the server, from the whole home network (Network
# Firewall developer guide, "Stateful domain list rule groups"); other lists pass nothing.
_PASSED_DOMAINS = Signature("pass", is_attack=False, passes_all=False, passes_many=True)


def mode(policy: Item, groups: dict[str, Item | Unknown]) -> IpsMode | Unknown:
    """How a policy prevents intrusions. `groups` has the `RuleGroup` of each group of one's own, by
    ARN."""
    seen = _reaches_engine(policy, groups)
    if seen is False:
        return "off"
    found = _of_engine(policy, groups)
    return seen if isinstance(seen, Unknown) and found != "off" else found


def managed_name(arn: str) -> str | None:
    """The name of a managed rule group, null for one of an account's own."""
    return arn.rpartition("/")[2] if arn.split(":")[4] == "aws-managed" else None


def _reaches_engine(policy: Item, groups: dict[str, Item | Unknown]) -> bool | Unknown:
    """Whether the stateless rules hand traffic on to the engine that knows signatures."""
    if _FORWARD not in policy["StatelessDefaultActions"]:
        if policy.get("StatelessRuleGroupReferences"):
            return _NOT_TOLD
        return False
    seen: bool | Unknown = True
    for reference in policy.get("StatelessRuleGroupReferences", []):
        group = groups[reference["ResourceArn"]]
        if isinstance(group, Unknown):
            return group
        source = group["RulesSource"].get("StatelessRulesAndCustomActions", {})
        for rule in source.get("StatelessRules", []):
            definition = rule["RuleDefinition"]
            attributes = definition["MatchAttributes"]
            width = _width(attributes)
            if "aws:pass" not in definition["Actions"] or width == "few":
                continue
            if width == "all" and not any(attributes.get(key) for key in _LIMITS):
                return False
            seen = _NOT_TOLD
    return seen


def _width(attributes: Item) -> Width:
    """From how much to how much a stateless rule takes traffic, at some ports at least."""
    sides = (
        width_of([one["AddressDefinition"] for one in attributes.get(key) or []])
        for key in ("Sources", "Destinations")
    )
    return min(sides, key=WIDTHS.index)


def _of_engine(policy: Item, groups: dict[str, Item | Unknown]) -> IpsMode | Unknown:
    """The mode of the stateful groups: the weakest of the managed ones that have signatures. Where
    there are none, rules of one's own tell it if they only alert, or search for no attack."""
    strict = policy.get("StatefulEngineOptions", {}).get("RuleOrder") == "STRICT_ORDER"
    references = policy.get("StatefulRuleGroupReferences", [])
    ordered = sorted(references, key=lambda one: one.get("Priority", 0)) if strict else references
    managed: list[IpsMode] = []
    own: list[Signature] = []
    unread: list[Unknown] = []
    unsure: list[Unknown] = []
    hidden = False
    for reference in ordered:
        arn = reference["ResourceArn"]
        name = managed_name(arn)
        if name is not None:
            if name.startswith(_SIGNATURES):
                managed.append("alert" if _only_alerts(reference) else "block")
            elif not name.startswith(_LISTS):
                unsure.append(Unknown(f"what the managed rule group {name} looks for is not told"))
            continue
        group = groups[arn]
        if isinstance(group, Unknown):
            unread.append(group)
            continue
        rules = signatures(group)
        # In strict order what lets all through hides only what comes after.
        hides = any(rule.passes_all for rule in rules)
        if hides and not (strict and (managed or any(one.is_attack for one in own))):
            return "off"
        own += rules
        hidden = hidden or (any(rule.passes_many for rule in rules) and not (strict and managed))
    if unread:
        # It may let all through.
        return unread[0]
    if managed:
        return "alert" if "alert" in managed else _HIDDEN if hidden else "block"
    if unsure:
        return unsure[0]
    attacks = {one.action for one in own if one.is_attack}
    if attacks & {"drop", "reject"}:
        return _OWN_RULES
    return "alert" if attacks else "off"


def _only_alerts(reference: Item) -> bool:
    return bool((reference.get("Override") or {}).get("Action") == "DROP_TO_ALERT")


def signatures(group: Item) -> list[Signature]:
    """The rules of a stateful group, out of text, fields or a list of domains."""
    source = group["RulesSource"]
    written = [_written(line) for line in (source.get("RulesString") or "").splitlines()]
    fields = [_fields(one) for one in source.get("StatefulRules", [])]
    listed = source.get("RulesSourceList", {}).get("GeneratedRulesType")
    return [
        *(rule for rule in written if rule),
        *fields,
        *([_PASSED_DOMAINS] if listed == "ALLOWLIST" else []),
    ]


def _written(line: str) -> Signature | None:
    found = _RULE.match(line)
    if not found:
        return None
    action, protocol, header, body = found.groups()
    # Values in quotes may hold semicolons and colons.
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', body)
    options = [one.strip().partition(":") for one in bare.split(";") if one.strip()]
    keywords = {_keyword(name, value) for name, _, value in options}
    parts = header.split()
    return _signature(action.lower(), protocol.lower(), parts, keywords)


def _fields(rule: Item) -> Signature:
    header = rule["Header"]
    parts = [
        header["Source"],
        header["SourcePort"],
        "->",
        header["Destination"],
        header["DestinationPort"],
    ]
    keywords = {
        _keyword(str(option["Keyword"]), ",".join(option.get("Settings") or []))
        for option in rule["RuleOptions"]
    }
    return _signature(
        rule["Action"].lower(), header["Protocol"].lower(), [one.lower() for one in parts], keywords
    )


def _keyword(name: str, value: str) -> str:
    """The keyword of an option in lower case. Packets before a connection stands are told apart
    from all others: a rule that lets those through hides nothing."""
    keyword = name.strip().lower()
    return "not_established" if keyword == "flow" and "not_established" in value else keyword


def _signature(action: str, protocol: str, header: list[str], keywords: set[str]) -> Signature:
    kind = "reject" if action.startswith("reject") else action
    limits = keywords - _META
    sides = [part.lower() for part in header if part not in {"->", "<>"}]
    return Signature(
        action=kind,
        is_attack=bool(keywords & _PAYLOAD) and not keywords & _NAMES and kind != "pass",
        passes_all=kind == "pass"
        and not limits
        and protocol in {"ip", "tcp"}
        and all(side == "any" for side in sides),
        # Of other limits (a port, a word, a country) it is not told how much they leave; the name
        # of a server, a path or a browser are what the sender says.
        passes_many=kind == "pass"
        and not limits & {"not_established", *_LOOKUPS}
        and protocol not in _CARRYING_NOTHING
        and all(width_of_words(side) != "few" for side in sides[::2]),
    )
