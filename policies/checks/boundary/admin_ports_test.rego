package mlps.checks.boundary.admin_ports_test

import data.mlps.checks.boundary.admin_ports

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

test_aws_web_port_passes if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "sources": ["203.0.113.0/24"]}),
	]})
	findings == set()
}

test_azure_company_range_passes if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"priority": 100,
		"sources": ["203.0.113.0/24"],
		"destinations": ["0.0.0.0/0", "::/0"],
	})]})
	findings == set()
}

test_aliyun_private_range_passes if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"priority": 1,
		"sources": ["10.0.0.0/8"],
	})]})
	findings == set()
}

test_aws_open_port_fails if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_azure_any_source_fails if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"priority": 100,
		"sources": ["0.0.0.0/0", "::/0"],
		"destinations": ["0.0.0.0/0", "::/0"],
		"description": "Internet",
	})]})
	findings == {
		{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}},
		{"at": "rules/0/sources/1", "args": {"source": "::/0", "ports": "22/tcp (SSH)"}},
	}
}

test_azure_every_customers_machines_fail if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"priority": 100,
		"sources": ["prefix-list:AzureCloud", "prefix-list:AzureLoadBalancer"],
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "prefix-list:AzureCloud", "ports": "22/tcp (SSH)"}}}
}

test_aliyun_open_port_fails if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"priority": 1,
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_ipv6_fails if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"sources": ["::/0"],
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "::/0", "ports": "22/tcp (SSH)"}}}
}

test_halves_of_the_internet_fail if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "sources": ["0.0.0.0/1"]}),
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "sources": ["128.0.0.0/1"]}),
	]})
	findings == {
		{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/1", "ports": "22/tcp (SSH)"}},
		{"at": "rules/1/sources/0", "args": {"source": "128.0.0.0/1", "ports": "22/tcp (SSH)"}},
	}
}

test_a_range_over_the_port_fails if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 21,
		"to_port": 22,
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_a_range_beside_the_port_passes if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({"from_port": 80, "to_port": 80}),
		_rule({"from_port": 8000, "to_port": 8010}),
	]})
	findings == set()
}

test_other_sources_pass if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"sources": ["group:sg-0a1", "fc00::/7", "192.168.0.0/16"],
	})]})
	findings == set()
}

test_egress_is_ignored if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({
			"protocol": "tcp",
			"from_port": 22,
			"to_port": 22,
			"direction": "egress",
			"sources": [],
			"destinations": ["0.0.0.0/0"],
		}),
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "direction": "egress"}),
	]})
	findings == set()
}

test_icmp_is_ignored if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "icmp",
		"from_port": null,
		"to_port": null,
	})]})
	findings == set()
}

test_azure_earlier_deny_wins if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [
		_rule({
			"protocol": "any",
			"from_port": 0,
			"to_port": 65535,
			"action": "deny",
			"priority": 100,
			"sources": ["0.0.0.0/0", "::/0"],
			"destinations": ["0.0.0.0/0", "::/0"],
		}),
		_rule({
			"protocol": "tcp",
			"from_port": 22,
			"to_port": 22,
			"priority": 200,
			"destinations": ["10.0.0.0/24"],
		}),
	]})
	findings == set()
}

test_azure_later_deny_does_not_win if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "priority": 200}),
		_rule({"action": "deny", "protocol": "any", "from_port": 0, "to_port": 65535, "priority": 4096}),
	]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_aliyun_deny_of_equal_priority_wins if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "priority": 1}),
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "action": "deny", "priority": 1}),
	]})
	findings == set()
}

