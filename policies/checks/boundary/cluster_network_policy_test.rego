package mlps.checks.boundary.cluster_network_policy_test

import data.mlps.checks.boundary.cluster_network_policy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "compute.cluster",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"context": {"allowed_accounts": ["444455556666"]},
	"facts": facts,
}

test_azure_plugin_passes if {
	findings := cluster_network_policy.deny with input as _input("azure", {"network_policy": true})
	findings == set()
}

test_azure_without_fails if {
	findings := cluster_network_policy.deny with input as _input("azure", {"network_policy": false})
	findings == {{"at": "network_policy", "args": {}}}
}

test_aliyun_flannel_fails if {
	findings := cluster_network_policy.deny with input as _input("aliyun", {"network_policy": false})
	findings == {{"at": "network_policy", "args": {}}}
}

test_unknown_has_no_finding if {
	findings := cluster_network_policy.deny with input as _input("aliyun", {})
	findings == set()
}
