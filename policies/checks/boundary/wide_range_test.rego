package mlps.checks.boundary.wide_range_test

import data.mlps.checks.boundary.wide_range

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

# The same without one part, which is unknown.
_partial(changes, part) := object.remove(_rule(changes), [part])

test_aws_single_port_passes if {
	findings := wide_range.deny with input as _input("aws", 3, {"rules": [_rule({})]})
	findings == set()
}

test_azure_20_ports_pass if {
	findings := wide_range.deny with input as _input("azure", 3, {"rules": [_rule({
		"priority": 100,
		"from_port": 8000,
		"to_port": 8019,
	})]})
	findings == set()
}

test_aliyun_private_range_passes if {
	findings := wide_range.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"priority": 1,
		"from_port": 1,
		"to_port": 65535,
		"sources": ["172.16.0.0/12"],
	})]})
	findings == set()
}

test_aws_21_ports_fail if {
	findings := wide_range.deny with input as _input("aws", 3, {"rules": [_rule({
		"from_port": 8000,
		"to_port": 8020,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"protocol": "tcp",
			"from_port": 8000,
			"to_port": 8020,
			"count": 21,
			"limit": 20,
		},
	}}
}

test_azure_udp_range_fails if {
	findings := wide_range.deny with input as _input("azure", 3, {"rules": [_rule({
		"priority": 100,
		"protocol": "udp",
		"from_port": 10000,
		"to_port": 20000,
		"sources": ["::/0"],
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "::/0",
			"protocol": "udp",
			"from_port": 10000,
			"to_port": 20000,
			"count": 10001,
			"limit": 20,
		},
	}}
}

test_aliyun_all_ports_fail if {
	findings := wide_range.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"priority": 1,
		"protocol": "any",
		"from_port": null,
		"to_port": null,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"protocol": "any",
			"from_port": 0,
			"to_port": 65535,
			"count": 65536,
			"limit": 20,
		},
	}}
}

test_icmp_is_ignored if {
	findings := wide_range.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "icmp",
		"from_port": null,
		"to_port": null,
	})]})
	findings == set()
}

test_other_protocols_are_ignored if {
	findings := wide_range.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "50",
		"from_port": null,
		"to_port": null,
	})]})
	findings == set()
}

test_egress_is_ignored if {
	findings := wide_range.deny with input as _input("aws", 3, {"rules": [_rule({
		"direction": "egress",
		"from_port": 0,
		"to_port": 65535,
	})]})
	findings == set()
}

test_an_earlier_deny_of_the_range_wins if {
	findings := wide_range.deny with input as _input("azure", 3, {"rules": [
		_rule({"priority": 100, "action": "deny", "protocol": "any", "from_port": 0, "to_port": 65535}),
		_rule({"priority": 200, "from_port": 8000, "to_port": 9000}),
	]})
	findings == set()
}

test_an_earlier_deny_of_a_part_does_not_win if {
	findings := wide_range.deny with input as _input("azure", 3, {"rules": [
		_rule({"priority": 100, "action": "deny", "from_port": 8000, "to_port": 8999}),
		_rule({"priority": 200, "from_port": 8000, "to_port": 9000}),
	]})
	findings == {{
		"at": "rules/1/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"protocol": "tcp",
			"from_port": 8000,
			"to_port": 9000,
			"count": 1001,
			"limit": 20,
		},
	}}
}

test_unknown_ports_have_no_finding if {
	findings := wide_range.deny with input as _input("aws", 3, {"rules": [_partial({"from_port": 0}, "to_port")]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := wide_range.deny with input as _input("aws", 3, {})
	findings == set()
}
