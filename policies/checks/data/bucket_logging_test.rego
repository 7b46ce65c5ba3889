package mlps.checks.data.bucket_logging_test

import data.mlps.checks.data.bucket_logging

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

test_aws_bucket_passes if {
	resource := _input("aws", 3, {"logging": {"enabled": true}})
	findings := bucket_logging.deny with input as resource
	findings == set()
}

test_azure_blob_service_passes if {
	resource := _input("azure", 3, {"logging": {"enabled": true}})
	findings := bucket_logging.deny with input as resource
	findings == set()
}

test_aliyun_bucket_passes if {
	resource := _input("aliyun", 3, {"logging": {"enabled": true}})
	findings := bucket_logging.deny with input as resource
	findings == set()
}

test_aws_bucket_fails if {
	resource := _input("aws", 3, {"logging": {"enabled": false}})
	findings := bucket_logging.deny with input as resource
	findings == {{"at": "logging/enabled", "args": {}}}
}

test_azure_blob_service_fails if {
	resource := _input("azure", 3, {"logging": {"enabled": false}})
	findings := bucket_logging.deny with input as resource
	findings == {{"at": "logging/enabled", "args": {}}}
}

test_aliyun_bucket_fails if {
	resource := _input("aliyun", 3, {"logging": {"enabled": false}})
	findings := bucket_logging.deny with input as resource
	findings == {{"at": "logging/enabled", "args": {}}}
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := bucket_logging.deny with input as resource
	findings == set()
}

test_an_unknown_destination_changes_nothing if {
	resource := _input("aws", 3, {"logging": {"enabled": true}})
	findings := bucket_logging.deny with input as resource
	findings == set()
}

test_unknown_part_has_no_finding if {
	resource := _input("aws", 3, {"logging": {"destination": "logs"}})
	findings := bucket_logging.deny with input as resource
	findings == set()
}
