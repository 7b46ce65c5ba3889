package mlps.checks.identity.direct_policy_test

import data.mlps.checks.identity.direct_policy

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

test_aws_user_in_groups_passes if {
	findings := direct_policy.deny with input as _input("aws", "identity.user", 3, {"direct_policies": []})
	findings == set()
}

test_azure_user_in_groups_passes if {
	findings := direct_policy.deny with input as _input("azure", "identity.user", 3, {"direct_policies": []})
	findings == set()
}

test_aliyun_user_in_groups_passes if {
	findings := direct_policy.deny with input as _input("aliyun", "identity.user", 3, {"direct_policies": []})
	findings == set()
}

test_aws_user_with_a_policy_fails if {
	findings := direct_policy.deny with input as _input("aws", "identity.user", 3, {"direct_policies": ["ops"]})
	findings == {{"at": "direct_policies/0", "args": {"found": "ops"}}}
}

test_azure_user_with_a_policy_fails if {
	facts := {"direct_policies": ["ops"]}
	findings := direct_policy.deny with input as _input("azure", "identity.user", 3, facts)
	findings == {{"at": "direct_policies/0", "args": {"found": "ops"}}}
}

test_aliyun_user_with_a_policy_fails if {
	facts := {"direct_policies": ["ops"]}
	findings := direct_policy.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == {{"at": "direct_policies/0", "args": {"found": "ops"}}}
}

test_aws_group_with_members_passes if {
	findings := direct_policy.deny with input as _input("aws", "identity.group", 3, {"members": 2})
	findings == set()
}

test_azure_group_with_members_passes if {
	findings := direct_policy.deny with input as _input("azure", "identity.group", 3, {"members": 2})
	findings == set()
}

test_aliyun_group_with_members_passes if {
	findings := direct_policy.deny with input as _input("aliyun", "identity.group", 3, {"members": 2})
	findings == set()
}

test_aws_empty_group_fails if {
	findings := direct_policy.deny with input as _input("aws", "identity.group", 3, {"members": 0})
	findings == {{"at": "members", "args": {"found": "members = 0"}}}
}

test_azure_empty_group_fails if {
	findings := direct_policy.deny with input as _input("azure", "identity.group", 3, {"members": 0})
	findings == {{"at": "members", "args": {"found": "members = 0"}}}
}

test_aliyun_empty_group_fails if {
	findings := direct_policy.deny with input as _input("aliyun", "identity.group", 3, {"members": 0})
	findings == {{"at": "members", "args": {"found": "members = 0"}}}
}

test_unknown_has_no_finding if {
	findings := direct_policy.deny with input as _input("aws", "identity.user", 3, {})
	findings == set()
}

test_an_unknown_policy_has_no_finding if {
	findings := direct_policy.deny with input as _input("aws", "identity.user", 3, {"direct_policies": [null]})
	findings == set()
}

test_azure_policy_in_use_passes if {
	facts := {"managed_by": "customer", "attached": 1}
	findings := direct_policy.deny with input as _input("azure", "identity.policy", 3, facts)
	findings == set()
}

test_aliyun_policy_in_use_passes if {
	facts := {"managed_by": "customer", "attached": 1}
	findings := direct_policy.deny with input as _input("aliyun", "identity.policy", 3, facts)
	findings == set()
}

test_azure_policy_that_nobody_has_fails if {
	facts := {"managed_by": "customer", "attached": 0}
	findings := direct_policy.deny with input as _input("azure", "identity.policy", 3, facts)
	findings == {{"at": "attached", "args": {"found": "attachments = 0"}}}
}

test_aliyun_policy_that_nobody_has_fails if {
	facts := {"managed_by": "customer", "attached": 0}
	findings := direct_policy.deny with input as _input("aliyun", "identity.policy", 3, facts)
	findings == {{"at": "attached", "args": {"found": "attachments = 0"}}}
}

test_an_aws_policy_may_be_a_permissions_boundary if {
	facts := {"managed_by": "customer", "attached": 0}
	findings := direct_policy.deny with input as _input("aws", "identity.policy", 3, facts)
	findings == set()
	not direct_policy.applies with input as _input("aws", "identity.policy", 3, facts)
}

test_a_policy_of_the_provider_is_not_judged if {
	facts := {"managed_by": "provider", "attached": 0}
	findings := direct_policy.deny with input as _input("aliyun", "identity.policy", 3, facts)
	findings == set()
	not direct_policy.applies with input as _input("aliyun", "identity.policy", 3, facts)
}

test_users_groups_and_policies_are_judged if {
	direct_policy.applies with input as _input("aws", "identity.user", 3, {"direct_policies": []})
	direct_policy.applies with input as _input("aws", "identity.group", 3, {"members": 0})
	direct_policy.applies with input as _input("aliyun", "identity.policy", 3, {"managed_by": "customer"})
}

test_aliyun_user_without_any_right_fails if {
	facts := {"direct_policies": [], "groups": []}
	findings := direct_policy.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == {{"at": "direct_policies", "args": {"found": "policies = 0, groups = 0"}}}
}

test_aliyun_user_of_a_group_passes if {
	facts := {"direct_policies": [], "groups": ["ops"]}
	findings := direct_policy.deny with input as _input("aliyun", "identity.user", 3, facts)
	findings == set()
}

test_users_of_other_clouds_may_have_rights_elsewhere if {
	facts := {"direct_policies": [], "groups": []}
	every provider in ["aws", "azure"] {
		findings := direct_policy.deny with input as _input(provider, "identity.user", 3, facts)
		findings == set()
	}
}

test_unknown_members_and_attachments_have_no_finding if {
	group := direct_policy.deny with input as _input("aliyun", "identity.group", 3, {})
	group == set()
	policy := direct_policy.deny with input as _input("aliyun", "identity.policy", 3, {"managed_by": "customer"})
	policy == set()
}

# To programs roles are always given directly.
test_azure_program_is_not_judged if {
	resource := _input("azure", "identity.user", 3, {"direct_policies": null, "groups": []})
	not direct_policy.applies with input as resource
	findings := direct_policy.deny with input as resource
	findings == set()
}
