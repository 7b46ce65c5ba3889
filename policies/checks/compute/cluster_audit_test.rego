package mlps.checks.compute.cluster_audit_test

import data.mlps.checks.compute.cluster_audit

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

test_aws_audited_cluster_passes if {
	facts := {"audit_log": {"enabled": true}}
	findings := cluster_audit.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == set()
}

test_azure_audited_cluster_passes if {
	facts := {"audit_log": {"enabled": true}}
	findings := cluster_audit.deny with input as _input("azure", "compute.cluster", 3, facts)
	findings == set()
}

test_aliyun_audited_cluster_passes if {
	facts := {"audit_log": {"enabled": true}}
	findings := cluster_audit.deny with input as _input("aliyun", "compute.cluster", 3, facts)
	findings == set()
}

test_aws_silent_cluster_fails if {
	facts := {"audit_log": {"enabled": false}}
	findings := cluster_audit.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == {{"at": "audit_log/enabled", "args": {}}}
}

test_azure_silent_cluster_fails if {
	facts := {"audit_log": {"enabled": false}}
	findings := cluster_audit.deny with input as _input("azure", "compute.cluster", 3, facts)
	findings == {{"at": "audit_log/enabled", "args": {}}}
}

test_aliyun_silent_cluster_fails if {
	facts := {"audit_log": {"enabled": false}}
	findings := cluster_audit.deny with input as _input("aliyun", "compute.cluster", 3, facts)
	findings == {{"at": "audit_log/enabled", "args": {}}}
}

test_unknown_has_no_finding if {
	findings := cluster_audit.deny with input as _input("aws", "compute.cluster", 3, {})
	findings == set()
}
