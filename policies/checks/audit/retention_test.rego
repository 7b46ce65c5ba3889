package mlps.checks.audit.retention_test

import data.mlps.checks.audit.retention

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.audit",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "app",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

# The same with parts of the envelope replaced.
_with(provider, level, facts, envelope) := object.union(_input(provider, level, facts), envelope)

test_aws_trail_kept_180_days_passes if {
	findings := retention.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"retention_days": 180,
	}]})
	findings == set()
}

test_azure_store_kept_a_year_passes if {
	findings := retention.deny with input as _with("azure", 3, {"retention_days": 365}, {"type": "log.store"})
	findings == set()
}

test_aliyun_store_kept_for_ever_passes if {
	findings := retention.deny with input as _with("aliyun", 3, {"retention_days": null}, {"type": "log.store"})
	findings == set()
}

test_aws_short_trail_fails if {
	findings := retention.deny with input as _input("aws", 3, {"trails": [
		{"id": "main", "logging": true, "retention_days": null},
		{"id": "second", "logging": true, "retention_days": 179},
	]})
	findings == {{
		"at": "trails/1/retention_days",
		"args": {"log": "second", "days": 179, "level": 3, "limit": 180},
	}}
}

test_azure_short_store_fails if {
	findings := retention.deny with input as _with("azure", 3, {"retention_days": 30}, {"type": "log.store"})
	findings == {{"at": "retention_days", "args": {"log": "app", "days": 30, "level": 3, "limit": 180}}}
}

test_aliyun_short_store_fails_at_level_2 if {
	findings := retention.deny with input as _with("aliyun", 2, {"retention_days": 90}, {"type": "log.store"})
	findings == {{"at": "retention_days", "args": {"log": "app", "days": 90, "level": 2, "limit": 180}}}
}

test_a_short_store_passes_at_level_1 if {
	findings := retention.deny with input as _with("aws", 1, {"retention_days": 30}, {"type": "log.store"})
	findings == set()
}

test_level_1_is_not_judged if {
	not retention.applies with input as _input("aws", 1, {"retention_days": 30})
}

test_level_2_is_judged if {
	retention.applies with input as _input("aws", 2, {"retention_days": 30})
}

test_no_trail_fails if {
	findings := retention.deny with input as _input("aws", 3, {"trails": []})
	findings == {{"at": "trails", "args": {"log": "-", "days": 0, "level": 3, "limit": 180}}}
}

test_no_trail_passes_at_level_1 if {
	findings := retention.deny with input as _input("aws", 1, {"trails": []})
	findings == set()
}

test_a_stopped_trail_alone_fails if {
	findings := retention.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"logging": false,
		"retention_days": null,
	}]})
	findings == {{"at": "trails", "args": {"log": "-", "days": 0, "level": 3, "limit": 180}}}
}

test_a_stopped_trail_beside_a_running_one_has_no_finding if {
	findings := retention.deny with input as _input("aws", 3, {"trails": [
		{"id": "main", "logging": true, "retention_days": null},
		{"id": "old", "logging": false, "retention_days": 7},
	]})
	findings == set()
}

test_an_unknown_retention_has_no_finding if {
	findings := retention.deny with input as _input("aws", 3, {"trails": [{"id": "main", "logging": true}]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := retention.deny with input as _input("aws", 3, {})
	findings == set()
}
