package mlps.checks.residual.snapshots_test

import data.mlps.checks.residual.snapshots

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(kind, provider, level, facts) := {
	"type": kind,
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_copy(exists, created) := {"source_exists": exists, "created": created}

_finding(days) := {"at": "source_exists", "args": {"days": days, "limit": 180}}

test_aws_snapshot_of_a_volume_passes if {
	resource := _input("compute.snapshot", "aws", 3, _copy(true, "2020-01-01T00:00:00Z"))
	findings := snapshots.deny with input as resource
	findings == set()
}

test_azure_young_snapshot_passes if {
	resource := _input("compute.snapshot", "azure", 3, _copy(false, "2025-03-01T00:00:00Z"))
	findings := snapshots.deny with input as resource
	findings == set()
}

test_aliyun_image_of_an_instance_passes if {
	resource := _input("compute.image", "aliyun", 3, _copy(true, "2024-01-01T00:00:00Z"))
	findings := snapshots.deny with input as resource
	findings == set()
}

test_aws_old_snapshot_fails if {
	resource := _input("compute.snapshot", "aws", 3, _copy(false, "2024-06-01T00:00:00Z"))
	findings := snapshots.deny with input as resource
	findings == {_finding(365)}
}

test_azure_old_image_fails if {
	resource := _input("compute.image", "azure", 4, _copy(false, "2024-12-02T00:00:00Z"))
	findings := snapshots.deny with input as resource
	findings == {_finding(181)}
}

test_aliyun_old_snapshot_fails if {
	resource := _input("compute.snapshot", "aliyun", 2, _copy(false, "2024-11-01T08:00:00+08:00"))
	findings := snapshots.deny with input as resource
	findings == {_finding(212)}
}

test_180_days_pass if {
	resource := _input("compute.snapshot", "aws", 3, _copy(false, "2024-12-03T00:00:00Z"))
	findings := snapshots.deny with input as resource
	findings == set()
}

test_a_copy_whose_source_is_not_told_is_not_judged if {
	resource := _input("compute.image", "aws", 3, _copy(null, "2020-01-01T00:00:00Z"))
	not snapshots.applies with input as resource
	findings := snapshots.deny with input as resource
	findings == set()
}

test_a_copy_whose_source_is_told_is_judged if {
	every exists in [true, false] {
		snapshots.applies with input as _input("compute.snapshot", "aws", 3, _copy(exists, "2025-05-01T00:00:00Z"))
	}
}

test_an_unknown_source_has_no_finding if {
	findings := snapshots.deny with input as _input("compute.snapshot", "aws", 3, {"created": "2020-01-01T00:00:00Z"})
	findings == set()
}

test_an_unknown_age_has_no_finding if {
	findings := snapshots.deny with input as _input("compute.snapshot", "aws", 3, {"source_exists": false})
	findings == set()
}
