package mlps.checks.identity.mixed_use_test

import data.mlps.checks.identity.mixed_use

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
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_person_passes if {
	facts := {"console": true, "enabled": true, "keys": [{"active": false}]}
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, facts)
	findings == set()
}

test_azure_person_passes if {
	facts := {"console": true, "enabled": true, "keys": [{"active": false}]}
	findings := mixed_use.deny with input as _input("azure", "identity.user", 3, facts)
	findings == set()
}

test_aliyun_person_passes if {
	facts := {"console": true, "enabled": true, "keys": [{"active": false}]}
	findings := mixed_use.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == set()
}

test_aws_mixed_user_fails if {
	facts := {"console": true, "enabled": true, "keys": [{"id": "k1", "active": true}, {"id": "k2", "active": false}]}
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, facts)
	findings == {{"at": "keys/0/active", "args": {"key": "k1"}}}
}

test_azure_mixed_user_fails if {
	facts := {"console": true, "enabled": true, "keys": [{"id": "k1", "active": true}, {"id": "k2", "active": false}]}
	findings := mixed_use.deny with input as _input("azure", "identity.user", 3, facts)
	findings == {{"at": "keys/0/active", "args": {"key": "k1"}}}
}

test_aliyun_mixed_user_fails if {
	facts := {"console": true, "enabled": true, "keys": [{"id": "k1", "active": true}, {"id": "k2", "active": false}]}
	findings := mixed_use.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == {{"at": "keys/0/active", "args": {"key": "k1"}}}
}

test_a_program_passes if {
	facts := {"console": false, "enabled": true, "keys": [{"active": true}]}
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, facts)
	findings == set()
}

test_a_disabled_user_passes if {
	facts := {"console": true, "enabled": false, "keys": [{"active": true}]}
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, facts)
	findings == set()
}

test_unknown_has_no_finding if {
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, {"console": true, "enabled": true})
	findings == set()
}

test_each_active_key_is_a_finding if {
	facts := {"console": true, "enabled": true, "keys": [{"id": "k1", "active": true}, {"id": "k2", "active": true}]}
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, facts)
	findings == {
		{"at": "keys/0/active", "args": {"key": "k1"}},
		{"at": "keys/1/active", "args": {"key": "k2"}},
	}
}

test_a_key_of_unknown_state_does_not_hide_another if {
	facts := {"console": true, "enabled": true, "keys": [{"id": "k1"}, {"active": true}]}
	findings := mixed_use.deny with input as _input("aws", "identity.user", 3, facts)
	findings == {{"at": "keys/1/active", "args": {"key": "?"}}}
}

test_a_user_without_keys_passes if {
	facts := {"console": true, "enabled": true, "keys": []}
	findings := mixed_use.deny with input as _input("azure", "identity.user", 3, facts)
	findings == set()
}
