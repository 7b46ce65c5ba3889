package mlps.checks.boundary.inter_level_test

import data.mlps.checks.boundary.inter_level

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, rules, references) := {
	"id": "r-1",
	"type": "network.firewall",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": null,
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "core",
	"now": "2026-03-01T00:00:00Z",
	"facts": {"rules": rules},
	"context": {"systems_declared": true, "references": references},
}

_rule(changes) := object.union(
	{
		"direction": "ingress",
		"action": "allow",
		"priority": 1,
		"protocol": "any",
		"from_port": 0,
		"to_port": 65535,
		"sources": ["group:sg-office"],
		"destinations": [],
		"description": "",
	},
	changes,
)

_office := {"rule": 0, "source": 0, "to": "sg-office", "system": "office", "level": 2}

_found(ports) := {{
	"at": "rules/0/sources/0",
	"args": {"source": "group:sg-office", "system": "office", "level": 2, "ports": ports},
}}

test_a_port_for_another_level_passes if {
	every provider, _ in _accounts {
		rule := _rule({"protocol": "tcp", "from_port": 443, "to_port": 443})
		findings := inter_level.deny with input as _input(provider, [rule], [_office])
		findings == set()
	}
}

test_everything_for_another_level_fails if {
	every provider, _ in _accounts {
		findings := inter_level.deny with input as _input(provider, [_rule({})], [_office])
		findings == _found("all protocols")
	}
}

test_all_ports_of_a_protocol_fails if {
	every protocol in ["tcp", "udp"] {
		findings := inter_level.deny with input as _input("aws", [_rule({"protocol": protocol})], [_office])
		findings == _found(sprintf("%s 0-65535", [protocol]))
	}
}

test_a_wide_range_of_ports_fails if {
	rule := _rule({"protocol": "tcp", "from_port": 1024, "to_port": 2048})
	findings := inter_level.deny with input as _input("aws", [rule], [_office])
	findings == _found("tcp 1024-2048")
}

test_a_range_that_is_needed_passes if {
	rule := _rule({"protocol": "tcp", "from_port": 30000, "to_port": 31023})
	findings := inter_level.deny with input as _input("aws", [rule], [_office])
	findings == set()
}

test_a_higher_level_fails if {
	other := {"rule": 0, "source": 0, "to": "10.4.0.0/16", "system": "vault", "level": 4}
	findings := inter_level.deny with input as _input("aws", [_rule({"sources": ["10.4.0.0/16"]})], [other])
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "10.4.0.0/16", "system": "vault", "level": 4, "ports": "all protocols"},
	}}
}

test_the_same_level_is_no_boundary_of_levels if {
	own := object.union(_office, {"level": 3})
	findings := inter_level.deny with input as _input("aws", [_rule({})], [own])
	findings == set()
}

test_a_reference_of_unknown_level_has_no_finding if {
	lost := {"rule": 0, "source": 0, "to": "sg-lost"}
	findings := inter_level.deny with input as _input("aws", [_rule({})], [lost])
	findings == set()
}

test_a_rule_that_refuses_has_no_finding if {
	every rule in [_rule({"action": "deny"}), _rule({"direction": "egress"})] {
		findings := inter_level.deny with input as _input("aws", [rule], [_office])
		findings == set()
	}
}

test_declared_systems_are_judged if {
	inter_level.applies with input as _input("aws", [], [])
}

test_without_declared_systems_nothing_is_judged if {
	not inter_level.applies with input as object.union(
		_input("aws", [], []),
		{"context": {"systems_declared": false, "references": []}},
	)
}

test_an_earlier_refusal_passes if {
	refusal := _rule({"action": "deny", "priority": 0, "sources": ["10.2.0.0/16"]})
	rule := _rule({"sources": ["10.2.0.0/16"]})
	reference := {"rule": 1, "source": 0, "to": "10.2.0.0/16", "system": "office", "level": 2}
	findings := inter_level.deny with input as _input("aliyun", [refusal, rule], [reference])
	findings == set()
}

test_answers_that_an_acl_lets_in_passes if {
	rule := _rule({"protocol": "tcp", "from_port": 1024, "to_port": 65535})
	acl := object.union(_input("aws", [rule], [_office]), {"type": "network.acl"})
	findings := inter_level.deny with input as acl
	findings == set()
}

test_unknown_has_no_finding if {
	document := object.remove(_input("aws", [], [_office]), ["facts"])
	findings := inter_level.deny with input as object.union(document, {"facts": {}})
	findings == set()
}
