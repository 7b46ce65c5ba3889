package mlps.checks.management.config_recorder_test

import data.mlps.checks.management.config_recorder

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.configuration",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_recorder(region, enabled, all_types) := {"region": region, "enabled": enabled, "all_types": all_types}

test_aws_recorded_regions_pass if {
	resource := _input("aws", 3, {
		"recorders": [_recorder("cn-north-1", true, true), _recorder("cn-northwest-1", true, true)],
		"regions_in_use": ["cn-north-1", "cn-northwest-1"],
	})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_azure_recorded_region_passes if {
	resource := _input("azure", 3, {
		"recorders": [_recorder("chinanorth3", true, true)],
		"regions_in_use": ["chinanorth3"],
	})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_aliyun_recorded_region_passes if {
	resource := _input("aliyun", 3, {
		"recorders": [_recorder("cn-beijing", true, true)],
		"regions_in_use": ["cn-beijing"],
	})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_aws_recorder_off_fails if {
	resource := _input("aws", 3, {
		"recorders": [_recorder("cn-north-1", true, true), _recorder("cn-northwest-1", false, false)],
		"regions_in_use": ["cn-north-1", "cn-northwest-1"],
	})
	findings := config_recorder.deny with input as resource
	findings == {{"at": "recorders/1/enabled", "args": {"region": "cn-northwest-1"}}}
}

test_azure_partial_recorder_fails if {
	resource := _input("azure", 3, {
		"recorders": [_recorder("chinanorth3", true, false)],
		"regions_in_use": ["chinanorth3"],
	})
	findings := config_recorder.deny with input as resource
	findings == {{"at": "recorders/0/all_types", "args": {"region": "chinanorth3"}}}
}

test_aliyun_region_of_no_recorder_fails if {
	resource := _input("aliyun", 3, {"recorders": [], "regions_in_use": ["cn-beijing"]})
	findings := config_recorder.deny with input as resource
	findings == {{"at": "recorders", "args": {"region": "cn-beijing"}}}
}

test_a_region_not_in_use_has_no_finding if {
	resource := _input("aws", 3, {
		"recorders": [_recorder("cn-north-1", false, false), _recorder("cn-northwest-1", true, true)],
		"regions_in_use": ["cn-northwest-1"],
	})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_what_has_no_region_needs_no_recorder if {
	resource := _input("aws", 3, {
		"recorders": [_recorder("cn-north-1", true, true)],
		"regions_in_use": ["cn-north-1", "global"],
	})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_an_account_of_no_use_is_not_judged if {
	resource := _input("aws", 3, {
		"recorders": [_recorder("cn-north-1", false, false)],
		"regions_in_use": [],
	})
	not config_recorder.applies with input as resource
}

test_an_account_in_use_is_judged if {
	resource := _input("aws", 3, {"recorders": [], "regions_in_use": ["cn-north-1"]})
	config_recorder.applies with input as resource
}

test_a_cloud_that_records_by_itself_is_not_judged if {
	resource := _input("azure", 3, {"recorders": null, "regions_in_use": ["chinanorth3"]})
	findings := config_recorder.deny with input as resource
	findings == set()
	not config_recorder.applies with input as resource
}

test_unknown_recorders_have_no_finding if {
	resource := _input("aws", 3, {"regions_in_use": ["cn-north-1"]})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_an_unknown_region_in_use_has_no_finding if {
	resource := _input("aws", 3, {"recorders": [], "regions_in_use": [null]})
	findings := config_recorder.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := config_recorder.deny with input as resource
	findings == set()
}
