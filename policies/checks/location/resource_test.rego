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

test_abroad_fails if {
	every provider, place in {"aws": ["us-east-1", "US"], "azure": ["westeurope", "NL"], "aliyun": ["cn-hongkong", "HK"]} {
		findings := resource.deny with input as _with(
			provider, 3, {},
			{"region": place[0], "country": place[1]},
		)
		findings == {{"at": "region", "args": {"region": place[0], "country": place[1]}}}
	}
}

test_a_region_abroad_of_unknown_country_fails if {
	findings := resource.deny with input as _with(
		"aws", 3, {},
		{"region": "xx-new-1", "country": null},
	)
	findings == {{"at": "region", "args": {"region": "xx-new-1", "country": "?"}}}
}

test_a_mainland_name_in_another_country_fails if {
	findings := resource.deny with input as _with(
		"aliyun", 3, {},
		{"region": "cn-macao", "country": "MO"},
	)
	findings == {{"at": "country", "args": {"region": "cn-macao", "country": "MO"}}}
}

# It is unknown, as the document's list of what is unknown has the country.
test_a_mainland_name_of_unknown_country_points_at_it if {
	findings := resource.deny with input as _with(
		"aliyun", 3, {},
		{"region": "cn-new-1", "country": null},
	)
	findings == {{"at": "country", "args": {"region": "cn-new-1", "country": "?"}}}
}

test_an_unknown_region_points_at_the_country if {
	findings := resource.deny with input as _with(
		"aws", 3, {},
		{"region": "", "country": null},
	)
	findings == {{"at": "country", "args": {"region": "", "country": "?"}}}
}

test_declared_regions_are_allowed_wherever_they_are if {
	declared := {"allowed_regions": ["cn-hangzhou", "cn-hongkong", "cn-new-1"]}
	every region, country in {"cn-hangzhou": "CN", "cn-hongkong": "HK", "cn-new-1": null} {
		findings := resource.deny with input as _with(
			"aliyun", 3, {},
			{"region": region, "country": country, "context": declared},
		)
		findings == set()
	}
}

test_other_regions_than_the_declared_fail if {
	findings := resource.deny with input as _with(
		"aliyun", 3, {},
		{"region": "cn-beijing", "context": {"allowed_regions": ["cn-hangzhou"]}},
	)
	findings == {{"at": "region", "args": {"region": "cn-beijing", "country": "CN"}}}
}

test_no_declared_region_means_the_mainland if {
	every region, expected in {"cn-beijing": 0, "ap-southeast-1": 1} {
		findings := resource.deny with input as _with(
			"aliyun", 3, {},
			{"region": region, "context": {"allowed_regions": []}},
		)
		count(findings) == expected
	}
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
