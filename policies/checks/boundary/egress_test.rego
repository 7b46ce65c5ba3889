package mlps.checks.boundary.egress_test

import data.mlps.checks.boundary.egress

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
		"direction": "egress",
		"action": "allow",
		"priority": 0,
		"protocol": "any",
		"from_port": 0,
		"to_port": 65535,
		"sources": [],
		"destinations": ["0.0.0.0/0"],
		"description": "",
	},
	changes,
)

_refusal(changes) := _rule(object.union(
	{"action": "deny", "priority": 100, "destinations": ["0.0.0.0/0", "::/0"]},
	changes,
))

_open(at, destination, protocol) := {"at": at, "args": {"destination": destination, "protocol": protocol}}

test_aws_named_ports_pass if {
	findings := egress.deny with input as _input("aws", 3, {
		"default_egress": "deny",
		"rules": [
			_rule({"protocol": "tcp", "from_port": 443, "to_port": 443}),
			_rule({"destinations": ["10.0.0.0/8", "group:sg-1"]}),
		],
	})
	findings == set()
}

test_azure_last_refusal_passes if {
	findings := egress.deny with input as _input("azure", 3, {
		"default_egress": "allow",
		"rules": [
			_rule({
				"priority": 100,
				"protocol": "tcp",
				"from_port": 443,
				"to_port": 443,
				"sources": ["0.0.0.0/0", "::/0"],
				"destinations": ["0.0.0.0/0", "::/0"],
			}),
			_refusal({"priority": 4096, "sources": ["0.0.0.0/0", "::/0"]}),
		],
	})
	findings == set()
}

test_aliyun_last_refusal_passes if {
	findings := egress.deny with input as _input("aliyun", 3, {
		"default_egress": "allow",
		"rules": [_rule({"priority": 1, "destinations": ["10.0.0.0/8"]}), _refusal({})],
	})
	findings == set()
}

test_aws_open_egress_fails if {
	findings := egress.deny with input as _input("aws", 3, {
		"default_egress": "deny",
		"rules": [_rule({}), _rule({"destinations": ["::/0"]})],
	})
	findings == {
		_open("rules/0/destinations/0", "0.0.0.0/0", "any"),
		_open("rules/1/destinations/0", "::/0", "any"),
	}
}

test_a_tunnel_to_anywhere_fails if {
	gre := {"protocol": "47", "from_port": null, "to_port": null}
	findings := egress.deny with input as _input("aliyun", 3, {"default_egress": "deny", "rules": [_rule(gre)]})
	findings == {_open("rules/0/destinations/0", "0.0.0.0/0", "IP 47")}
	every rules in [
		[_rule(object.union(gre, {"protocol": "50"}))],
		[_rule(object.union(gre, {"destinations": ["203.0.113.7/32"]}))],
		[_rule(object.union(gre, {"action": "deny", "priority": 1})), _rule(object.union(gre, {"priority": 2}))],
	] {
		none := egress.deny with input as _input("aliyun", 3, {"default_egress": "deny", "rules": rules})
		none == set()
	}
}

test_azure_default_fails if {
	findings := egress.deny with input as _input("azure", 3, {"default_egress": "allow", "rules": []})
	findings == {
		_open("default_egress", "0.0.0.0/0", "any"),
		_open("default_egress", "::/0", "any"),
	}
}

test_aliyun_refusal_of_ipv4_alone_fails if {
	findings := egress.deny with input as _input("aliyun", 3, {
		"default_egress": "allow",
		"rules": [_refusal({"destinations": ["0.0.0.0/0"]})],
	})
	findings == {_open("default_egress", "::/0", "any")}
}

test_all_tcp_ports_fail if {
	findings := egress.deny with input as _input("aws", 4, {
		"default_egress": "deny",
		"rules": [_rule({"protocol": "tcp", "from_port": 1})],
	})
	findings == {_open("rules/0/destinations/0", "0.0.0.0/0", "tcp")}
}

test_half_of_the_internet_fails if {
	findings := egress.deny with input as _input("aws", 3, {
		"default_egress": "deny",
		"rules": [_rule({"destinations": ["10.0.0.0/8", "128.0.0.0/1"]})],
	})
	findings == {_open("rules/0/destinations/1", "128.0.0.0/1", "any")}
}

test_an_earlier_refusal_wins if {
	findings := egress.deny with input as _input("azure", 3, {
		"default_egress": "allow",
		"rules": [
			_refusal({"sources": ["0.0.0.0/0", "::/0"]}),
			_rule({"priority": 200, "sources": ["0.0.0.0/0", "::/0"], "destinations": ["0.0.0.0/0", "::/0"]}),
		],
	})
	findings == set()
}

test_a_refusal_for_some_sources_does_not_win if {
	findings := egress.deny with input as _input("azure", 3, {
		"default_egress": "allow",
		"rules": [_refusal({"sources": ["10.0.1.0/24"]})],
	})
	findings == {
		_open("default_egress", "0.0.0.0/0", "any"),
		_open("default_egress", "::/0", "any"),
	}
}

test_a_refusal_of_one_port_does_not_win if {
	findings := egress.deny with input as _input("aliyun", 3, {
		"default_egress": "deny",
		"rules": [
			_refusal({"priority": 1, "protocol": "tcp", "from_port": 25, "to_port": 25}),
			_rule({"priority": 2}),
		],
	})
	findings == {_open("rules/1/destinations/0", "0.0.0.0/0", "any")}
}

test_ingress_is_ignored if {
	findings := egress.deny with input as _input("aws", 3, {
		"default_egress": "deny",
		"rules": [_rule({"direction": "ingress", "sources": ["0.0.0.0/0"], "destinations": []})],
	})
	findings == set()
}

test_icmp_passes if {
	findings := egress.deny with input as _input("aws", 3, {
		"default_egress": "deny",
		"rules": [_rule({"protocol": "icmp", "from_port": null, "to_port": null})],
	})
	findings == set()
}

test_no_rule_passes if {
	findings := egress.deny with input as _input("aws", 3, {"default_egress": "deny", "rules": []})
	findings == set()
}

test_below_level_3_there_is_no_finding if {
	every level in [1, 2] {
		findings := egress.deny with input as _input("aws", level, {
			"default_egress": "allow",
			"rules": [_rule({})],
		})
		findings == set()
	}
}

test_below_level_3_it_is_not_judged if {
	every level in [1, 2] {
		not egress.applies with input as _input("aws", level, {"default_egress": "deny", "rules": []})
	}
}

test_from_level_3_on_it_is_judged if {
	every level in [3, 4] {
		egress.applies with input as _input("aws", level, {"default_egress": "deny", "rules": []})
	}
}

test_unknown_ports_have_no_finding if {
	findings := egress.deny with input as _input("aws", 3, {
		"default_egress": "deny",
		"rules": [object.remove(_rule({}), ["to_port"])],
	})
	findings == set()
}

test_a_default_behind_an_unknown_rule_has_no_finding if {
	findings := egress.deny with input as _input("azure", 3, {
		"default_egress": "allow",
		"rules": [object.remove(_refusal({}), ["to_port"])],
	})
	findings == set()
}

test_unknown_rules_have_no_finding if {
	findings := egress.deny with input as _input("azure", 3, {"default_egress": "allow"})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := egress.deny with input as _input("aws", 3, {})
	findings == set()
}
