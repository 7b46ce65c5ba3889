package mlps.checks.identity.root_keys_test

import data.mlps.checks.identity.root_keys

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.identity",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_root_without_keys_passes if {
	resource := _input("aws", 3, {"root_access_keys": 0, "root_last_used": "2024-11-02T08:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == set()
}

test_azure_owner_passes if {
	resource := _input("azure", 3, {"root_access_keys": 0, "root_last_used": null})
	findings := root_keys.deny with input as resource
	findings == set()
}

test_aliyun_account_never_used_passes if {
	resource := _input("aliyun", 3, {"root_access_keys": 0, "root_last_used": null})
	findings := root_keys.deny with input as resource
	findings == set()
}

test_aws_root_with_keys_fails if {
	resource := _input("aws", 3, {"root_access_keys": 2, "root_last_used": "2024-11-02T08:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == {{"at": "root_access_keys", "args": {"keys": 2, "last_used": "2024-11-02T08:00:00Z"}}}
}

test_azure_owner_in_use_fails if {
	resource := _input("azure", 3, {"root_access_keys": 0, "root_last_used": "2025-05-31T08:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == {{"at": "root_last_used", "args": {"keys": 0, "last_used": "2025-05-31T08:00:00Z"}}}
}

test_aliyun_keys_of_an_account_that_never_signed_in_fail if {
	resource := _input("aliyun", 3, {"root_access_keys": 1, "root_last_used": null})
	findings := root_keys.deny with input as resource
	findings == {{"at": "root_access_keys", "args": {"keys": 1, "last_used": "-"}}}
}

test_keys_and_use_are_two_findings if {
	resource := _input("aws", 3, {"root_access_keys": 1, "root_last_used": "2025-05-20T00:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == {
		{"at": "root_access_keys", "args": {"keys": 1, "last_used": "2025-05-20T00:00:00Z"}},
		{"at": "root_last_used", "args": {"keys": 1, "last_used": "2025-05-20T00:00:00Z"}},
	}
}

test_use_30_days_ago_fails if {
	resource := _input("aws", 3, {"root_access_keys": 0, "root_last_used": "2025-05-02T00:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == {{"at": "root_last_used", "args": {"keys": 0, "last_used": "2025-05-02T00:00:00Z"}}}
}

test_use_31_days_ago_passes if {
	resource := _input("aws", 3, {"root_access_keys": 0, "root_last_used": "2025-05-01T00:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == set()
}

test_keys_fail_where_the_last_use_is_unknown if {
	resource := _input("aws", 3, {"root_access_keys": 1})
	findings := root_keys.deny with input as resource
	findings == {{"at": "root_access_keys", "args": {"keys": 1, "last_used": "-"}}}
}

test_use_fails_where_the_keys_are_unknown if {
	resource := _input("aws", 3, {"root_last_used": "2025-05-31T08:00:00Z"})
	findings := root_keys.deny with input as resource
	findings == {{"at": "root_last_used", "args": {"keys": "-", "last_used": "2025-05-31T08:00:00Z"}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := root_keys.deny with input as resource
	findings == set()
}
