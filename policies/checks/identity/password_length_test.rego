package mlps.checks.identity.password_length_test

import data.mlps.checks.identity.password_length

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
	resource := _input("aws", 3, {"password_policy": {"minimum_length": 12}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_azure_policy_passes if {
	resource := _input("azure", 3, {"password_policy": {"minimum_length": 12}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_aliyun_policy_passes if {
	resource := _input("aliyun", 3, {"password_policy": {"minimum_length": 12}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_aws_policy_fails if {
	resource := _input("aws", 3, {"password_policy": {"minimum_length": 11}})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy/minimum_length", "args": {"minimum": 12}}}
}

test_azure_policy_fails if {
	resource := _input("azure", 3, {"password_policy": {"minimum_length": 7}})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy/minimum_length", "args": {"minimum": 8}}}
}

test_the_eight_characters_that_azure_fixes_pass if {
	every level in [1, 2, 3, 4] {
		resource := _input("azure", level, {"password_policy": {"minimum_length": 8}})
		findings := password_length.deny with input as resource
		findings == set()
	}
}

test_aliyun_policy_fails if {
	resource := _input("aliyun", 3, {"password_policy": {"minimum_length": 11}})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy/minimum_length", "args": {"minimum": 12}}}
}

test_no_policy_at_all_fails if {
	resource := _input("aws", 3, {"password_policy": null})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy", "args": {"minimum": 12}}}
}

test_a_policy_with_this_part_unknown_has_no_finding if {
	resource := _input("aws", 3, {"password_policy": {}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := password_length.deny with input as resource
	findings == set()
}

test_eight_pass_at_level_1 if {
	resource := _input("aws", 1, {"password_policy": {"minimum_length": 8}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_eight_pass_at_level_2 if {
	resource := _input("aws", 2, {"password_policy": {"minimum_length": 8}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_eight_fail_at_level_3 if {
	resource := _input("aws", 3, {"password_policy": {"minimum_length": 8}})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy/minimum_length", "args": {"minimum": 12}}}
}

test_twelve_pass_at_level_4 if {
	resource := _input("aws", 4, {"password_policy": {"minimum_length": 12}})
	findings := password_length.deny with input as resource
	findings == set()
}

test_seven_fail_at_level_1 if {
	resource := _input("aws", 1, {"password_policy": {"minimum_length": 7}})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy/minimum_length", "args": {"minimum": 8}}}
}

test_no_policy_fails_at_level_2 if {
	resource := _input("aws", 2, {"password_policy": null})
	findings := password_length.deny with input as resource
	findings == {{"at": "password_policy", "args": {"minimum": 8}}}
}
