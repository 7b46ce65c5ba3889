package mlps.checks.network.plain_ftp_test

import data.mlps.checks.network.plain_ftp

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "compute.function",
	"provider": provider,
	"account": _accounts[provider],
	"region": "chinanorth3",
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_azure_site_without_plain_ftp_passes if {
	findings := plain_ftp.deny with input as _input("azure", {"plain_ftp": false})
	findings == set()
}

test_azure_site_is_judged if {
	plain_ftp.applies with input as _input("azure", {"plain_ftp": false})
}

test_azure_site_with_plain_ftp_fails if {
	findings := plain_ftp.deny with input as _input("azure", {"plain_ftp": true})
	findings == {{"at": "plain_ftp", "args": {}}}
}

test_clouds_without_ftp_pass_and_are_not_judged if {
	every provider in ["aws", "aliyun"] {
		findings := plain_ftp.deny with input as _input(provider, {"plain_ftp": null})
		findings == set()
		not plain_ftp.applies with input as _input(provider, {"plain_ftp": null})
	}
}

test_unknown_has_no_finding if {
	findings := plain_ftp.deny with input as _input("azure", {})
	findings == set()
}
