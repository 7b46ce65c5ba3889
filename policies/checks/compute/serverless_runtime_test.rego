package mlps.checks.compute.serverless_runtime_test

import data.mlps.checks.compute.serverless_runtime

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

test_aws_supported_runtime_passes if {
	facts := {"runtime": "python3.12", "runtime_supported": true, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("aws", "compute.function", 3, facts)
	findings == set()
}

test_azure_supported_runtime_passes if {
	facts := {"runtime": "python3.12", "runtime_supported": true, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("azure", "compute.function", 3, facts)
	findings == set()
}

test_aliyun_supported_runtime_passes if {
	facts := {"runtime": "python3.12", "runtime_supported": true, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("aliyun", "compute.function", 3, facts)
	findings == set()
}

test_aws_old_runtime_fails if {
	facts := {"runtime": "python2.7", "runtime_supported": false, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("aws", "compute.function", 3, facts)
	findings == {{"at": "runtime_supported", "args": {"runtime": "python2.7", "supported": false, "secrets": false}}}
}

test_azure_old_runtime_fails if {
	facts := {"runtime": "python2.7", "runtime_supported": false, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("azure", "compute.function", 3, facts)
	findings == {{"at": "runtime_supported", "args": {"runtime": "python2.7", "supported": false, "secrets": false}}}
}

test_aliyun_old_runtime_fails if {
	facts := {"runtime": "python2.7", "runtime_supported": false, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("aliyun", "compute.function", 3, facts)
	findings == {{"at": "runtime_supported", "args": {"runtime": "python2.7", "supported": false, "secrets": false}}}
}

test_secrets_fails if {
	facts := {"runtime": "python3.12", "runtime_supported": true, "environment_secrets": true}
	findings := serverless_runtime.deny with input as _input("aws", "compute.function", 3, facts)
	findings == {{"at": "environment_secrets", "args": {"runtime": "python3.12", "supported": true, "secrets": true}}}
}

test_unknown_has_no_finding if {
	findings := serverless_runtime.deny with input as _input("aws", "compute.function", 3, {"runtime": "x"})
	findings == set()
}

test_an_image_of_its_own_passes if {
	facts := {"runtime": null, "runtime_supported": null, "environment_secrets": false}
	findings := serverless_runtime.deny with input as _input("aws", "compute.function", 3, facts)
	findings == set()
}

test_secrets_beside_an_image_of_its_own_fails if {
	facts := {"runtime": null, "runtime_supported": null, "environment_secrets": true}
	findings := serverless_runtime.deny with input as _input("aliyun", "compute.function", 3, facts)
	findings == {{"at": "environment_secrets", "args": {"runtime": "?", "supported": "?", "secrets": true}}}
}

test_unknown_environment_does_not_hide_an_old_runtime if {
	facts := {"runtime": "nodejs10.x", "runtime_supported": false}
	findings := serverless_runtime.deny with input as _input("aws", "compute.function", 3, facts)
	findings == {{"at": "runtime_supported", "args": {"runtime": "nodejs10.x", "supported": false, "secrets": "?"}}}
}

test_both_fails_twice if {
	facts := {"runtime": "python2.7", "runtime_supported": false, "environment_secrets": true}
	findings := serverless_runtime.deny with input as _input("azure", "compute.function", 3, facts)
	args := {"runtime": "python2.7", "supported": false, "secrets": true}
	findings == {{"at": "runtime_supported", "args": args}, {"at": "environment_secrets", "args": args}}
}
