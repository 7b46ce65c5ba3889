package mlps.checks.data.bucket_referer_test

import data.mlps.checks.data.bucket_referer

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

_bucket(public, referers) := {"exposure": {"public": public, "via": ["acl"]}, "referers": referers}

test_aliyun_listed_sites_pass if {
	resource := _input("aliyun", 3, _bucket(true, ["https://www.example.com", "https://*.example.com"]))
	findings := bucket_referer.deny with input as resource
	findings == set()
}

test_aliyun_public_bucket_without_a_list_fails if {
	resource := _input("aliyun", 3, _bucket(true, null))
	findings := bucket_referer.deny with input as resource
	findings == {{"at": "referers", "args": {"referers": "-"}}}
}

test_an_empty_list_fails if {
	resource := _input("aliyun", 1, _bucket(true, []))
	findings := bucket_referer.deny with input as resource
	findings == {{"at": "referers", "args": {"referers": "-"}}}
}

test_a_list_of_every_site_fails if {
	every referer in ["*", "http://*", "https://*", "*://*", "*.*", "https://?*", "https://*/"] {
		resource := _input("aliyun", 3, _bucket(true, ["https://www.example.com", referer]))
		findings := bucket_referer.deny with input as resource
		findings == {{"at": "referers/1", "args": {"referers": referer}}}
	}
}

test_wildcards_beside_a_name_pass if {
	resource := _input("aliyun", 3, _bucket(true, ["*.example.com", "http*://shop.example.com/*", "192.0.2.?"]))
	findings := bucket_referer.deny with input as resource
	findings == set()
}

test_a_private_bucket_is_not_judged if {
	resource := _input("aliyun", 3, _bucket(false, null))
	not bucket_referer.applies with input as resource
	findings := bucket_referer.deny with input as resource
	findings == set()
}

test_a_public_bucket_is_judged if {
	resource := _input("aliyun", 3, _bucket(true, ["https://www.example.com"]))
	bucket_referer.applies with input as resource
}

test_aws_and_azure_have_no_such_list_and_are_not_judged if {
	every provider in ["aws", "azure"] {
		resource := _input(provider, 3, _bucket(true, null))
		not bucket_referer.applies with input as resource
		findings := bucket_referer.deny with input as resource
		findings == set()
	}
}

test_an_unknown_exposure_has_no_finding if {
	resource := _input("aliyun", 3, {"exposure": {"via": []}, "referers": null})
	findings := bucket_referer.deny with input as resource
	findings == set()
}

test_unknown_referers_have_no_finding if {
	resource := _input("aliyun", 3, {"exposure": {"public": true, "via": ["acl"]}})
	findings := bucket_referer.deny with input as resource
	findings == set()
}

test_an_unknown_member_has_no_finding if {
	resource := _input("aliyun", 3, _bucket(true, [null]))
	findings := bucket_referer.deny with input as resource
	findings == set()
}
