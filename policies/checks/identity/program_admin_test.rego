package mlps.checks.identity.program_admin_test

import data.mlps.checks.identity.program_admin

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "identity.role",
	"provider": provider,
	"account": _accounts[provider],
	"region": "global",
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_service(name) := {"principal": name, "kind": "service", "account": null}

test_aws_functions_with_few_rights_pass if {
	resource := _input("aws", {"privileged": false, "trust": [_service("lambda.amazonaws.com")]})
	findings := program_admin.deny with input as resource
	findings == set()
	program_admin.applies with input as resource
}

test_aliyun_machines_with_few_rights_pass if {
	facts := {"privileged": false, "trust": [_service("ecs.aliyuncs.com")]}
	findings := program_admin.deny with input as _input("aliyun", facts)
	findings == set()
}

test_azure_roles_are_not_judged if {
	not program_admin.applies with input as _input("azure", {"privileged": true, "trust": []})
}

test_aws_machines_in_china_with_all_rights_fail if {
	every name in ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] {
		facts := {"privileged": true, "trust": [_service(name)]}
		findings := program_admin.deny with input as _input("aws", facts)
		findings == {{"at": "privileged", "args": {"service": "ec2.amazonaws.com"}}}
	}
}

test_aliyun_functions_with_all_rights_fail if {
	facts := {"privileged": true, "trust": [_service("fc.aliyuncs.com")]}
	findings := program_admin.deny with input as _input("aliyun", facts)
	findings == {{"at": "privileged", "args": {"service": "fc.aliyuncs.com"}}}
}

test_other_services_and_people_are_not_judged if {
	person := {"principal": "arn:aws:iam::111122223333:root", "kind": "account", "account": "111122223333"}
	resource := _input("aws", {"privileged": true, "trust": [person, _service("cloudformation.amazonaws.com")]})
	not program_admin.applies with input as resource
	findings := program_admin.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	machines := [_service("ec2.amazonaws.com")]
	every facts in [{"trust": machines}, {"privileged": true}, {"privileged": true, "trust": [null]}] {
		findings := program_admin.deny with input as _input("aws", facts)
		findings == set()
	}
}
