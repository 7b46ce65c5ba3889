package mlps.checks.identity.admin_policy_test

import data.mlps.checks.identity.admin_policy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "identity.policy",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_narrow_policy_passes if {
	resource := _input("aws", 3, {"managed_by": "customer", "full_admin": false})
	findings := admin_policy.deny with input as resource
	findings == set()
}

test_azure_narrow_role_definition_passes if {
	resource := _input("azure", 3, {"managed_by": "customer", "full_admin": false})
	findings := admin_policy.deny with input as resource
	findings == set()
}

test_aliyun_narrow_policy_passes if {
	resource := _input("aliyun", 3, {"managed_by": "customer", "full_admin": false})
	findings := admin_policy.deny with input as resource
	findings == set()
}

test_aws_full_policy_fails if {
	resource := _input("aws", 3, {"managed_by": "customer", "full_admin": true})
	findings := admin_policy.deny with input as resource
	findings == {{"at": "full_admin", "args": {}}}
}

test_azure_full_role_definition_fails if {
	resource := _input("azure", 3, {"managed_by": "customer", "full_admin": true})
	findings := admin_policy.deny with input as resource
	findings == {{"at": "full_admin", "args": {}}}
}

test_aliyun_full_policy_fails if {
	resource := _input("aliyun", 3, {"managed_by": "customer", "full_admin": true})
	findings := admin_policy.deny with input as resource
	findings == {{"at": "full_admin", "args": {}}}
}

test_the_providers_administrator_policy_is_not_judged if {
	resource := _input("aws", 3, {"managed_by": "provider", "full_admin": true})
	not admin_policy.applies with input as resource
}

test_the_providers_administrator_policy_has_no_finding if {
	resource := _input("aws", 3, {"managed_by": "provider", "full_admin": true})
	findings := admin_policy.deny with input as resource
	findings == set()
}

test_a_custom_policy_is_judged if {
	resource := _input("aws", 3, {"managed_by": "customer", "full_admin": false})
	admin_policy.applies with input as resource
}

test_a_policy_of_unknown_author_has_no_finding if {
	resource := _input("aws", 3, {"full_admin": true})
	findings := admin_policy.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := admin_policy.deny with input as resource
	findings == set()
}
