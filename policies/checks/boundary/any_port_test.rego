package mlps.checks.boundary.any_port_test

import data.mlps.checks.boundary.any_port

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

test_aws_named_port_passes if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_rule({})],
	})
	findings == set()
}

test_azure_company_range_passes if {
	findings := any_port.deny with input as _input("azure", 3, {
		"default_ingress": "deny",
		"rules": [_rule({
			"priority": 100,
			"protocol": "any",
			"from_port": 0,
			"to_port": 65535,
			"sources": ["203.0.113.0/24"],
		})],
	})
	findings == set()
}

test_aliyun_private_range_passes if {
	findings := any_port.deny with input as _input("aliyun", 3, {
		"default_ingress": "deny",
		"rules": [_rule({
			"priority": 1,
			"protocol": "any",
			"from_port": null,
			"to_port": null,
			"sources": ["10.0.0.0/8"],
		})],
	})
	findings == set()
}

test_aws_any_protocol_fails if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"protocol": "any", "from_port": 0, "to_port": 65535})],
	})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "0.0.0.0/0", "protocol": "any", "from_port": 0, "to_port": 65535},
	}}
}

test_azure_all_tcp_ports_fail if {
	findings := any_port.deny with input as _input("azure", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"priority": 100, "from_port": 0, "to_port": 65535, "sources": ["0.0.0.0/0", "::/0"]})],
	})
	findings == {
		{
			"at": "rules/0/sources/0",
			"args": {"source": "0.0.0.0/0", "protocol": "tcp", "from_port": 0, "to_port": 65535},
		},
		{
			"at": "rules/0/sources/1",
			"args": {"source": "::/0", "protocol": "tcp", "from_port": 0, "to_port": 65535},
		},
	}
}

test_aliyun_1_to_65535_fails if {
	findings := any_port.deny with input as _input("aliyun", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"priority": 1, "from_port": 1, "to_port": 65535})],
	})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "0.0.0.0/0", "protocol": "tcp", "from_port": 1, "to_port": 65535},
	}}
}

test_all_udp_ports_fail if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"protocol": "udp", "from_port": 0, "to_port": 65535})],
	})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "0.0.0.0/0", "protocol": "udp", "from_port": 0, "to_port": 65535},
	}}
}

test_any_protocol_without_ports_fails if {
	findings := any_port.deny with input as _input("aliyun", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"priority": 1, "protocol": "any", "from_port": null, "to_port": null})],
	})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "0.0.0.0/0", "protocol": "any", "from_port": 0, "to_port": 65535},
	}}
}

# GRE of Alibaba Cloud and AWS, SCTP of AWS, which takes no heed of ports.
test_a_protocol_by_its_number_fails if {
	every changes in [
		{"protocol": "47", "from_port": null, "to_port": null},
		{"protocol": "132", "from_port": 3868, "to_port": 3868},
	] {
		findings := any_port.deny with input as _input("aws", 3, {"default_ingress": "deny", "rules": [_rule(changes)]})
		findings == {{
			"at": "rules/0/sources/0",
			"args": {
				"source": "0.0.0.0/0",
				"protocol": sprintf("IP %s", [changes.protocol]),
				"from_port": 0,
				"to_port": 65535,
			},
		}}
	}
}

test_a_protocol_by_its_number_passes if {
	gre := {"protocol": "47", "from_port": null, "to_port": null}
	refusal := object.union(gre, {"action": "deny", "priority": 1})
	every rules in [
		[_rule({"protocol": "50", "from_port": null, "to_port": null})],
		[_rule({"protocol": "51", "from_port": null, "to_port": null})],
		[_rule({"protocol": "icmp", "from_port": null, "to_port": null})],
		[_rule(object.union(gre, {"sources": ["203.0.113.7/32"]}))],
		[_rule(refusal), _rule(object.union(gre, {"priority": 2}))],
	] {
		findings := any_port.deny with input as _input("aliyun", 3, {"default_ingress": "deny", "rules": rules})
		findings == set()
	}
}

test_half_of_the_internet_fails if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"protocol": "any", "from_port": 0, "to_port": 65535, "sources": ["128.0.0.0/1"]})],
	})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "128.0.0.0/1", "protocol": "any", "from_port": 0, "to_port": 65535},
	}}
}

test_high_ports_pass if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"from_port": 1024, "to_port": 65535})],
	})
	findings == set()
}

test_icmp_passes if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"protocol": "icmp", "from_port": null, "to_port": null})],
	})
	findings == set()
}

test_egress_is_ignored if {
	findings := any_port.deny with input as _input("azure", 3, {
		"default_ingress": "deny",
		"rules": [_rule({"direction": "egress", "protocol": "any", "from_port": 0, "to_port": 65535})],
	})
	findings == set()
}

test_an_earlier_deny_of_everything_wins if {
	findings := any_port.deny with input as _input("azure", 3, {
		"default_ingress": "deny",
		"rules": [
			_rule({"priority": 100, "action": "deny", "protocol": "any", "from_port": 0, "to_port": 65535}),
			_rule({"priority": 200, "from_port": 0, "to_port": 65535}),
		],
	})
	findings == set()
}

test_an_earlier_deny_of_one_port_does_not_win if {
	findings := any_port.deny with input as _input("azure", 3, {
		"default_ingress": "deny",
		"rules": [
			_rule({"priority": 100, "action": "deny", "from_port": 22, "to_port": 22}),
			_rule({"priority": 200, "from_port": 0, "to_port": 65535}),
		],
	})
	findings == {{
		"at": "rules/1/sources/0",
		"args": {"source": "0.0.0.0/0", "protocol": "tcp", "from_port": 0, "to_port": 65535},
	}}
}

test_a_group_that_admits_by_default_fails if {
	findings := any_port.deny with input as _input("aliyun", 3, {"default_ingress": "allow", "rules": []})
	findings == {
		{
			"at": "default_ingress",
			"args": {"source": "0.0.0.0/0", "protocol": "any", "from_port": 0, "to_port": 65535},
		},
		{
			"at": "default_ingress",
			"args": {"source": "::/0", "protocol": "any", "from_port": 0, "to_port": 65535},
		},
	}
}

test_a_last_deny_closes_the_default if {
	findings := any_port.deny with input as _input("aliyun", 3, {
		"default_ingress": "allow",
		"rules": [_rule({
			"priority": 100,
			"sources": ["0.0.0.0/0", "::/0"],
			"action": "deny",
			"protocol": "any",
			"from_port": 0,
			"to_port": 65535,
		})],
	})
	findings == set()
}

test_a_default_with_unknown_rules_has_no_finding if {
	findings := any_port.deny with input as _input("aliyun", 3, {"default_ingress": "allow"})
	findings == set()
}

test_a_default_behind_an_unknown_rule_has_no_finding if {
	every part in ["action", "priority", "protocol", "from_port", "to_port", "sources"] {
		rule := _partial(
			{
				"action": "deny",
				"priority": 100,
				"protocol": "any",
				"from_port": 0,
				"to_port": 65535,
				"sources": ["0.0.0.0/0", "::/0"],
			},
			part,
		)
		findings := any_port.deny with input as _input("aliyun", 3, {"default_ingress": "allow", "rules": [rule]})
		findings == set()
	}
}

test_a_rule_of_unknown_ports_has_no_finding if {
	findings := any_port.deny with input as _input("aws", 3, {
		"default_ingress": "deny",
		"rules": [_partial({}, "from_port")],
	})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := any_port.deny with input as _input("aws", 3, {})
	findings == set()
}
