package mlps.checks.identity.federation_test

import data.mlps.checks.identity.federation

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

test_aws_federated_account_passes if {
	findings := federation.deny with input as _input("aws", "account.identity", 3, {"federated": true})
	findings == set()
}

test_azure_federated_account_passes if {
	findings := federation.deny with input as _input("azure", "account.identity", 3, {"federated": true})
	findings == set()
}

test_aliyun_federated_account_passes if {
	findings := federation.deny with input as _input("aliyun", "account.identity", 3, {"federated": true})
	findings == set()
}

test_aws_account_without_it_fails if {
	findings := federation.deny with input as _input("aws", "account.identity", 3, {"federated": false})
	findings == {{"at": "federated", "args": {}}}
}

test_azure_account_without_it_fails if {
	findings := federation.deny with input as _input("azure", "account.identity", 3, {"federated": false})
	findings == {{"at": "federated", "args": {}}}
}

test_aliyun_account_without_it_fails if {
	findings := federation.deny with input as _input("aliyun", "account.identity", 3, {"federated": false})
	findings == {{"at": "federated", "args": {}}}
}

test_level_2_has_no_finding if {
	findings := federation.deny with input as _input("aws", "account.identity", 2, {"federated": false})
	findings == set()
}

test_level_2_is_not_judged if {
	not federation.applies with input as _input("aws", "account.identity", 2, {"federated": false})
}

test_level_3_is_judged if {
	federation.applies with input as _input("aws", "account.identity", 3, {"federated": false})
}

test_unknown_has_no_finding if {
	findings := federation.deny with input as _input("aws", "account.identity", 3, {})
	findings == set()
}
