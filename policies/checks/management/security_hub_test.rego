package mlps.checks.management.security_hub_test

import data.mlps.checks.management.security_hub

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "account.threat_detection",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_with_an_aggregator_passes if {
	findings := security_hub.deny with input as _input("aws", 3, {"aggregated": true})
	findings == set()
	security_hub.applies with input as _input("aws", 3, {"aggregated": true})
}

test_azure_with_an_export_passes if {
	findings := security_hub.deny with input as _input("azure", 4, {"aggregated": true})
	findings == set()
}

test_aliyun_with_one_console_passes if {
	findings := security_hub.deny with input as _input("aliyun", 3, {"aggregated": true})
	findings == set()
}

test_aws_without_an_aggregator_fails if {
	findings := security_hub.deny with input as _input("aws", 3, {"aggregated": false})
	findings == {{"at": "aggregated", "args": {}}}
}

test_azure_without_an_export_fails if {
	findings := security_hub.deny with input as _input("azure", 3, {"aggregated": false})
	findings == {{"at": "aggregated", "args": {}}}
}

test_aliyun_account_by_itself_fails if {
	findings := security_hub.deny with input as _input("aliyun", 4, {"aggregated": false})
	findings == {{"at": "aggregated", "args": {}}}
}

test_level_2_is_not_judged if {
	findings := security_hub.deny with input as _input("aws", 2, {"aggregated": false})
	findings == set()
	not security_hub.applies with input as _input("aws", 2, {"aggregated": false})
}

test_unknown_has_no_finding if {
	every provider, _ in _accounts {
		findings := security_hub.deny with input as _input(provider, 3, {})
		findings == set()
	}
}
