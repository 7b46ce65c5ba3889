package mlps.checks.data.secret_rotation_test

import data.mlps.checks.data.secret_rotation

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "key.secret",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_secret(days, last) := {"rotation_days": days, "last_rotated": last}

test_aws_rotating_secret_passes if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(30, "2025-05-20T08:00:00Z"))
	findings == set()
}

test_azure_secret_changed_by_hand_passes if {
	findings := secret_rotation.deny with input as _input("azure", 3, _secret(null, "2025-03-03T00:00:00Z"))
	findings == set()
}

test_aliyun_rotating_secret_passes if {
	findings := secret_rotation.deny with input as _input("aliyun", 4, _secret(90, "2025-03-10T00:00:00Z"))
	findings == set()
}

test_aws_secret_never_changed_fails if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(null, null))
	findings == {{"at": "rotation_days", "args": {"days": "-", "limit": 90}}}
}

test_azure_old_secret_fails if {
	findings := secret_rotation.deny with input as _input("azure", 3, _secret(null, "2025-03-02T00:00:00Z"))
	findings == {{"at": "last_rotated", "args": {"days": 91, "limit": 90}}}
}

test_aliyun_slow_rotation_fails if {
	findings := secret_rotation.deny with input as _input("aliyun", 2, _secret(365, "2025-05-01T00:00:00Z"))
	findings == {{"at": "rotation_days", "args": {"days": 365, "limit": 90}}}
}

test_level_1_allows_180_days if {
	findings := secret_rotation.deny with input as _input("aliyun", 1, _secret(180, "2025-05-01T00:00:00Z"))
	findings == set()
}

test_more_than_180_days_fail_at_level_1 if {
	findings := secret_rotation.deny with input as _input("azure", 1, _secret(null, "2024-12-02T00:00:00Z"))
	findings == {{"at": "last_rotated", "args": {"days": 181, "limit": 180}}}
}

test_a_slow_rotation_is_one_finding if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(365, "2024-08-01T00:00:00Z"))
	findings == {{"at": "rotation_days", "args": {"days": 365, "limit": 90}}}
}

test_a_rotation_that_is_on_and_never_ran_passes if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(30, null))
	findings == set()
}

test_a_rotation_a_few_days_late_passes if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(90, "2025-02-24T00:00:00Z"))
	findings == set()
}

test_a_rotation_that_does_not_happen_fails if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(30, "2025-02-23T00:00:00Z"))
	findings == {{"at": "last_rotated", "args": {"days": 98, "limit": 90}}}
}

test_a_moment_that_cannot_be_read_has_no_finding if {
	findings := secret_rotation.deny with input as _input("aws", 3, _secret(null, "last year"))
	findings == set()
}

test_an_unknown_last_change_has_no_finding if {
	findings := secret_rotation.deny with input as _input("aws", 3, {"rotation_days": null})
	findings == set()
}

test_an_unknown_rotation_has_no_finding if {
	findings := secret_rotation.deny with input as _input("aws", 3, {"last_rotated": "2020-01-01T00:00:00Z"})
	findings == set()
}
