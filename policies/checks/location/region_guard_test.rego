package mlps.checks.location.region_guard_test

import data.mlps.checks.location.region_guard

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

_mainland := {"aws": ["cn-north-1"], "azure": ["chinanorth3", "global"], "aliyun": ["cn-hangzhou", "cn-beijing"]}

_abroad := {"aws": "us-east-1", "azure": "eastasia", "aliyun": "cn-hongkong"}

_aliyun_abroad := [
	"ap-northeast-1",
	"ap-northeast-2",
	"ap-southeast-1",
	"ap-southeast-3",
	"ap-southeast-5",
	"ap-southeast-6",
	"ap-southeast-7",
	"cn-hongkong",
	"eu-central-1",
	"eu-west-1",
	"me-central-1",
	"me-east-1",
	"na-south-1",
	"us-east-1",
	"us-west-1",
]

_only(regions) := {"kind": "scp", "id": "p-1", "denies_regions": null, "only_regions": regions}

_denies(regions) := {"kind": "control-policy", "id": "cp-1", "denies_regions": regions, "only_regions": null}

_guardrails(list) := {"guardrails": list}

test_a_policy_that_leaves_the_mainland_passes if {
	every provider, regions in _mainland {
		findings := region_guard.deny with input as _input(provider, 3, _guardrails([_only(regions)]))
		findings == set()
	}
}

test_a_second_policy_is_enough if {
	findings := region_guard.deny with input as _input("aws", 3, _guardrails([_only(null), _only(["cn-north-1"])]))
	findings == set()
}

test_no_policy_fails if {
	every provider in ["aws", "azure"] {
		findings := region_guard.deny with input as _input(provider, 3, _guardrails([]))
		findings == {{"at": "guardrails", "args": {"open": "*"}}}
	}
}

test_aliyun_without_a_policy_fails if {
	findings := region_guard.deny with input as _input("aliyun", 4, _guardrails([]))
	findings == {{"at": "guardrails", "args": {"open": concat(", ", _aliyun_abroad)}}}
}

test_a_policy_about_something_else_fails if {
	every provider in ["aws", "azure"] {
		findings := region_guard.deny with input as _input(provider, 3, _guardrails([_only(null)]))
		findings == {{"at": "guardrails", "args": {"open": "*"}}}
	}
}

test_a_policy_that_leaves_a_region_abroad_fails if {
	every provider in ["aws", "azure"] {
		regions := array.concat(_mainland[provider], [_abroad[provider]])
		findings := region_guard.deny with input as _input(provider, 3, _guardrails([_only(regions)]))
		findings == {{"at": "guardrails", "args": {"open": "*"}}}
	}
}

test_a_policy_that_leaves_no_region_is_none if {
	findings := region_guard.deny with input as _input("aws", 3, _guardrails([_only([])]))
	findings == {{"at": "guardrails", "args": {"open": "*"}}}
}

test_regions_that_are_only_named_fail if {
	every provider in ["aws", "azure"] {
		findings := region_guard.deny with input as _input(provider, 3, _guardrails([_denies([_abroad[provider]])]))
		findings == {{"at": "guardrails", "args": {"open": "*"}}}
	}
}

test_aliyun_names_of_every_region_pass if {
	findings := region_guard.deny with input as _input("aliyun", 3, _guardrails([_denies(_aliyun_abroad)]))
	findings == set()
}

test_aliyun_names_in_two_policies_pass if {
	halves := [
		_denies(array.slice(_aliyun_abroad, 0, 7)),
		_denies(array.slice(_aliyun_abroad, 7, 15)),
	]
	findings := region_guard.deny with input as _input("aliyun", 3, _guardrails(halves))
	findings == set()
}

test_aliyun_regions_that_are_left_open_fail if {
	some_of_them := [region | some region in _aliyun_abroad; not region in {"cn-hongkong", "us-west-1"}]
	findings := region_guard.deny with input as _input("aliyun", 3, _guardrails([_denies(some_of_them)]))
	findings == {{"at": "guardrails", "args": {"open": "cn-hongkong, us-west-1"}}}
}

test_a_declared_region_may_stay_open if {
	closed := [region | some region in _aliyun_abroad; region != "cn-hongkong"]
	declared := object.union(
		_input("aliyun", 3, _guardrails([_denies(closed)])),
		{"context": {"allowed_regions": ["cn-hangzhou", "cn-hongkong"]}},
	)
	findings := region_guard.deny with input as declared
	findings == set()
}

test_more_than_the_declared_regions_fails if {
	declared := object.union(
		_input("aws", 3, _guardrails([_only(["eu-west-1", "eu-north-1"])])),
		{"context": {"allowed_regions": ["eu-west-1"]}},
	)
	findings := region_guard.deny with input as declared
	findings == {{"at": "guardrails", "args": {"open": "*"}}}
}

test_below_level_3_nothing_is_asked if {
	every level in [1, 2] {
		findings := region_guard.deny with input as _input("aliyun", level, _guardrails([]))
		findings == set()
		not region_guard.applies with input as _input("aliyun", level, _guardrails([]))
	}
}

test_from_level_3_on_accounts_are_judged if {
	every level in [3, 4] {
		region_guard.applies with input as _input("aliyun", level, _guardrails([]))
	}
}

test_unknown_has_no_finding if {
	every provider, _ in _accounts {
		findings := region_guard.deny with input as _input(provider, 3, {})
		findings == set()
	}
}

# The finding points to what is not known, and so becomes unknown.
test_an_unknown_policy_points_to_the_policies if {
	findings := region_guard.deny with input as _input("aws", 3, _guardrails([{"kind": "scp", "id": "p-1"}]))
	findings == {{"at": "guardrails", "args": {"open": "*"}}}
}
