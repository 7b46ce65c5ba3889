package mlps.checks.identity.instance_role_test

import data.mlps.checks.identity.instance_role

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, type, level, facts) := {
	"id": "r-1",
	"type": type,
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_clean_instance_passes if {
	findings := instance_role.deny with input as _input("aws", "compute.instance", 3, {"user_data_secrets": false})
	findings == set()
}

test_azure_clean_instance_passes if {
	findings := instance_role.deny with input as _input("azure", "compute.instance", 3, {"user_data_secrets": false})
	findings == set()
}

test_aliyun_clean_instance_passes if {
	findings := instance_role.deny with input as _input("aliyun", "compute.instance", 3, {"user_data_secrets": false})
	findings == set()
}

test_aws_instance_with_keys_fails if {
	findings := instance_role.deny with input as _input("aws", "compute.instance", 3, {"user_data_secrets": true})
	findings == {{"at": "user_data_secrets", "args": {"place": "user data"}}}
}

test_azure_instance_with_keys_fails if {
	findings := instance_role.deny with input as _input("azure", "compute.instance", 3, {"user_data_secrets": true})
	findings == {{"at": "user_data_secrets", "args": {"place": "user data"}}}
}

test_aliyun_instance_with_keys_fails if {
	findings := instance_role.deny with input as _input("aliyun", "compute.instance", 3, {"user_data_secrets": true})
	findings == {{"at": "user_data_secrets", "args": {"place": "user data"}}}
}

test_aws_clean_function_passes if {
	findings := instance_role.deny with input as _input("aws", "compute.function", 3, {"environment_secrets": false})
	findings == set()
}

test_azure_clean_function_passes if {
	findings := instance_role.deny with input as _input("azure", "compute.function", 3, {"environment_secrets": false})
	findings == set()
}

test_aliyun_clean_function_passes if {
	facts := {"environment_secrets": false}
	findings := instance_role.deny with input as _input("aliyun", "compute.function", 3, facts)
	findings == set()
}

test_aws_function_with_keys_fails if {
	findings := instance_role.deny with input as _input("aws", "compute.function", 3, {"environment_secrets": true})
	findings == {{"at": "environment_secrets", "args": {"place": "environment"}}}
}

test_azure_function_with_keys_fails if {
	findings := instance_role.deny with input as _input("azure", "compute.function", 3, {"environment_secrets": true})
	findings == {{"at": "environment_secrets", "args": {"place": "environment"}}}
}

test_aliyun_function_with_keys_fails if {
	findings := instance_role.deny with input as _input("aliyun", "compute.function", 3, {"environment_secrets": true})
	findings == {{"at": "environment_secrets", "args": {"place": "environment"}}}
}

test_unknown_has_no_finding if {
	findings := instance_role.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}

test_containers_with_keys_fail if {
	every provider, _ in _accounts {
		resource := _input(provider, "compute.container_service", 3, {"environment_secrets": true})
		findings := instance_role.deny with input as resource
		findings == {{"at": "environment_secrets", "args": {"place": "environment"}}}
	}
}

test_clean_containers_pass if {
	every provider, _ in _accounts {
		resource := _input(provider, "compute.container_service", 3, {"environment_secrets": false})
		findings := instance_role.deny with input as resource
		findings == set()
	}
}

test_a_launch_template_with_keys_fails if {
	every provider, _ in _accounts {
		resource := _input(provider, "compute.launch_template", 3, {"user_data_secrets": true})
		findings := instance_role.deny with input as resource
		findings == {{"at": "user_data_secrets", "args": {"place": "user data"}}}
	}
}
