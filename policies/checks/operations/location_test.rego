package mlps.checks.operations.location_test

import data.mlps.checks.operations.location

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_input(provider, type, level, facts) := {
	"type": type,
	"provider": provider,
	"account": _accounts[provider],
	"region": "cn-north-1",
	"level": level,
	"system": "",
	"now": "2026-03-01T00:00:00Z",
	"facts": facts,
}

_sign_in(provider, level, ranges) := _input(provider, "account.identity", level, {"admin_source_ranges": ranges})

_declared(resource) := object.union(resource, {"context": {"admin_ranges": ["203.0.113.0/24", "2001:db8:1::/48"]}})

_undeclared(resource) := object.union(resource, {"context": {"admin_ranges": []}})

_rule(port, sources) := {
	"direction": "ingress",
	"action": "allow",
	"priority": 0,
	"protocol": "tcp",
	"from_port": port,
	"to_port": port,
	"sources": sources,
	"destinations": [],
	"description": "",
}

_firewall(provider, rules) := _input(provider, "network.firewall", 3, {"rules": rules})

_cluster(provider, public, ranges) := _input(
	provider, "compute.cluster", 3,
	{"endpoint_public": public, "endpoint_ranges": ranges},
)

_finding(at, source, what) := {"at": at, "args": {"source": source, "what": what}}

# Sign-in

test_aliyun_sign_in_from_an_office_passes if {
	every resource in [
		_sign_in("aliyun", 3, ["203.0.113.0/24", "10.0.0.0/8"]),
		_undeclared(_sign_in("aliyun", 2, ["203.0.113.0/24"])),
		_declared(_sign_in("aliyun", 4, ["203.0.113.8/32", "2001:db8:1:2::/64", "10.0.0.0/8"])),
	] {
		findings := location.deny with input as resource
		findings == set()
		location.applies with input as resource
	}
}

test_azure_sign_in_from_china_passes if {
	every resource in [_sign_in("azure", 3, ["country:CN"]), _declared(_sign_in("azure", 3, ["country:CN"]))] {
		findings := location.deny with input as resource
		findings == set()
	}
}

test_aliyun_sign_in_from_anywhere_fails if {
	every level in [2, 3, 4] {
		findings := location.deny with input as _sign_in("aliyun", level, [])
		findings == {_finding("admin_source_ranges", "0.0.0.0/0", "console")}
	}
}

test_azure_sign_in_from_abroad_fails if {
	findings := location.deny with input as _sign_in("azure", 3, ["country:CN", "country:SG"])
	findings == {_finding("admin_source_ranges/1", "country:SG", "console")}
}

test_sign_in_from_wide_ranges_fails if {
	findings := location.deny with input as _sign_in("aliyun", 3, ["36.0.0.0/8", "0.0.0.0/1", "::/0", "203.0.113.0/24"])
	findings == {
		_finding("admin_source_ranges/0", "36.0.0.0/8", "console"),
		_finding("admin_source_ranges/1", "0.0.0.0/1", "console"),
		_finding("admin_source_ranges/2", "::/0", "console"),
	}
}

test_sign_in_from_what_is_no_range_fails if {
	findings := location.deny with input as _sign_in("aliyun", 3, ["office"])
	findings == {_finding("admin_source_ranges/0", "office", "console")}
}

test_sign_in_from_other_than_the_declared_ranges_fails if {
	findings := location.deny with input as _declared(_sign_in("aliyun", 3, ["203.0.113.0/24", "198.51.100.0/24"]))
	findings == {_finding("admin_source_ranges/1", "198.51.100.0/24", "console")}
}

test_aws_has_no_such_setting if {
	findings := location.deny with input as _sign_in("aws", 3, null)
	findings == set()
	not location.applies with input as _sign_in("aws", 3, null)
}

test_level_1_is_not_judged if {
	findings := location.deny with input as _sign_in("aliyun", 1, [])
	findings == set()
	not location.applies with input as _sign_in("aliyun", 1, [])
}

# Firewalls

test_aws_firewall_for_declared_ranges_passes if {
	resource := _declared(_firewall("aws", [
		_rule(22, ["203.0.113.0/28", "2001:db8:1::/64", "10.0.0.0/8", "group:sg-1", "prefix-list:pl-1"]),
		_rule(443, ["0.0.0.0/0", "::/0"]),
	]))
	findings := location.deny with input as resource
	findings == set()
	location.applies with input as resource
}

test_aws_firewall_for_other_ranges_fails if {
	findings := location.deny with input as _declared(_firewall("aws", [
		_rule(443, ["0.0.0.0/0"]),
		_rule(22, ["203.0.113.0/28", "198.51.100.7/32", "2001:db8:2::/64"]),
		_rule(3389, ["0.0.0.0/0"]),
	]))
	findings == {
		_finding("rules/1/sources/1", "198.51.100.7/32", "22/tcp (SSH)"),
		_finding("rules/1/sources/2", "2001:db8:2::/64", "22/tcp (SSH)"),
		_finding("rules/2/sources/0", "0.0.0.0/0", "3389/tcp (RDP)"),
	}
}

test_azure_rule_that_another_refuses_passes if {
	deny_all := object.union(_rule(22, ["0.0.0.0/0"]), {"action": "deny"})
	findings := location.deny with input as _declared(_firewall("azure", [deny_all, _rule(22, ["198.51.100.7/32"])]))
	findings == set()
}

test_egress_is_no_administration if {
	egress := object.union(_rule(22, ["198.51.100.7/32"]), {"direction": "egress"})
	findings := location.deny with input as _declared(_firewall("aliyun", [egress]))
	findings == set()
}

test_firewalls_are_not_judged_without_a_declaration if {
	every resource in [
		_firewall("aws", [_rule(22, ["198.51.100.7/32"])]),
		_undeclared(_firewall("aws", [_rule(22, ["198.51.100.7/32"])])),
	] {
		findings := location.deny with input as resource
		findings == set()
		not location.applies with input as resource
	}
}

# Clusters

test_aliyun_cluster_for_declared_ranges_passes if {
	resource := _declared(_cluster("aliyun", true, ["203.0.113.0/28"]))
	findings := location.deny with input as resource
	findings == set()
	location.applies with input as resource
}

test_azure_cluster_for_anyone_fails if {
	findings := location.deny with input as _declared(_cluster("azure", true, []))
	findings == {_finding("endpoint_ranges", "0.0.0.0/0", "Kubernetes API")}
}

test_aws_cluster_for_other_ranges_fails if {
	findings := location.deny with input as _declared(_cluster("aws", true, ["203.0.113.0/28", "0.0.0.0/0"]))
	findings == {_finding("endpoint_ranges/1", "0.0.0.0/0", "Kubernetes API")}
}

test_a_private_endpoint_is_not_judged if {
	resource := _declared(_cluster("aws", false, ["0.0.0.0/0"]))
	findings := location.deny with input as resource
	findings == set()
	not location.applies with input as resource
}

test_clusters_are_not_judged_without_a_declaration if {
	findings := location.deny with input as _cluster("aws", true, ["0.0.0.0/0"])
	findings == set()
	not location.applies with input as _cluster("aws", true, ["0.0.0.0/0"])
}

# Unknown

test_unknown_sources_have_no_finding if {
	rule := object.remove(_rule(22, []), ["sources"])
	findings := location.deny with input as _declared(_firewall("aws", [rule]))
	findings == set()
}

test_unknown_has_no_finding if {
	every type in ["account.identity", "network.firewall", "compute.cluster"] {
		findings := location.deny with input as _declared(_input("aliyun", type, 3, {}))
		findings == set()
	}
}
