package mlps.checks.boundary.database_public_test

import data.mlps.checks.boundary.database_public

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "database.instance",
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

test_aws_private_passes if {
	findings := database_public.deny with input as _input("aws", 3, {"exposure": {
		"public": false,
		"via": [],
	}})
	findings == set()
}

test_azure_private_passes if {
	findings := database_public.deny with input as _input("azure", 3, {"exposure": {
		"public": false,
		"via": [],
	}})
	findings == set()
}

test_aliyun_private_passes if {
	findings := database_public.deny with input as _input("aliyun", 3, {"exposure": {
		"public": false,
		"via": [],
	}})
	findings == set()
}

test_aws_public_fails if {
	findings := database_public.deny with input as _input("aws", 3, {"exposure": {
		"public": true,
		"via": ["endpoint"],
	}})
	findings == {{"at": "exposure/public", "args": {}}}
}

test_azure_public_fails if {
	findings := database_public.deny with input as _input("azure", 3, {"exposure": {
		"public": true,
		"via": ["endpoint"],
	}})
	findings == {{"at": "exposure/public", "args": {}}}
}

test_aliyun_public_fails if {
	findings := database_public.deny with input as _input("aliyun", 3, {"exposure": {
		"public": true,
		"via": ["endpoint"],
	}})
	findings == {{"at": "exposure/public", "args": {}}}
}

test_unknown_reachability_has_no_finding if {
	findings := database_public.deny with input as _input("aws", 3, {"exposure": {"via": []}})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := database_public.deny with input as _input("aws", 3, {})
	findings == set()
}

_topic(public) := object.union(
	_input("aws", 3, {"exposure": {"public": public, "via": ["policy"]}}),
	{"type": "queue.topic"},
)

test_closed_queue_passes if {
	findings := database_public.deny with input as _topic(false)
	findings == set()
}

test_queue_open_to_anyone_fails if {
	findings := database_public.deny with input as _topic(true)
	findings == {{"at": "exposure/public", "args": {}}}
}
