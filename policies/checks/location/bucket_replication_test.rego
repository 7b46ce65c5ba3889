package mlps.checks.location.bucket_replication_test

import data.mlps.checks.location.bucket_replication

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "storage.bucket",
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

test_aws_mainland_copy_passes if {
	findings := bucket_replication.deny with input as _input("aws", 3, {"replication": [{
		"region": "cn-northwest-1",
		"account": null,
	}]})
	findings == set()
}

test_azure_mainland_copy_passes if {
	findings := bucket_replication.deny with input as _input("azure", 3, {"replication": [{
		"region": "chinaeast3",
		"account": null,
	}]})
	findings == set()
}

test_aliyun_mainland_copy_passes if {
	findings := bucket_replication.deny with input as _input("aliyun", 3, {"replication": [{
		"region": "cn-shanghai",
		"account": null,
	}]})
	findings == set()
}

test_aws_copy_abroad_fails if {
	findings := bucket_replication.deny with input as _input("aws", 3, {"replication": [
		{"region": "cn-northwest-1", "account": null},
		{"region": "eu-west-1", "account": null},
	]})
	findings == {{"at": "replication/1/region", "args": {"region": "eu-west-1"}}}
}

test_azure_copy_abroad_fails if {
	findings := bucket_replication.deny with input as _input("azure", 3, {"replication": [{
		"region": "eastasia",
		"account": null,
	}]})
	findings == {{"at": "replication/0/region", "args": {"region": "eastasia"}}}
}

test_aliyun_copy_to_hong_kong_fails if {
	findings := bucket_replication.deny with input as _input("aliyun", 3, {"replication": [{
		"region": "cn-hongkong",
		"account": null,
	}]})
	findings == {{"at": "replication/0/region", "args": {"region": "cn-hongkong"}}}
}

test_a_bucket_without_copies_is_not_judged if {
	not bucket_replication.applies with input as _input("aws", 3, {"replication": []})
}

test_a_bucket_with_copies_is_judged if {
	bucket_replication.applies with input as _input("aws", 3, {"replication": [{
		"region": "cn-north-1",
		"account": null,
	}]})
}

test_a_copy_to_an_unknown_region_has_no_finding if {
	findings := bucket_replication.deny with input as _input("aws", 3, {"replication": [{"account": null}]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := bucket_replication.deny with input as _input("aws", 3, {})
	findings == set()
}
