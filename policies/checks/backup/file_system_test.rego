package mlps.checks.backup.file_system_test

import data.mlps.checks.backup.file_system

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "storage.file_system",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_backup(enabled, days) := {"backup": {"enabled": enabled, "retention_days": days}}

test_aws_planned_file_system_passes if {
	findings := file_system.deny with input as _input("aws", 3, _backup(true, 35))
	findings == set()
}

test_azure_protected_share_passes if {
	findings := file_system.deny with input as _input("azure", 3, _backup(true, 30))
	findings == set()
}

test_aliyun_planned_file_system_passes if {
	findings := file_system.deny with input as _input("aliyun", 3, _backup(true, 7))
	findings == set()
}

test_aws_file_system_without_a_plan_fails if {
	findings := file_system.deny with input as _input("aws", 3, _backup(false, 0))
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 7}}}
}

test_azure_short_retention_fails if {
	findings := file_system.deny with input as _input("azure", 1, _backup(true, 6))
	findings == {{"at": "backup/retention_days", "args": {"days": 6, "needed": 7}}}
}

test_aliyun_file_system_without_a_plan_fails if {
	findings := file_system.deny with input as _input("aliyun", 2, _backup(false, 0))
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 7}}}
}

test_no_plan_fails_where_the_rest_is_unknown if {
	findings := file_system.deny with input as _input("aws", 3, {"backup": {"enabled": false}})
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 7}}}
}

test_unknown_retention_has_no_finding if {
	findings := file_system.deny with input as _input("aws", 3, {"backup": {"enabled": true}})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := file_system.deny with input as _input("aws", 3, {})
	findings == set()
}
