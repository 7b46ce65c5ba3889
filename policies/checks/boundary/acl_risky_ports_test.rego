package mlps.checks.boundary.acl_risky_ports_test

import data.mlps.checks.boundary.acl_risky_ports

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.acl",
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

test_aws_closed_ports_pass if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {
		"subnets": 1,
		"rules": [
			_rule({"priority": 100}),
			_rule({"priority": 110, "from_port": 1024, "to_port": 3388}),
			_rule({"priority": 32767, "action": "deny", "protocol": "any", "from_port": 0, "to_port": 65535}),
		],
	})
	findings == set()
}

test_azure_other_source_passes if {
	findings := acl_risky_ports.deny with input as _input("azure", 3, {
		"subnets": 1,
		"rules": [_rule({"priority": 100, "from_port": 22, "to_port": 22, "sources": ["10.0.0.0/16"]})],
	})
	findings == set()
}

test_aliyun_refused_ports_pass if {
	findings := acl_risky_ports.deny with input as _input("aliyun", 3, {
		"subnets": 2,
		"rules": [
			_rule({"priority": 1, "action": "deny", "from_port": 22, "to_port": 22}),
			_rule({"priority": 2, "action": "deny", "from_port": 3389, "to_port": 3389}),
			_rule({"priority": 3, "from_port": 22, "to_port": 22}),
			_rule({"priority": 4, "from_port": 1024, "to_port": 65535}),
		],
	})
	findings == set()
}

test_aws_default_acl_fails if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {
		"subnets": 3,
		"rules": [
			_rule({"priority": 100, "protocol": "any", "from_port": 0, "to_port": 65535}),
			_rule({"priority": 32767, "action": "deny", "protocol": "any", "from_port": 0, "to_port": 65535}),
		],
	})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"ports": "22/tcp (SSH), 23/tcp (Telnet), 135/tcp (RPC), 139/tcp (NetBIOS), 445/tcp (SMB) … (+1)",
		},
	}}
}

test_azure_open_port_fails if {
	findings := acl_risky_ports.deny with input as _input("azure", 3, {
		"subnets": 1,
		"rules": [_rule({
			"priority": 100,
			"from_port": 3389,
			"to_port": 3389,
			"sources": ["0.0.0.0/0", "::/0"],
		})],
	})
	findings == {
		{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "3389/tcp (RDP)"}},
		{"at": "rules/0/sources/1", "args": {"source": "::/0", "ports": "3389/tcp (RDP)"}},
	}
}

test_aliyun_open_port_fails if {
	findings := acl_risky_ports.deny with input as _input("aliyun", 3, {
		"subnets": 1,
		"rules": [_rule({"priority": 1, "from_port": 22, "to_port": 22})],
	})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "22/tcp (SSH)"}}}
}

test_return_traffic_without_rdp_passes if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {
		"subnets": 1,
		"rules": [
			_rule({"priority": 90, "action": "deny", "from_port": 3389, "to_port": 3389}),
			_rule({"priority": 100, "from_port": 1024, "to_port": 65535}),
		],
	})
	findings == set()
}

test_ipv4_deny_leaves_ipv6_open if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {
		"subnets": 1,
		"rules": [
			_rule({"priority": 90, "action": "deny", "from_port": 3389, "to_port": 3389}),
			_rule({"priority": 100, "from_port": 3389, "to_port": 3389, "sources": ["::/0"]}),
		],
	})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "::/0", "ports": "3389/tcp (RDP)"}}}
}

test_egress_is_ignored if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {
		"subnets": 1,
		"rules": [_rule({
			"direction": "egress",
			"protocol": "any",
			"from_port": 0,
			"to_port": 65535,
			"sources": [],
			"destinations": ["0.0.0.0/0"],
		})],
	})
	findings == set()
}

test_an_unused_acl_has_no_finding if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {
		"subnets": 0,
		"rules": [_rule({"priority": 100, "protocol": "any", "from_port": 0, "to_port": 65535})],
	})
	findings == set()
}

test_an_unused_acl_is_not_judged if {
	not acl_risky_ports.applies with input as _input("aws", 3, {"subnets": 0, "rules": []})
}

test_a_used_acl_is_judged if {
	acl_risky_ports.applies with input as _input("aws", 3, {"subnets": 1, "rules": []})
}

test_unknown_use_has_no_finding if {
	findings := acl_risky_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"from_port": 22,
		"to_port": 22,
	})]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := acl_risky_ports.deny with input as _input("aliyun", 3, {})
	findings == set()
}
