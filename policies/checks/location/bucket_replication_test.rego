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
	findings == {{"at": "replication/1/region", "args": {"target": "eu-west-1"}}}
}

test_azure_copy_abroad_fails if {
	findings := bucket_replication.deny with input as _input("azure", 3, {"replication": [{
		"region": "eastasia",
		"account": null,
	}]})
	findings == {{"at": "replication/0/region", "args": {"target": "eastasia"}}}
}

test_aliyun_copy_to_hong_kong_fails if {
	findings := bucket_replication.deny with input as _input("aliyun", 3, {"replication": [{
		"region": "cn-hongkong",
		"account": null,
	}]})
	findings == {{"at": "replication/0/region", "args": {"target": "cn-hongkong"}}}
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

test_a_copy_in_the_own_account_passes if {
	every provider, account in _accounts {
		findings := bucket_replication.deny with input as _input(provider, 3, {"replication": [{
			"region": _regions[provider],
			"account": account,
		}]})
		findings == set()
	}
}

test_a_copy_in_another_account_fails if {
	every provider, region in _regions {
		findings := bucket_replication.deny with input as _input(provider, 3, {"replication": [{
			"region": region,
			"account": "999988887777",
		}]})
		findings == {{"at": "replication/0/account", "args": {"target": "999988887777"}}}
	}
}

test_a_copy_in_another_account_abroad_fails_twice if {
	findings := bucket_replication.deny with input as _input("aws", 3, {"replication": [{
		"region": "us-east-1",
		"account": "999988887777",
	}]})
	findings == {
		{"at": "replication/0/region", "args": {"target": "us-east-1"}},
		{"at": "replication/0/account", "args": {"target": "999988887777"}},
	}
}

test_declared_accounts_and_regions_pass if {
	declared := object.union(
		_input("aws", 3, {"replication": [{"region": "ap-east-1", "account": "999988887777"}]}),
		{"context": {"allowed_regions": ["cn-north-1", "ap-east-1"], "allowed_accounts": ["999988887777"]}},
	)
	findings := bucket_replication.deny with input as declared
	findings == set()
}

test_empty_declarations_change_nothing if {
	declared := object.union(
		_input("aws", 3, {"replication": [{"region": "cn-north-1", "account": "999988887777"}]}),
		{"context": {"allowed_regions": [], "allowed_accounts": []}},
	)
	findings := bucket_replication.deny with input as declared
	findings == {{"at": "replication/0/account", "args": {"target": "999988887777"}}}
}

test_an_unknown_account_has_no_finding if {
	findings := bucket_replication.deny with input as _input("aws", 3, {"replication": [{"region": "cn-north-1"}]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := bucket_replication.deny with input as _input("aws", 3, {})
	findings == set()
}
