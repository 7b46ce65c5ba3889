package mlps.checks.audit.identity_changes_test

import data.mlps.checks.audit.identity_changes

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_trails := {
	"aws": [{"id": "arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/main"}],
	"azure": [{"id": "activity"}],
	"aliyun": [{"id": "main"}],
}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.audit",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": null,
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_everywhere := ["policy-change", "trail-change", "key-deletion", "firewall-change"]

_alarm(operation) := {"on": operation, "active": true, "notifies": ["security@example.com"]}

_alarms(operations) := [_alarm(operation) | some operation in operations]

_with_alarms(provider, level, alarms) := _input(provider, level, {"trails": _trails[provider], "alarms": alarms})

test_aws_in_china_needs_no_alarm_on_root_and_passes if {
	findings := identity_changes.deny with input as _with_alarms("aws", 3, _alarms(_everywhere))
	findings == set()
}

test_azure_needs_no_alarm_on_root_and_passes if {
	findings := identity_changes.deny with input as _with_alarms("azure", 3, _alarms(_everywhere))
	findings == set()
}

test_aliyun_all_alarms_pass if {
	findings := identity_changes.deny with input as _with_alarms(
		"aliyun", 3,
		_alarms(array.concat(_everywhere, ["root-use"])),
	)
	findings == set()
}

test_aws_without_alarms_fails if {
	findings := identity_changes.deny with input as _with_alarms("aws", 3, [])
	findings == {{"at": "alarms", "args": {"operation": operation}} | some operation in _everywhere}
}

test_aws_in_china_with_one_alarm_of_four_fails if {
	findings := identity_changes.deny with input as _with_alarms("aws", 3, [_alarm("policy-change")])
	findings == {
		{"at": "alarms", "args": {"operation": "trail-change"}},
		{"at": "alarms", "args": {"operation": "key-deletion"}},
		{"at": "alarms", "args": {"operation": "firewall-change"}},
	}
}

test_azure_with_a_silent_alarm_fails if {
	alarms := array.concat(
		_alarms(["policy-change", "trail-change", "key-deletion"]),
		[{"on": "firewall-change", "active": true, "notifies": []}],
	)
	findings := identity_changes.deny with input as _with_alarms("azure", 4, alarms)
	findings == {{"at": "alarms", "args": {"operation": "firewall-change"}}}
}

test_aliyun_without_an_alarm_on_the_main_account_fails if {
	findings := identity_changes.deny with input as _with_alarms("aliyun", 3, _alarms(_everywhere))
	findings == {{"at": "alarms", "args": {"operation": "root-use"}}}
}

test_aws_outside_china_has_a_root_user if {
	findings := identity_changes.deny with input as _input("aws", 3, {
		"trails": [{"id": "arn:aws:cloudtrail:ap-east-1:111122223333:trail/main"}],
		"alarms": _alarms(_everywhere),
	})
	findings == {{"at": "alarms", "args": {"operation": "root-use"}}}
}

test_an_inactive_alarm_fails if {
	alarms := array.concat(
		_alarms(["policy-change", "trail-change", "key-deletion"]),
		[{"on": "firewall-change", "active": false, "notifies": ["security@example.com"]}],
	)
	findings := identity_changes.deny with input as _with_alarms("aws", 3, alarms)
	findings == {{"at": "alarms", "args": {"operation": "firewall-change"}}}
}

test_level_2_needs_no_alarm if {
	findings := identity_changes.deny with input as _with_alarms("aws", 2, [])
	findings == set()
	not identity_changes.applies with input as _with_alarms("aws", 2, [])
}

test_level_3_is_judged if {
	identity_changes.applies with input as _with_alarms("aws", 3, [])
}

test_an_unknown_alarm_points_above_it if {
	alarms := array.concat(_alarms(["policy-change", "trail-change", "key-deletion"]), [{"on": "firewall-change"}])
	findings := identity_changes.deny with input as _with_alarms("aws", 3, alarms)
	findings == {{"at": "alarms", "args": {"operation": "firewall-change"}}}
}

test_unknown_trails_leave_the_root_user_open if {
	findings := identity_changes.deny with input as _input("aws", 3, {"alarms": _alarms(_everywhere)})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := identity_changes.deny with input as _input("aws", 3, {})
	findings == set()
}
