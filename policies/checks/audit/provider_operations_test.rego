package mlps.checks.audit.provider_operations_test

import data.mlps.checks.audit.provider_operations

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.audit",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": null,
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_azure_with_lockbox_passes if {
	resource := _input("azure", 3, {"provider_operations_visible": true})
	findings := provider_operations.deny with input as resource
	findings == set()
	provider_operations.applies with input as resource
}

test_aliyun_with_inner_trail_passes if {
	resource := _input("aliyun", 2, {"provider_operations_visible": true})
	findings := provider_operations.deny with input as resource
	findings == set()
	provider_operations.applies with input as resource
}

test_azure_without_lockbox_fails if {
	findings := provider_operations.deny with input as _input("azure", 3, {"provider_operations_visible": false})
	findings == {{"at": "provider_operations_visible", "args": {}}}
}

test_aliyun_without_inner_trail_fails if {
	findings := provider_operations.deny with input as _input("aliyun", 2, {"provider_operations_visible": false})
	findings == {{"at": "provider_operations_visible", "args": {}}}
}

test_a_cloud_without_the_setting_is_not_judged if {
	resource := _input("aws", 3, {"provider_operations_visible": null})
	findings := provider_operations.deny with input as resource
	findings == set()
	not provider_operations.applies with input as resource
}

test_unknown_has_no_finding if {
	every provider, _ in _accounts {
		findings := provider_operations.deny with input as _input(provider, 3, {})
		findings == set()
	}
}
