package mlps.checks.location.backup_copy_test

import data.mlps.checks.location.backup_copy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "backup.plan",
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

_abroad := {"aws": "us-east-1", "azure": "eastasia", "aliyun": "cn-hongkong"}

_copies(regions) := [{"region": region, "account": null} | some region in regions]

_backup(regions) := {"backup": {"enabled": true, "retention_days": 7, "copies": _copies(regions)}}

test_mainland_copies_pass if {
	every provider, region in _mainland {
		findings := backup_copy.deny with input as _input(provider, 3, {"copies": _copies([region])})
		findings == set()
	}
}

test_copies_abroad_fail if {
	every provider, region in _abroad {
		findings := backup_copy.deny with input as _input(provider, 3, {"copies": _copies([_mainland[provider], region])})
		findings == {{"at": "copies/1/region", "args": {"region": region}}}
	}
}

test_mainland_copies_of_automatic_backups_pass if {
	every provider, region in _mainland {
		findings := backup_copy.deny with input as _input(provider, 3, _backup([region]))
		findings == set()
	}
}

test_automatic_backups_abroad_fail if {
	every provider, region in _abroad {
		findings := backup_copy.deny with input as _input(provider, 3, _backup([region]))
		findings == {{"at": "backup/copies/0/region", "args": {"region": region}}}
	}
}

test_declared_regions_are_allowed_and_no_others if {
	declared := object.union(
		_input("aws", 3, {"copies": _copies(["ap-east-1", "cn-northwest-1"])}),
		{"context": {"allowed_regions": ["cn-north-1", "ap-east-1"]}},
	)
	findings := backup_copy.deny with input as declared
	findings == {{"at": "copies/1/region", "args": {"region": "cn-northwest-1"}}}
}

test_without_copies_nothing_is_judged if {
	every facts in [{"copies": []}, _backup([])] {
		not backup_copy.applies with input as _input("aws", 3, facts)
	}
}

test_copies_are_judged if {
	every facts in [{"copies": _copies(["cn-north-1"])}, _backup(["cn-north-1"])] {
		backup_copy.applies with input as _input("aws", 3, facts)
	}
}

test_a_copy_in_an_unknown_region_has_no_finding if {
	every facts in [{"copies": [{"account": null}]}, {"backup": {"copies": [{"account": null}, null]}}] {
		findings := backup_copy.deny with input as _input("aws", 3, facts)
		findings == set()
	}
}

test_unknown_copies_have_no_finding if {
	every facts in [{}, {"backup": {"enabled": true}}] {
		findings := backup_copy.deny with input as _input("aliyun", 3, facts)
		findings == set()
	}
}
