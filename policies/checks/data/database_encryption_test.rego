package mlps.checks.data.database_encryption_test

import data.mlps.checks.data.database_encryption

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_database(engine, encryption) := {"engine": engine, "encryption": encryption}

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

test_aws_encrypted_database_passes if {
	resource := _input("database.instance", "aws", 3, _database("mysql", {"enabled": true}))
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_azure_encrypted_file_system_passes if {
	resource := _input("storage.file_system", "azure", 3, {"encryption": {"enabled": true}})
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_aliyun_encrypted_queue_passes if {
	resource := _input("queue.topic", "aliyun", 3, {"encryption": {"enabled": true}})
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_aws_plain_queue_fails if {
	resource := _input("queue.topic", "aws", 3, {"encryption": {"enabled": false}})
	findings := database_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_aws_plain_snapshot_fails if {
	resource := _input("database.snapshot", "aws", 3, {"encryption": {"enabled": false}})
	findings := database_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_azure_plain_database_fails if {
	resource := _input("database.instance", "azure", 3, _database("sqlserver", {"enabled": false}))
	findings := database_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_aliyun_plain_file_system_fails if {
	resource := _input("storage.file_system", "aliyun", 3, {"encryption": {"enabled": false}})
	findings := database_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {}}}
}

test_a_service_key_passes if {
	encryption := {"enabled": true, "key_manager": "provider"}
	resource := _input("database.instance", "aws", 4, _database("mysql", encryption))
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_memcached_keeps_nothing_and_is_not_judged if {
	resource := _input("database.instance", "aws", 3, _database("memcached", {"enabled": false}))
	not database_encryption.applies with input as resource
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_what_keeps_data_is_judged if {
	every kind in ["database.instance", "storage.file_system", "queue.topic"] {
		database_encryption.applies with input as _input(kind, "aws", 3, _database("redis", {"enabled": true}))
	}
}

test_an_unknown_engine_has_no_finding if {
	resource := _input("database.instance", "aws", 3, {"encryption": {"enabled": false}})
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_unknown_part_has_no_finding if {
	resource := _input("database.instance", "aws", 3, _database("mysql", {}))
	findings := database_encryption.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("database.instance", "aws", 3, {})
	findings := database_encryption.deny with input as resource
	findings == set()
}
