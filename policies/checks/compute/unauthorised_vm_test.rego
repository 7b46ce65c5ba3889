package mlps.checks.compute.unauthorised_vm_test

import data.mlps.checks.compute.unauthorised_vm

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

test_aws_alarm_passes if {
	facts := {"alarms": [{"on": "vm-create", "active": true, "notifies": ["ops"]}]}
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 3, facts)
	findings == set()
}

test_azure_alarm_passes if {
	facts := {"alarms": [{"on": "vm-create", "active": true, "notifies": ["ops"]}]}
	findings := unauthorised_vm.deny with input as _input("azure", "account.audit", 3, facts)
	findings == set()
}

test_aliyun_alarm_passes if {
	facts := {"alarms": [{"on": "vm-create", "active": true, "notifies": ["ops"]}]}
	findings := unauthorised_vm.deny with input as _input("aliyun", "account.audit", 3, facts)
	findings == set()
}

test_aws_no_alarm_fails if {
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 3, {"alarms": []})
	findings == {{"at": "alarms", "args": {}}}
}

test_azure_no_alarm_fails if {
	findings := unauthorised_vm.deny with input as _input("azure", "account.audit", 3, {"alarms": []})
	findings == {{"at": "alarms", "args": {}}}
}

test_aliyun_no_alarm_fails if {
	findings := unauthorised_vm.deny with input as _input("aliyun", "account.audit", 3, {"alarms": []})
	findings == {{"at": "alarms", "args": {}}}
}

test_an_alarm_that_is_off_fails if {
	facts := {"alarms": [{"on": "vm-create", "active": false, "notifies": ["ops"]}]}
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 3, facts)
	findings == {{"at": "alarms", "args": {}}}
}

test_an_alarm_for_nobody_fails if {
	facts := {"alarms": [{"on": "vm-create", "active": true, "notifies": []}]}
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 3, facts)
	findings == {{"at": "alarms", "args": {}}}
}

test_another_alarm_fails if {
	facts := {"alarms": [{"on": "vm-delete", "active": true, "notifies": ["ops"]}]}
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 3, facts)
	findings == {{"at": "alarms", "args": {}}}
}

test_level_2_has_no_finding if {
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 2, {"alarms": []})
	findings == set()
}

test_level_2_is_not_judged if {
	not unauthorised_vm.applies with input as _input("aws", "account.audit", 2, {"alarms": []})
}

test_level_3_is_judged if {
	unauthorised_vm.applies with input as _input("aws", "account.audit", 3, {"alarms": []})
}

test_unknown_has_no_finding if {
	findings := unauthorised_vm.deny with input as _input("aws", "account.audit", 3, {})
	findings == set()
}
