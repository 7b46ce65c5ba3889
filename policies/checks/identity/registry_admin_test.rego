package mlps.checks.identity.registry_admin_test

import data.mlps.checks.identity.registry_admin

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "registry.repository",
	"provider": provider,
	"account": _accounts[provider],
	"region": "chinanorth3",
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_azure_registry_without_it_passes if {
	findings := registry_admin.deny with input as _input("azure", {"shared_admin": false})
	findings == set()
}

test_azure_registry_is_judged if {
	registry_admin.applies with input as _input("azure", {"shared_admin": false})
}

test_azure_registry_with_it_fails if {
	findings := registry_admin.deny with input as _input("azure", {"shared_admin": true})
	findings == {{"at": "shared_admin", "args": {}}}
}

test_clouds_without_it_pass_and_are_not_judged if {
	every provider in ["aws", "aliyun"] {
		findings := registry_admin.deny with input as _input(provider, {"shared_admin": null})
		findings == set()
		not registry_admin.applies with input as _input(provider, {"shared_admin": null})
	}
}

test_unknown_has_no_finding if {
	findings := registry_admin.deny with input as _input("azure", {})
	findings == set()
}
