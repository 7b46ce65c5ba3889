package mlps.checks.data.bucket_encryption_test

import data.mlps.checks.data.bucket_encryption

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, level, facts) := {
	"type": "storage.bucket",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

test_aws_customer_key_passes if {
	resource := _input("aws", 3, {"encryption": {"enabled": true, "key_manager": "customer"}})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}

test_azure_customer_key_passes if {
	resource := _input("azure", 3, {"encryption": {"enabled": true, "key_manager": "customer"}})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}

test_aliyun_customer_key_passes if {
	resource := _input("aliyun", 3, {"encryption": {"enabled": true, "key_manager": "customer"}})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}

test_aws_service_key_fails_at_level_3 if {
	resource := _input("aws", 3, {"encryption": {"enabled": true, "key_manager": "provider"}})
	findings := bucket_encryption.deny with input as resource
	findings == {{"at": "encryption/key_manager", "args": {"level": 3}}}
}

test_azure_service_key_fails_at_level_4 if {
	resource := _input("azure", 4, {"encryption": {"enabled": true, "key_manager": "provider"}})
	findings := bucket_encryption.deny with input as resource
	findings == {{"at": "encryption/key_manager", "args": {"level": 4}}}
}

test_aliyun_plain_bucket_fails if {
	resource := _input("aliyun", 3, {"encryption": {"enabled": false, "key_manager": null}})
	findings := bucket_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {"level": 3}}}
}

test_a_service_key_passes_at_level_2 if {
	resource := _input("aws", 2, {"encryption": {"enabled": true, "key_manager": "provider"}})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}

test_a_plain_bucket_fails_at_level_2 if {
	resource := _input("aliyun", 2, {"encryption": {"enabled": false, "key_manager": null}})
	findings := bucket_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {"level": 2}}}
}

test_a_plain_bucket_is_one_finding if {
	resource := _input("aliyun", 4, {"encryption": {"enabled": false, "key_manager": "provider"}})
	findings := bucket_encryption.deny with input as resource
	findings == {{"at": "encryption/enabled", "args": {"level": 4}}}
}

test_an_external_key_passes if {
	resource := _input("aws", 4, {"encryption": {"enabled": true, "key_manager": "external"}})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}

test_where_keys_outside_the_cloud_are_declared_others_fail if {
	resource := _input("aws", 3, {"encryption": {"enabled": true, "key_manager": "customer"}})
	declared := object.union(resource, {"context": {"key_manager": "external"}})
	findings := bucket_encryption.deny with input as declared
	findings == {{"at": "encryption/key_manager", "args": {"level": 3}}}
}

test_an_unknown_key_has_no_finding if {
	resource := _input("aws", 3, {"encryption": {"enabled": true}})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := bucket_encryption.deny with input as resource
	findings == set()
}
