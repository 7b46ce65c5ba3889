package mlps.checks.identity.cluster_rbac_test

import data.mlps.checks.identity.cluster_rbac

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

test_azure_roles_pass if {
	findings := cluster_rbac.deny with input as _input("azure", {"rbac": true})
	findings == set()
}

test_aws_roles_pass if {
	findings := cluster_rbac.deny with input as _input("aws", {"rbac": true})
	findings == set()
}

test_azure_without_roles_fails if {
	findings := cluster_rbac.deny with input as _input("azure", {"rbac": false})
	findings == {{"at": "rbac", "args": {}}}
}

test_unknown_has_no_finding if {
	findings := cluster_rbac.deny with input as _input("azure", {})
	findings == set()
}
