package mlps.checks.boundary.storage_network_test

import data.mlps.checks.boundary.storage_network

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "storage.bucket",
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
	"facts": facts,
}

_wide(i, range) := {"at": sprintf("source_ranges/%d", [i]), "args": {"range": range}}

test_azure_closed_account_passes if {
	findings := storage_network.deny with input as _input("azure", {"source_ranges": []})
	findings == set()
}

test_azure_named_and_private_ranges_pass if {
	findings := storage_network.deny with input as _input("azure", {"source_ranges": ["203.0.113.0/24", "10.0.0.0/8"]})
	findings == set()
}

test_azure_open_account_fails if {
	findings := storage_network.deny with input as _input("azure", {"source_ranges": ["0.0.0.0/0", "::/0"]})
	findings == {_wide(0, "0.0.0.0/0"), _wide(1, "::/0")}
}

test_a_public_15_fails_and_a_16_does_not if {
	findings := storage_network.deny with input as _input("azure", {"source_ranges": ["47.96.0.0/16", "47.96.0.0/15"]})
	findings == {_wide(1, "47.96.0.0/15")}
}

test_an_account_is_judged if {
	storage_network.applies with input as _input("azure", {"source_ranges": []})
}

test_aws_bucket_is_not_judged if {
	not storage_network.applies with input as _input("aws", {"source_ranges": ["0.0.0.0/0"]})
}

test_aliyun_bucket_has_no_finding if {
	findings := storage_network.deny with input as _input("aliyun", {"source_ranges": ["0.0.0.0/0"]})
	findings == set()
}

test_an_unknown_range_has_no_finding if {
	findings := storage_network.deny with input as _input("azure", {"source_ranges": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := storage_network.deny with input as _input("azure", {})
	findings == set()
}
