package mlps.checks.data.database_auth_test

import data.mlps.checks.data.database_auth

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "database.instance",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_cache_with_a_user_group_passes if {
	findings := database_auth.deny with input as _input("aws", 3, {"engine": "redis", "authentication": true})
	findings == set()
}

test_azure_cache_with_keys_passes if {
	findings := database_auth.deny with input as _input("azure", 3, {"engine": "redis", "authentication": true})
	findings == set()
}

test_aliyun_database_passes if {
	findings := database_auth.deny with input as _input("aliyun", 3, {"engine": "mysql", "authentication": true})
	findings == set()
}

test_aws_open_cache_fails if {
	findings := database_auth.deny with input as _input("aws", 3, {"engine": "memcached", "authentication": false})
	findings == {{"at": "authentication", "args": {}}}
}

test_azure_open_cache_fails if {
	findings := database_auth.deny with input as _input("azure", 4, {"engine": "redis", "authentication": false})
	findings == {{"at": "authentication", "args": {}}}
}

test_aliyun_password_free_cache_fails if {
	findings := database_auth.deny with input as _input("aliyun", 2, {"engine": "redis", "authentication": false})
	findings == {{"at": "authentication", "args": {}}}
}

test_level_1_is_judged_alike if {
	findings := database_auth.deny with input as _input("aliyun", 1, {"engine": "redis", "authentication": false})
	findings == {{"at": "authentication", "args": {}}}
}

test_a_private_network_is_no_excuse if {
	facts := {"engine": "redis", "authentication": false, "network_kind": "vpc", "exposure": {"public": false}}
	findings := database_auth.deny with input as _input("aliyun", 3, facts)
	findings == {{"at": "authentication", "args": {}}}
}

test_unknown_has_no_finding if {
	findings := database_auth.deny with input as _input("aws", 3, {"engine": "redis"})
	findings == set()
}

test_what_nobody_connects_to_is_not_judged if {
	resource := _input("aws", 3, {"engine": "dms", "authentication": null})
	findings := database_auth.deny with input as resource
	findings == set()
	not database_auth.applies with input as resource
}
