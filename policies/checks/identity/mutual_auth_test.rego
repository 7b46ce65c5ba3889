package mlps.checks.identity.mutual_auth_test

import data.mlps.checks.identity.mutual_auth

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

test_aws_key_pair_passes if {
	facts := {"password_login": false, "key_pair": true}
	findings := mutual_auth.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_azure_key_pair_passes if {
	facts := {"password_login": false, "key_pair": true}
	findings := mutual_auth.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_aliyun_key_pair_passes if {
	facts := {"password_login": false, "key_pair": true}
	findings := mutual_auth.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_aws_password_fails if {
	facts := {"password_login": true, "key_pair": true}
	findings := mutual_auth.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "password_login", "args": {"key_pair": true}}}
}

test_azure_password_fails if {
	facts := {"password_login": true, "key_pair": true}
	findings := mutual_auth.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "password_login", "args": {"key_pair": true}}}
}

test_aliyun_password_fails if {
	facts := {"password_login": true, "key_pair": true}
	findings := mutual_auth.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "password_login", "args": {"key_pair": true}}}
}

test_aliyun_without_a_key_pair_fails if {
	facts := {"password_login": null, "key_pair": false}
	findings := mutual_auth.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "key_pair", "args": {"key_pair": false}}}
}

test_aws_without_a_key_pair_passes if {
	facts := {"password_login": false, "key_pair": false}
	findings := mutual_auth.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_level_2_has_no_finding if {
	facts := {"password_login": true, "key_pair": false}
	findings := mutual_auth.deny with input as _input("aliyun", "compute.instance", 2, facts)
	findings == set()
}

test_level_2_is_not_judged if {
	facts := {"password_login": true, "key_pair": false}
	not mutual_auth.applies with input as _input("aliyun", "compute.instance", 2, facts)
}

test_what_the_cloud_does_not_know_is_not_judged if {
	facts := {"password_login": null, "key_pair": false}
	not mutual_auth.applies with input as _input("aws", "compute.instance", 3, facts)
}

test_aliyun_is_judged_by_its_key_pair if {
	facts := {"password_login": null, "key_pair": true}
	mutual_auth.applies with input as _input("aliyun", "compute.instance", 3, facts)
}

test_unknown_has_no_finding if {
	findings := mutual_auth.deny with input as _input("aws", "compute.instance", 3, {"key_pair": true})
	findings == set()
}

test_a_password_fails_where_the_key_pair_is_unknown if {
	findings := mutual_auth.deny with input as _input("azure", "compute.instance", 3, {"password_login": true})
	findings == {{"at": "password_login", "args": {"key_pair": "?"}}}
}
