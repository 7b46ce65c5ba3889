package mlps.checks.backup.disk_test

import data.mlps.checks.backup.disk

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "compute.disk",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_disk(attached, enabled, days) := {"attached": attached, "backup": {"enabled": enabled, "retention_days": days}}

test_aws_planned_volume_passes if {
	findings := disk.deny with input as _input("aws", 3, _disk(true, true, 30))
	findings == set()
}

test_azure_disk_of_a_protected_machine_passes if {
	findings := disk.deny with input as _input("azure", 3, _disk(true, true, 7))
	findings == set()
}

test_aliyun_disk_with_a_snapshot_policy_passes if {
	findings := disk.deny with input as _input("aliyun", 3, _disk(true, true, 65536))
	findings == set()
}

test_aws_volume_without_a_plan_fails if {
	findings := disk.deny with input as _input("aws", 3, _disk(true, false, 0))
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 7}}}
}

test_azure_disk_without_a_plan_fails if {
	findings := disk.deny with input as _input("azure", 2, _disk(true, false, 0))
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 7}}}
}

test_aliyun_short_retention_fails if {
	findings := disk.deny with input as _input("aliyun", 1, _disk(true, true, 6))
	findings == {{"at": "backup/retention_days", "args": {"days": 6, "needed": 7}}}
}

test_an_unattached_volume_is_not_judged if {
	resource := _input("aws", 3, _disk(false, false, 0))
	not disk.applies with input as resource
	findings := disk.deny with input as resource
	findings == set()
}

test_an_attached_volume_is_judged if {
	disk.applies with input as _input("aws", 3, _disk(true, true, 30))
}

test_no_plan_fails_where_the_rest_is_unknown if {
	findings := disk.deny with input as _input("aws", 3, {"attached": true, "backup": {"enabled": false}})
	findings == {{"at": "backup/enabled", "args": {"days": 0, "needed": 7}}}
}

test_unknown_retention_has_no_finding if {
	findings := disk.deny with input as _input("aliyun", 3, {"attached": true, "backup": {"enabled": true}})
	findings == set()
}

test_unknown_use_has_no_finding if {
	findings := disk.deny with input as _input("aws", 3, {"backup": {"enabled": false, "retention_days": 0}})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := disk.deny with input as _input("aws", 3, {"attached": true})
	findings == set()
}
