package mlps.checks.data.bucket_outside_test

import data.mlps.checks.data.bucket_outside

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "storage.bucket",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_grant(kind, principal, account, narrows) := {
	"principal": principal,
	"account": account,
	"kind": kind,
	"actions": ["s3:GetObject"],
	"conditions": [],
	"narrows": narrows,
}

_foreign := "arn:aws-cn:iam::999988887777:root"

_cloudfront := "a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56"

_acl_grant(kind, principal) := {"principal": principal, "kind": kind, "actions": ["FULL_CONTROL"], "narrows": false}

test_aws_own_account_passes if {
	resource := _input("aws", 3, {
		"policy": [_grant("account", "arn:aws-cn:iam::111122223333:role/app", "111122223333", false)],
		"acl": [_acl_grant("account", "0a1b")],
	})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_azure_own_principal_passes if {
	resource := _input("azure", 3, {
		"policy": [_grant("account", "ops-group", "0b1f6471-1bf0-4dda-aec3-cb9272f09590", false)],
		"acl": [],
	})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_aliyun_bucket_without_policy_passes if {
	resource := _input("aliyun", 3, {"policy": [], "acl": []})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_aws_other_account_fails if {
	resource := _input("aws", 3, {
		"policy": [
			_grant("account", "arn:aws-cn:iam::111122223333:role/app", "111122223333", false),
			_grant("account", _foreign, "999988887777", false),
		],
		"acl": [],
	})
	findings := bucket_outside.deny with input as resource
	findings == {{"at": "policy/1", "args": {"principal": _foreign}}}
}

test_azure_foreign_principal_fails if {
	resource := _input("azure", 3, {
		"policy": [_grant("account", "partner-app", "8c5e0f4d-0000-4000-8000-000000000001", false)],
		"acl": [],
	})
	findings := bucket_outside.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": "partner-app"}}}
}

test_aliyun_anyone_fails if {
	resource := _input("aliyun", 2, {"policy": [_grant("anyone", "*", null, false)], "acl": []})
	findings := bucket_outside.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": "*"}}}
}

test_aliyun_other_account_from_a_named_network_passes if {
	resource := _input("aliyun", 3, {
		"policy": [_grant("account", "1234567890123456", "1234567890123456", true)],
		"acl": [],
	})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_an_allowed_account_passes if {
	facts := {"policy": [_grant("account", _foreign, "999988887777", false)], "acl": []}
	resource := object.union(_input("aws", 3, facts), {"context": {"allowed_accounts": ["999988887777"]}})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_an_account_that_is_not_among_the_allowed_ones_fails if {
	facts := {"policy": [_grant("account", _foreign, "999988887777", false)], "acl": []}
	resource := object.union(_input("aws", 3, facts), {"context": {"allowed_accounts": ["444455556666"]}})
	findings := bucket_outside.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": _foreign}}}
}

test_every_user_of_a_provider_fails if {
	provider := "cognito-identity.amazonaws.com"
	resource := _input("aws", 3, {"policy": [_grant("federated", provider, null, false)], "acl": []})
	findings := bucket_outside.deny with input as resource
	findings == {{"at": "policy/0", "args": {"principal": provider}}}
}

test_some_users_of_a_provider_pass if {
	provider := "cognito-identity.amazonaws.com"
	resource := _input("aws", 3, {"policy": [_grant("federated", provider, null, true)], "acl": []})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_a_service_passes if {
	service := "logging.s3.amazonaws.com"
	resource := _input("aws", 3, {"policy": [_grant("service", service, null, false)], "acl": []})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_a_second_owner_in_the_acl_fails if {
	resource := _input("aws", 3, {
		"policy": [],
		"acl": [_acl_grant("account", "0b2c"), _acl_grant("account", "0a1b"), _acl_grant("account", "0b2c")],
	})
	findings := bucket_outside.deny with input as resource
	findings == {{"at": "acl", "args": {"principal": "ACL: 0a1b, 0b2c"}}}
}

test_cloudfront_and_log_delivery_in_the_acl_pass if {
	resource := _input("aws", 3, {
		"policy": [],
		"acl": [
			_acl_grant("account", "0a1b"),
			_acl_grant("account", _cloudfront),
			_acl_grant("service", "http://acs.amazonaws.com/groups/s3/LogDelivery"),
		],
	})
	findings := bucket_outside.deny with input as resource
	findings == set()
}

test_a_grant_to_an_unknown_principal_fails if {
	grant := object.remove(_grant("anyone", "*", null, false), ["principal"])
	findings := bucket_outside.deny with input as _input("aws", 3, {"policy": [grant], "acl": []})
	findings == {{"at": "policy/0", "args": {"principal": "?"}}}
}

test_an_unknown_account_has_no_finding if {
	grant := object.remove(_grant("account", "2001234", "", false), ["account"])
	findings := bucket_outside.deny with input as _input("aliyun", 3, {"policy": [grant, null], "acl": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := bucket_outside.deny with input as _input("aws", 3, {})
	findings == set()
}
