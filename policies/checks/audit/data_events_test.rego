package mlps.checks.audit.data_events_test

import data.mlps.checks.audit.data_events

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

_trail(logging, reads, kinds) := {"logging": logging, "management_reads": reads, "data_events": kinds}

_objects := {"at": "trails", "args": {"events": "AWS::S3::Object"}}

_reads := {"at": "trails", "args": {"events": "Management/Read"}}

test_aws_objects_and_reads_pass if {
	findings := data_events.deny with input as _input("aws", 3, {"trails": [_trail(true, true, ["AWS::S3::Object"])]})
	findings == set()
}

test_aliyun_objects_and_reads_pass if {
	findings := data_events.deny with input as _input("aliyun", 3, {"trails": [_trail(true, true, ["Oss"])]})
	findings == set()
}

test_two_trails_share_the_work if {
	findings := data_events.deny with input as _input("aws", 4, {"trails": [
		_trail(true, true, []),
		_trail(true, false, ["AWS::Lambda::Function", "AWS::S3::Object"]),
	]})
	findings == set()
}

test_aws_management_events_alone_fail if {
	findings := data_events.deny with input as _input("aws", 3, {"trails": [_trail(true, true, [])]})
	findings == {_objects}
}

test_aws_other_data_events_fail if {
	trails := [_trail(true, true, ["AWS::Lambda::Function", "AWS::DynamoDB::Table"])]
	findings := data_events.deny with input as _input("aws", 3, {"trails": trails})
	findings == {_objects}
}

test_aliyun_writes_alone_fail if {
	findings := data_events.deny with input as _input("aliyun", 3, {"trails": [_trail(true, false, ["Oss"])]})
	findings == {_reads}
}

test_a_stopped_trail_records_nothing if {
	findings := data_events.deny with input as _input("aws", 3, {"trails": [_trail(false, true, ["AWS::S3::Object"])]})
	findings == {_objects, _reads}
}

test_no_trail_fails if {
	every provider, kind in {"aws": "AWS::S3::Object", "aliyun": "Oss"} {
		findings := data_events.deny with input as _input(provider, 3, {"trails": []})
		findings == {{"at": "trails", "args": {"events": kind}}, _reads}
	}
}

test_azure_is_not_judged if {
	findings := data_events.deny with input as _input("azure", 3, {"trails": []})
	findings == set()
	not data_events.applies with input as _input("azure", 3, {"trails": []})
}

test_level_2_is_not_judged if {
	findings := data_events.deny with input as _input("aws", 2, {"trails": []})
	findings == set()
	not data_events.applies with input as _input("aws", 2, {"trails": []})
}

test_level_3_is_judged if {
	every provider in ["aws", "aliyun"] {
		data_events.applies with input as _input(provider, 3, {"trails": []})
	}
}

test_unknown_events_point_above_them if {
	findings := data_events.deny with input as _input("aws", 3, {"trails": [{"logging": true}]})
	findings == {_objects, _reads}
}

test_unknown_has_no_finding if {
	findings := data_events.deny with input as _input("aws", 3, {})
	findings == set()
}
