package mlps.checks.network.bandwidth_limit_test

import data.mlps.checks.network.bandwidth_limit

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

_address(bandwidth) := {"kind": "public-ip", "bandwidth_mbps": bandwidth, "snat": []}

_balancer(provider, scheme, bandwidth) := object.union(
	_input(provider, 3, {"scheme": scheme, "bandwidth_mbps": bandwidth}),
	{"type": "network.load_balancer"},
)

_nat(entries) := {
	"kind": "nat",
	"bandwidth_mbps": null,
	"snat": [{"bandwidths_mbps": bandwidths} | some bandwidths in entries],
}

test_aliyun_enough_bandwidth_passes if {
	every bandwidth in [10, 11, 200] {
		findings := bandwidth_limit.deny with input as _input("aliyun", 3, _address(bandwidth))
		findings == set()
		bandwidth_limit.applies with input as _input("aliyun", 3, _address(bandwidth))
	}
}

test_aliyun_little_bandwidth_fails if {
	every bandwidth in [0, 1, 9] {
		findings := bandwidth_limit.deny with input as _input("aliyun", 3, _address(bandwidth))
		findings == {{"at": "bandwidth_mbps", "args": {"found": bandwidth, "needed": "≥ 10"}}}
	}
}

test_a_public_balancer_fails_alike if {
	findings := bandwidth_limit.deny with input as _balancer("aliyun", "public", 5)
	findings == {{"at": "bandwidth_mbps", "args": {"found": 5, "needed": "≥ 10"}}}
}

test_a_private_balancer_is_not_judged if {
	findings := bandwidth_limit.deny with input as _balancer("aliyun", "private", 5)
	findings == set()
	not bandwidth_limit.applies with input as _balancer("aliyun", "private", 5)
}

test_aws_and_azure_without_limits_are_not_judged if {
	every provider in ["aws", "azure"] {
		findings := bandwidth_limit.deny with input as _input(provider, 3, _address(null))
		findings == set()
		not bandwidth_limit.applies with input as _input(provider, 3, _address(null))
		not bandwidth_limit.applies with input as _balancer(provider, "public", null)
	}
}

test_a_number_below_zero_is_no_limit if {
	findings := bandwidth_limit.deny with input as _balancer("aliyun", "public", -1)
	findings == set()
	not bandwidth_limit.applies with input as _balancer("aliyun", "public", -1)
}

test_connections_between_regions_need_more_than_one if {
	every bandwidth in [2, 100] {
		findings := bandwidth_limit.deny with input as _input("aliyun", 3, {"kind": "cen", "bandwidth_mbps": bandwidth})
		findings == set()
	}
	every bandwidth in [0, 1] {
		findings := bandwidth_limit.deny with input as _input("aliyun", 3, {"kind": "cen", "bandwidth_mbps": bandwidth})
		findings == {{"at": "bandwidth_mbps", "args": {"found": bandwidth, "needed": "> 1"}}}
	}
}

test_other_gateways_are_not_judged_by_their_bandwidth if {
	every kind in ["vpn", "express", "nat", "internet"] {
		facts := {"kind": kind, "bandwidth_mbps": 5, "snat": []}
		findings := bandwidth_limit.deny with input as _input("aliyun", 3, facts)
		findings == set()
		not bandwidth_limit.applies with input as _input("aliyun", 3, facts)
	}
}

test_addresses_of_one_entry_with_the_same_bandwidth_pass if {
	findings := bandwidth_limit.deny with input as _input("aliyun", 3, _nat([[20, 20], [5], []]))
	findings == set()
	bandwidth_limit.applies with input as _input("aliyun", 3, _nat([[20, 20]]))
}

test_addresses_of_one_entry_with_different_bandwidths_fail if {
	findings := bandwidth_limit.deny with input as _input("aliyun", 3, _nat([[20, 20], [50, 10, 50]]))
	findings == {{"at": "snat/1/bandwidths_mbps", "args": {"found": "10, 50", "needed": "="}}}
}

test_unknown_has_no_finding if {
	every facts in [{}, {"kind": "public-ip"}, {"bandwidth_mbps": 5}, {"snat": [{}, null]}] {
		findings := bandwidth_limit.deny with input as _input("aliyun", 3, facts)
		findings == set()
	}
}