test_a_deny_of_some_sources_does_not_win if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [
		_rule({
			"protocol": "tcp",
			"from_port": 22,
			"to_port": 22,
			"action": "deny",
			"priority": 1,
			"sources": ["198.51.100.0/24"],
		}),
		_rule({"protocol": "tcp", "from_port": 22, "to_port": 22, "priority": 2}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_a_deny_towards_one_address_does_not_win if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [
		_rule({
			"protocol": "tcp",
			"from_port": 22,
			"to_port": 22,
			"action": "deny",
			"priority": 100,
			"destinations": ["10.0.0.4/32"],
		}),
		_rule({
			"protocol": "tcp",
			"from_port": 22,
			"to_port": 22,
			"priority": 200,
			"destinations": ["0.0.0.0/0", "::/0"],
		}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_no_rules_pass if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": []})
	findings == set()
}

test_a_rule_with_unknown_sources_has_no_finding if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_partial({"from_port": 22, "to_port": 22}, "sources"),
	]})
	findings == set()
}

test_a_rule_with_unknown_ports_has_no_finding if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_partial({"from_port": 22, "to_port": 22}, "to_port"),
	]})
	findings == set()
}

test_a_rule_that_is_unknown_as_a_whole_has_no_finding if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [null]})
	findings == set()
}

_from(source) := {"rules": [_rule({"from_port": 22, "to_port": 22, "sources": [source]})]}

_declaring(ranges, facts) := object.union(_input("aws", 3, facts), {"context": {"admin_ranges": ranges}})

test_a_source_outside_the_declared_ranges_fails if {
	findings := admin_ports.deny with input as _declaring(["203.0.113.0/24"], _from("198.51.100.0/24"))
	findings == {{"at": "rules/0/sources/0", "args": {"source": "198.51.100.0/24", "ports": "22/tcp (SSH)"}}}
}

test_a_source_within_the_declared_ranges_passes if {
	every source in ["203.0.113.0/24", "203.0.113.7/32", "10.0.0.0/8", "group:sg-1"] {
		findings := admin_ports.deny with input as _declaring(["203.0.113.0/24"], _from(source))
		findings == set()
	}
}

test_without_declared_ranges_a_named_source_passes if {
	findings := admin_ports.deny with input as _declaring([], _from("198.51.100.0/24"))
	findings == set()
}

test_a_declared_range_does_not_open_the_internet if {
	findings := admin_ports.deny with input as _declaring(["0.0.0.0/0"], _from("0.0.0.0/0"))
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_a_web_port_outside_the_declared_ranges_passes if {
	facts := {"rules": [_rule({"sources": ["198.51.100.0/24"]})]}
	findings := admin_ports.deny with input as _declaring(["203.0.113.0/24"], facts)
	findings == set()
}

test_unknown_has_no_finding if {
	findings := admin_ports.deny with input as _input("aws", 3, {})
	findings == set()
}

test_rdp_over_udp_fails if {
	findings := admin_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"priority": 100,
		"protocol": "udp",
		"from_port": 3389,
		"to_port": 3389,
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "3389/udp (RDP)"}}}
}

test_ssh_port_over_udp_passes if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "udp",
		"from_port": 22,
		"to_port": 22,
	})]})
	findings == set()
}

test_several_ports_are_one_finding if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"priority": 1,
		"from_port": 5985,
		"to_port": 5986,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {"source": "0.0.0.0/0", "ports": "5985/tcp (WinRM), 5986/tcp (WinRM)"},
	}}
}

test_any_protocol_fails if {
	findings := admin_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "any",
		"from_port": 0,
		"to_port": 65535,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"ports": "22/tcp (SSH), 23/tcp (Telnet), 512/tcp (rexec), 513/tcp (rlogin), 514/tcp (rsh) … (+7)",
		},
	}}
}

test_any_protocol_without_ports_fails if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"priority": 1,
		"protocol": "any",
		"from_port": null,
		"to_port": null,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"ports": "22/tcp (SSH), 23/tcp (Telnet), 512/tcp (rexec), 513/tcp (rlogin), 514/tcp (rsh) … (+7)",
		},
	}}
}

test_a_deny_of_one_port_leaves_the_others if {
	findings := admin_ports.deny with input as _input("aliyun", 3, {"rules": [
		_rule({"priority": 1, "action": "deny", "from_port": 22, "to_port": 22}),
		_rule({"priority": 2, "from_port": 20, "to_port": 23}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "23/tcp (Telnet)"}}}
}
