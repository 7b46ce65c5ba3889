package mlps.checks.backup.local_copy_test

import data.mlps.checks.backup.local_copy

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-beijing"}

_input(provider, level, facts) := {
	"type": "backup.plan",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"level": level,
	"system": "",
	"now": "2025-06-01T00:00:00Z",
	"facts": facts,
}

_plan(resources, copies) := {"resources": resources, "schedule": "daily", "retention_days": 30, "copies": copies}

_copy(region, account) := {"region": region, "account": account, "vault": "copies"}

_finding(resources) := {"at": "copies", "args": {"resources": resources}}

test_aws_other_account_passes if {
	resource := _input("aws", 3, _plan(4, [_copy("cn-north-1", "999988887777")]))
	findings := local_copy.deny with input as resource
	findings == set()
}

test_azure_paired_region_passes if {
	resource := _input("azure", 3, _plan(4, [_copy("chinaeast3", _accounts.azure)]))
	findings := local_copy.deny with input as resource
	findings == set()
}

test_aliyun_other_region_passes if {
	resource := _input("aliyun", 3, _plan(4, [_copy("cn-beijing", null), _copy("cn-hangzhou", null)]))
	findings := local_copy.deny with input as resource
	findings == set()
}

test_aws_no_copy_fails if {
	findings := local_copy.deny with input as _input("aws", 3, _plan(4, []))
	findings == {_finding(4)}
}

test_azure_no_copy_fails_at_level_2 if {
	findings := local_copy.deny with input as _input("azure", 2, _plan(1, []))
	findings == {_finding(1)}
}

test_aliyun_copy_abroad_fails if {
	resource := _input("aliyun", 3, _plan(4, [_copy("cn-hongkong", null), _copy("ap-southeast-1", _accounts.aliyun)]))
	findings := local_copy.deny with input as resource
	findings == {_finding(4)}
}

test_another_vault_of_the_same_account_and_region_fails if {
	resource := _input("aws", 3, _plan(4, [_copy("cn-north-1", _accounts.aws), _copy("cn-north-1", null)]))
	findings := local_copy.deny with input as resource
	findings == {_finding(4)}
}

test_a_region_that_is_not_among_the_declared_ones_fails if {
	resource := _input("aws", 3, _plan(4, [_copy("cn-northwest-1", null)]))
	declared := object.union(resource, {"context": {"allowed_regions": ["cn-north-1"]}})
	findings := local_copy.deny with input as declared
	findings == {_finding(4)}
}

test_an_allowed_account_passes_where_accounts_are_declared if {
	resource := _input("aws", 3, _plan(4, [_copy("cn-north-1", "999988887777")]))
	declared := object.union(resource, {"context": {"allowed_accounts": ["999988887777"]}})
	findings := local_copy.deny with input as declared
	findings == set()
}

test_another_account_fails_where_accounts_are_declared if {
	resource := _input("aws", 3, _plan(4, [_copy("cn-north-1", "999988887777")]))
	declared := object.union(resource, {"context": {"allowed_accounts": ["444455556666"]}})
	findings := local_copy.deny with input as declared
	findings == {_finding(4)}
}

test_a_declared_region_passes if {
	resource := _input("aws", 3, _plan(4, [_copy("ap-east-1", null)]))
	declared := object.union(resource, {"context": {"allowed_regions": ["cn-north-1", "ap-east-1"]}})
	findings := local_copy.deny with input as declared
	findings == set()
}

test_level_1_is_not_judged if {
	resource := _input("aws", 1, _plan(4, []))
	not local_copy.applies with input as resource
	findings := local_copy.deny with input as resource
	findings == set()
}

test_a_plan_that_protects_nothing_is_not_judged if {
	resource := _input("aws", 3, _plan(0, []))
	not local_copy.applies with input as resource
	findings := local_copy.deny with input as resource
	findings == set()
}

test_a_plan_in_use_is_judged if {
	local_copy.applies with input as _input("aws", 3, _plan(4, []))
}

test_unknown_copies_have_no_finding if {
	findings := local_copy.deny with input as _input("aws", 3, {"resources": 4})
	findings == set()
}

test_unknown_resources_have_no_finding if {
	findings := local_copy.deny with input as _input("aws", 3, {"copies": []})
	findings == set()
}

test_an_unknown_region_of_the_plan_has_no_finding if {
	resource := object.remove(_input("aws", 3, _plan(4, [_copy("cn-north-1", null)])), ["region"])
	findings := local_copy.deny with input as resource
	findings == set()
}
