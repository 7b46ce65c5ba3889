package mlps.checks.compute.registry_scan_test

import data.mlps.checks.compute.registry_scan

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

test_aws_guarded_registry_passes if {
	facts := {"scan_on_push": true, "immutable_tags": true}
	findings := registry_scan.deny with input as _input("aws", "registry.repository", 3, facts)
	findings == set()
}

test_azure_guarded_registry_passes if {
	facts := {"scan_on_push": true, "immutable_tags": null}
	findings := registry_scan.deny with input as _input("azure", "registry.repository", 3, facts)
	findings == set()
}

test_aliyun_guarded_registry_passes if {
	facts := {"scan_on_push": true, "immutable_tags": true}
	findings := registry_scan.deny with input as _input("aliyun", "registry.repository", 3, facts)
	findings == set()
}

test_aws_unscanned_registry_fails if {
	facts := {"scan_on_push": false, "immutable_tags": true}
	findings := registry_scan.deny with input as _input("aws", "registry.repository", 3, facts)
	findings == {{"at": "scan_on_push", "args": {"scan": false, "immutable": true}}}
}

test_azure_unscanned_registry_fails if {
	facts := {"scan_on_push": false, "immutable_tags": null}
	findings := registry_scan.deny with input as _input("azure", "registry.repository", 3, facts)
	findings == {{"at": "scan_on_push", "args": {"scan": false, "immutable": "?"}}}
}

test_aliyun_unscanned_registry_fails if {
	facts := {"scan_on_push": false, "immutable_tags": true}
	findings := registry_scan.deny with input as _input("aliyun", "registry.repository", 3, facts)
	findings == {{"at": "scan_on_push", "args": {"scan": false, "immutable": true}}}
}

test_aws_mutable_tags_fails if {
	facts := {"scan_on_push": true, "immutable_tags": false}
	findings := registry_scan.deny with input as _input("aws", "registry.repository", 3, facts)
	findings == {{"at": "immutable_tags", "args": {"scan": true, "immutable": false}}}
}

test_aliyun_mutable_tags_fails if {
	facts := {"scan_on_push": true, "immutable_tags": false}
	findings := registry_scan.deny with input as _input("aliyun", "registry.repository", 3, facts)
	findings == {{"at": "immutable_tags", "args": {"scan": true, "immutable": false}}}
}

test_unknown_has_no_finding if {
	findings := registry_scan.deny with input as _input("aws", "registry.repository", 3, {})
	findings == set()
}

test_neither_fails_twice if {
	facts := {"scan_on_push": false, "immutable_tags": false}
	findings := registry_scan.deny with input as _input("aws", "registry.repository", 3, facts)
	findings == {
		{"at": "scan_on_push", "args": {"scan": false, "immutable": false}},
		{"at": "immutable_tags", "args": {"scan": false, "immutable": false}},
	}
}

test_unknown_scan_does_not_hide_mutable_tags if {
	facts := {"immutable_tags": false}
	findings := registry_scan.deny with input as _input("aws", "registry.repository", 3, facts)
	findings == {{"at": "immutable_tags", "args": {"scan": "?", "immutable": false}}}
}
