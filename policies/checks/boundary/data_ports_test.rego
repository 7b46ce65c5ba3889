package mlps.checks.boundary.data_ports_test

import data.mlps.checks.boundary.data_ports

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
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "sources": ["203.0.113.0/24"]}),
	]})
	findings == set()
}

test_azure_company_range_passes if {
	findings := data_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6379,
		"to_port": 6379,
		"priority": 100,
		"sources": ["203.0.113.0/24"],
		"destinations": ["0.0.0.0/0", "::/0"],
	})]})
	findings == set()
}

test_aliyun_private_range_passes if {
	findings := data_ports.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6379,
		"to_port": 6379,
		"priority": 1,
		"sources": ["10.0.0.0/8"],
	})]})
	findings == set()
}

test_aws_open_port_fails if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}}}
}

test_azure_any_source_fails if {
	findings := data_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6379,
		"to_port": 6379,
		"priority": 100,
		"sources": ["0.0.0.0/0", "::/0"],
		"destinations": ["0.0.0.0/0", "::/0"],
		"description": "Internet",
	})]})
	findings == {
		{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}},
		{"at": "rules/0/sources/1", "args": {"source": "::/0", "ports": "6379/tcp (Redis)"}},
	}
}

test_aliyun_open_port_fails if {
	findings := data_ports.deny with input as _input("aliyun", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6379,
		"to_port": 6379,
		"priority": 1,
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}}}
}

test_ipv6_fails if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6379,
		"to_port": 6379,
		"sources": ["::/0"],
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "::/0", "ports": "6379/tcp (Redis)"}}}
}

test_halves_of_the_internet_fail if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "sources": ["0.0.0.0/1"]}),
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "sources": ["128.0.0.0/1"]}),
	]})
	findings == {
		{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/1", "ports": "6379/tcp (Redis)"}},
		{"at": "rules/1/sources/0", "args": {"source": "128.0.0.0/1", "ports": "6379/tcp (Redis)"}},
	}
}

test_a_range_over_the_port_fails if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6378,
		"to_port": 6379,
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}}}
}

test_a_range_beside_the_port_passes if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({"from_port": 80, "to_port": 80}),
		_rule({"from_port": 8000, "to_port": 8010}),
	]})
	findings == set()
}

test_other_sources_pass if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "tcp",
		"from_port": 6379,
		"to_port": 6379,
		"sources": ["group:sg-0a1", "fc00::/7", "192.168.0.0/16"],
	})]})
	findings == set()
}

test_egress_is_ignored if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({
			"protocol": "tcp",
			"from_port": 6379,
			"to_port": 6379,
			"direction": "egress",
			"sources": [],
			"destinations": ["0.0.0.0/0"],
		}),
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "direction": "egress"}),
	]})
	findings == set()
}

test_icmp_is_ignored if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "icmp",
		"from_port": null,
		"to_port": null,
	})]})
	findings == set()
}

test_azure_earlier_deny_wins if {
	findings := data_ports.deny with input as _input("azure", 3, {"rules": [
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
			"from_port": 6379,
			"to_port": 6379,
			"priority": 200,
			"destinations": ["10.0.0.0/24"],
		}),
	]})
	findings == set()
}

test_azure_later_deny_does_not_win if {
	findings := data_ports.deny with input as _input("azure", 3, {"rules": [
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "priority": 200}),
		_rule({"action": "deny", "protocol": "any", "from_port": 0, "to_port": 65535, "priority": 4096}),
	]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}}}
}

test_aliyun_deny_of_equal_priority_wins if {
	findings := data_ports.deny with input as _input("aliyun", 3, {"rules": [
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "priority": 1}),
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "action": "deny", "priority": 1}),
	]})
	findings == set()
}

test_a_deny_of_some_sources_does_not_win if {
	findings := data_ports.deny with input as _input("aliyun", 3, {"rules": [
		_rule({
			"protocol": "tcp",
			"from_port": 6379,
			"to_port": 6379,
			"action": "deny",
			"priority": 1,
			"sources": ["198.51.100.0/24"],
		}),
		_rule({"protocol": "tcp", "from_port": 6379, "to_port": 6379, "priority": 2}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}}}
}

test_a_deny_towards_one_address_does_not_win if {
	findings := data_ports.deny with input as _input("azure", 3, {"rules": [
		_rule({
			"protocol": "tcp",
			"from_port": 6379,
			"to_port": 6379,
			"action": "deny",
			"priority": 100,
			"destinations": ["10.0.0.4/32"],
		}),
		_rule({
			"protocol": "tcp",
			"from_port": 6379,
			"to_port": 6379,
			"priority": 200,
			"destinations": ["0.0.0.0/0", "::/0"],
		}),
	]})
	findings == {{"at": "rules/1/sources/0", "args": {"source": "0.0.0.0/0", "ports": "6379/tcp (Redis)"}}}
}

test_no_rules_pass if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": []})
	findings == set()
}

test_a_rule_with_unknown_sources_has_no_finding if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_partial({"from_port": 6379, "to_port": 6379}, "sources"),
	]})
	findings == set()
}

test_a_rule_with_unknown_ports_has_no_finding if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [
		_rule({}),
		_partial({"from_port": 6379, "to_port": 6379}, "to_port"),
	]})
	findings == set()
}

test_a_rule_that_is_unknown_as_a_whole_has_no_finding if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := data_ports.deny with input as _input("aws", 3, {})
	findings == set()
}

test_memcached_over_udp_fails if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "udp",
		"from_port": 11211,
		"to_port": 11211,
	})]})
	findings == {{"at": "rules/0/sources/0", "args": {"source": "0.0.0.0/0", "ports": "11211/udp (Memcached)"}}}
}

test_redis_port_over_udp_passes if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "udp",
		"from_port": 6379,
		"to_port": 6379,
	})]})
	findings == set()
}

test_several_ports_are_one_finding if {
	findings := data_ports.deny with input as _input("azure", 3, {"rules": [_rule({
		"priority": 100,
		"from_port": 2375,
		"to_port": 2380,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"ports": "2375/tcp (Docker), 2376/tcp (Docker), 2379/tcp (etcd), 2380/tcp (etcd)",
		},
	}}
}

test_any_protocol_fails if {
	findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
		"protocol": "any",
		"from_port": 0,
		"to_port": 65535,
	})]})
	findings == {{
		"at": "rules/0/sources/0",
		"args": {
			"source": "0.0.0.0/0",
			"ports": "20/tcp (FTP), 21/tcp (FTP), 111/tcp (portmapper), 111/udp (portmapper), 135/tcp (RPC) … (+47)",
		},
	}}
}

test_services_over_tls_and_between_nodes_fail if {
	services := {
		636: "LDAP", 1434: "SQL Server", 2382: "SQL Server Analysis Services", 2383: "SQL Server Analysis Services",
		2484: "Oracle", 4505: "Salt", 4506: "Salt", 7000: "Cassandra", 7001: "Cassandra", 7199: "Cassandra",
		9142: "Cassandra", 9160: "Cassandra", 9870: "HDFS", 27018: "MongoDB", 27019: "MongoDB",
	}
	every port, name in services {
		findings := data_ports.deny with input as _input("aws", 3, {"rules": [_rule({
			"from_port": port,
			"to_port": port,
		})]})
		{finding.args.ports | some finding in findings} == {sprintf("%d/tcp (%s)", [port, name])}
	}
}
