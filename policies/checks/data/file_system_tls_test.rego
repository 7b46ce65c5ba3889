package mlps.checks.data.file_system_tls_test

import data.mlps.checks.data.file_system_tls

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "storage.file_system",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"context": {"allowed_accounts": ["444455556666"]},
	"facts": facts,
}

test_aws_refusing_plaintext_passes if {
	facts := {"tls": {"minimum": "1.2", "required": true, "policy": null}}
	findings := file_system_tls.deny with input as _input("aws", facts)
	findings == set()
}

test_azure_secure_transfer_passes if {
	facts := {"tls": {"minimum": "1.2", "required": true, "policy": null}}
	findings := file_system_tls.deny with input as _input("azure", facts)
	findings == set()
}

test_aws_offering_tls_fails if {
	facts := {"tls": {"minimum": "1.2", "required": false, "policy": null}}
	findings := file_system_tls.deny with input as _input("aws", facts)
	findings == {{"at": "tls/required", "args": {}}}
}

test_azure_plain_shares_fail if {
	facts := {"tls": {"minimum": "1.0", "required": false, "policy": null}}
	findings := file_system_tls.deny with input as _input("azure", facts)
	findings == {{"at": "tls/required", "args": {}}}
}

test_unknown_has_no_finding if {
	facts := {"tls": {"minimum": "1.2"}}
	findings := file_system_tls.deny with input as _input("aws", facts)
	findings == set()
}
