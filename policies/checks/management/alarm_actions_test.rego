package mlps.checks.management.alarm_actions_test

import data.mlps.checks.management.alarm_actions

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "monitor.alarm",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_alarm_with_a_topic_passes if {
	resource := _input("aws", 3, {
		"enabled": true,
		"actions": ["arn:aws-cn:sns:cn-north-1:111122223333:ops"],
	})
	findings := alarm_actions.deny with input as resource
	findings == set()
}

test_azure_alert_with_an_action_group_passes if {
	resource := _input("azure", 3, {"enabled": true, "actions": ["ops"]})
	findings := alarm_actions.deny with input as resource
	findings == set()
}

test_aliyun_rule_with_contacts_passes if {
	resource := _input("aliyun", 3, {"enabled": true, "actions": ["ops"]})
	findings := alarm_actions.deny with input as resource
	findings == set()
}

test_aws_alarm_without_actions_fails if {
	resource := _input("aws", 3, {"enabled": true, "actions": []})
	findings := alarm_actions.deny with input as resource
	findings == {{"at": "actions", "args": {"enabled": true, "actions": 0}}}
}

test_azure_alert_switched_off_fails if {
	resource := _input("azure", 3, {"enabled": false, "actions": ["ops"]})
	findings := alarm_actions.deny with input as resource
	findings == {{"at": "enabled", "args": {"enabled": false, "actions": 1}}}
}

test_aliyun_rule_switched_off_and_silent_is_one_finding if {
	resource := _input("aliyun", 3, {"enabled": false, "actions": []})
	findings := alarm_actions.deny with input as resource
	findings == {{"at": "enabled", "args": {"enabled": false, "actions": 0}}}
}

test_switched_off_fails_where_the_actions_are_unknown if {
	resource := _input("aws", 3, {"enabled": false})
	findings := alarm_actions.deny with input as resource
	findings == {{"at": "enabled", "args": {"enabled": false, "actions": "-"}}}
}

test_unknown_actions_have_no_finding if {
	resource := _input("aws", 3, {"enabled": true})
	findings := alarm_actions.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := alarm_actions.deny with input as resource
	findings == set()
}
