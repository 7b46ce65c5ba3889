package mlps.checks.compute.cluster_secrets_test

import data.mlps.checks.compute.cluster_secrets

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, type, level, facts) := {
	"id": "r-1",
	"type": type,
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

test_aws_encrypted_secrets_passes if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "customer"}}
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == set()
}

test_azure_encrypted_secrets_passes if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "customer"}}
	findings := cluster_secrets.deny with input as _input("azure", "compute.cluster", 3, facts)
	findings == set()
}

test_aliyun_encrypted_secrets_passes if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "customer"}}
	findings := cluster_secrets.deny with input as _input("aliyun", "compute.cluster", 3, facts)
	findings == set()
}

test_aws_plain_secrets_fails if {
	facts := {"secrets_encryption": {"enabled": false, "key_manager": null}}
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == {{"at": "secrets_encryption/enabled", "args": {"encrypted": false, "manager": "-"}}}
}

test_azure_plain_secrets_fails if {
	facts := {"secrets_encryption": {"enabled": false, "key_manager": null}}
	findings := cluster_secrets.deny with input as _input("azure", "compute.cluster", 3, facts)
	findings == {{"at": "secrets_encryption/enabled", "args": {"encrypted": false, "manager": "-"}}}
}

test_aliyun_plain_secrets_fails if {
	facts := {"secrets_encryption": {"enabled": false, "key_manager": null}}
	findings := cluster_secrets.deny with input as _input("aliyun", "compute.cluster", 3, facts)
	findings == {{"at": "secrets_encryption/enabled", "args": {"encrypted": false, "manager": "-"}}}
}

test_a_key_of_the_provider_fails_at_level_3 if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "provider"}}
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == {{"at": "secrets_encryption/key_manager", "args": {"encrypted": true, "manager": "provider"}}}
}

test_a_key_of_the_provider_passes_at_level_2 if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "provider"}}
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 2, facts)
	findings == set()
}

test_unknown_has_no_finding if {
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 3, {})
	findings == set()
}

test_plain_secrets_fails_at_level_1 if {
	facts := {"secrets_encryption": {"enabled": false, "key_manager": null}}
	findings := cluster_secrets.deny with input as _input("aliyun", "compute.cluster", 1, facts)
	findings == {{"at": "secrets_encryption/enabled", "args": {"encrypted": false, "manager": "-"}}}
}

test_a_key_in_the_cloud_fails_where_keys_are_held_outside if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "customer"}}
	resource := object.union(
		_input("aws", "compute.cluster", 3, facts),
		{"context": {"key_manager": "external"}},
	)
	findings := cluster_secrets.deny with input as resource
	findings == {{"at": "secrets_encryption/key_manager", "args": {"encrypted": true, "manager": "customer"}}}
}

test_a_key_held_outside_passes if {
	facts := {"secrets_encryption": {"enabled": true, "key_manager": "external"}}
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 4, facts)
	findings == set()
}

test_unknown_manager_has_no_finding if {
	facts := {"secrets_encryption": {"enabled": true}}
	findings := cluster_secrets.deny with input as _input("aws", "compute.cluster", 3, facts)
	findings == set()
}
