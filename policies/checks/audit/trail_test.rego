package mlps.checks.audit.trail_test

import data.mlps.checks.audit.trail

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

test_aws_trail_passes if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": true,
		"logging": true,
		"delivery_error": null,
	}]})
	findings == set()
}

test_azure_trail_passes if {
	findings := trail.deny with input as _input("azure", 3, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": true,
		"logging": true,
		"delivery_error": null,
	}]})
	findings == set()
}

test_aliyun_trail_passes if {
	findings := trail.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": true,
		"management_reads": true,
		"logging": true,
		"delivery_error": null,
	}]})
	findings == set()
}

test_aws_without_trail_fails if {
	findings := trail.deny with input as _input("aws", 3, {"trails": []})
	findings == {{"at": "trails", "args": {"trails": 0}}}
}

test_azure_without_trail_fails if {
	findings := trail.deny with input as _input("azure", 3, {"trails": []})
	findings == {{"at": "trails", "args": {"trails": 0}}}
}

test_aliyun_without_trail_fails if {
	findings := trail.deny with input as _input("aliyun", 3, {"trails": []})
	findings == {{"at": "trails", "args": {"trails": 0}}}
}

test_one_good_trail_of_two_passes if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [
		{
			"id": "main",
			"all_regions": true,
			"management_writes": true,
			"logging": false,
			"delivery_error": null,
		},
		{
			"id": "second",
			"all_regions": true,
			"management_writes": true,
			"logging": true,
			"delivery_error": null,
		},
	]})
	findings == set()
}

test_a_trail_of_one_region_fails if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"all_regions": false,
		"management_writes": true,
		"logging": true,
		"delivery_error": null,
	}]})
	findings == {{"at": "trails/0/all_regions", "args": {"trails": 1}}}
}

test_a_trail_of_reads_fails if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": false,
		"logging": true,
		"delivery_error": null,
	}]})
	findings == {{"at": "trails/0/management_writes", "args": {"trails": 1}}}
}

test_a_stopped_trail_fails if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": true,
		"logging": false,
		"delivery_error": null,
	}]})
	findings == {{"at": "trails/0/logging", "args": {"trails": 1}}}
}

test_a_trail_that_cannot_deliver_fails if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": true,
		"logging": true,
		"delivery_error": "AccessDenied",
	}]})
	findings == {{"at": "trails", "args": {"trails": 1}}}
}

test_aliyun_trail_without_reads_fails if {
	findings := trail.deny with input as _input("aliyun", 2, {"trails": [{
		"id": "main",
		"all_regions": true,
		"management_writes": true,
		"management_reads": false,
		"logging": true,
		"delivery_error": null,
	}]})
	findings == {{"at": "trails", "args": {"trails": 1}}}
}

test_other_clouds_need_no_reads if {
	every provider in ["aws", "azure"] {
		findings := trail.deny with input as _input(provider, 2, {"trails": [{
			"id": "main",
			"all_regions": true,
			"management_writes": true,
			"management_reads": false,
			"logging": true,
			"delivery_error": null,
		}]})
		findings == set()
	}
}

test_two_trails_that_do_half_each_fail if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [
		{
			"id": "main",
			"all_regions": false,
			"management_writes": true,
			"logging": true,
			"delivery_error": null,
		},
		{
			"id": "second",
			"all_regions": true,
			"management_writes": false,
			"logging": true,
			"delivery_error": null,
		},
	]})
	findings == {{"at": "trails", "args": {"trails": 2}}}
}

test_a_stopped_trail_fails_whatever_it_records if {
	findings := trail.deny with input as _input("aliyun", 3, {"trails": [{"id": "main", "logging": false}]})
	findings == {{"at": "trails/0/logging", "args": {"trails": 1}}}
}

test_a_stopped_trail_beside_an_unknown_one_points_above_both if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{"id": "main", "logging": false}, {"id": "other"}]})
	findings == {{"at": "trails", "args": {"trails": 2}}}
}

test_an_unknown_trail_points_above_it if {
	findings := trail.deny with input as _input("aws", 3, {"trails": [{"id": "main", "all_regions": true}]})
	findings == {{"at": "trails", "args": {"trails": 1}}}
}

test_unknown_has_no_finding if {
	findings := trail.deny with input as _input("aws", 3, {})
	findings == set()
}
