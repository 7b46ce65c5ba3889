package mlps.checks.compute.container_privileged_test

import data.mlps.checks.compute.container_privileged

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, facts) := {
	"id": "r-1",
	"type": "compute.container_service",
	"provider": provider,
	"account": _accounts[provider],
	"region": _regions[provider],
	"country": "CN",
	"name": "example",
	"tags": {},
	"unlisted": false,
	"level": 3,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

test_aws_ordinary_containers_pass if {
	findings := container_privileged.deny with input as _input("aws", {"privileged_containers": []})
	findings == set()
}

test_azure_ordinary_containers_pass if {
	findings := container_privileged.deny with input as _input("azure", {"privileged_containers": []})
	findings == set()
}

test_aliyun_ordinary_containers_pass if {
	findings := container_privileged.deny with input as _input("aliyun", {"privileged_containers": []})
	findings == set()
}

test_each_privileged_container_fails if {
	every provider, _ in _accounts {
		findings := container_privileged.deny with input as _input(provider, {"privileged_containers": ["app", "agent"]})
		findings == {
			{"at": "privileged_containers/0", "args": {"container": "app"}},
			{"at": "privileged_containers/1", "args": {"container": "agent"}},
		}
	}
}

test_a_container_whose_rights_are_not_known_has_no_finding if {
	findings := container_privileged.deny with input as _input("aws", {"privileged_containers": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := container_privileged.deny with input as _input("aws", {})
	findings == set()
}
