package mlps.checks.location.replica_test

import data.mlps.checks.location.replica

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "database.instance",
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

_mainland := {"aws": "cn-northwest-1", "azure": "chinaeast3", "aliyun": "cn-shanghai"}

_abroad := {"aws": "eu-west-1", "azure": "eastasia", "aliyun": "cn-hongkong"}

_replicas(regions) := {"replicas": [{"region": region, "account": null} | some region in regions]}

test_mainland_replicas_pass if {
	every provider, region in _mainland {
		findings := replica.deny with input as _input(provider, 3, _replicas([region]))
		findings == set()
	}
}

test_replicas_abroad_fail if {
	every provider, region in _abroad {
		findings := replica.deny with input as _input(provider, 3, _replicas([_mainland[provider], region]))
		findings == {{"at": "replicas/1/region", "args": {"region": region}}}
	}
}

test_each_replica_abroad_fails if {
	findings := replica.deny with input as _input("aliyun", 3, _replicas(["ap-southeast-1", "us-west-1"]))
	findings == {
		{"at": "replicas/0/region", "args": {"region": "ap-southeast-1"}},
		{"at": "replicas/1/region", "args": {"region": "us-west-1"}},
	}
}

test_every_level_is_judged if {
	every level in [1, 2, 3, 4] {
		findings := replica.deny with input as _input("aws", level, _replicas(["us-east-1"]))
		count(findings) == 1
	}
}

test_declared_regions_are_allowed_and_no_others if {
	declared := object.union(
		_input("aliyun", 3, _replicas(["cn-hongkong", "cn-shanghai"])),
		{"context": {"allowed_regions": ["cn-hangzhou", "cn-hongkong"]}},
	)
	findings := replica.deny with input as declared
	findings == {{"at": "replicas/1/region", "args": {"region": "cn-shanghai"}}}
}

test_no_declared_region_means_the_mainland if {
	declared := object.union(
		_input("aws", 3, _replicas(["cn-northwest-1", "us-east-1"])),
		{"context": {"allowed_regions": []}},
	)
	findings := replica.deny with input as declared
	findings == {{"at": "replicas/1/region", "args": {"region": "us-east-1"}}}
}

test_a_database_without_replicas_is_not_judged if {
	not replica.applies with input as _input("aws", 3, {"replicas": []})
}

test_a_database_with_replicas_is_judged if {
	replica.applies with input as _input("aws", 3, _replicas(["cn-north-1"]))
}

test_a_replica_in_an_unknown_region_has_no_finding if {
	findings := replica.deny with input as _input("aws", 3, {"replicas": [{"account": null}, null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := replica.deny with input as _input("aws", 3, {})
	findings == set()
}
