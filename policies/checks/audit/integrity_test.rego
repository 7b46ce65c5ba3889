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
	}]})
	findings == {{
		"at": "trails/0/integrity_validation",
		"args": {"trail": "main", "setting": "integrity_validation"},
	}}
}

test_azure_without_versioning_fails if {
	findings := integrity.deny with input as _input("azure", 3, {"trails": [{
		"id": "main",
		"logging": true,
		"integrity_validation": true,
		"encryption": {"enabled": true, "key_manager": "customer"},
		"store_versioning": false,
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
		},
		{
			"id": "old",
			"logging": false,
			"integrity_validation": false,
			"encryption": {"enabled": true, "key_manager": "customer"},
			"store_versioning": true,
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
	}]})
	findings == {{"at": "trails", "args": {"trail": "-", "setting": "logging"}}}
}

test_no_trail_fails if {
	findings := integrity.deny with input as _input("aliyun", 3, {"trails": []})
	findings == {{"at": "trails", "args": {"trail": "-", "setting": "logging"}}}
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
