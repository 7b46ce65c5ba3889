package mlps.checks.boundary.default_firewall_test

import data.mlps.checks.boundary.default_firewall

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

_rule(changes) := object.union(
	{
		"direction": "ingress",
		"action": "allow",
		"priority": 0,
		"protocol": "tcp",
		"from_port": 443,
		"to_port": 443,
		"sources": ["0.0.0.0/0"],
		"destinations": [],
		"description": "",
	},
	changes,
)

test_aws_empty_default_passes if {
	findings := default_firewall.deny with input as _input("aws", 3, {
		"is_default": true,
		"rules": [_rule({"direction": "egress"})],
	})
	findings == set()
}

test_azure_refusing_default_passes if {
	findings := default_firewall.deny with input as _input("azure", 3, {
		"is_default": true,
		"rules": [_rule({"action": "deny", "priority": 100})],
	})
	findings == set()
}

test_aliyun_empty_default_passes if {
	findings := default_firewall.deny with input as _input("aliyun", 3, {"is_default": true, "rules": []})
	findings == set()
}

test_aws_default_that_admits_itself_fails if {
	findings := default_firewall.deny with input as _input("aws", 3, {
		"is_default": true,
		"rules": [_rule({"protocol": "any", "from_port": 0, "to_port": 65535, "sources": ["group:sg-0a1"]})],
	})
	findings == {{"at": "rules/0/action", "args": {"rule": 1}}}
}

test_azure_default_fails if {
	findings := default_firewall.deny with input as _input("azure", 3, {
		"is_default": true,
		"rules": [_rule({"priority": 100, "direction": "egress"}), _rule({"priority": 110})],
	})
	findings == {{"at": "rules/1/action", "args": {"rule": 2}}}
}

test_aliyun_default_fails if {
	findings := default_firewall.deny with input as _input("aliyun", 3, {
		"is_default": true,
		"rules": [
			_rule({"priority": 110, "from_port": 22, "to_port": 22}),
			_rule({"priority": 110, "protocol": "icmp", "from_port": null, "to_port": null}),
		],
	})
	findings == {{"at": "rules/0/action", "args": {"rule": 1}}, {"at": "rules/1/action", "args": {"rule": 2}}}
}

test_another_group_has_no_finding if {
	findings := default_firewall.deny with input as _input("aws", 3, {
		"is_default": false,
		"rules": [_rule({})],
	})
	findings == set()
}

test_another_group_is_not_judged if {
	not default_firewall.applies with input as _input("aws", 3, {
		"is_default": false,
		"rules": [_rule({})],
	})
}

test_the_default_group_is_judged if {
	default_firewall.applies with input as _input("aws", 3, {"is_default": true, "rules": []})
}

test_an_unknown_group_has_no_finding if {
	findings := default_firewall.deny with input as _input("aws", 3, {"rules": [_rule({})]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := default_firewall.deny with input as _input("aws", 3, {})
	findings == set()
}
