package mlps.checks.location.resource_test

import data.mlps.checks.location.resource

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "storage.bucket",
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

# The same with parts of the envelope replaced.
_with(provider, level, facts, envelope) := object.union(_input(provider, level, facts), envelope)

test_aws_mainland_passes if {
	findings := resource.deny with input as _input("aws", 3, {})
	findings == set()
}

test_azure_mainland_passes if {
	findings := resource.deny with input as _input("azure", 3, {})
	findings == set()
}

test_aliyun_mainland_passes if {
	findings := resource.deny with input as _input("aliyun", 3, {})
	findings == set()
}

test_aws_abroad_fails if {
	findings := resource.deny with input as _with(
		"aws", 3, {},
		{"region": "us-east-1", "country": "US"},
	)
	findings == {{"at": "country", "args": {"region": "us-east-1", "country": "US"}}}
}

test_azure_abroad_fails if {
	findings := resource.deny with input as _with(
		"azure", 3, {},
		{"region": "westeurope", "country": "NL"},
	)
	findings == {{"at": "country", "args": {"region": "westeurope", "country": "NL"}}}
}

test_aliyun_hong_kong_fails if {
	findings := resource.deny with input as _with(
		"aliyun", 3, {},
		{"region": "cn-hongkong", "country": "HK"},
	)
	findings == {{"at": "country", "args": {"region": "cn-hongkong", "country": "HK"}}}
}

test_a_region_of_unknown_country_points_at_it if {
	findings := resource.deny with input as _with(
		"aws", 3, {},
		{"region": "xx-new-1", "country": null},
	)
	findings == {{"at": "country", "args": {"region": "xx-new-1", "country": "?"}}}
}

test_a_global_resource_has_no_finding if {
	findings := resource.deny with input as _with(
		"aws", 3, {},
		{"region": "global", "country": null},
	)
	findings == set()
}

test_a_global_resource_is_not_judged if {
	not resource.applies with input as _with(
		"aws", 3, {},
		{"region": "global", "country": null},
	)
}

test_a_regional_resource_is_judged if {
	resource.applies with input as _input("aws", 3, {})
}
