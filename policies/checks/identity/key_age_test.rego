package mlps.checks.identity.key_age_test

import data.mlps.checks.identity.key_age

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "identity.user",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_new_key_passes if {
	resource := _input("aws", 3, {"keys": [{
		"id": "AKIAIOSFODNN7EXAMPLE",
		"active": true,
		"created": "2025-05-01T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_azure_new_secret_passes if {
	resource := _input("azure", 3, {"keys": [{
		"id": "3f1c",
		"active": true,
		"created": "2025-05-01T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_aliyun_new_key_passes if {
	resource := _input("aliyun", 3, {"keys": [{
		"id": "LTAI4FoExample",
		"active": true,
		"created": "2025-05-01T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_aws_old_key_fails if {
	resource := _input("aws", 3, {"keys": [{
		"id": "AKIAIOSFODNN7EXAMPLE",
		"active": true,
		"created": "2024-06-01T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == {{"at": "keys/0/created", "args": {"key": "AKIAIOSFODNN7EXAMPLE", "days": 365, "limit": 90}}}
}

test_azure_old_secret_fails if {
	resource := _input("azure", 3, {"keys": [{
		"id": "3f1c",
		"active": true,
		"created": "2025-01-01T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == {{"at": "keys/0/created", "args": {"key": "3f1c", "days": 151, "limit": 90}}}
}

test_aliyun_old_key_fails if {
	resource := _input("aliyun", 3, {"keys": [{
		"id": "LTAI4FoExample",
		"active": true,
		"created": "2025-03-02T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == {{"at": "keys/0/created", "args": {"key": "LTAI4FoExample", "days": 91, "limit": 90}}}
}

test_a_key_of_90_days_passes if {
	resource := _input("aws", 3, {"keys": [{
		"id": "AKIA1",
		"active": true,
		"created": "2025-03-03T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_each_old_key_is_a_finding if {
	resource := _input("aws", 3, {"keys": [
		{"id": "AKIA1", "active": true, "created": "2025-01-01T00:00:00Z"},
		{"id": "AKIA2", "active": true, "created": "2025-05-31T00:00:00Z"},
		{"id": "AKIA3", "active": true, "created": "2024-06-01T00:00:00Z"},
	]})
	findings := key_age.deny with input as resource
	findings == {
		{"at": "keys/0/created", "args": {"key": "AKIA1", "days": 151, "limit": 90}},
		{"at": "keys/2/created", "args": {"key": "AKIA3", "days": 365, "limit": 90}},
	}
}

test_an_inactive_key_has_no_finding if {
	resource := _input("aws", 3, {"keys": [{
		"id": "AKIA1",
		"active": false,
		"created": "2020-01-01T00:00:00Z",
	}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_an_inactive_key_alone_is_not_judged if {
	resource := _input("aws", 3, {"keys": [{
		"id": "AKIA1",
		"active": false,
		"created": "2020-01-01T00:00:00Z",
	}]})
	not key_age.applies with input as resource
}

test_an_active_key_is_judged if {
	resource := _input("aws", 3, {"keys": [{
		"id": "AKIA1",
		"active": true,
		"created": "2025-05-31T00:00:00Z",
	}]})
	key_age.applies with input as resource
}

test_a_user_without_keys_is_not_judged if {
	resource := _input("aws", 3, {"keys": []})
	not key_age.applies with input as resource
}

test_an_old_key_of_unknown_id_fails if {
	resource := _input("aws", 3, {"keys": [{"active": true, "created": "2024-06-01T00:00:00Z"}]})
	findings := key_age.deny with input as resource
	findings == {{"at": "keys/0/created", "args": {"key": "?", "days": 365, "limit": 90}}}
}

test_a_key_of_unknown_age_has_no_finding if {
	resource := _input("aws", 3, {"keys": [{"id": "AKIA1", "active": true}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_a_key_of_unknown_state_has_no_finding if {
	resource := _input("aws", 3, {"keys": [{"id": "AKIA1", "created": "2020-01-01T00:00:00Z"}]})
	findings := key_age.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := key_age.deny with input as resource
	findings == set()
}
