package mlps.checks.identity.escalation_test

import data.mlps.checks.identity.escalation

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

test_aws_narrow_role_passes if {
	facts := {"privileged": false, "escalation_paths": []}
	findings := escalation.deny with input as _input("aws", "identity.role", 3, facts)
	findings == set()
}

test_azure_narrow_role_passes if {
	facts := {"privileged": false, "escalation_paths": []}
	findings := escalation.deny with input as _input("azure", "identity.role", 3, facts)
	findings == set()
}

test_aliyun_narrow_role_passes if {
	facts := {"privileged": false, "escalation_paths": []}
	findings := escalation.deny with input as _input("aliyun", "identity.role", 3, facts)
	findings == set()
}

test_aws_role_that_climbs_fails if {
	facts := {"privileged": false, "escalation_paths": ["iam:PassRole"]}
	findings := escalation.deny with input as _input("aws", "identity.role", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "iam:PassRole"}}}
}

test_azure_role_that_climbs_fails if {
	facts := {"privileged": false, "escalation_paths": ["iam:PassRole"]}
	findings := escalation.deny with input as _input("azure", "identity.role", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "iam:PassRole"}}}
}

test_aliyun_role_that_climbs_fails if {
	facts := {"privileged": false, "escalation_paths": ["iam:PassRole"]}
	findings := escalation.deny with input as _input("aliyun", "identity.role", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "iam:PassRole"}}}
}

test_a_user_that_climbs_by_several_policies_fails if {
	facts := {"privileged": false, "escalation_paths": ["ec2:RunInstances+iam:PassRole"]}
	findings := escalation.deny with input as _input("aws", "identity.user", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "ec2:RunInstances+iam:PassRole"}}}
	escalation.applies with input as _input("aws", "identity.user", 3, facts)
}

# A group in a template, or one for users who come later.
test_a_group_that_climbs_by_several_policies_fails if {
	facts := {"members": 0, "privileged": false, "escalation_paths": ["ec2:RunInstances+iam:PassRole"]}
	findings := escalation.deny with input as _input("aws", "identity.group", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "ec2:RunInstances+iam:PassRole"}}}
	escalation.applies with input as _input("aws", "identity.group", 3, facts)
}

test_a_group_without_such_rights_or_of_administrators_passes if {
	every facts in [
		{"privileged": false, "escalation_paths": []},
		{"privileged": true, "escalation_paths": ["*"]},
	] {
		findings := escalation.deny with input as _input("aliyun", "identity.group", 3, facts)
		findings == set()
	}
}

test_a_group_whose_rights_come_by_assignments_is_not_judged if {
	not escalation.applies with input as _input("aliyun", "identity.group", 3, {"escalation_paths": null})
}

test_a_user_whose_rights_come_by_roles_is_not_judged if {
	facts := {"privileged": false, "escalation_paths": null}
	not escalation.applies with input as _input("azure", "identity.user", 3, facts)
}

test_aws_policy_that_climbs_fails if {
	facts := {"managed_by": "customer", "attached": 1, "full_admin": false, "escalation_paths": ["iam:AttachUserPolicy"]}
	findings := escalation.deny with input as _input("aws", "identity.policy", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "iam:AttachUserPolicy"}}}
}

test_azure_policy_that_climbs_fails if {
	facts := {"managed_by": "customer", "attached": 1, "full_admin": false, "escalation_paths": ["iam:AttachUserPolicy"]}
	findings := escalation.deny with input as _input("azure", "identity.policy", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "iam:AttachUserPolicy"}}}
}

test_aliyun_policy_that_climbs_fails if {
	facts := {"managed_by": "customer", "attached": 1, "full_admin": false, "escalation_paths": ["iam:AttachUserPolicy"]}
	findings := escalation.deny with input as _input("aliyun", "identity.policy", 3, facts)
	findings == {{"at": "escalation_paths/0", "args": {"path": "iam:AttachUserPolicy"}}}
}

test_an_administrator_passes if {
	facts := {"privileged": true, "escalation_paths": ["iam:*"]}
	findings := escalation.deny with input as _input("aws", "identity.role", 3, facts)
	findings == set()
}

test_an_unused_policy_passes if {
	facts := {"managed_by": "customer", "attached": 0, "full_admin": false, "escalation_paths": ["iam:*"]}
	findings := escalation.deny with input as _input("aws", "identity.policy", 3, facts)
	findings == set()
}

test_an_unused_policy_is_not_judged if {
	facts := {"managed_by": "customer", "attached": 0}
	not escalation.applies with input as _input("aws", "identity.policy", 3, facts)
}

test_a_policy_of_the_provider_is_not_judged if {
	facts := {"managed_by": "provider", "attached": 2}
	not escalation.applies with input as _input("aws", "identity.policy", 3, facts)
}

test_a_role_is_judged if {
	escalation.applies with input as _input("aws", "identity.role", 3, {})
}

test_unknown_has_no_finding if {
	findings := escalation.deny with input as _input("aws", "identity.role", 3, {"privileged": false})
	findings == set()
}
