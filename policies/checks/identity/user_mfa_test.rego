package mlps.checks.identity.user_mfa_test

import data.mlps.checks.identity.user_mfa

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "identity.user",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_user_with_mfa_passes if {
	resource := _input("aws", 3, {"console": true, "enabled": true, "mfa": true})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_azure_user_with_mfa_passes if {
	resource := _input("azure", 3, {"console": true, "enabled": true, "mfa": true})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_aliyun_user_with_mfa_passes if {
	resource := _input("aliyun", 3, {"console": true, "enabled": true, "mfa": true})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_aws_user_without_mfa_fails if {
	resource := _input("aws", 3, {"console": true, "enabled": true, "mfa": false})
	findings := user_mfa.deny with input as resource
	findings == {{"at": "mfa", "args": {"factors": "-"}}}
}

test_azure_user_without_mfa_fails if {
	resource := _input("azure", 3, {"console": true, "enabled": true, "mfa": false})
	findings := user_mfa.deny with input as resource
	findings == {{"at": "mfa", "args": {"factors": "-"}}}
}

test_aliyun_user_without_mfa_fails if {
	resource := _input("aliyun", 3, {"console": true, "enabled": true, "mfa": false})
	findings := user_mfa.deny with input as resource
	findings == {{"at": "mfa", "args": {"factors": "-"}}}
}

test_a_user_who_signs_in_is_judged if {
	resource := _input("aws", 3, {"console": true, "enabled": true, "mfa": true})
	user_mfa.applies with input as resource
}

test_a_user_with_keys_only_is_not_judged if {
	resource := _input("aws", 3, {"console": false, "enabled": true, "mfa": false})
	not user_mfa.applies with input as resource
}

test_a_user_with_keys_only_has_no_finding if {
	resource := _input("aws", 3, {"console": false, "enabled": true, "mfa": false})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_a_disabled_user_is_not_judged if {
	resource := _input("azure", 3, {"console": true, "enabled": false, "mfa": false})
	not user_mfa.applies with input as resource
}

test_a_disabled_user_has_no_finding if {
	resource := _input("azure", 3, {"console": true, "enabled": false, "mfa": false})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_unknown_mfa_has_no_finding if {
	resource := _input("aws", 3, {"console": true, "enabled": true})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := user_mfa.deny with input as resource
	findings == set()
}

test_codes_by_text_message_or_mail_alone_fail if {
	facts := {"console": true, "enabled": true, "mfa": true, "mfa_kinds": ["email", "sms"]}
	every provider in ["aws", "azure", "aliyun"] {
		findings := user_mfa.deny with input as _input(provider, 3, facts)
		findings == {{"at": "mfa_kinds", "args": {"factors": "email, sms"}}}
	}
}

test_a_cryptographic_factor_beside_text_messages_passes if {
	every kind in ["virtual", "hardware", "fido2", "app"] {
		facts := {"console": true, "enabled": true, "mfa": true, "mfa_kinds": ["sms", kind]}
		findings := user_mfa.deny with input as _input("azure", 3, facts)
		findings == set()
	}
}

test_kinds_that_the_cloud_does_not_name_pass if {
	facts := {"console": true, "enabled": true, "mfa": true, "mfa_kinds": []}
	findings := user_mfa.deny with input as _input("aliyun", 3, facts)
	findings == set()
}

test_a_kind_that_is_not_known_has_no_finding if {
	facts := {"console": true, "enabled": true, "mfa": true, "mfa_kinds": ["sms", null]}
	findings := user_mfa.deny with input as _input("azure", 3, facts)
	findings == set()
}

test_text_messages_of_who_cannot_sign_in_have_no_finding if {
	facts := {"console": true, "enabled": false, "mfa": true, "mfa_kinds": ["sms"]}
	findings := user_mfa.deny with input as _input("azure", 3, facts)
	findings == set()
}

test_azure_program_is_not_judged if {
	resource := _input("azure", 3, {"console": false, "enabled": true, "mfa": null, "mfa_kinds": null})
	not user_mfa.applies with input as resource
	findings := user_mfa.deny with input as resource
	findings == set()
}
