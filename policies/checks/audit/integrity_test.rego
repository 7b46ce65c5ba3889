package mlps.checks.audit.integrity_test

import data.mlps.checks.audit.integrity

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "account.audit",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": null,
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_protected_trail_passes if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": true,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": true,
		"store_lock_days": 400,
	}]})
	findings == set()
}

test_azure_protected_trail_passes if {
	findings := integrity.deny with input as _input("azure", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": true,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": true,
		"store_lock_days": 400,
	}]})
	findings == set()
}

test_aliyun_protected_trail_passes if {
	findings := integrity.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": true,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": true,
		"store_lock_days": 400,
	}]})
	findings == set()
}

test_aws_without_validation_fails if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": false,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": true,
		"store_lock_days": 400,
	}]})
	findings == {{
		"at": "trails/0/integrity_validation",
		"args": {"trail": "main", "setting": "integrity_validation"},
	}}
}

test_azure_without_versioning_fails if {
	findings := integrity.deny with input as _input("azure", 2, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": null,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": false,
		"store_lock_days": 90,
	}]})
	findings == {{"at": "trails/0/store_versioning", "args": {"trail": "main", "setting": "store_versioning"}}}
}

test_aliyun_without_encryption_fails if {
	findings := integrity.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": true,
		"encryption": {"enabled": false, "key_manager": null},
		"store_versioning": true,
		"store_lock_days": 400,
	}]})
	findings == {{"at": "trails/0/encryption/enabled", "args": {"trail": "main", "setting": "encryption"}}}
}

test_each_missing_protection_is_a_finding if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [
		{
			"id": "main",
			"logging": true,
			"integrity_validation": true,
			"encryption": {"enabled": true, "key_manager": "customer"},
			"store_versioning": true,
			"store_lock_days": 400,
		},
		{
			"id": "second",
			"logging": true,
			"integrity_validation": false,
			"encryption": {"enabled": true, "key_manager": "customer"},
			"store_versioning": false,
		},
	]})
	findings == {
		{"at": "trails/1/integrity_validation", "args": {"trail": "second", "setting": "integrity_validation"}},
		{"at": "trails/1/store_versioning", "args": {"trail": "second", "setting": "store_versioning"}},
	}
}

test_a_stopped_trail_beside_a_running_one_has_no_finding if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [
		{
			"id": "main",
			"logging": true,
			"integrity_validation": true,
			"encryption": {"enabled": true, "key_manager": "customer"},
			"store_versioning": true,
			"store_lock_days": 400,
		},
		{
			"id": "old",
			"logging": false,
			"integrity_validation": false,
			"encryption": {"enabled": true, "key_manager": "customer"},
			"store_versioning": true,
			"store_lock_days": 400,
		},
	]})
	findings == set()
}

test_only_stopped_trails_fail if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"logging": false,
		"integrity_validation": true,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": true,
		"store_lock_days": 400,
	}]})
	findings == {{"at": "trails", "args": {"trail": "-", "setting": "logging"}}}
}

test_no_trail_fails if {
	findings := integrity.deny with input as _input("aliyun", 3, {"trails": []})
	findings == {{"at": "trails", "args": {"trail": "-", "setting": "logging"}}}
}

_protected(provider, level, changes) := _input(provider, level, {"trails": [object.union(
	{
		"id": "main",
		"logging": true,
		"integrity_validation": true,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": true,
		"store_lock_days": 180,
	},
	changes,
)]})

test_a_short_lock_fails_from_level_3_on if {
	every level in [3, 4] {
		findings := integrity.deny with input as _protected("aws", level, {"store_lock_days": 179})
		findings == {{
			"at": "trails/0/store_lock_days",
			"args": {"trail": "main", "setting": "store_lock"},
		}}
	}
}

test_no_lock_passes_at_level_2 if {
	findings := integrity.deny with input as _protected("aliyun", 2, {"store_lock_days": 0})
	findings == set()
}

test_a_locked_store_needs_no_versions if {
	every provider in ["azure", "aliyun"] {
		findings := integrity.deny with input as _protected(provider, 4, {"store_versioning": false})
		findings == set()
	}
}

test_aws_without_versions_fails_whatever_is_known_of_a_lock if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"store_versioning": false,
	}]})
	findings == {{"at": "trails/0/store_versioning", "args": {"trail": "main", "setting": "store_versioning"}}}
}

test_without_versions_an_unknown_lock_has_no_finding if {
	findings := integrity.deny with input as _input("aliyun", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"store_versioning": false,
	}]})
	findings == set()
}

test_a_log_store_has_neither_versions_nor_locks if {
	changes := {"integrity_validation": null, "store_versioning": null, "store_lock_days": null}
	every provider in ["azure", "aliyun"] {
		findings := integrity.deny with input as _protected(provider, 4, changes)
		findings == set()
	}
}

test_unknown_protection_has_no_finding if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [{"id": "main", "logging": true}]})
	findings == set()
}

test_an_unknown_state_points_above_it if {
	findings := integrity.deny with input as _input("aws", 3, {"trails": [{"id": "main"}]})
	findings == {{"at": "trails", "args": {"trail": "-", "setting": "logging"}}}
}

test_unknown_has_no_finding if {
	findings := integrity.deny with input as _input("aws", 3, {})
	findings == set()
}
