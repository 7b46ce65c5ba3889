package mlps.checks.audit.vm_operations_test

import data.mlps.checks.audit.vm_operations

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

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

test_aws_all_alarms_pass if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": [
		{"on": "vm-create", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
	]})
	findings == set()
}

test_azure_all_alarms_pass if {
	findings := vm_operations.deny with input as _input("azure", 3, {"alarms": [
		{"on": "vm-create", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
	]})
	findings == set()
}

test_aliyun_all_alarms_pass if {
	findings := vm_operations.deny with input as _input("aliyun", 3, {"alarms": [
		{"on": "vm-create", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
	]})
	findings == set()
}

test_aws_without_alarms_fails if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": []})
	findings == {
		{"at": "alarms", "args": {"operation": "vm-create"}},
		{"at": "alarms", "args": {"operation": "vm-delete"}},
		{"at": "alarms", "args": {"operation": "vm-reboot"}},
		{"at": "alarms", "args": {"operation": "policy-change"}},
	}
}

test_azure_without_alarms_fails if {
	findings := vm_operations.deny with input as _input("azure", 3, {"alarms": []})
	findings == {
		{"at": "alarms", "args": {"operation": "vm-create"}},
		{"at": "alarms", "args": {"operation": "vm-delete"}},
		{"at": "alarms", "args": {"operation": "vm-reboot"}},
		{"at": "alarms", "args": {"operation": "policy-change"}},
	}
}

test_aliyun_without_alarms_fails if {
	findings := vm_operations.deny with input as _input("aliyun", 3, {"alarms": []})
	findings == {
		{"at": "alarms", "args": {"operation": "vm-create"}},
		{"at": "alarms", "args": {"operation": "vm-delete"}},
		{"at": "alarms", "args": {"operation": "vm-reboot"}},
		{"at": "alarms", "args": {"operation": "policy-change"}},
	}
}

test_a_missing_alarm_fails if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": [
		{"on": "vm-create", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
	]})
	findings == {{"at": "alarms", "args": {"operation": "policy-change"}}}
}

test_a_silent_alarm_fails if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": [
		{"on": "vm-create", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": []},
	]})
	findings == {{"at": "alarms", "args": {"operation": "policy-change"}}}
}

test_an_inactive_alarm_fails if {
	findings := vm_operations.deny with input as _input("aliyun", 3, {"alarms": [
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-create", "active": false, "notifies": ["security@example.com"]},
	]})
	findings == {{"at": "alarms", "args": {"operation": "vm-create"}}}
}

test_a_second_alarm_counts if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": [
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-create", "active": false, "notifies": ["security@example.com"]},
		{"on": "vm-create", "active": true, "notifies": ["security@example.com"]},
	]})
	findings == set()
}

test_other_alarms_do_not_count if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": [
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
		{"on": "root-use", "active": true, "notifies": ["security@example.com"]},
	]})
	findings == {{"at": "alarms", "args": {"operation": "vm-create"}}}
}

test_an_unknown_alarm_points_above_it if {
	findings := vm_operations.deny with input as _input("aws", 3, {"alarms": [
		{"on": "vm-delete", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-reboot", "active": true, "notifies": ["security@example.com"]},
		{"on": "policy-change", "active": true, "notifies": ["security@example.com"]},
		{"on": "vm-create"},
	]})
	findings == {{"at": "alarms", "args": {"operation": "vm-create"}}}
}

test_level_2_needs_no_alarm if {
	findings := vm_operations.deny with input as _input("aws", 2, {"alarms": []})
	findings == set()
	not vm_operations.applies with input as _input("aws", 2, {"alarms": []})
}

test_level_3_is_judged if {
	vm_operations.applies with input as _input("aws", 3, {"alarms": []})
}

test_unknown_has_no_finding if {
	findings := vm_operations.deny with input as _input("aws", 3, {})
	findings == set()
}
