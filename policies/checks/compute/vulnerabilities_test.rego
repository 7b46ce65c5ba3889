package mlps.checks.compute.vulnerabilities_test

import data.mlps.checks.compute.vulnerabilities

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

test_aws_assessed_instance_passes if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 0, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_azure_assessed_instance_passes if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 0, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_aliyun_assessed_instance_passes if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 0, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_aws_unassessed_instance_fails if {
	facts := {"vulnerabilities": {"assessed": false, "critical": null, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/assessed", "args": {"found": "not assessed"}}}
}

test_azure_unassessed_instance_fails if {
	facts := {"vulnerabilities": {"assessed": false, "critical": null, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/assessed", "args": {"found": "not assessed"}}}
}

test_aliyun_unassessed_instance_fails if {
	facts := {"vulnerabilities": {"assessed": false, "critical": null, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/assessed", "args": {"found": "not assessed"}}}
}

test_aws_old_vulnerability_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 31}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/oldest_critical_days", "args": {"found": "critical: 2, 31 days > 30 days"}}}
}

test_azure_old_vulnerability_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 31}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/oldest_critical_days", "args": {"found": "critical: 2, 31 days > 30 days"}}}
}

test_aliyun_old_vulnerability_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 31}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/oldest_critical_days", "args": {"found": "critical: 2, 31 days > 30 days"}}}
}

test_a_young_one_passes if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 30}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_level_4_is_stricter_and_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 1, "oldest_critical_days": 16}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 4, facts)
	findings == {{"at": "vulnerabilities/oldest_critical_days", "args": {"found": "critical: 1, 16 days > 15 days"}}}
}

test_level_1_takes_more if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 1, "oldest_critical_days": 90}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 1, facts)
	findings == set()
}

test_no_assessment_at_all_fails if {
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, {"vulnerabilities": null})
	findings == {{"at": "vulnerabilities", "args": {"found": "not assessed"}}}
}

test_unknown_has_no_finding if {
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}
