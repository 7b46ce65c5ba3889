package mlps.checks.data.bucket_public_test

import data.mlps.checks.data.bucket_public

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

test_aws_closed_bucket_passes if {
	resource := _input("aws", 3, {"exposure": {"public": false, "via": []}})
	findings := bucket_public.deny with input as resource
	findings == set()
}

test_azure_closed_account_passes if {
	resource := _input("azure", 3, {"exposure": {"public": false, "via": []}})
	findings := bucket_public.deny with input as resource
	findings == set()
}

test_aliyun_closed_bucket_passes if {
	resource := _input("aliyun", 3, {"exposure": {"public": false, "via": []}})
	findings := bucket_public.deny with input as resource
	findings == set()
}

test_aws_open_policy_fails if {
	resource := _input("aws", 3, {"exposure": {"public": true, "via": ["policy"]}})
	findings := bucket_public.deny with input as resource
	findings == {{"at": "exposure/public", "args": {"via": "policy"}}}
}

test_azure_anonymous_container_fails if {
	resource := _input("azure", 3, {"exposure": {"public": true, "via": ["acl"]}})
	findings := bucket_public.deny with input as resource
	findings == {{"at": "exposure/public", "args": {"via": "acl"}}}
}

test_aliyun_public_acl_fails if {
	resource := _input("aliyun", 3, {"exposure": {"public": true, "via": ["acl"]}})
	findings := bucket_public.deny with input as resource
	findings == {{"at": "exposure/public", "args": {"via": "acl"}}}
}

test_several_ways_are_one_finding_in_order if {
	resource := _input("aws", 3, {"exposure": {"public": true, "via": ["policy", "acl"]}})
	findings := bucket_public.deny with input as resource
	findings == {{"at": "exposure/public", "args": {"via": "acl, policy"}}}
}

test_public_fails_where_the_way_is_unknown if {
	resource := _input("aws", 3, {"exposure": {"public": true}})
	findings := bucket_public.deny with input as resource
	findings == {{"at": "exposure/public", "args": {"via": "-"}}}
}

test_public_fails_where_a_part_of_the_way_is_unknown if {
	resource := _input("aws", 3, {"exposure": {"public": true, "via": ["acl", null]}})
	findings := bucket_public.deny with input as resource
	findings == {{"at": "exposure/public", "args": {"via": "-"}}}
}

test_unknown_part_has_no_finding if {
	resource := _input("aws", 3, {"exposure": {"via": ["acl"]}})
	findings := bucket_public.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	resource := _input("aws", 3, {})
	findings := bucket_public.deny with input as resource
	findings == set()
}
