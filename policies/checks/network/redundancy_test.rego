package mlps.checks.network.redundancy_test

import data.mlps.checks.network.redundancy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.load_balancer",
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

# The same with parts of the envelope replaced.
_with(provider, level, facts, envelope) := object.union(_input(provider, level, facts), envelope)

test_aws_two_zones_pass if {
	findings := redundancy.deny with input as _input("aws", 3, {"zones": ["cn-north-1a", "cn-north-1b"]})
	findings == set()
}

test_azure_multi_zone_database_passes if {
	findings := redundancy.deny with input as _with("azure", 3, {"multi_zone": true}, {"type": "database.instance"})
	findings == set()
}

test_aliyun_two_node_zones_pass if {
	findings := redundancy.deny with input as _with(
		"aliyun", 3, {"node_zones": [
			"cn-hangzhou-h",
			"cn-hangzhou-i",
		]},
		{"type": "compute.cluster"},
	)
	findings == set()
}

test_aws_single_zone_database_fails if {
	findings := redundancy.deny with input as _with("aws", 3, {"multi_zone": false}, {"type": "database.instance"})
	findings == {{"at": "multi_zone", "args": {"zones": 1, "level": 3}}}
}

test_azure_balancer_without_zones_fails if {
	findings := redundancy.deny with input as _input("azure", 4, {"zones": []})
	findings == {{"at": "zones", "args": {"zones": 0, "level": 4}}}
}

test_aliyun_single_zone_balancer_fails if {
	findings := redundancy.deny with input as _input("aliyun", 3, {"zones": ["cn-hangzhou-h"]})
	findings == {{"at": "zones", "args": {"zones": 1, "level": 3}}}
}

test_a_cluster_in_one_zone_fails if {
	findings := redundancy.deny with input as _with("aws", 3, {"node_zones": ["cn-north-1a"]}, {"type": "compute.cluster"})
	findings == {{"at": "node_zones", "args": {"zones": 1, "level": 3}}}
}

test_level_2_has_no_finding if {
	findings := redundancy.deny with input as _input("aws", 2, {"zones": ["cn-north-1a"]})
	findings == set()
}

test_level_2_is_not_judged if {
	not redundancy.applies with input as _input("aws", 2, {"zones": ["cn-north-1a"]})
}

test_level_3_is_judged if {
	redundancy.applies with input as _input("aws", 3, {"zones": ["cn-north-1a"]})
}

_vpn(provider, list) := _with(provider, 3, {"kind": "vpn", "zones": list}, {"type": "network.gateway"})

test_a_vpn_gateway_in_two_zones_passes if {
	every provider in ["azure", "aliyun"] {
		findings := redundancy.deny with input as _vpn(provider, ["1", "2"])
		findings == set()
		redundancy.applies with input as _vpn(provider, ["1", "2"])
	}
}

test_a_vpn_gateway_in_one_zone_fails if {
	every provider in ["azure", "aliyun"] {
		findings := redundancy.deny with input as _vpn(provider, ["1"])
		findings == {{"at": "zones", "args": {"zones": 1, "level": 3}}}
	}
}

test_a_vpn_gateway_whose_zones_the_cloud_does_not_tell_is_not_judged if {
	findings := redundancy.deny with input as _vpn("aws", null)
	findings == set()
	not redundancy.applies with input as _vpn("aws", null)
}

test_other_gateways_are_not_judged if {
	every kind in ["nat", "internet", "public-ip", "peering"] {
		document := _with("aws", 3, {"kind": kind, "zones": ["cn-north-1a"]}, {"type": "network.gateway"})
		findings := redundancy.deny with input as document
		findings == set()
		not redundancy.applies with input as document
	}
}

test_regions_of_one_zone_are_not_judged if {
	every facts in [{"zones": []}, {"multi_zone": false}, {"node_zones": ["1"]}, {"kind": "vpn", "zones": []}] {
		every provider, region in {"azure": "chinaeast2", "aliyun": "cn-nanjing"} {
			findings := redundancy.deny with input as _with(provider, 3, facts, {"region": region})
			findings == set()
			not redundancy.applies with input as _with(provider, 3, facts, {"region": region})
		}
	}
}

test_a_cluster_without_nodes_is_not_judged if {
	document := _with("aws", 3, {"node_zones": []}, {"type": "compute.cluster"})
	findings := redundancy.deny with input as document
	findings == set()
	not redundancy.applies with input as document
}

test_a_cluster_with_nodes_is_judged if {
	redundancy.applies with input as _with("aws", 3, {"node_zones": ["cn-north-1a"]}, {"type": "compute.cluster"})
}

test_a_database_is_judged if {
	redundancy.applies with input as _with("aws", 3, {"multi_zone": true}, {"type": "database.instance"})
}

test_unknown_has_no_finding if {
	findings := redundancy.deny with input as _input("aws", 3, {})
	findings == set()
}
