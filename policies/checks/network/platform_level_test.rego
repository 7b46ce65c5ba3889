package mlps.checks.network.platform_level_test

import data.mlps.checks.network.platform_level

_input(level, platforms) := {
	"id": "system/core",
	"type": "system",
	"provider": "aws",
	"account": "",
	"region": "global",
	"country": null,
	"name": "core",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "core",
	"now": "2026-03-01T00:00:00Z",
	"facts": {"level": level, "platforms": platforms},
}

test_a_platform_of_the_same_level_passes if {
	every provider in ["aws", "azure", "aliyun"] {
		findings := platform_level.deny with input as _input(3, [{"provider": provider, "level": 3}])
		findings == set()
	}
}

test_a_platform_of_a_higher_level_passes if {
	findings := platform_level.deny with input as _input(2, [{"provider": "aws", "level": 4}])
	findings == set()
}

test_a_platform_of_a_lower_level_fails if {
	every provider in ["aws", "azure", "aliyun"] {
		findings := platform_level.deny with input as _input(3, [{"provider": provider, "level": 2}])
		findings == {{"at": "platforms/0/level", "args": {"provider": provider, "platform": 2, "level": 3}}}
	}
}

test_each_platform_is_judged if {
	findings := platform_level.deny with input as _input(4, [
		{"provider": "aws", "level": 3},
		{"provider": "aliyun", "level": 4},
		{"provider": "azure", "level": 3},
	])
	findings == {
		{"at": "platforms/0/level", "args": {"provider": "aws", "platform": 3, "level": 4}},
		{"at": "platforms/2/level", "args": {"provider": "azure", "platform": 3, "level": 4}},
	}
}

test_a_platform_of_unknown_level_has_no_finding if {
	findings := platform_level.deny with input as _input(3, [{"provider": "aws"}])
	findings == set()
}

test_unknown_has_no_finding if {
	document := object.remove(_input(3, []), ["facts"])
	findings := platform_level.deny with input as object.union(document, {"facts": {}})
	findings == set()
}
