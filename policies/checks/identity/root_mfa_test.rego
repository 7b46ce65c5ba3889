package mlps.checks.identity.root_mfa_test

import data.mlps.checks.identity.root_mfa

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

test_aws_root_with_a_virtual_device_passes if {
	resource := _input("aws", 3, {"root_mfa": true, "root_mfa_hardware": false})
	findings := root_mfa.deny with input as resource
	findings == set()
}

test_azure_owner_with_mfa_passes if {
	resource := _input("azure", 3, {"root_mfa": true, "root_mfa_hardware": null})
	findings := root_mfa.deny with input as resource
	findings == set()
}

test_aliyun_account_with_mfa_passes if {
	resource := _input("aliyun", 3, {"root_mfa": true, "root_mfa_hardware": null})
	findings := root_mfa.deny with input as resource
	findings == set()
}

test_aws_root_without_mfa_fails if {
	resource := _input("aws", 3, {"root_mfa": false, "root_mfa_hardware": false})
	findings := root_mfa.deny with input as resource
	findings == {{"at": "root_mfa", "args": {"level": 3}}}
}

test_azure_owner_without_mfa_fails if {
	resource := _input("azure", 3, {"root_mfa": false, "root_mfa_hardware": null})
	findings := root_mfa.deny with input as resource
	findings == {{"at": "root_mfa", "args": {"level": 3}}}
}

test_aliyun_account_without_mfa_fails if {
	resource := _input("aliyun", 3, {"root_mfa": false})
	findings := root_mfa.deny with input as resource
	findings == {{"at": "root_mfa", "args": {"level": 3}}}
}

test_a_virtual_device_fails_at_level_4 if {
	resource := _input("aws", 4, {"root_mfa": true, "root_mfa_hardware": false})
	findings := root_mfa.deny with input as resource
	findings == {{"at": "root_mfa_hardware", "args": {"level": 4}}}
}

test_a_hardware_device_passes_at_level_4 if {
	resource := _input("aws", 4, {"root_mfa": true, "root_mfa_hardware": true})
	findings := root_mfa.deny with input as resource
	findings == set()
}

test_no_mfa_is_one_finding_at_level_4 if {
	resource := _input("aws", 4, {"root_mfa": false, "root_mfa_hardware": false})
	findings := root_mfa.deny with input as resource
	findings == {{"at": "root_mfa", "args": {"level": 4}}}
}

test_a_cloud_that_does_not_tell_hardware_apart_has_no_finding_at_level_4 if {
	resource := _input("aliyun", 4, {"root_mfa": true, "root_mfa_hardware": null})
	findings := root_mfa.deny with input as resource
	findings == set()
	not root_mfa.applies with input as resource
	root_mfa.applies with input as _input("aliyun", 3, {"root_mfa": true, "root_mfa_hardware": null})
}

test_an_account_without_a_root_user_is_not_judged if {
	resource := _input("aws", 4, {"root_mfa": null, "root_mfa_hardware": null})
	findings := root_mfa.deny with input as resource
	findings == set()
	not root_mfa.applies with input as resource
	root_mfa.applies with input as _input("aws", 3, {"root_mfa": false})
}

test_unknown_has_no_finding if {
	resource := _input("aws", 4, {})
	findings := root_mfa.deny with input as resource
	findings == set()
}
