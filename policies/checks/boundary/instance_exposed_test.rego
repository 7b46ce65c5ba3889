package mlps.checks.boundary.instance_exposed_test

import data.mlps.checks.boundary.instance_exposed

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "compute.instance",
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

test_aws_private_passes if {
	findings := instance_exposed.deny with input as _input("aws", 3, {
		"public_ips": [],
		"exposure": {"public": false, "via": []},
	})
	findings == set()
}

test_azure_private_passes if {
	findings := instance_exposed.deny with input as _input("azure", 3, {
		"public_ips": [],
		"exposure": {"public": false, "via": []},
	})
	findings == set()
}

test_aliyun_private_passes if {
	findings := instance_exposed.deny with input as _input("aliyun", 3, {
		"public_ips": [],
		"exposure": {"public": false, "via": []},
	})
	findings == set()
}

test_aws_elastic_ip_fails if {
	findings := instance_exposed.deny with input as _input("aws", 3, {
		"public_ips": ["203.0.113.7"],
		"exposure": {"public": true, "via": []},
	})
	findings == {{"at": "public_ips/0", "args": {"address": "203.0.113.7"}}}
}

test_azure_public_ip_fails if {
	findings := instance_exposed.deny with input as _input("azure", 3, {
		"public_ips": ["198.51.100.4"],
		"exposure": {"public": true, "via": []},
	})
	findings == {{"at": "public_ips/0", "args": {"address": "198.51.100.4"}}}
}

test_aliyun_two_addresses_fail if {
	findings := instance_exposed.deny with input as _input("aliyun", 3, {
		"public_ips": ["203.0.113.7", "2001:db8::7"],
		"exposure": {"public": true, "via": []},
	})
	findings == {
		{"at": "public_ips/0", "args": {"address": "203.0.113.7"}},
		{"at": "public_ips/1", "args": {"address": "2001:db8::7"}},
	}
}

test_an_address_behind_a_closed_firewall_fails if {
	findings := instance_exposed.deny with input as _input("aws", 3, {
		"public_ips": ["203.0.113.7"],
		"exposure": {"public": false, "via": []},
	})
	findings == {{"at": "public_ips/0", "args": {"address": "203.0.113.7"}}}
}

test_exposure_without_address_fails if {
	findings := instance_exposed.deny with input as _input("aliyun", 3, {
		"public_ips": [],
		"exposure": {"public": true, "via": ["nat"]},
	})
	findings == {{"at": "exposure/public", "args": {"address": "-"}}}
}

test_published_by_a_load_balancer_passes if {
	findings := instance_exposed.deny with input as _input("azure", 3, {
		"public_ips": [],
		"exposure": {"public": true, "via": ["load-balancer+firewall"]},
	})
	findings == set()
}

test_a_port_mapping_beside_a_load_balancer_fails if {
	findings := instance_exposed.deny with input as _input("azure", 3, {
		"public_ips": [],
		"exposure": {"public": true, "via": ["load-balancer+firewall", "port-mapping+firewall"]},
	})
	findings == {{"at": "exposure/public", "args": {"address": "-"}}}
}

test_unknown_addresses_have_no_finding if {
	findings := instance_exposed.deny with input as _input("aws", 3, {"exposure": {
		"public": true,
		"via": [],
	}})
	findings == set()
}

test_an_address_known_after_apply_has_no_finding if {
	findings := instance_exposed.deny with input as _input("aws", 3, {"public_ips": [null]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := instance_exposed.deny with input as _input("aws", 3, {})
	findings == set()
}

_container(provider, facts) := object.union(_input(provider, 3, facts), {"type": "compute.container_service"})

test_containers_without_an_address_pass if {
	every provider, _ in _accounts {
		resource := _container(provider, {"public_address": false, "exposure": {"public": false, "via": []}})
		findings := instance_exposed.deny with input as resource
		findings == set()
		instance_exposed.applies with input as resource
	}
}

test_containers_with_an_address_fail if {
	every provider, _ in _accounts {
		findings := instance_exposed.deny with input as _container(provider, {
			"public_address": true,
			"exposure": {"public": false, "via": []},
		})
		findings == {{"at": "public_address", "args": {"address": "an address given at start"}}}
	}
}

test_containers_reached_through_a_gateway_fail if {
	findings := instance_exposed.deny with input as _container("aliyun", {
		"public_address": false,
		"exposure": {"public": true, "via": ["port-mapping+firewall"]},
	})
	findings == {{"at": "exposure/public", "args": {"address": "-"}}}
}

test_containers_behind_the_addresses_of_machines_are_not_judged if {
	resource := _container("aws", {"public_address": null, "exposure": null})
	findings := instance_exposed.deny with input as resource
	findings == set()
	not instance_exposed.applies with input as resource
}

test_instances_are_judged if {
	instance_exposed.applies with input as _input("aws", 3, {"public_ips": [], "exposure": {"public": false, "via": []}})
}

_template(facts) := object.union(_input("aws", 3, facts), {"type": "compute.launch_template"})

test_a_launch_template_is_judged_by_the_addresses_that_it_gives if {
	given := instance_exposed.deny with input as _template({"public_address": true})
	given == {{"at": "public_address", "args": {"address": "an address given at start"}}}
	none := instance_exposed.deny with input as _template({"public_address": false})
	none == set()
	instance_exposed.applies with input as _template({"public_address": false})
	unknown := instance_exposed.deny with input as _template({})
	unknown == set()
}
