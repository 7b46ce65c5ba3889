package mlps.checks.location.unused_regions_test

import data.mlps.checks.location.unused_regions

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.configuration",
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

_mainland := {
	"aws": ["cn-north-1", "cn-northwest-1"],
	"azure": ["chinanorth3", "chinaeast2"],
	"aliyun": ["cn-hangzhou", "cn-beijing"],
}

_abroad := {"aws": "us-east-1", "azure": "southeastasia", "aliyun": "cn-hongkong"}

test_mainland_regions_pass if {
	every provider, regions in _mainland {
		findings := unused_regions.deny with input as _input(provider, 3, {"regions_in_use": regions})
		findings == set()
	}
}

test_a_region_abroad_fails if {
	every provider, region in _abroad {
		regions := array.concat(_mainland[provider], [region])
		findings := unused_regions.deny with input as _input(provider, 3, {"regions_in_use": regions})
		findings == {{"at": "regions_in_use/2", "args": {"region": region}}}
	}
}

test_each_region_abroad_fails if {
	regions := ["us-east-1", "eu-central-1"]
	findings := unused_regions.deny with input as _input("aliyun", 1, {"regions_in_use": regions})
	findings == {
		{"at": "regions_in_use/0", "args": {"region": "us-east-1"}},
		{"at": "regions_in_use/1", "args": {"region": "eu-central-1"}},
	}
}

test_nothing_in_use_passes if {
	findings := unused_regions.deny with input as _input("aws", 3, {"regions_in_use": []})
	findings == set()
}

test_declared_regions_are_allowed_and_no_others if {
	declared := object.union(
		_input("aliyun", 3, {"regions_in_use": ["cn-hangzhou", "cn-beijing", "cn-hongkong"]}),
		{"context": {"allowed_regions": ["cn-hangzhou", "cn-hongkong"]}},
	)
	findings := unused_regions.deny with input as declared
	findings == {{"at": "regions_in_use/1", "args": {"region": "cn-beijing"}}}
}

test_a_region_that_is_unknown_has_no_finding if {
	findings := unused_regions.deny with input as _input("aws", 3, {"regions_in_use": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := unused_regions.deny with input as _input("aws", 3, {})
	findings == set()
}
