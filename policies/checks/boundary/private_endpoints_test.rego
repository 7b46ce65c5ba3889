package mlps.checks.boundary.private_endpoints_test

import data.mlps.checks.boundary.private_endpoints

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

_as(type, provider, level, facts) := object.union(_input(provider, level, facts), {"type": type})

test_aws_database_in_a_vpc_passes if {
	findings := private_endpoints.deny with input as _input("aws", 3, {"private_endpoint": true})
	findings == set()
}

test_azure_vault_with_a_private_endpoint_passes if {
	findings := private_endpoints.deny with input as _as("key.secret", "azure", 3, {"private_endpoint": true})
	findings == set()
}

test_aliyun_bucket_passes if {
	findings := private_endpoints.deny with input as _as("storage.bucket", "aliyun", 3, {"private_endpoint": true})
	findings == set()
}

test_aws_bucket_without_a_vpc_endpoint_fails if {
	findings := private_endpoints.deny with input as _as("storage.bucket", "aws", 3, {"private_endpoint": false})
	findings == {{"at": "private_endpoint", "args": {}}}
}

test_azure_database_on_public_addresses_fails if {
	findings := private_endpoints.deny with input as _input("azure", 4, {"private_endpoint": false})
	findings == {{"at": "private_endpoint", "args": {}}}
}

test_aliyun_classic_database_fails if {
	findings := private_endpoints.deny with input as _input("aliyun", 3, {"private_endpoint": false})
	findings == {{"at": "private_endpoint", "args": {}}}
}

test_own_keys_fail if {
	every manager in ["customer", "external"] {
		findings := private_endpoints.deny with input as _as("key.encryption_key", "aws", 3, {
			"private_endpoint": false,
			"manager": manager,
		})
		findings == {{"at": "private_endpoint", "args": {}}}
	}
}

test_keys_of_the_provider_have_no_finding if {
	findings := private_endpoints.deny with input as _as("key.encryption_key", "aws", 3, {
		"private_endpoint": false,
		"manager": "provider",
	})
	findings == set()
}

test_keys_of_the_provider_are_not_judged if {
	not private_endpoints.applies with input as _as("key.encryption_key", "aws", 3, {
		"private_endpoint": false,
		"manager": "provider",
	})
}

test_own_keys_are_judged if {
	private_endpoints.applies with input as _as("key.encryption_key", "aws", 3, {
		"private_endpoint": true,
		"manager": "customer",
	})
}

test_below_level_3_there_is_no_finding if {
	every level in [1, 2] {
		findings := private_endpoints.deny with input as _input("azure", level, {"private_endpoint": false})
		findings == set()
	}
}

test_below_level_3_it_is_not_judged if {
	every level in [1, 2] {
		not private_endpoints.applies with input as _input("azure", level, {"private_endpoint": true})
	}
}

test_from_level_3_on_it_is_judged if {
	every level in [3, 4] {
		private_endpoints.applies with input as _input("azure", level, {"private_endpoint": true})
	}
}

test_an_unknown_manager_has_no_finding if {
	findings := private_endpoints.deny with input as _as("key.encryption_key", "aws", 3, {"private_endpoint": false})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := private_endpoints.deny with input as _input("aws", 3, {})
	findings == set()
}
