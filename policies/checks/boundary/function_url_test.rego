package mlps.checks.boundary.function_url_test

import data.mlps.checks.boundary.function_url

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "compute.function",
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

_api(provider, facts) := object.union(_input(provider, 3, facts), {"type": "network.api"})

test_aws_private_function_passes if {
	findings := function_url.deny with input as _input("aws", 3, {"exposure": {"public": false, "via": []}})
	findings == set()
}

test_azure_api_with_tokens_passes if {
	findings := function_url.deny with input as _api("azure", {"public": true, "authorization": "token"})
	findings == set()
}

test_aliyun_api_with_keys_passes if {
	findings := function_url.deny with input as _api("aliyun", {"public": true, "authorization": "key"})
	findings == set()
}

test_aws_function_url_fails if {
	findings := function_url.deny with input as _input("aws", 3, {"exposure": {"public": true, "via": ["endpoint"]}})
	findings == {{"at": "exposure/public", "args": {}}}
}

test_azure_anonymous_trigger_fails if {
	findings := function_url.deny with input as _input("azure", 3, {"exposure": {
		"public": true,
		"via": ["endpoint"],
	}})
	findings == {{"at": "exposure/public", "args": {}}}
}

test_aliyun_open_api_fails if {
	findings := function_url.deny with input as _api("aliyun", {"public": true, "authorization": "none"})
	findings == {{"at": "authorization", "args": {}}}
}

test_aws_open_api_fails_in_the_words_of_the_cloud if {
	findings := function_url.deny with input as _api("aws", {"public": true, "authorization": "NONE"})
	findings == {{"at": "authorization", "args": {}}}
}

test_a_private_api_passes if {
	findings := function_url.deny with input as _api("aws", {"public": false, "authorization": "none"})
	findings == set()
}

test_an_api_of_unknown_reach_has_no_finding if {
	findings := function_url.deny with input as _api("aws", {"authorization": "none"})
	findings == set()
}

test_unknown_authorization_has_no_finding if {
	findings := function_url.deny with input as _api("aws", {"public": true})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := function_url.deny with input as _input("aws", 3, {})
	findings == set()
}
