package mlps.checks.identity.external_trust_test

import data.mlps.checks.identity.external_trust

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "identity.role",
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

test_aws_role_of_the_own_account_passes if {
	trust := [_grant("arn:aws-cn:iam::111122223333:root", "111122223333", "account", false, [])]
	resource := _input("aws", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_azure_role_of_the_own_directory_passes if {
	trust := [_grant("ops-group", "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "account", false, [])]
	resource := _input("azure", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_aliyun_role_of_the_own_account_passes if {
	trust := [_grant("acs:ram::5123456789012345:root", "5123456789012345", "account", false, [])]
	resource := _input("aliyun", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_aws_other_account_fails if {
	resource := _input("aws", 3, {"trust": [
		_grant("arn:aws-cn:iam::111122223333:root", "111122223333", "account", false, []),
		_grant("arn:aws-cn:iam::999988887777:root", "999988887777", "account", false, []),
	]})
	findings := external_trust.deny with input as resource
	findings == {{"at": "trust/1", "args": {"principal": "arn:aws-cn:iam::999988887777:root"}}}
}

test_azure_guest_fails if {
	trust := [_grant("guest@example.com", "8c5e0f4d-0000-4000-8000-000000000001", "account", false, [])]
	resource := _input("azure", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == {{"at": "trust/0", "args": {"principal": "guest@example.com"}}}
}

test_aliyun_other_account_fails if {
	trust := [_grant("acs:ram::5999999999999999:root", "5999999999999999", "account", false, [])]
	resource := _input("aliyun", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == {{"at": "trust/0", "args": {"principal": "acs:ram::5999999999999999:root"}}}
}

test_other_account_with_external_id_passes if {
	trust := [_grant("arn:aws-cn:iam::999988887777:root", "999988887777", "account", true, ["sts:ExternalId"])]
	resource := _input("aws", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_an_account_that_the_cloud_does_not_know_fails if {
	resource := _input("aws", 3, {"trust": [_grant("AIDAEXAMPLE", null, "account", false, [])]})
	findings := external_trust.deny with input as resource
	findings == {{"at": "trust/0", "args": {"principal": "AIDAEXAMPLE"}}}
}

test_anyone_fails if {
	resource := _input("aws", 3, {"trust": [_grant("*", null, "anyone", false, [])]})
	findings := external_trust.deny with input as resource
	findings == {{"at": "trust/0", "args": {"principal": "*"}}}
}

test_anyone_of_the_organisation_passes if {
	resource := _input("aws", 3, {"trust": [_grant("*", null, "anyone", true, ["aws:PrincipalOrgID"])]})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_a_service_passes if {
	resource := _input("aws", 3, {"trust": [_grant("ec2.amazonaws.com.cn", null, "service", false, [])]})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_a_provider_without_conditions_fails if {
	resource := _input("aws", 3, {"trust": [_grant("token.example.com", null, "federated", false, [])]})
	findings := external_trust.deny with input as resource
	findings == {{"at": "trust/0", "args": {"principal": "token.example.com"}}}
}

test_a_provider_with_an_audience_passes if {
	trust := [_grant("acs:ram::5123456789012345:saml-provider/corp", null, "federated", true, ["saml:recipient"])]
	resource := _input("aliyun", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_a_provider_with_an_audience_that_everybody_has_fails if {
	trust := [_grant("token.example.com", null, "federated", false, ["token.example.com:aud"])]
	findings := external_trust.deny with input as _input("aws", 3, {"trust": trust})
	findings == {{"at": "trust/0", "args": {"principal": "token.example.com"}}}
}

test_a_provider_with_a_subject_passes if {
	trust := [_grant("token.example.com", null, "federated", true, ["token.example.com:sub"])]
	resource := _input("aws", 3, {"trust": trust})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_nobody_passes if {
	resource := _input("aws", 3, {"trust": []})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_an_unknown_principal_fails if {
	trust := [object.remove(_grant("*", null, "anyone", false, []), ["principal"])]
	findings := external_trust.deny with input as _input("aws", 3, {"trust": trust})
	findings == {{"at": "trust/0", "args": {"principal": "?"}}}
}

test_unknown_conditions_have_no_finding if {
	resource := _input("aws", 3, {"trust": [{"principal": "*", "account": null, "kind": "anyone"}]})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_an_unknown_grant_has_no_finding if {
	resource := _input("aws", 3, {"trust": [null]})
	findings := external_trust.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := external_trust.deny with input as resource
	findings == set()
}
