package mlps.checks.network.zones_test

import data.mlps.checks.network.zones

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.subnet",
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

_subnet(routes, kinds) := {"routes_to_internet": routes, "workload_kinds": kinds}

_database(provider, routes) := object.union(
	_input(provider, 3, {"subnet_routes_to_internet": routes}),
	{"type": "database.instance"},
)

test_a_private_subnet_with_data_passes if {
	every provider, _ in _accounts {
		findings := zones.deny with input as _input(provider, 3, _subnet(false, ["database", "instance"]))
		findings == set()
		zones.applies with input as _input(provider, 3, _subnet(false, ["database"]))
	}
}

test_data_in_a_public_subnet_fails if {
	every provider, _ in _accounts {
		kinds := ["load_balancer", "file_system", "database"]
		findings := zones.deny with input as _input(provider, 3, _subnet(true, kinds))
		findings == {{"at": "routes_to_internet", "args": {"kinds": "database, file_system"}}}
	}
}

test_a_public_subnet_without_data_is_not_judged if {
	every kinds in [[], ["load_balancer", "instance", "gateway", "endpoint"]] {
		findings := zones.deny with input as _input("aws", 3, _subnet(true, kinds))
		findings == set()
		not zones.applies with input as _input("aws", 3, _subnet(true, kinds))
	}
}

test_a_database_in_a_private_subnet_passes if {
	every provider, _ in _accounts {
		findings := zones.deny with input as _database(provider, false)
		findings == set()
		zones.applies with input as _database(provider, false)
	}
}

test_a_database_in_a_public_subnet_fails if {
	every provider, _ in _accounts {
		findings := zones.deny with input as _database(provider, true)
		findings == {{"at": "subnet_routes_to_internet", "args": {"kinds": "database"}}}
	}
}

test_a_database_without_a_subnet_is_not_judged if {
	findings := zones.deny with input as _database("azure", null)
	findings == set()
	not zones.applies with input as _database("azure", null)
}

test_level_2_is_judged_too if {
	findings := zones.deny with input as _input("aws", 2, _subnet(true, ["database"]))
	findings == {{"at": "routes_to_internet", "args": {"kinds": "database"}}}
}

test_unknown_has_no_finding if {
	every facts in [{}, {"routes_to_internet": true}, {"workload_kinds": ["database"]}] {
		findings := zones.deny with input as _input("aws", 3, facts)
		findings == set()
	}
}

test_an_unknown_kind_has_no_finding if {
	findings := zones.deny with input as _input("aws", 3, _subnet(true, [null]))
	findings == set()
}
