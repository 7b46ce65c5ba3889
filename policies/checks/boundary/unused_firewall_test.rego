package mlps.checks.boundary.unused_firewall_test

import data.mlps.checks.boundary.unused_firewall

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.firewall",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_used(rules) := {"attached": 2, "is_default": false, "rules": rules}

_rule(changes) := object.union(
	{
		"direction": "ingress",
		"action": "allow",
		"priority": 0,
		"protocol": "tcp",
		"from_port": 443,
		"to_port": 443,
		"sources": ["10.0.0.0/16"],
		"destinations": [],
		"description": "",
	},
	changes,
)

_outward(changes) := _rule(object.union(
	{"direction": "egress", "sources": [], "destinations": ["10.0.0.0/16"]},
	changes,
))

_everything := {"protocol": "any", "from_port": 0, "to_port": 65535}

_covered(rule, by) := {"at": sprintf("rules/%d", [rule - 1]), "args": {"rule": rule, "by": by}}

test_aws_used_group_passes if {
	findings := unused_firewall.deny with input as _input("aws", 3, _used([
		_rule({}),
		_rule({"sources": ["group:sg-1"]}),
		_rule({"from_port": 80, "to_port": 80}),
		_outward({}),
	]))
	findings == set()
}

test_azure_used_group_passes if {
	findings := unused_firewall.deny with input as _input("azure", 3, _used([
		_rule({"priority": 100, "destinations": ["10.1.0.0/24"]}),
		_rule({"priority": 110, "destinations": ["10.1.1.0/24"]}),
		_rule(object.union(_everything, {"priority": 4096, "action": "deny", "sources": ["0.0.0.0/0", "::/0"]})),
	]))
	findings == set()
}

test_aliyun_used_group_passes if {
	findings := unused_firewall.deny with input as _input("aliyun", 3, _used([
		_rule({"priority": 1, "action": "deny", "sources": ["10.0.1.0/24"]}),
		_rule({"priority": 2}),
	]))
	findings == set()
}

test_aws_unused_group_fails if {
	findings := unused_firewall.deny with input as _input("aws", 3, {
		"attached": 0,
		"is_default": false,
		"rules": [_rule({})],
	})
	findings == {{"at": "attached", "args": {"rule": 0, "by": 0}}}
}

test_azure_shadowed_rule_fails if {
	findings := unused_firewall.deny with input as _input("azure", 3, _used([
		_rule(object.union(_everything, {"priority": 100, "action": "deny", "sources": ["0.0.0.0/0", "::/0"]})),
		_rule({"priority": 200}),
	]))
	findings == {_covered(2, 1)}
}

test_aliyun_equal_priority_deny_fails if {
	findings := unused_firewall.deny with input as _input("aliyun", 3, _used([
		_rule({"priority": 1}),
		_rule({"priority": 1, "action": "deny"}),
	]))
	findings == {_covered(1, 2)}
}

test_a_refusal_after_a_wider_rule_fails if {
	findings := unused_firewall.deny with input as _input("azure", 3, _used([
		_rule({"priority": 100, "sources": ["10.0.0.0/8"]}),
		_rule({"priority": 200, "action": "deny"}),
	]))
	findings == {_covered(2, 1)}
}

test_the_narrow_rule_is_the_superfluous_one if {
	findings := unused_firewall.deny with input as _input("aws", 3, _used([
		_rule({}),
		_rule({"sources": ["10.0.0.0/8"]}),
		_rule({"from_port": 440, "to_port": 450, "sources": ["0.0.0.0/0"]}),
	]))
	findings == {_covered(1, 2), _covered(2, 3)}
}

test_of_two_equal_rules_the_later_one_fails if {
	findings := unused_firewall.deny with input as _input("aws", 3, _used([_rule({}), _rule({"description": "again"})]))
	findings == {_covered(2, 1)}
}

test_ipv6_fails if {
	findings := unused_firewall.deny with input as _input("aws", 3, _used([
		_rule({"sources": ["::/0"]}),
		_rule({"sources": ["2001:db8::/32"]}),
	]))
	findings == {_covered(2, 1)}
}

test_an_outward_rule_under_a_wider_one_fails if {
	findings := unused_firewall.deny with input as _input("aws", 3, _used([
		_outward(object.union(_everything, {"destinations": ["0.0.0.0/0"]})),
		_outward({}),
	]))
	findings == {_covered(2, 1)}
}

test_icmp_rules_pass if {
	ping := {"protocol": "icmp", "from_port": null, "to_port": null}
	findings := unused_firewall.deny with input as _input("aws", 3, _used([_rule(ping), _rule(ping)]))
	findings == set()
}

test_a_default_group_that_is_not_used_passes if {
	findings := unused_firewall.deny with input as _input("aws", 3, {
		"attached": 0,
		"is_default": true,
		"rules": [],
	})
	findings == set()
}

test_a_group_without_rules_passes if {
	findings := unused_firewall.deny with input as _input("aliyun", 3, _used([]))
	findings == set()
}

test_an_unknown_kind_of_group_has_no_finding if {
	findings := unused_firewall.deny with input as _input("aws", 3, {"attached": 0, "rules": []})
	findings == set()
}

test_an_unknown_part_of_a_rule_has_no_finding if {
	every part in ["priority", "action", "from_port", "sources"] {
		findings := unused_firewall.deny with input as _input("aws", 3, _used([
			_rule({"from_port": 0, "to_port": 65535}),
			object.remove(_rule({}), [part]),
		]))
		findings == set()
	}
}

test_unknown_has_no_finding if {
	findings := unused_firewall.deny with input as _input("aws", 3, {})
	findings == set()
}
