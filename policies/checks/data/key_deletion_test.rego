package mlps.checks.data.key_deletion_test

import data.mlps.checks.data.key_deletion

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

test_aws_enabled_key_passes if {
	resource := _input("aws", 3, {"state": "enabled", "used_by": 4})
	findings := key_deletion.deny with input as resource
	findings == set()
}

test_azure_enabled_key_passes if {
	resource := _input("azure", 3, {"state": "enabled", "used_by": null})
	findings := key_deletion.deny with input as resource
	findings == set()
}

test_aliyun_enabled_key_passes if {
	resource := _input("aliyun", 3, {"state": "enabled", "used_by": null})
	findings := key_deletion.deny with input as resource
	findings == set()
}

test_aws_used_key_fails if {
	resource := _input("aws", 3, {"state": "pending-deletion", "used_by": 4})
	findings := key_deletion.deny with input as resource
	findings == {{"at": "state", "args": {"used_by": 4}}}
}

test_azure_used_key_fails if {
	resource := _input("azure", 3, {"state": "pending-deletion", "used_by": 1})
	findings := key_deletion.deny with input as resource
	findings == {{"at": "state", "args": {"used_by": 1}}}
}

test_aliyun_key_of_untold_use_fails if {
	resource := _input("aliyun", 3, {"state": "pending-deletion", "used_by": null})
	findings := key_deletion.deny with input as resource
	findings == {{"at": "state", "args": {"used_by": "-"}}}
}

test_an_unused_key_passes if {
	resource := _input("aws", 3, {"state": "pending-deletion", "used_by": 0})
	findings := key_deletion.deny with input as resource
	findings == set()
}

test_a_disabled_key_passes if {
	resource := _input("aws", 3, {"state": "disabled", "used_by": 4})
	findings := key_deletion.deny with input as resource
	findings == set()
}

test_unknown_use_has_no_finding if {
	resource := _input("aws", 3, {"state": "pending-deletion"})
	findings := key_deletion.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := key_deletion.deny with input as resource
	findings == set()
}
