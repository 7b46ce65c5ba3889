package mlps.checks.management.policy_guard_test

import data.mlps.checks.management.policy_guard

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.configuration",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_guardrail(kind, id) := {"kind": kind, "id": id, "denies_regions": null}

_finding := {"at": "guardrails", "args": {}}

test_aws_with_a_service_control_policy_passes if {
	findings := policy_guard.deny with input as _input("aws", 3, {"guardrails": [
		_guardrail("scp", "p-FullAWSAccess"),
		_guardrail("scp", "p-0a1b2c3d"),
	]})
	findings == set()
}

test_azure_with_a_denying_policy_passes if {
	findings := policy_guard.deny with input as _input("azure", 4, {"guardrails": [_guardrail("azure-policy", "allowed")]})
	findings == set()
}

test_aliyun_with_a_control_policy_passes if {
	findings := policy_guard.deny with input as _input("aliyun", 3, {"guardrails": [_guardrail("cp", "cp-jExXAqIY")]})
	findings == set()
}

test_aws_with_the_default_policy_alone_fails if {
	findings := policy_guard.deny with input as _input("aws", 3, {"guardrails": [
		_guardrail("scp", "p-FullAWSAccess"),
		_guardrail("scp", "arn:aws-cn:organizations::aws:policy/service_control_policy/p-FullAWSAccess"),
	]})
	findings == {_finding}
}

test_azure_without_policies_fails if {
	findings := policy_guard.deny with input as _input("azure", 3, {"guardrails": []})
	findings == {_finding}
}

test_aliyun_with_the_default_policy_alone_fails if {
	findings := policy_guard.deny with input as _input("aliyun", 3, {"guardrails": [_guardrail("cp", "FullAliyunAccess")]})
	findings == {_finding}
}

test_level_2_is_not_judged if {
	findings := policy_guard.deny with input as _input("aws", 2, {"guardrails": []})
	findings == set()
	not policy_guard.applies with input as _input("aws", 2, {"guardrails": []})
}

test_level_3_is_judged if {
	policy_guard.applies with input as _input("aws", 3, {"guardrails": []})
}

test_an_unknown_policy_points_above_it if {
	findings := policy_guard.deny with input as _input("aws", 3, {"guardrails": [null]})
	findings == {_finding}
}

test_unknown_has_no_finding if {
	findings := policy_guard.deny with input as _input("aws", 3, {})
	findings == set()
}
