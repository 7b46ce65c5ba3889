"""What a policy of Network Firewall does with the attacks that it finds."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.firewall_policy import mode
from collectors.document import Unknown

AWS = "arn:aws-cn:network-firewall:cn-north-1:aws-managed:stateful-rulegroup"
OWN = "arn:aws-cn:network-firewall:cn-north-1:123456789012:stateful-rulegroup/own"
PACKETS = "arn:aws-cn:network-firewall:cn-north-1:123456789012:stateless-rulegroup/packets"
EXPLOITS = f"{AWS}/ThreatSignaturesExploitsStrictOrder"
SCANNERS = f"{AWS}/ThreatSignaturesScannersStrictOrder"
DOMAINS = f"{AWS}/MalwareDomainsStrictOrder"
DENIED = Unknown("AccessDenied: network-firewall:DescribeRuleGroup")

NOT_TOLD = Unknown("which traffic the stateless rules of the firewall hand on is not told")
OWN_RULES = Unknown("how many attacks the firewall's own rules block cannot be told")
ATTACK = '(msg:"say; drop: it"; flow:established; content:"|2e 2e 2f|"; http.uri; sid:1;)'
NAME = '(tls.sni; content:"bad.example.com"; endswith; sid:2;)'


def policy(*arns: str, alert: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """A policy with stateful groups in that order, some of them turned to alerts."""
    references = [
        {"ResourceArn": arn, "Priority": place}
        | ({"Override": {"Action": "DROP_TO_ALERT"}} if arn in alert else {})
        for place, arn in enumerate(arns, start=1)
    ]
    return {
        "StatelessDefaultActions": ["aws:forward_to_sfe"],
        "StatelessFragmentDefaultActions": ["aws:forward_to_sfe"],
        "StatefulRuleGroupReferences": list(reversed(references)),
        "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER"},
    } | changes


def text(*rules: str) -> dict[str, Any]:
    return {"RulesSource": {"RulesString": "\n".join(["# own rules", *rules])}}


def fields(action: str, keyword: str, protocol: str = "TCP") -> dict[str, Any]:
    header = dict.fromkeys(("Source", "SourcePort", "Destination", "DestinationPort"), "ANY")
    rule = {
        "Action": action,
        "Header": {"Protocol": protocol, "Direction": "FORWARD", **header},
        "RuleOptions": [{"Keyword": keyword}],
    }
    return {"RulesSource": {"StatefulRules": [rule]}}


def domains(kind: str) -> dict[str, Any]:
    listed = {"Targets": [".example.com"], "TargetTypes": ["TLS_SNI"], "GeneratedRulesType": kind}
    return {"RulesSource": {"RulesSourceList": listed}}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (policy(), "off"),
        (policy(DOMAINS), "off"),
        (policy(EXPLOITS), "block"),
        (policy(EXPLOITS, DOMAINS), "block"),
        (policy(EXPLOITS, SCANNERS, alert=(SCANNERS,)), "alert"),
        (policy(EXPLOITS, StatelessDefaultActions=["aws:pass"]), "off"),
        (policy(EXPLOITS, StatelessDefaultActions=["aws:drop"]), "off"),
    ],
)
def test_managed_signatures_block_until_the_policy_turns_them_to_alerts(
    written: dict[str, Any], expected: str
) -> None:
    assert mode(written, {}) == expected


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        # One rule is no intrusion prevention, and a thousand cannot be told from it.
        (text(f"drop http any any -> any any {ATTACK}"), OWN_RULES),
        (text(f"rejectboth http any any -> any any {ATTACK}"), OWN_RULES),
        (text(f"alert http any any -> any any {ATTACK}"), "alert"),
        (text(f"pass http any any -> any any {ATTACK}"), "off"),
        (text(f"drop tls any any -> any any {NAME}"), "off"),
        (text("drop tcp any any -> any 23 (sid:3;)"), "off"),
        (text(f"# drop http any any -> any any {ATTACK}"), "off"),
        (
            text(f"pass ip any any -> any any (sid:4;)\ndrop http any any -> any any {ATTACK}"),
            "off",
        ),
        (fields("DROP", "content"), OWN_RULES),
        (fields("ALERT", "content"), "alert"),
        (fields("DROP", "sid"), "off"),
        (domains("ALLOWLIST"), "off"),
        (domains("DENYLIST"), "off"),
        (DENIED, DENIED),
    ],
)
def test_rules_of_ones_own_count_where_they_search_the_payload(group: Any, expected: Any) -> None:
    assert mode(policy(OWN), {OWN: group}) == expected


def test_a_rule_that_lets_all_through_hides_what_comes_after() -> None:
    all_ = text("pass ip any any <> any any (sid:1;)")
    assert mode(policy(OWN, EXPLOITS), {OWN: all_}) == "off"
    assert mode(policy(EXPLOITS, OWN), {OWN: all_}) == "block"
    # Without strict order what passes goes first.
    assert mode(policy(EXPLOITS, OWN, StatefulEngineOptions={}), {OWN: all_}) == "off"
    handshakes = text("pass tcp any any <> any any (flow:not_established, to_server; sid:1;)")
    assert mode(policy(OWN, EXPLOITS), {OWN: handshakes}) == "block"
    # What inspects nothing narrows nothing.
    told = text("pass ip any any -> any any (reference:url,a.example; noalert; sid:1;)")
    assert mode(policy(OWN, EXPLOITS), {OWN: told}) == "off"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("pass tcp $HOME_NET any -> any 443", "hidden"),
        ("pass ip 10.0.0.0/8 any -> any any", "hidden"),
        ("pass tls any any -> !10.0.0.0/8 any", "hidden"),
        ("pass ip [10.0.0.0/8,172.16.0.0/12] any -> any any", "hidden"),
        ("pass ip 10.0.0.9 any -> any any", "block"),
        ("pass ip any any -> [192.0.2.0/28,198.51.100.7] 443", "block"),
        ("pass smb any any -> any any", "hidden"),
        ("pass icmp any any -> any any", "block"),
        ("alert ip any any -> any any", "block"),
    ],
)
def test_rules_that_pass_whole_networks_leave_the_signatures_in_doubt(
    header: str, expected: str
) -> None:
    hidden = Unknown("rules of the firewall pass traffic of whole networks by its signatures")
    for options in ("sid:1;", 'content:"x"; sid:1;', "geoip:src,CN; sid:1;"):
        own: dict[str, dict[str, Any] | Unknown] = {OWN: text(f"{header} ({options})")}
        assert mode(policy(OWN, EXPLOITS), own) == (hidden if expected == "hidden" else "block")
        assert mode(policy(EXPLOITS, OWN), own) == "block", "in order, after the signatures"


@pytest.mark.parametrize(
    "buffer", ["tls.sni", "tls_sni", "http.host", "http_host", "http.uri", "http.user_agent"]
)
@pytest.mark.parametrize("header", ["tls any any -> any any", "tcp $HOME_NET any -> any 443"])
def test_what_the_sender_says_narrows_no_rule(header: str, buffer: str) -> None:
    """An attacker writes the name of the server, the path or the browser that a rule passes."""
    rule = f'pass {header} (reference:url,a.example; {buffer}; content:"b"; sid:1;)'
    own: dict[str, dict[str, Any] | Unknown] = {OWN: text(rule)}
    open_: dict[str, dict[str, Any] | Unknown] = {OWN: text(f"pass {header} (flow:from_client;)")}
    hidden = Unknown("rules of the firewall pass traffic of whole networks by its signatures")
    assert mode(policy(OWN, EXPLOITS), own) == mode(policy(OWN, EXPLOITS), open_) == hidden
    assert mode(policy(EXPLOITS, OWN), own) == "block", "in order, after the signatures"
    few = header.partition("->")[0] + "-> 192.0.2.7 443"
    narrow: dict[str, dict[str, Any] | Unknown] = {OWN: text(rule.replace(header, few))}
    assert mode(policy(OWN, EXPLOITS), narrow) == "block"


def test_domains_that_are_allowed_pass_by_the_signatures() -> None:
    hidden = Unknown("rules of the firewall pass traffic of whole networks by its signatures")
    unordered = policy(EXPLOITS, OWN, StatefulEngineOptions={})
    for written in (policy(OWN, EXPLOITS), unordered):
        assert mode(written, {OWN: domains("ALLOWLIST")}) == hidden
        for kind in ("DENYLIST", "REJECTLIST", "ALERTLIST"):
            assert mode(written, {OWN: domains(kind)}) == "block"
    assert mode(policy(EXPLOITS, OWN), {OWN: domains("ALLOWLIST")}) == "block", "in order, after"


def test_look_ups_of_names_carry_no_attack() -> None:
    lookups = text('pass udp any any -> any 53 (dns.query; content:"b"; sid:1;)')
    assert mode(policy(OWN, EXPLOITS), {OWN: lookups}) == "block"


def test_what_was_not_read_decides_nothing() -> None:
    assert mode(policy(EXPLOITS, OWN), {OWN: DENIED}) == DENIED
    unsure = mode(policy(f"{AWS}/SomethingNewStrictOrder"), {})
    assert unsure == Unknown(
        "what the managed rule group SomethingNewStrictOrder looks for is not told"
    )
    assert mode(policy(f"{AWS}/SomethingNewStrictOrder", EXPLOITS), {}) == "block"


def test_stateless_rules_may_keep_traffic_from_the_engine() -> None:
    def packets(action: str, **attributes: Any) -> dict[str, Any]:
        definition = {"MatchAttributes": attributes, "Actions": [action]}
        rules = [{"Priority": 1, "RuleDefinition": definition}]
        return {"RulesSource": {"StatelessRulesAndCustomActions": {"StatelessRules": rules}}}

    everywhere = [{"AddressDefinition": "0.0.0.0/0"}]
    office = [{"AddressDefinition": "10.1.7.0/26"}]
    whole = [{"AddressDefinition": "10.1.0.0/16"}]
    halves = [{"AddressDefinition": "0.0.0.0/1"}, {"AddressDefinition": "128.0.0.0/1"}]
    written = policy(EXPLOITS, StatelessRuleGroupReferences=[{"ResourceArn": PACKETS}])
    passing = packets("aws:pass", Sources=everywhere)
    assert mode(written, {PACKETS: passing}) == "off"
    assert mode(written, {PACKETS: packets("aws:pass", Sources=office)}) == "block"
    # A whole network may be all that the firewall is there for.
    assert mode(written, {PACKETS: packets("aws:pass", Sources=whole)}) == NOT_TOLD
    between = packets("aws:pass", Sources=whole, Destinations=office)
    assert mode(written, {PACKETS: between}) == "block"
    assert mode(written, {PACKETS: packets("aws:pass", Destinations=halves)}) == "off"
    assert mode(written, {PACKETS: packets("aws:pass", Sources=halves[:1])}) == NOT_TOLD
    assert mode(written, {PACKETS: packets("aws:drop", Sources=everywhere)}) == "block"
    assert mode(written, {PACKETS: DENIED}) == DENIED
    # All the web passes by the engine.
    web = packets("aws:pass", Sources=everywhere, DestinationPorts=[{"FromPort": 443}])
    assert mode(written, {PACKETS: web}) == NOT_TOLD
    assert mode(policy(StatelessRuleGroupReferences=[]), {}) == "off"
    closed = written | {"StatelessDefaultActions": ["aws:drop"]}
    assert mode(closed, {PACKETS: passing}) == NOT_TOLD
