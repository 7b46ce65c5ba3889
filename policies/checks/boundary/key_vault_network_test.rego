package mlps.checks.boundary.key_vault_network_test

import data.mlps.checks.boundary.key_vault_network

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "key.encryption_key",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_wide(i, range) := {"at": sprintf("network_ranges/%d", [i]), "args": {"range": range}}

_secret(provider, facts) := object.union(_input(provider, 3, facts), {"type": "key.secret"})

test_azure_private_endpoints_pass if {
	findings := key_vault_network.deny with input as _input("azure", 3, {"network_ranges": []})
	findings == set()
}

test_azure_named_range_passes if {
	findings := key_vault_network.deny with input as _secret("azure", {"network_ranges": ["203.0.113.0/24"]})
	findings == set()
}

test_aliyun_private_ranges_pass if {
	findings := key_vault_network.deny with input as _input("aliyun", 3, {"network_ranges": ["10.0.0.0/8"]})
	findings == set()
}

test_azure_open_vault_fails if {
	findings := key_vault_network.deny with input as _input("azure", 3, {"network_ranges": ["0.0.0.0/0", "::/0"]})
	findings == {_wide(0, "0.0.0.0/0"), _wide(1, "::/0")}
}

test_azure_secret_of_an_open_vault_fails if {
	findings := key_vault_network.deny with input as _secret("azure", {"network_ranges": ["0.0.0.0/0"]})
	findings == {_wide(0, "0.0.0.0/0")}
}

test_aliyun_open_key_fails if {
	findings := key_vault_network.deny with input as _input("aliyun", 3, {"network_ranges": ["0.0.0.0/0"]})
	findings == {_wide(0, "0.0.0.0/0")}
}

test_a_public_15_fails_and_a_16_does_not if {
	findings := key_vault_network.deny with input as _input("azure", 3, {"network_ranges": [
		"47.96.0.0/16",
		"47.96.0.0/15",
		"2001:da8::/32",
		"2001:da8::/31",
	]})
	findings == {_wide(1, "47.96.0.0/15"), _wide(3, "2001:da8::/31")}
}

test_a_cloud_without_the_setting_has_no_finding if {
	findings := key_vault_network.deny with input as _input("aws", 3, {"network_ranges": null})
	findings == set()
}

test_a_cloud_without_the_setting_is_not_judged if {
	not key_vault_network.applies with input as _input("aws", 3, {"network_ranges": null})
}

test_a_vault_is_judged if {
	key_vault_network.applies with input as _input("azure", 3, {"network_ranges": []})
}

test_an_unknown_range_has_no_finding if {
	findings := key_vault_network.deny with input as _input("azure", 3, {"network_ranges": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := key_vault_network.deny with input as _input("azure", 3, {})
	findings == set()
}
