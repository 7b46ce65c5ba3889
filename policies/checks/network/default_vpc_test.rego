package mlps.checks.network.default_vpc_test

import data.mlps.checks.network.default_vpc

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.vpc",
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

test_aws_empty_default_passes if {
	findings := default_vpc.deny with input as _input("aws", 3, {"is_default": true, "workloads": 0})
	findings == set()
}

test_azure_empty_default_passes if {
	findings := default_vpc.deny with input as _input("azure", 3, {"is_default": true, "workloads": 0})
	findings == set()
}

test_aliyun_empty_default_passes if {
	findings := default_vpc.deny with input as _input("aliyun", 3, {"is_default": true, "workloads": 0})
	findings == set()
}

test_aws_used_default_fails if {
	findings := default_vpc.deny with input as _input("aws", 3, {"is_default": true, "workloads": 1})
	findings == {{"at": "workloads", "args": {"count": 1}}}
}

test_azure_used_default_fails if {
	findings := default_vpc.deny with input as _input("azure", 3, {"is_default": true, "workloads": 2})
	findings == {{"at": "workloads", "args": {"count": 2}}}
}

test_aliyun_used_default_fails if {
	findings := default_vpc.deny with input as _input("aliyun", 3, {"is_default": true, "workloads": 12})
	findings == {{"at": "workloads", "args": {"count": 12}}}
}

test_another_vpc_has_no_finding if {
	findings := default_vpc.deny with input as _input("aws", 3, {"is_default": false, "workloads": 12})
	findings == set()
}

test_another_vpc_is_not_judged if {
	not default_vpc.applies with input as _input("aws", 3, {"is_default": false, "workloads": 12})
}

test_a_default_vpc_is_judged if {
	default_vpc.applies with input as _input("aws", 3, {"is_default": true, "workloads": 0})
}

test_unknown_use_has_no_finding if {
	findings := default_vpc.deny with input as _input("aws", 3, {"is_default": true})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := default_vpc.deny with input as _input("aws", 3, {})
	findings == set()
}
