package mlps.checks.audit.log_store_private_test

import data.mlps.checks.audit.log_store_private

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "log.store",
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

test_aliyun_private_passes if {
	facts := {"exposure": {"public": false, "via": []}}
	findings := log_store_private.deny with input as _input("aliyun", facts)
	findings == set()
}

test_azure_private_passes if {
	facts := {"exposure": {"public": false, "via": []}}
	findings := log_store_private.deny with input as _input("azure", facts)
	findings == set()
}

test_web_tracking_fails if {
	facts := {"exposure": {"public": true, "via": ["web-tracking"]}}
	findings := log_store_private.deny with input as _input("aliyun", facts)
	findings == {{"at": "exposure/public", "args": {"ways": "web-tracking"}}}
}

test_two_ways_are_one_finding if {
	facts := {"exposure": {"public": true, "via": ["policy", "web-tracking"]}}
	findings := log_store_private.deny with input as _input("aliyun", facts)
	findings == {{"at": "exposure/public", "args": {"ways": "policy, web-tracking"}}}
}

test_public_by_unknown_ways_fails if {
	facts := {"exposure": {"public": true}}
	findings := log_store_private.deny with input as _input("aliyun", facts)
	findings == {{"at": "exposure/public", "args": {"ways": "?"}}}
}

test_unknown_has_no_finding if {
	facts := {"exposure": {}}
	findings := log_store_private.deny with input as _input("aliyun", facts)
	findings == set()
}
