package mlps.checks.compute.patching_test

import data.mlps.checks.compute.patching

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

test_aws_patched_instance_passes if {
	facts := {"patch": {"managed": true, "critical_missing": 0}}
	findings := patching.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_azure_patched_instance_passes if {
	facts := {"patch": {"managed": true, "critical_missing": 0}}
	findings := patching.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_aliyun_patched_instance_passes if {
	facts := {"patch": {"managed": true, "critical_missing": 0}}
	findings := patching.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_aws_unmanaged_instance_fails if {
	facts := {"patch": {"managed": false, "critical_missing": null}}
	findings := patching.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "patch/managed", "args": {"managed": false, "missing": "-"}}}
}

test_azure_unmanaged_instance_fails if {
	facts := {"patch": {"managed": false, "critical_missing": null}}
	findings := patching.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "patch/managed", "args": {"managed": false, "missing": "-"}}}
}

test_aliyun_unmanaged_instance_fails if {
	facts := {"patch": {"managed": false, "critical_missing": null}}
	findings := patching.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "patch/managed", "args": {"managed": false, "missing": "-"}}}
}

test_aws_missing_patch_fails if {
	facts := {"patch": {"managed": true, "critical_missing": 3}}
	findings := patching.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "patch/critical_missing", "args": {"managed": true, "missing": 3}}}
}

test_azure_missing_patch_fails if {
	facts := {"patch": {"managed": true, "critical_missing": 3}}
	findings := patching.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "patch/critical_missing", "args": {"managed": true, "missing": 3}}}
}

test_aliyun_missing_patch_fails if {
	facts := {"patch": {"managed": true, "critical_missing": 3}}
	findings := patching.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "patch/critical_missing", "args": {"managed": true, "missing": 3}}}
}

test_no_patch_management_fails if {
	findings := patching.deny with input as _input("aws", "compute.instance", 3, {"patch": null})
	findings == {{"at": "patch", "args": {"managed": false, "missing": "-"}}}
}

test_unknown_has_no_finding if {
	facts := {"patch": {"managed": true}}
	findings := patching.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_managed_without_a_count_passes if {
	facts := {"patch": {"managed": true, "critical_missing": null}}
	findings := patching.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_an_unmanaged_instance_fails_once if {
	facts := {"patch": {"managed": false, "critical_missing": 2}}
	findings := patching.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "patch/managed", "args": {"managed": false, "missing": "-"}}}
}

test_unknown_patch_has_no_finding if {
	findings := patching.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}
