package mlps.checks.data.key_policy_test

import data.mlps.checks.data.key_policy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "key.encryption_key",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_grant(principal, account, kind, narrows, conditions) := {
	"principal": principal,
	"account": account,
	"kind": kind,
	"actions": ["*"],
	"conditions": conditions,
	"narrows": narrows,
}

test_aws_own_account_passes if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"policy": [_grant("arn:aws-cn:iam::111122223333:root", "111122223333", "account", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_azure_own_principal_passes if {
	resource := _input("azure", 3, {
		"manager": "customer",
		"policy": [_grant("ops-group", "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "account", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_aliyun_own_account_passes if {
	resource := _input("aliyun", 3, {
		"manager": "customer",
		"policy": [_grant("acs:ram::5123456789012345:root", "5123456789012345", "account", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_aws_other_account_fails if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"policy": [
			_grant("arn:aws-cn:iam::111122223333:root", "111122223333", "account", false, []),
			_grant("arn:aws-cn:iam::999988887777:root", "999988887777", "account", false, []),
		],
	})
	findings := key_policy.deny with input as resource
	findings == {{"at": "policy/1", "args": {"principal": "arn:aws-cn:iam::999988887777:root"}}}
}

test_azure_foreign_principal_fails if {
	resource := _input("azure", 3, {
		"manager": "customer",
		"policy": [_grant("partner-app", "8c5e0f4d-0000-4000-8000-000000000001", "account", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": "partner-app"}}}
}

test_aliyun_anyone_fails if {
	resource := _input("aliyun", 3, {
		"manager": "customer",
		"policy": [_grant("*", null, "anyone", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": "*"}}}
}

test_an_allowed_account_passes if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"policy": [_grant("arn:aws-cn:iam::999988887777:root", "999988887777", "account", false, [])],
	})
	declared := object.union(resource, {"context": {"allowed_accounts": ["999988887777"]}})
	findings := key_policy.deny with input as declared
	findings == set()
}

test_anyone_through_a_service_passes if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"policy": [_grant("*", null, "anyone", true, ["kms:CallerAccount", "kms:ViaService"])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_other_account_with_a_condition_passes if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"policy": [_grant("arn:aws-cn:iam::999988887777:root", "999988887777", "account", true, ["kms:ViaService"])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_a_service_passes if {
	resource := _input("aws", 3, {
		"manager": "customer",
		"policy": [_grant("logs.cn-north-1.amazonaws.com.cn", null, "service", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_an_external_key_is_judged if {
	resource := _input("aws", 3, {
		"manager": "external",
		"policy": [_grant("*", null, "anyone", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": "*"}}}
}

test_a_service_key_is_not_judged if {
	resource := _input("aws", 3, {
		"manager": "provider",
		"policy": [_grant("*", null, "anyone", false, [])],
	})
	not key_policy.applies with input as resource
}

test_a_service_key_has_no_finding if {
	resource := _input("aws", 3, {
		"manager": "provider",
		"policy": [_grant("*", null, "anyone", false, [])],
	})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_a_customer_key_is_judged if {
	resource := _input("aws", 3, {"manager": "customer", "policy": []})
	key_policy.applies with input as resource
}

test_a_grant_to_an_unknown_principal_fails if {
	grant := object.remove(_grant("*", null, "anyone", false, []), ["principal"])
	findings := key_policy.deny with input as _input("aws", 3, {"manager": "customer", "policy": [grant]})
	findings == {{"at": "policy/0", "args": {"principal": "?"}}}
}

test_an_unknown_grant_has_no_finding if {
	resource := _input("aws", 3, {"manager": "customer", "policy": [null]})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := key_policy.deny with input as resource
	findings == set()
}

test_aws_secret_for_anyone_fails if {
	facts := {"policy": [_grant("*", null, "anyone", false, [])]}
	resource := object.union(_input("aws", 3, facts), {"type": "key.secret"})
	findings := key_policy.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": "*"}}}
	key_policy.applies with input as resource
}

test_aliyun_secret_for_own_account_passes if {
	facts := {"policy": [_grant("acs:ram::5123456789012345:root", "5123456789012345", "account", false, [])]}
	resource := object.union(_input("aliyun", 3, facts), {"type": "key.secret"})
	findings := key_policy.deny with input as resource
	findings == set()
}
