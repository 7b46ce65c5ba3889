package mlps.checks.network.protection_available_test

import data.mlps.checks.network.protection_available

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.gateway",
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

_balancer(provider, level, changes) := object.union(
	_input(provider, level, object.union(
		{"scheme": "public", "listeners": [{"port": 443, "protocol": "https"}], "waf": "acl-1"},
		changes,
	)),
	{"type": "network.load_balancer"},
)

_address(attached_to, protected_by) := {
	"kind": "public-ip",
	"attached_to": attached_to,
	"protected_by": protected_by,
}

_boundary(protected_by) := {"kind": "internet", "attached_to": "network", "protected_by": protected_by}

_missing(at, what, level) := {"at": at, "args": {"missing": what, "level": level}}

test_a_balancer_behind_a_waf_passes if {
	every provider, _ in _accounts {
		findings := protection_available.deny with input as _balancer(provider, 3, {})
		findings == set()
		protection_available.applies with input as _balancer(provider, 3, {})
	}
}

test_a_balancer_without_a_waf_fails if {
	every provider, _ in _accounts {
		every protocol in ["http", "https", "quic"] {
			listeners := [{"port": 22, "protocol": "tcp"}, {"port": 80, "protocol": protocol}]
			document := _balancer(provider, 3, {"listeners": listeners, "waf": null})
			findings := protection_available.deny with input as document
			findings == {_missing("waf", "WAF", 3)}
		}
	}
}

test_a_waf_is_asked_from_level_2_on if {
	every level in [2, 3, 4] {
		findings := protection_available.deny with input as _balancer("aliyun", level, {"waf": null})
		findings == {_missing("waf", "WAF", level)}
	}
}

test_a_waf_is_not_asked_at_level_1 if {
	document := _balancer("aliyun", 1, {"waf": null})
	findings := protection_available.deny with input as document
	findings == set()
	not protection_available.applies with input as document
}

test_other_balancers_are_not_judged if {
	every changes in [
		{"scheme": "private", "waf": null},
		{"listeners": [], "waf": null},
		{"listeners": [{"port": 443, "protocol": "tcp"}, {"port": 443, "protocol": "tls"}], "waf": null},
	] {
		findings := protection_available.deny with input as _balancer("aws", 3, changes)
		findings == set()
		not protection_available.applies with input as _balancer("aws", 3, changes)
	}
}

test_aws_gateway_behind_a_firewall_passes if {
	findings := protection_available.deny with input as _input("aws", 3, _boundary(["firewall"]))
	findings == set()
	protection_available.applies with input as _input("aws", 3, _boundary(["firewall"]))
}

test_aws_gateway_without_a_firewall_fails if {
	every guards in [[], ["waf"]] {
		findings := protection_available.deny with input as _input("aws", 3, _boundary(guards))
		findings == {_missing("protected_by", "firewall", 3)}
	}
}

test_aws_gateway_that_carries_nothing_is_not_judged if {
	document := _input("aws", 4, object.union(_boundary([]), {"attached_to": null}))
	findings := protection_available.deny with input as document
	findings == set()
	not protection_available.applies with input as document
}

test_aws_addresses_are_not_judged if {
	findings := protection_available.deny with input as _input("aws", 4, _address("instance", []))
	findings == set()
	not protection_available.applies with input as _input("aws", 4, _address("instance", []))
}

test_azure_address_with_a_waf_or_firewall_passes if {
	every guards in [["ddos", "waf"], ["firewall", "ddos"]] {
		findings := protection_available.deny with input as _input("azure", 3, _address("load_balancer", guards))
		findings == set()
	}
}

test_azure_bare_address_fails if {
	findings := protection_available.deny with input as _input("azure", 3, _address("instance", []))
	findings == {
		_missing("protected_by", "firewall", 3),
		_missing("protected_by", "DDoS", 3),
	}
}

test_azure_addresses_of_gateways_are_not_judged if {
	every attached_to in ["gateway", "bastion", "firewall", null] {
		findings := protection_available.deny with input as _input("azure", 4, _address(attached_to, []))
		findings == set()
		not protection_available.applies with input as _input("azure", 4, _address(attached_to, []))
	}
}

test_aliyun_protected_address_passes if {
	findings := protection_available.deny with input as _input("aliyun", 3, _address("instance", ["firewall", "ddos"]))
	findings == set()
}

test_aliyun_waf_is_no_firewall if {
	findings := protection_available.deny with input as _input("aliyun", 3, _address("load_balancer", ["waf", "ddos"]))
	findings == {_missing("protected_by", "firewall", 3)}
}

test_aliyun_address_without_ddos_protection_fails if {
	findings := protection_available.deny with input as _input("aliyun", 4, _address("other", ["firewall"]))
	findings == {_missing("protected_by", "DDoS", 4)}
}

test_aliyun_addresses_of_nat_gateways_need_the_firewall_only if {
	every attached_to in ["gateway", "bastion"] {
		findings := protection_available.deny with input as _input("aliyun", 3, _address(attached_to, []))
		findings == {_missing("protected_by", "firewall", 3)}
	}
}

test_an_address_that_is_bound_to_nothing_is_not_judged if {
	findings := protection_available.deny with input as _input("aliyun", 3, _address(null, []))
	findings == set()
	not protection_available.applies with input as _input("aliyun", 3, _address(null, []))
}

test_below_level_3_gateways_are_not_judged if {
	every provider, facts in {
		"aws": _boundary([]),
		"azure": _address("instance", []),
		"aliyun": _address("instance", []),
	} {
		findings := protection_available.deny with input as _input(provider, 2, facts)
		findings == set()
		not protection_available.applies with input as _input(provider, 2, facts)
	}
}

test_other_gateways_are_not_judged if {
	every kind in ["nat", "vpn", "peering", "transit", "cen", "bastion", "express", "firewall"] {
		facts := object.union(_boundary([]), {"kind": kind})
		every provider, _ in _accounts {
			findings := protection_available.deny with input as _input(provider, 4, facts)
			findings == set()
		}
	}
}

test_an_unknown_waf_has_no_finding if {
	document := _input("aws", 3, {"scheme": "public", "listeners": [{"protocol": "https"}]})
	findings := protection_available.deny with input as document
	findings == set()
}

test_an_unknown_protection_has_no_finding if {
	every provider, facts in {
		"aws": {"kind": "internet"},
		"azure": {"kind": "public-ip", "attached_to": "instance"},
		"aliyun": {"kind": "public-ip", "attached_to": "instance"},
	} {
		findings := protection_available.deny with input as _input(provider, 3, facts)
		findings == set()
	}
}

test_unknown_has_no_finding if {
	every provider, _ in _accounts {
		findings := protection_available.deny with input as _input(provider, 3, {})
		findings == set()
	}
}
