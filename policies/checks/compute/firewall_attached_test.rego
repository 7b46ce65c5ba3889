package mlps.checks.compute.firewall_attached_test

import data.mlps.checks.compute.firewall_attached

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

test_aws_protected_instance_passes if {
	findings := firewall_attached.deny with input as _input("aws", "compute.instance", 3, {"firewalls": ["sg-1"]})
	findings == set()
}

test_azure_protected_instance_passes if {
	findings := firewall_attached.deny with input as _input("azure", "compute.instance", 3, {"firewalls": ["sg-1"]})
	findings == set()
}

test_aliyun_protected_instance_passes if {
	findings := firewall_attached.deny with input as _input("aliyun", "compute.instance", 3, {"firewalls": ["sg-1"]})
	findings == set()
}

test_aws_unprotected_instance_fails if {
	findings := firewall_attached.deny with input as _input("aws", "compute.instance", 3, {"firewalls": []})
	findings == {{"at": "firewalls", "args": {}}}
}

test_azure_unprotected_instance_fails if {
	findings := firewall_attached.deny with input as _input("azure", "compute.instance", 3, {"firewalls": []})
	findings == {{"at": "firewalls", "args": {}}}
}

test_aliyun_unprotected_instance_fails if {
	findings := firewall_attached.deny with input as _input("aliyun", "compute.instance", 3, {"firewalls": []})
	findings == {{"at": "firewalls", "args": {}}}
}

test_unknown_has_no_finding if {
	findings := firewall_attached.deny with input as _input("aws", "compute.instance", 3, {})
	findings == set()
}

_containers(firewalls) := _input("azure", "compute.container_service", 3, {"firewalls": firewalls})

test_containers_are_judged_by_groups_of_their_own if {
	none := firewall_attached.deny with input as _containers([])
	none == {{"at": "firewalls", "args": {}}}
	one := firewall_attached.deny with input as _containers(["sg-1"])
	one == set()
	firewall_attached.applies with input as _containers(["sg-1"])
}

test_containers_behind_the_groups_of_machines_are_not_judged if {
	findings := firewall_attached.deny with input as _containers(null)
	findings == set()
	not firewall_attached.applies with input as _containers(null)
}
