package mlps.checks.management.monitoring_test

import data.mlps.checks.management.monitoring

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, type, level, facts) := {
	"type": type,
	"provider": provider,
	"account": _accounts[provider],
	"region": "cn-north-1",
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_finding(at, lack) := {"at": at, "args": {"lack": lack}}

test_aws_instance_with_an_alarm_passes if {
	resource := _input("aws", "compute.instance", 3, {"alarms": 2, "monitoring": false})
	findings := monitoring.deny with input as resource
	findings == set()
	monitoring.applies with input as resource
}

test_azure_database_with_an_alarm_passes if {
	findings := monitoring.deny with input as _input("azure", "database.instance", 3, {"alarms": 1})
	findings == set()
}

test_aliyun_instance_with_alarm_and_agent_passes if {
	findings := monitoring.deny with input as _input("aliyun", "compute.instance", 4, {"alarms": 1, "monitoring": true})
	findings == set()
}

test_an_alarm_on_existing_resources_passes if {
	resource := _input("aws", "monitor.alarm", 3, {"targets": 1, "target_kind": "instance"})
	findings := monitoring.deny with input as resource
	findings == set()
}

test_aws_load_balancer_without_alarms_fails if {
	findings := monitoring.deny with input as _input("aws", "network.load_balancer", 3, {"alarms": 0})
	findings == {_finding("alarms", "alarms")}
}

test_azure_instance_without_alarm_and_agent_fails if {
	findings := monitoring.deny with input as _input("azure", "compute.instance", 3, {"alarms": 0, "monitoring": false})
	findings == {_finding("alarms", "alarms"), _finding("monitoring", "agent")}
}

test_aliyun_instance_without_agent_fails if {
	findings := monitoring.deny with input as _input("aliyun", "compute.instance", 3, {"alarms": 3, "monitoring": false})
	findings == {_finding("monitoring", "agent")}
}

test_an_alarm_whose_resource_is_gone_fails if {
	resource := _input("aliyun", "monitor.alarm", 3, {"targets": 0, "target_kind": "instance"})
	findings := monitoring.deny with input as resource
	findings == {_finding("targets", "targets")}
}

test_an_alarm_on_a_metric_of_ones_own_passes if {
	findings := monitoring.deny with input as _input("aws", "monitor.alarm", 3, {"targets": 0, "target_kind": "other"})
	findings == set()
}

test_level_2_is_not_judged if {
	resource := _input("aliyun", "compute.instance", 2, {"alarms": 0, "monitoring": false})
	findings := monitoring.deny with input as resource
	findings == set()
	not monitoring.applies with input as resource
}

test_an_alarm_of_an_unknown_kind_has_no_finding if {
	findings := monitoring.deny with input as _input("aws", "monitor.alarm", 3, {"targets": 0})
	findings == set()
}

test_unknown_has_no_finding if {
	every type in ["compute.instance", "database.instance", "network.load_balancer", "monitor.alarm"] {
		findings := monitoring.deny with input as _input("aliyun", type, 3, {})
		findings == set()
	}
}
