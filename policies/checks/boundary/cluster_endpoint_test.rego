package mlps.checks.boundary.cluster_endpoint_test

import data.mlps.checks.boundary.cluster_endpoint

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "compute.cluster",
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

_open(at, range) := {"at": at, "args": {"range": range}}

test_aws_private_endpoint_passes if {
	findings := cluster_endpoint.deny with input as _input("aws", 3, {
		"endpoint_public": false,
		"endpoint_ranges": ["0.0.0.0/0"],
	})
	findings == set()
}

test_azure_named_ranges_pass if {
	findings := cluster_endpoint.deny with input as _input("azure", 3, {
		"endpoint_public": true,
		"endpoint_ranges": ["203.0.113.0/24", "2001:db8::/32"],
	})
	findings == set()
}

test_aliyun_private_endpoint_passes if {
	findings := cluster_endpoint.deny with input as _input("aliyun", 3, {
		"endpoint_public": false,
		"endpoint_ranges": [],
	})
	findings == set()
}

test_aws_open_endpoint_fails if {
	findings := cluster_endpoint.deny with input as _input("aws", 3, {
		"endpoint_public": true,
		"endpoint_ranges": ["203.0.113.0/24", "0.0.0.0/0"],
	})
	findings == {_open("endpoint_ranges/1", "0.0.0.0/0")}
}

test_azure_endpoint_without_list_fails if {
	findings := cluster_endpoint.deny with input as _input("azure", 3, {
		"endpoint_public": true,
		"endpoint_ranges": [],
	})
	findings == {_open("endpoint_public", "0.0.0.0/0")}
}

test_aliyun_open_endpoint_fails if {
	findings := cluster_endpoint.deny with input as _input("aliyun", 3, {
		"endpoint_public": true,
		"endpoint_ranges": ["0.0.0.0/0", "::/0"],
	})
	findings == {_open("endpoint_ranges/0", "0.0.0.0/0"), _open("endpoint_ranges/1", "::/0")}
}

test_wide_ranges_fail if {
	findings := cluster_endpoint.deny with input as _input("aws", 3, {
		"endpoint_public": true,
		"endpoint_ranges": ["128.0.0.0/1", "36.112.0.0/15", "36.112.0.0/16", "2001:da8::/31"],
	})
	findings == {
		_open("endpoint_ranges/0", "128.0.0.0/1"),
		_open("endpoint_ranges/1", "36.112.0.0/15"),
		_open("endpoint_ranges/3", "2001:da8::/31"),
	}
}

test_a_range_outside_the_declared_ones_fails if {
	findings := cluster_endpoint.deny with input as object.union(
		_input("aws", 3, {"endpoint_public": true, "endpoint_ranges": ["203.0.113.0/28", "198.51.100.0/24"]}),
		{"context": {"admin_ranges": ["203.0.113.0/24"]}},
	)
	findings == {_open("endpoint_ranges/1", "198.51.100.0/24")}
}

test_without_declared_ranges_named_ones_pass if {
	findings := cluster_endpoint.deny with input as object.union(
		_input("aws", 3, {"endpoint_public": true, "endpoint_ranges": ["198.51.100.0/24"]}),
		{"context": {"admin_ranges": []}},
	)
	findings == set()
}

test_an_unknown_kind_of_endpoint_has_no_finding if {
	findings := cluster_endpoint.deny with input as _input("aws", 3, {"endpoint_ranges": ["0.0.0.0/0"]})
	findings == set()
}

test_unknown_ranges_have_no_finding if {
	every facts in [{"endpoint_public": true}, {"endpoint_public": true, "endpoint_ranges": [null]}] {
		findings := cluster_endpoint.deny with input as _input("aliyun", 3, facts)
		findings == set()
	}
}

test_unknown_has_no_finding if {
	findings := cluster_endpoint.deny with input as _input("aws", 3, {})
	findings == set()
}
