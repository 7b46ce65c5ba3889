package mlps.checks.data.customer_keys_test

import data.mlps.checks.data.customer_keys

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(kind, provider, level, facts) := {
	"type": kind,
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_own := "arn:aws-cn:kms:cn-north-1:111122223333:key/0a1b"

_foreign := "arn:aws-cn:kms:cn-north-1:999988887777:key/0c2d"

_encrypted(manager, key) := {"encryption": {
	"enabled": true,
	"key_manager": manager,
	"key_id": key,
	"algorithm": "AES-256",
}}

_plain := {"encryption": {"enabled": false, "key_manager": null, "key_id": null, "algorithm": null}}

_key(manager, origin, state) := {"manager": manager, "origin": origin, "state": state}

test_aws_own_key_passes if {
	resource := _input("compute.disk", "aws", 3, _encrypted("customer", _own))
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_azure_own_key_passes if {
	key := "https://vault.vault.azure.cn/keys/data/0a1b"
	resource := _input("database.instance", "azure", 4, object.union(_encrypted("customer", key), {"engine": "mysql"}))
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_aliyun_own_key_passes if {
	resource := _input("storage.file_system", "aliyun", 3, _encrypted("customer", "key-hzz0a1b"))
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_aws_service_key_fails if {
	resource := _input("backup.vault", "aws", 3, _encrypted("provider", null))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "encryption/key_manager", "args": {"level": 3, "found": "provider"}}}
}

test_azure_service_key_fails if {
	resource := _input("compute.disk", "azure", 3, _encrypted("provider", null))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "encryption/key_manager", "args": {"level": 3, "found": "provider"}}}
}

test_aliyun_plain_database_fails if {
	resource := _input("database.instance", "aliyun", 4, object.union(_plain, {"engine": "mysql"}))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {"level": 4, "found": "-"}}}
}

test_level_2_is_not_judged if {
	resource := _input("compute.disk", "aws", 2, _encrypted("provider", null))
	not customer_keys.applies with input as resource
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_level_3_is_judged if {
	resource := _input("compute.disk", "aws", 3, _encrypted("customer", _own))
	customer_keys.applies with input as resource
}

test_memcached_keeps_nothing_and_is_not_judged if {
	resource := _input("database.instance", "aws", 3, object.union(_plain, {"engine": "memcached"}))
	not customer_keys.applies with input as resource
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_a_key_of_another_account_fails if {
	resource := _input("compute.disk", "aws", 3, _encrypted("customer", _foreign))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "encryption/key_id", "args": {"level": 3, "found": _foreign}}}
}

test_aliyun_key_of_another_account_fails if {
	key := "acs:kms:cn-beijing:1234567890123456:key/key-hzz0a1b"
	resource := _input("compute.disk", "aliyun", 3, _encrypted("customer", key))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "encryption/key_id", "args": {"level": 3, "found": key}}}
}

test_a_key_of_an_allowed_account_passes if {
	resource := _input("compute.disk", "aws", 3, _encrypted("customer", _foreign))
	declared := object.union(resource, {"context": {"allowed_accounts": ["999988887777"]}})
	findings := customer_keys.deny with input as declared
	findings == set()
}

test_a_key_named_without_its_account_passes if {
	names := ["alias/data", "0a1b2c3d", "main.tf#aws_kms_key.data", "arn:aws-cn:kms:::key/0a1b", "acs:kms:"]
	every key in names {
		resource := _input("compute.disk", "aws", 3, _encrypted("customer", key))
		findings := customer_keys.deny with input as resource
		findings == set()
	}
}

test_a_key_outside_the_cloud_passes if {
	resource := _input("compute.disk", "aws", 4, _encrypted("external", _own))
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_where_keys_outside_the_cloud_are_declared_others_fail if {
	resource := _input("compute.disk", "aws", 3, _encrypted("customer", _own))
	declared := object.union(resource, {"context": {"key_manager": "external"}})
	findings := customer_keys.deny with input as declared
	findings == {{"at": "encryption/key_manager", "args": {"level": 3, "found": "customer"}}}
}

test_aliyun_software_key_fails_at_level_4 if {
	resource := _input("key.encryption_key", "aliyun", 4, _key("customer", "provider", "enabled"))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "origin", "args": {"level": 4, "found": "provider"}}}
}

test_azure_software_key_fails_at_level_4 if {
	resource := _input("key.encryption_key", "azure", 4, _key("customer", "provider", "enabled"))
	findings := customer_keys.deny with input as resource
	findings == {{"at": "origin", "args": {"level": 4, "found": "provider"}}}
}

test_keys_in_hardware_and_own_material_pass_at_level_4 if {
	every origin in ["hsm", "external"] {
		resource := _input("key.encryption_key", "aliyun", 4, _key("customer", origin, "enabled"))
		findings := customer_keys.deny with input as resource
		findings == set()
	}
}

test_aws_keys_are_in_hardware_and_pass_at_level_4 if {
	resource := _input("key.encryption_key", "aws", 4, _key("customer", "provider", "enabled"))
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_a_key_is_not_judged_at_level_3 if {
	resource := _input("key.encryption_key", "aliyun", 3, _key("customer", "provider", "enabled"))
	not customer_keys.applies with input as resource
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_service_keys_and_disabled_keys_are_not_judged if {
	every facts in [_key("provider", "provider", "enabled"), _key("customer", "provider", "disabled")] {
		resource := _input("key.encryption_key", "aliyun", 4, facts)
		not customer_keys.applies with input as resource
		findings := customer_keys.deny with input as resource
		findings == set()
	}
}

test_an_enabled_key_is_judged_at_level_4 if {
	resource := _input("key.encryption_key", "aliyun", 4, _key("customer", "hsm", "enabled"))
	customer_keys.applies with input as resource
}

test_an_unknown_manager_has_no_finding if {
	resource := _input("compute.disk", "aws", 3, {"encryption": {"enabled": true, "key_id": _foreign}})
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_an_unknown_origin_has_no_finding if {
	resource := _input("key.encryption_key", "aliyun", 4, {"manager": "customer", "state": "enabled"})
	findings := customer_keys.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	every kind in ["compute.disk", "database.instance", "key.encryption_key"] {
		findings := customer_keys.deny with input as _input(kind, "aws", 4, {})
		findings == set()
	}
}
