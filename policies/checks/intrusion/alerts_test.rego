package mlps.checks.intrusion.alerts_test

import data.mlps.checks.intrusion.alerts

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.threat_detection",
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

_channel(changes) := object.union({"channel": "email", "minimum_severity": "medium", "active": true}, changes)

_silent(channels) := {{"at": "notifications", "args": {"channels": channels}}}

test_aws_topic_passes if {
	findings := alerts.deny with input as _input("aws", 3, {"notifications": [_channel({"channel": "sns"})]})
	findings == set()
}

test_azure_contact_passes if {
	findings := alerts.deny with input as _input("azure", 3, {"notifications": [_channel({"minimum_severity": "high"})]})
	findings == set()
}

test_aliyun_second_channel_passes if {
	findings := alerts.deny with input as _input("aliyun", 4, {"notifications": [
		_channel({"channel": "sms", "active": false}),
		_channel({"minimum_severity": "low"}),
	]})
	findings == set()
}

test_every_severity_up_to_high_passes if {
	every severity in ["informational", "low", "medium", "high"] {
		findings := alerts.deny with input as _input("aws", 3, {"notifications": [_channel({"minimum_severity": severity})]})
		findings == set()
	}
}

test_aws_without_channel_fails if {
	findings := alerts.deny with input as _input("aws", 3, {"notifications": []})
	findings == {{"at": "notifications", "args": {"channels": 0}}}
}

test_azure_critical_alone_fails if {
	facts := {"notifications": [_channel({"minimum_severity": "critical"})]}
	findings := alerts.deny with input as _input("azure", 3, facts)
	findings == _silent(1)
}

test_aliyun_inactive_channels_fail if {
	findings := alerts.deny with input as _input("aliyun", 3, {"notifications": [
		_channel({"active": false}),
		_channel({"channel": "sms", "active": false}),
	]})
	findings == {{"at": "notifications/0/active", "args": {"channels": 2}}}
}

# Azure's older contacts do not tell the severity.
test_azure_contact_that_is_off_fails_whatever_it_would_tell if {
	facts := {"notifications": [{"channel": "email", "active": false}]}
	findings := alerts.deny with input as _input("azure", 3, facts)
	findings == {{"at": "notifications/0/active", "args": {"channels": 1}}}
}

test_two_halves_of_a_channel_fail if {
	findings := alerts.deny with input as _input("aws", 3, {"notifications": [
		_channel({"active": false}),
		_channel({"minimum_severity": "critical"}),
	]})
	findings == _silent(2)
}

test_below_level_3_there_is_no_finding if {
	every level in [1, 2] {
		findings := alerts.deny with input as _input("aws", level, {"notifications": []})
		findings == set()
	}
}

test_below_level_3_it_is_not_judged if {
	every level in [1, 2] {
		not alerts.applies with input as _input("aws", level, {"notifications": []})
	}
}

test_from_level_3_on_it_is_judged if {
	every level in [3, 4] {
		alerts.applies with input as _input("aws", level, {"notifications": []})
	}
}

# The finding points above what is not known: the verdict is unknown.
test_an_unknown_channel_points_above_it if {
	every part in ["active", "minimum_severity"] {
		findings := alerts.deny with input as _input("aws", 3, {"notifications": [object.remove(_channel({}), [part])]})
		findings == _silent(1)
	}
}

test_unknown_has_no_finding if {
	findings := alerts.deny with input as _input("aws", 3, {})
	findings == set()
}
