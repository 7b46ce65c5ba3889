package mlps.checks.location.acceleration_test

import data.mlps.checks.location.acceleration

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.cdn",
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

_bucket(provider, facts) := object.union(_input(provider, 3, facts), {"type": "storage.bucket"})

test_mainland_delivery_passes if {
	every provider, _ in _accounts {
		findings := acceleration.deny with input as _input(provider, 3, {"scope": "mainland"})
		findings == set()
	}
}

test_delivery_abroad_fails if {
	every provider, _ in _accounts {
		every scope in ["global", "overseas"] {
			findings := acceleration.deny with input as _input(provider, 3, {"scope": scope})
			findings == {{"at": "scope", "args": {"what": scope}}}
		}
	}
}

test_buckets_without_acceleration_pass if {
	every provider, _ in _accounts {
		findings := acceleration.deny with input as _bucket(provider, {"acceleration": false})
		findings == set()
	}
}

test_accelerated_buckets_fail if {
	every provider in ["aws", "aliyun"] {
		findings := acceleration.deny with input as _bucket(provider, {"acceleration": true})
		findings == {{"at": "acceleration", "args": {"what": "transfer acceleration"}}}
	}
}

test_unknown_has_no_finding if {
	findings := acceleration.deny with input as _input("aws", 3, {})
	findings == set()
}

test_an_unknown_bucket_has_no_finding if {
	findings := acceleration.deny with input as _bucket("aliyun", {})
	findings == set()
}
