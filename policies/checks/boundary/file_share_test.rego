package mlps.checks.boundary.file_share_test

import data.mlps.checks.boundary.file_share

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "storage.file_system",
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

_closed := {"public": false, "via": []}

_wide(i, range) := {"at": sprintf("mount_ranges/%d", [i]), "args": {"range": range}}

test_aws_private_range_passes if {
	findings := file_share.deny with input as _input("aws", 3, {
		"mount_ranges": ["10.0.0.0/8", "group:sg-1"],
		"exposure": _closed,
	})
	findings == set()
}

test_azure_private_endpoints_pass if {
	findings := file_share.deny with input as _input("azure", 3, {"mount_ranges": [], "exposure": _closed})
	findings == set()
}

test_aliyun_own_group_passes if {
	findings := file_share.deny with input as _input("aliyun", 3, {
		"mount_ranges": ["192.168.1.0/24"],
		"exposure": _closed,
	})
	findings == set()
}

test_aws_open_mount_target_fails if {
	findings := file_share.deny with input as _input("aws", 3, {
		"mount_ranges": ["10.0.0.0/8", "0.0.0.0/0"],
		"exposure": _closed,
	})
	findings == {_wide(1, "0.0.0.0/0")}
}

test_azure_account_for_everyone_fails if {
	findings := file_share.deny with input as _input("azure", 3, {
		"mount_ranges": ["0.0.0.0/0", "::/0"],
		"exposure": {"public": true, "via": ["endpoint"]},
	})
	findings == {
		_wide(0, "0.0.0.0/0"),
		_wide(1, "::/0"),
		{"at": "exposure/public", "args": {"range": "0.0.0.0/0"}},
	}
}

test_aliyun_default_group_fails if {
	findings := file_share.deny with input as _input("aliyun", 3, {
		"mount_ranges": ["0.0.0.0/0"],
		"exposure": _closed,
	})
	findings == {_wide(0, "0.0.0.0/0")}
}

test_a_public_15_fails_and_a_16_does_not if {
	findings := file_share.deny with input as _input("azure", 3, {
		"mount_ranges": ["47.96.0.0/15", "47.96.0.0/16", "2001:da8::/31", "2001:da8::/32"],
		"exposure": _closed,
	})
	findings == {_wide(0, "47.96.0.0/15"), _wide(2, "2001:da8::/31")}
}

test_exposure_by_a_policy_fails if {
	findings := file_share.deny with input as _input("aws", 3, {
		"mount_ranges": ["10.0.0.0/16"],
		"exposure": {"public": true, "via": ["policy"]},
	})
	findings == {{"at": "exposure/public", "args": {"range": "0.0.0.0/0"}}}
}

test_an_unknown_range_has_no_finding if {
	findings := file_share.deny with input as _input("aws", 3, {"mount_ranges": [null], "exposure": _closed})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := file_share.deny with input as _input("aws", 3, {})
	findings == set()
}
