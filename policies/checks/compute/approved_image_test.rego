package mlps.checks.compute.approved_image_test

import data.mlps.checks.compute.approved_image

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

test_aws_approved_image_passes if {
	facts := {"image": {"approved": true, "deprecated": false}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_azure_approved_image_passes if {
	facts := {"image": {"approved": true, "deprecated": false}}
	findings := approved_image.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == set()
}

test_aliyun_approved_image_passes if {
	facts := {"image": {"approved": true, "deprecated": false}}
	findings := approved_image.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == set()
}

test_aws_other_image_fails if {
	facts := {"image": {"approved": false, "deprecated": false}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "image/approved", "args": {"approved": false, "deprecated": false}}}
}

test_azure_other_image_fails if {
	facts := {"image": {"approved": false, "deprecated": false}}
	findings := approved_image.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "image/approved", "args": {"approved": false, "deprecated": false}}}
}

test_aliyun_other_image_fails if {
	facts := {"image": {"approved": false, "deprecated": false}}
	findings := approved_image.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "image/approved", "args": {"approved": false, "deprecated": false}}}
}

test_aws_old_image_fails if {
	facts := {"image": {"approved": true, "deprecated": true}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "image/deprecated", "args": {"approved": true, "deprecated": true}}}
}

test_azure_old_image_fails if {
	facts := {"image": {"approved": true, "deprecated": true}}
	findings := approved_image.deny with input as _input("azure", "compute.instance", 3, facts)
	findings == {{"at": "image/deprecated", "args": {"approved": true, "deprecated": true}}}
}

test_aliyun_old_image_fails if {
	facts := {"image": {"approved": true, "deprecated": true}}
	findings := approved_image.deny with input as _input("aliyun", "compute.instance", 3, facts)
	findings == {{"at": "image/deprecated", "args": {"approved": true, "deprecated": true}}}
}

test_without_a_list_age_alone_is_judged if {
	facts := {"image": {"approved": null, "deprecated": false}}
	approved_image.applies with input as _input("aws", "compute.instance", 3, facts)
}

test_without_a_list_a_current_image_has_no_finding if {
	facts := {"image": {"approved": null, "deprecated": false}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == set()
}

test_without_a_list_an_old_image_fails if {
	facts := {"image": {"approved": null, "deprecated": true}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "image/deprecated", "args": {"approved": "?", "deprecated": true}}}
}

test_another_and_old_image_fails_twice if {
	facts := {"image": {"approved": false, "deprecated": true}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {
		{"at": "image/approved", "args": {"approved": false, "deprecated": true}},
		{"at": "image/deprecated", "args": {"approved": false, "deprecated": true}},
	}
}

test_unknown_age_does_not_hide_another_image if {
	facts := {"image": {"approved": false}}
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, facts)
	findings == {{"at": "image/approved", "args": {"approved": false, "deprecated": "?"}}}
}

test_an_approved_image_is_judged if {
	facts := {"image": {"approved": true, "deprecated": null}}
	approved_image.applies with input as _input("aws", "compute.instance", 3, facts)
}

test_nothing_to_judge_by_is_not_judged if {
	facts := {"image": {"approved": null, "deprecated": null}}
	not approved_image.applies with input as _input("aws", "compute.instance", 3, facts)
}

test_unknown_has_no_finding if {
	findings := approved_image.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}

test_a_launch_template_with_a_withdrawn_image_fails if {
	facts := {"image": {"approved": null, "deprecated": true}}
	findings := approved_image.deny with input as _input("aws", "compute.launch_template", 3, facts)
	findings == {{"at": "image/deprecated", "args": {"approved": "?", "deprecated": true}}}
}
