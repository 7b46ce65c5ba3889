package mlps.checks.network.dedicated_pool_test

import data.mlps.checks.network.dedicated_pool

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, type, level, facts) := {
	"id": "r-1",
	"type": type,
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "core",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_dedicated_hardware_passes if {
	every provider, _ in _accounts {
		every tenancy in ["dedicated-host", "dedicated-instance"] {
			findings := dedicated_pool.deny with input as _input(provider, "compute.instance", 4, {"tenancy": tenancy})
			findings == set()
		}
	}
}

test_shared_hardware_fails_at_level_4 if {
	every provider, _ in _accounts {
		every type in ["compute.instance", "database.instance"] {
			findings := dedicated_pool.deny with input as _input(provider, type, 4, {"tenancy": "shared"})
			findings == {{"at": "tenancy", "args": {"tenancy": "shared"}}}
		}
	}
}

test_shared_hardware_is_allowed_below_level_4 if {
	every level in [1, 2, 3] {
		findings := dedicated_pool.deny with input as _input("aws", "compute.instance", level, {"tenancy": "shared"})
		findings == set()
		not dedicated_pool.applies with input as _input("aws", "compute.instance", level, {"tenancy": "shared"})
	}
}

test_level_4_is_judged if {
	dedicated_pool.applies with input as _input("aws", "compute.instance", 4, {"tenancy": "shared"})
}

test_unknown_has_no_finding if {
	findings := dedicated_pool.deny with input as _input("aws", "compute.instance", 4, {})
	findings == set()
}
