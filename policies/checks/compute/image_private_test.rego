package mlps.checks.compute.image_private_test

import data.mlps.checks.compute.image_private

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

test_aws_private_image_passes if {
	resource := _input("compute.image", "aws", 3, {"shared_with": []})
	findings := image_private.deny with input as resource
	findings == set()
}

test_azure_private_snapshot_passes if {
	resource := _input("compute.snapshot", "azure", 3, {"shared_with": []})
	findings := image_private.deny with input as resource
	findings == set()
}

test_aliyun_private_image_passes if {
	resource := _input("compute.image", "aliyun", 3, {"shared_with": []})
	findings := image_private.deny with input as resource
	findings == set()
}

test_aws_public_snapshot_fails if {
	resource := _input("compute.snapshot", "aws", 3, {"shared_with": ["all"]})
	findings := image_private.deny with input as resource
	findings == {{"at": "shared_with/0", "args": {"account": "all (everyone)"}}}
}

test_azure_image_of_a_community_gallery_fails if {
	resource := _input("compute.image", "azure", 3, {"shared_with": ["all"]})
	findings := image_private.deny with input as resource
	findings == {{"at": "shared_with/0", "args": {"account": "all (everyone)"}}}
}

test_aliyun_shared_image_fails if {
	resource := _input("compute.image", "aliyun", 3, {"shared_with": ["5999999999999999"]})
	findings := image_private.deny with input as resource
	findings == {{"at": "shared_with/0", "args": {"account": "5999999999999999"}}}
}

test_a_shared_database_snapshot_fails if {
	resource := _input("database.snapshot", "aws", 3, {"shared_with": ["999988887777"]})
	findings := image_private.deny with input as resource
	findings == {{"at": "shared_with/0", "args": {"account": "999988887777"}}}
}

test_the_own_account_passes if {
	resource := _input("compute.image", "aws", 3, {"shared_with": ["111122223333"]})
	findings := image_private.deny with input as resource
	findings == set()
}

test_each_stranger_is_a_finding if {
	resource := _input("compute.image", "aws", 3, {"shared_with": [
		"111122223333",
		"999988887777",
		"all",
	]})
	findings := image_private.deny with input as resource
	findings == {
		{"at": "shared_with/1", "args": {"account": "999988887777"}},
		{"at": "shared_with/2", "args": {"account": "all (everyone)"}},
	}
}

test_an_unknown_account_has_no_finding if {
	resource := _input("compute.image", "aws", 3, {"shared_with": [null]})
	findings := image_private.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("compute.snapshot", "aws", 3, {})
	findings := image_private.deny with input as resource
	findings == set()
}

test_an_allowed_account_passes if {
	resource := object.union(
		_input("compute.snapshot", "aws", 3, {"shared_with": ["999988887777"]}),
		{"context": {"allowed_accounts": ["999988887777"]}},
	)
	findings := image_private.deny with input as resource
	findings == set()
}

test_others_than_the_allowed_account_fails if {
	resource := object.union(
		_input("compute.image", "aws", 3, {"shared_with": [
			"999988887777",
			"444455556666",
			"arn:aws-cn:organizations::999988887777:organization/o-example",
		]}),
		{"context": {"allowed_accounts": ["999988887777"]}},
	)
	findings := image_private.deny with input as resource
	findings == {
		{"at": "shared_with/1", "args": {"account": "444455556666"}},
		{"at": "shared_with/2", "args": {"account": "arn:aws-cn:organizations::999988887777:organization/o-example"}},
	}
}

test_everyone_is_never_allowed_and_fails if {
	resource := object.union(
		_input("compute.image", "aliyun", 3, {"shared_with": ["all"]}),
		{"context": {"allowed_accounts": ["all"]}},
	)
	findings := image_private.deny with input as resource
	findings == {{"at": "shared_with/0", "args": {"account": "all (everyone)"}}}
}

test_an_empty_context_changes_nothing_and_fails if {
	resource := object.union(
		_input("compute.image", "aws", 3, {"shared_with": ["999988887777"]}),
		{"context": {"allowed_accounts": []}},
	)
	findings := image_private.deny with input as resource
	findings == {{"at": "shared_with/0", "args": {"account": "999988887777"}}}
}
