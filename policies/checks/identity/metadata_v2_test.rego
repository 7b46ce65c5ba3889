package mlps.checks.identity.metadata_v2_test

import data.mlps.checks.identity.metadata_v2

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "compute.instance",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_required_token_passes if {
	resource := _input("aws", 3, {"metadata_token_required": true})
	findings := metadata_v2.deny with input as resource
	findings == set()
}

test_azure_without_such_a_setting_passes if {
	resource := _input("azure", 3, {"metadata_token_required": null})
	findings := metadata_v2.deny with input as resource
	findings == set()
}

test_aliyun_hardened_mode_passes if {
	resource := _input("aliyun", 3, {"metadata_token_required": true})
	findings := metadata_v2.deny with input as resource
	findings == set()
}

test_aws_optional_token_fails if {
	resource := _input("aws", 3, {"metadata_token_required": false})
	findings := metadata_v2.deny with input as resource
	findings == {{"at": "metadata_token_required", "args": {}}}
}

test_azure_open_metadata_fails if {
	resource := _input("azure", 3, {"metadata_token_required": false})
	findings := metadata_v2.deny with input as resource
	findings == {{"at": "metadata_token_required", "args": {}}}
}

test_aliyun_normal_mode_fails if {
	resource := _input("aliyun", 3, {"metadata_token_required": false})
	findings := metadata_v2.deny with input as resource
	findings == {{"at": "metadata_token_required", "args": {}}}
}

test_a_cloud_without_tokens_is_not_judged if {
	resource := _input("azure", 3, {"metadata_token_required": null})
	not metadata_v2.applies with input as resource
}

test_a_cloud_with_tokens_is_judged if {
	resource := _input("aws", 3, {"metadata_token_required": false})
	metadata_v2.applies with input as resource
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := metadata_v2.deny with input as resource
	findings == set()
}

test_a_launch_template_without_tokens_fails if {
	resource := object.union(_input("aws", 3, {"metadata_token_required": false}), {"type": "compute.launch_template"})
	findings := metadata_v2.deny with input as resource
	findings == {{"at": "metadata_token_required", "args": {}}}
}
