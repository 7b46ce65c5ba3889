package mlps.checks.boundary.registry_access_test

import data.mlps.checks.boundary.registry_access

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "registry.repository",
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

_closed := {"public": false, "via": []}

_wide(i, range) := {"at": sprintf("allow_list/%d", [i]), "args": {"range": range}}

test_aws_private_repository_passes if {
	findings := registry_access.deny with input as _input("aws", 3, {"allow_list": [], "exposure": _closed})
	findings == set()
}

test_azure_named_range_passes if {
	findings := registry_access.deny with input as _input("azure", 3, {
		"allow_list": ["203.0.113.0/24"],
		"exposure": _closed,
	})
	findings == set()
}

test_aliyun_whitelist_passes if {
	findings := registry_access.deny with input as _input("aliyun", 3, {
		"allow_list": ["127.0.0.1/32", "203.0.113.7/32"],
		"exposure": _closed,
	})
	findings == set()
}

test_aws_policy_for_everyone_fails if {
	findings := registry_access.deny with input as _input("aws", 3, {
		"allow_list": [],
		"exposure": {"public": true, "via": ["policy"]},
	})
	findings == {{"at": "exposure/public", "args": {"range": "0.0.0.0/0"}}}
}

test_azure_open_registry_fails if {
	findings := registry_access.deny with input as _input("azure", 3, {
		"allow_list": ["0.0.0.0/0", "::/0"],
		"exposure": _closed,
	})
	findings == {_wide(0, "0.0.0.0/0"), _wide(1, "::/0")}
}

test_aliyun_any_address_fails if {
	findings := registry_access.deny with input as _input("aliyun", 3, {
		"allow_list": ["127.0.0.1/32", "0.0.0.0/0"],
		"exposure": _closed,
	})
	findings == {_wide(1, "0.0.0.0/0")}
}

test_halves_of_the_internet_fail if {
	findings := registry_access.deny with input as _input("aliyun", 3, {
		"allow_list": ["0.0.0.0/1", "128.0.0.0/1", "47.96.0.0/16"],
		"exposure": _closed,
	})
	findings == {_wide(0, "0.0.0.0/1"), _wide(1, "128.0.0.0/1")}
}

test_an_unknown_entry_has_no_finding if {
	findings := registry_access.deny with input as _input("azure", 3, {"allow_list": [null], "exposure": _closed})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := registry_access.deny with input as _input("aws", 3, {})
	findings == set()
}
