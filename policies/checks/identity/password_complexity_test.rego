package mlps.checks.identity.password_complexity_test

import data.mlps.checks.identity.password_complexity

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

test_aws_policy_passes if {
	resource := _input("aws", 3, {"password_policy": {"character_kinds": 3}})
	findings := password_complexity.deny with input as resource
	findings == set()
}

test_azure_policy_passes if {
	resource := _input("azure", 3, {"password_policy": {"character_kinds": 3}})
	findings := password_complexity.deny with input as resource
	findings == set()
}

test_aliyun_policy_passes if {
	resource := _input("aliyun", 3, {"password_policy": {"character_kinds": 3}})
	findings := password_complexity.deny with input as resource
	findings == set()
}

test_aws_policy_fails if {
	resource := _input("aws", 3, {"password_policy": {"character_kinds": 2}})
	findings := password_complexity.deny with input as resource
	findings == {{"at": "password_policy/character_kinds", "args": {"minimum": 3}}}
}

test_azure_policy_fails if {
	resource := _input("azure", 3, {"password_policy": {"character_kinds": 2}})
	findings := password_complexity.deny with input as resource
	findings == {{"at": "password_policy/character_kinds", "args": {"minimum": 3}}}
}

test_aliyun_policy_fails if {
	resource := _input("aliyun", 3, {"password_policy": {"character_kinds": 2}})
	findings := password_complexity.deny with input as resource
	findings == {{"at": "password_policy/character_kinds", "args": {"minimum": 3}}}
}

test_no_policy_at_all_fails if {
	resource := _input("aws", 3, {"password_policy": null})
	findings := password_complexity.deny with input as resource
	findings == {{"at": "password_policy", "args": {"minimum": 3}}}
}

test_a_policy_with_this_part_unknown_has_no_finding if {
	resource := _input("aws", 3, {"password_policy": {}})
	findings := password_complexity.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := password_complexity.deny with input as resource
	findings == set()
}

test_four_kinds_pass if {
	resource := _input("aliyun", 3, {"password_policy": {"character_kinds": 4}})
	findings := password_complexity.deny with input as resource
	findings == set()
}

test_no_kind_fails if {
	resource := _input("aliyun", 1, {"password_policy": {"character_kinds": 0}})
	findings := password_complexity.deny with input as resource
	findings == {{"at": "password_policy/character_kinds", "args": {"minimum": 3}}}
}
