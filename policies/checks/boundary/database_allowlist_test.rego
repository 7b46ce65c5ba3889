package mlps.checks.boundary.database_allowlist_test

import data.mlps.checks.boundary.database_allowlist

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "database.instance",
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

test_aws_named_range_passes if {
	findings := database_allowlist.deny with input as _input("aws", 3, {"allow_list": ["203.0.113.0/24"]})
	findings == set()
}

test_azure_named_range_passes if {
	findings := database_allowlist.deny with input as _input("azure", 3, {"allow_list": [
		"203.0.113.7/32",
		"10.0.0.0/8",
	]})
	findings == set()
}

test_aliyun_private_ranges_pass if {
	findings := database_allowlist.deny with input as _input("aliyun", 3, {"allow_list": [
		"10.0.0.0/8",
		"172.16.0.0/12",
		"127.0.0.1/32",
		"group:sg-1",
	]})
	findings == set()
}

test_aws_everyone_fails if {
	findings := database_allowlist.deny with input as _input("aws", 3, {"allow_list": ["0.0.0.0/0"]})
	findings == {{"at": "allow_list/0", "args": {"range": "0.0.0.0/0"}}}
}

test_azure_services_fail if {
	findings := database_allowlist.deny with input as _input("azure", 3, {"allow_list": [
		"203.0.113.7/32",
		"prefix-list:AzureCloud",
	]})
	findings == {{"at": "allow_list/1", "args": {"range": "prefix-list:AzureCloud"}}}
}

test_azure_zero_address_fails if {
	findings := database_allowlist.deny with input as _input("azure", 3, {"allow_list": ["0.0.0.0/32"]})
	findings == {{"at": "allow_list/0", "args": {"range": "0.0.0.0/32"}}}
}

test_aliyun_everyone_fails if {
	findings := database_allowlist.deny with input as _input("aliyun", 3, {"allow_list": [
		"10.0.0.0/8",
		"0.0.0.0/0",
		"::/0",
	]})
	findings == {
		{"at": "allow_list/1", "args": {"range": "0.0.0.0/0"}},
		{"at": "allow_list/2", "args": {"range": "::/0"}},
	}
}

test_a_public_15_fails if {
	findings := database_allowlist.deny with input as _input("aliyun", 3, {"allow_list": ["47.96.0.0/15"]})
	findings == {{"at": "allow_list/0", "args": {"range": "47.96.0.0/15"}}}
}

test_a_public_16_passes if {
	findings := database_allowlist.deny with input as _input("aliyun", 3, {"allow_list": ["47.96.0.0/16"]})
	findings == set()
}

test_halves_of_the_internet_fail if {
	findings := database_allowlist.deny with input as _input("aliyun", 3, {"allow_list": [
		"0.0.0.0/1",
		"128.0.0.0/1",
	]})
	findings == {
		{"at": "allow_list/0", "args": {"range": "0.0.0.0/1"}},
		{"at": "allow_list/1", "args": {"range": "128.0.0.0/1"}},
	}
}

test_the_zero_address_elsewhere_passes if {
	findings := database_allowlist.deny with input as _input("aliyun", 3, {"allow_list": ["0.0.0.0/32"]})
	findings == set()
}

test_an_unknown_entry_has_no_finding if {
	findings := database_allowlist.deny with input as _input("aws", 3, {"allow_list": [null]})
	findings == set()
}

test_an_empty_list_is_not_judged if {
	not database_allowlist.applies with input as _input("aws", 3, {"allow_list": []})
}

test_a_list_is_judged if {
	database_allowlist.applies with input as _input("aliyun", 3, {"allow_list": ["10.0.0.0/8"]})
}

test_unknown_has_no_finding if {
	findings := database_allowlist.deny with input as _input("aws", 3, {})
	findings == set()
}
