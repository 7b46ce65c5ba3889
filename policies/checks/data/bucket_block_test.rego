package mlps.checks.data.bucket_block_test

import data.mlps.checks.data.bucket_block

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

test_aws_blocked_bucket_passes if {
	resource := _input("storage.bucket", "aws", 3, {"public_access_block": true})
	findings := bucket_block.deny with input as resource
	findings == set()
}

test_azure_blocked_account_passes if {
	resource := _input("storage.bucket", "azure", 3, {"public_access_block": true})
	findings := bucket_block.deny with input as resource
	findings == set()
}

test_aliyun_blocked_account_passes if {
	resource := _input("account.configuration", "aliyun", 3, {"public_access_block": true})
	findings := bucket_block.deny with input as resource
	findings == set()
}

test_aws_open_account_fails if {
	resource := _input("account.configuration", "aws", 3, {"public_access_block": false})
	findings := bucket_block.deny with input as resource
	findings == {{"at": "public_access_block", "args": {}}}
}

test_azure_open_storage_account_fails if {
	resource := _input("storage.bucket", "azure", 3, {"public_access_block": false})
	findings := bucket_block.deny with input as resource
	findings == {{"at": "public_access_block", "args": {}}}
}

test_aliyun_open_bucket_fails if {
	resource := _input("storage.bucket", "aliyun", 3, {"public_access_block": false})
	findings := bucket_block.deny with input as resource
	findings == {{"at": "public_access_block", "args": {}}}
}

test_a_cloud_without_an_account_block_is_not_judged if {
	resource := _input("account.configuration", "azure", 3, {"public_access_block": null})
	not bucket_block.applies with input as resource
}

test_a_cloud_without_an_account_block_has_no_finding if {
	resource := _input("account.configuration", "azure", 3, {"public_access_block": null})
	findings := bucket_block.deny with input as resource
	findings == set()
}

test_a_bucket_is_judged if {
	resource := _input("storage.bucket", "aws", 3, {"public_access_block": false})
	bucket_block.applies with input as resource
}

test_unknown_has_no_finding if {
	resource := _input("storage.bucket", "aws", 3, {})
	findings := bucket_block.deny with input as resource
	findings == set()
}
