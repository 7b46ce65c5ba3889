package mlps.checks.network.backend_zones_test

import data.mlps.checks.network.backend_zones

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.load_balancer",
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

_zones := {
	"aws": ["cn-north-1a", "cn-north-1b"],
	"azure": ["1", "2"],
	"aliyun": ["cn-hangzhou-h", "cn-hangzhou-i"],
}

_first(provider) := {"backend_zones": array.slice(_zones[provider], 0, 1)}

test_two_zones_pass if {
	every provider, list in _zones {
		findings := backend_zones.deny with input as _input(provider, 3, {"backend_zones": list})
		findings == set()
	}
}

test_one_zone_fails if {
	every provider, list in _zones {
		findings := backend_zones.deny with input as _input(provider, 3, _first(provider))
		findings == {{"at": "backend_zones", "args": {"zone": list[0], "level": 3}}}
	}
}

test_below_level_3_nothing_is_asked if {
	every level in [1, 2] {
		findings := backend_zones.deny with input as _input("aws", level, _first("aws"))
		findings == set()
		not backend_zones.applies with input as _input("aws", level, _first("aws"))
	}
}

test_machines_are_judged_from_level_3_on if {
	every level in [3, 4] {
		backend_zones.applies with input as _input("aws", level, _first("aws"))
	}
}

test_without_machines_nothing_is_judged if {
	findings := backend_zones.deny with input as _input("aws", 3, {"backend_zones": []})
	findings == set()
	not backend_zones.applies with input as _input("aws", 3, {"backend_zones": []})
}

test_a_region_of_one_zone_is_not_judged if {
	every provider, region in {"azure": "chinaeast2", "aliyun": "cn-fuzhou"} {
		document := object.union(_input(provider, 3, _first(provider)), {"region": region})
		findings := backend_zones.deny with input as document
		findings == set()
		not backend_zones.applies with input as document
	}
}

test_unknown_has_no_finding if {
	findings := backend_zones.deny with input as _input("aws", 3, {})
	findings == set()
}
