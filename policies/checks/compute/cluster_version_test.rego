package mlps.checks.compute.cluster_version_test

import data.mlps.checks.compute.cluster_version

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, type, level, facts) := {
	"id": "r-1",
	"type": type,
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

test_aws_supported_version_passes if {
	facts := {"version": "1.33", "version_supported": true}
	findings := cluster_version.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == set()
}

test_azure_supported_version_passes if {
	facts := {"version": "1.33", "version_supported": true}
	findings := cluster_version.deny with input as _input("azure", "compute.cluster", 3, facts)
	findings == set()
}

test_aliyun_supported_version_passes if {
	facts := {"version": "1.33", "version_supported": true}
	findings := cluster_version.deny with input as _input("aliyun", "compute.cluster", 3, facts)
	findings == set()
}

test_aws_old_version_fails if {
	facts := {"version": "1.20", "version_supported": false}
	findings := cluster_version.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == {{"at": "version_supported", "args": {"version": "1.20"}}}
}

test_azure_old_version_fails if {
	facts := {"version": "1.20", "version_supported": false}
	findings := cluster_version.deny with input as _input("azure", "compute.cluster", 3, facts)
	findings == {{"at": "version_supported", "args": {"version": "1.20"}}}
}

test_aliyun_old_version_fails if {
	facts := {"version": "1.20", "version_supported": false}
	findings := cluster_version.deny with input as _input("aliyun", "compute.cluster", 3, facts)
	findings == {{"at": "version_supported", "args": {"version": "1.20"}}}
}

test_unknown_has_no_finding if {
	findings := cluster_version.deny with input as _input("aws", "compute.cluster", 3, {"version": "1.20"})
	findings == set()
}
