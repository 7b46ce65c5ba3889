package mlps.checks.identity.password_age_test

import data.mlps.checks.identity.password_age

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
	resource := _input("aws", 3, {"password_policy": {"max_age_days": 90}})
	findings := password_age.deny with input as resource
	findings == set()
}

test_azure_policy_passes if {
	resource := _input("azure", 3, {"password_policy": {"max_age_days": 90}})
	findings := password_age.deny with input as resource
	findings == set()
}

test_aliyun_policy_passes if {
	resource := _input("aliyun", 3, {"password_policy": {"max_age_days": 90}})
	findings := password_age.deny with input as resource
	findings == set()
}

test_aws_policy_fails if {
	resource := _input("aws", 3, {"password_policy": {"max_age_days": 91}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 90}}}
}

test_azure_policy_fails if {
	resource := _input("azure", 3, {"password_policy": {"max_age_days": 91}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 90}}}
}

test_aliyun_policy_fails if {
	resource := _input("aliyun", 3, {"password_policy": {"max_age_days": 91}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 90}}}
}

test_no_policy_at_all_fails if {
	resource := _input("aws", 3, {"password_policy": null})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy", "args": {"limit": 90}}}
}

test_a_policy_with_this_part_unknown_has_no_finding if {
	resource := _input("aws", 3, {"password_policy": {}})
	findings := password_age.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := password_age.deny with input as resource
	findings == set()
}

test_never_expiring_fails if {
	resource := _input("aws", 3, {"password_policy": {"max_age_days": null}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 90}}}
}

test_zero_days_means_never_and_fails if {
	resource := _input("aliyun", 3, {"password_policy": {"max_age_days": 0}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 90}}}
}

test_one_day_passes if {
	resource := _input("aliyun", 3, {"password_policy": {"max_age_days": 1}})
	findings := password_age.deny with input as resource
	findings == set()
}

test_half_a_year_passes_at_level_1 if {
	resource := _input("aws", 1, {"password_policy": {"max_age_days": 180}})
	findings := password_age.deny with input as resource
	findings == set()
}

test_longer_fails_at_level_1 if {
	resource := _input("aws", 1, {"password_policy": {"max_age_days": 181}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 180}}}
}

test_half_a_year_fails_at_level_2 if {
	resource := _input("aws", 2, {"password_policy": {"max_age_days": 180}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 90}}}
}

test_never_expiring_fails_at_level_1 if {
	resource := _input("aws", 1, {"password_policy": {"max_age_days": null}})
	findings := password_age.deny with input as resource
	findings == {{"at": "password_policy/max_age_days", "args": {"limit": 180}}}
}
