package mlps.checks.data.log_encryption_test

import data.mlps.checks.data.log_encryption

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "log.store",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_log_group_passes if {
	resource := _input("aws", 3, {"encryption": {"enabled": true}})
	findings := log_encryption.deny with input as resource
	findings == set()
}

test_azure_workspace_passes if {
	resource := _input("azure", 3, {"encryption": {"enabled": true}})
	findings := log_encryption.deny with input as resource
	findings == set()
}

test_aliyun_logstore_passes if {
	resource := _input("aliyun", 3, {"encryption": {"enabled": true}})
	findings := log_encryption.deny with input as resource
	findings == set()
}

test_aws_log_group_fails if {
	resource := _input("aws", 3, {"encryption": {"enabled": false}})
	findings := log_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_azure_workspace_fails if {
	resource := _input("azure", 3, {"encryption": {"enabled": false}})
	findings := log_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_aliyun_logstore_fails if {
	resource := _input("aliyun", 3, {"encryption": {"enabled": false}})
	findings := log_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := log_encryption.deny with input as resource
	findings == set()
}

test_an_unknown_key_changes_nothing if {
	resource := _input("aws", 3, {"encryption": {"enabled": true}})
	findings := log_encryption.deny with input as resource
	findings == set()
}

test_unknown_part_has_no_finding if {
	resource := _input("aws", 3, {"encryption": {"key_id": "k"}})
	findings := log_encryption.deny with input as resource
	findings == set()
}
