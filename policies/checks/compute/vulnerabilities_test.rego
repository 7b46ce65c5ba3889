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
	findings == {{"at": "vulnerabilities/assessed", "args": _unassessed}}
}

test_azure_unassessed_instance_fails if {
	facts := {"vulnerabilities": {"assessed": false, "critical": null, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/assessed", "args": _unassessed}}
}

test_aliyun_unassessed_instance_fails if {
	facts := {"vulnerabilities": {"assessed": false, "critical": null, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "vulnerabilities/assessed", "args": _unassessed}}
}

test_aws_old_vulnerability_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 31}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {_overdue(2, 31, 30)}
}

test_azure_old_vulnerability_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 31}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {_overdue(2, 31, 30)}
}

test_aliyun_old_vulnerability_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 31}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {_overdue(2, 31, 30)}
}

test_a_young_one_passes if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": 30}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_level_4_is_stricter_and_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 1, "oldest_critical_days": 16}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 4, facts)
	findings == {_overdue(1, 16, 15)}
}

test_level_1_takes_more if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 1, "oldest_critical_days": 90}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 1, facts)
	findings == set()
}

test_no_assessment_at_all_fails if {
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, {"vulnerabilities": null})
	findings == {{"at": "vulnerabilities", "args": _unassessed}}
}

test_unknown_has_no_finding if {
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}

test_level_2_allows_60_days if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 1, "oldest_critical_days": 60}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 2, facts)
	findings == set()
}

test_level_2_fails_after_60_days if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 1, "oldest_critical_days": 61}}
	findings := vulnerabilities.deny with input as _input("aliyun", "compute.instance", 2, facts)
	findings == {_overdue(1, 61, 60)}
}

test_an_unknown_count_has_no_finding if {
	facts := {"vulnerabilities": {"assessed": true, "oldest_critical_days": 400}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_one_without_a_date_fails if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 2, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {_overdue(2, "?", 30)}
}

test_an_old_count_of_none_passes if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 0, "oldest_critical_days": 90}}
	findings := vulnerabilities.deny with input as _input("aws", "compute.instance", 4, facts)
	findings == set()
}

test_a_counted_instance_is_judged if {
	facts := {"vulnerabilities": {"assessed": true, "critical": 0, "oldest_critical_days": null}}
	vulnerabilities.applies with input as _input("aws", "compute.instance", 3, facts)
}

test_what_nothing_counts_is_not_judged if {
	facts := {"vulnerabilities": {"assessed": true, "critical": null, "oldest_critical_days": null}}
	not vulnerabilities.applies with input as _input("azure", "compute.instance", 3, facts)
}

test_what_nothing_counts_has_no_finding if {
	facts := {"vulnerabilities": {"assessed": true, "critical": null, "oldest_critical_days": null}}
	findings := vulnerabilities.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

_overdue(critical, days, limit) := {
	"at": "vulnerabilities/oldest_critical_days",
	"args": {"assessed": true, "critical": critical, "days": days, "limit": limit},
}

_unassessed := {"assessed": false, "critical": "-", "days": "-", "limit": 30}
