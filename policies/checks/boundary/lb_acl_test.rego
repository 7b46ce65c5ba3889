package mlps.checks.boundary.lb_acl_test

import data.mlps.checks.boundary.lb_acl

_accounts := {"aws": "111122223333", "azure": "0b1f6471-1bf0-4dda-aec3-cb9272f09590", "aliyun": "5123456789012345"}

_regions := {"aws": "cn-north-1", "azure": "chinanorth3", "aliyun": "cn-hangzhou"}

_input(provider, level, facts) := {
	"id": "r-1",
	"type": "network.load_balancer",
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

_gateway(provider, facts) := object.union(_input(provider, 3, facts), {"type": "network.gateway"})

_listener(changes) := object.union(
	{"port": 443, "protocol": "https", "source_ranges": ["0.0.0.0/0", "::/0"]},
	changes,
)

_public(listeners) := {"scheme": "public", "listeners": listeners}

_forward(changes) := object.union(
	{
		"protocol": "tcp",
		"from_port": 443,
		"to_port": 443,
		"target_port": 8443,
		"source_ranges": ["0.0.0.0/0"],
	},
	changes,
)

_published(at, port, source) := {"at": at, "args": {"port": port, "source": source}}

test_aws_web_listeners_pass if {
	findings := lb_acl.deny with input as _input("aws", 3, _public([
		_listener({}),
		_listener({"port": 80, "protocol": "http"}),
		_listener({"port": 8443, "protocol": "tls"}),
		_listener({"port": 443, "protocol": "tcp"}),
	]))
	findings == set()
}

test_azure_named_range_passes if {
	findings := lb_acl.deny with input as _input("azure", 3, _public([_listener({
		"port": 1883,
		"protocol": "tcp",
		"source_ranges": ["203.0.113.0/24", "10.0.0.0/8"],
	})]))
	findings == set()
}

test_aliyun_access_list_passes if {
	findings := lb_acl.deny with input as _input("aliyun", 3, _public([_listener({
		"port": 22,
		"protocol": "tcp",
		"source_ranges": ["203.0.113.7/32"],
	})]))
	findings == set()
}

test_aws_tcp_listener_for_everyone_fails if {
	findings := lb_acl.deny with input as _input("aws", 3, _public([
		_listener({}),
		_listener({"port": 1883, "protocol": "tcp"}),
	]))
	findings == {
		_published("listeners/1/source_ranges/0", "1883/tcp", "0.0.0.0/0"),
		_published("listeners/1/source_ranges/1", "1883/tcp", "::/0"),
	}
}

test_azure_remote_desktop_fails if {
	findings := lb_acl.deny with input as _input("azure", 3, _public([_listener({
		"port": 3389,
		"protocol": "tcp",
		"source_ranges": ["10.0.0.0/8", "0.0.0.0/0"],
	})]))
	findings == {_published("listeners/0/source_ranges/1", "3389/tcp", "0.0.0.0/0")}
}

test_aliyun_database_port_fails_by_any_protocol if {
	every protocol in ["tcp", "http", "tls", "udp", "tcp_udp"] {
		findings := lb_acl.deny with input as _input("aliyun", 3, _public([_listener({
			"port": 9200,
			"protocol": protocol,
			"source_ranges": ["0.0.0.0/0"],
		})]))
		findings == {_published("listeners/0/source_ranges/0", sprintf("9200/%s", [protocol]), "0.0.0.0/0")}
	}
}

test_half_of_the_internet_fails if {
	findings := lb_acl.deny with input as _input("aliyun", 3, _public([_listener({
		"port": 53,
		"protocol": "udp",
		"source_ranges": ["128.0.0.0/1"],
	})]))
	findings == {_published("listeners/0/source_ranges/0", "53/udp", "128.0.0.0/1")}
}

test_a_private_balancer_has_no_finding if {
	findings := lb_acl.deny with input as _input("aliyun", 3, {
		"scheme": "private",
		"listeners": [_listener({"port": 22, "protocol": "tcp"})],
	})
	findings == set()
}

test_a_private_balancer_is_not_judged if {
	not lb_acl.applies with input as _input("aws", 3, {"scheme": "private", "listeners": []})
}

test_a_public_balancer_is_judged if {
	lb_acl.applies with input as _input("aws", 3, _public([]))
}

test_no_source_passes if {
	findings := lb_acl.deny with input as _input("aws", 3, _public([_listener({
		"port": 22,
		"protocol": "tcp",
		"source_ranges": [],
	})]))
	findings == set()
}

test_aliyun_mapping_of_a_web_port_passes if {
	findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [
		_forward({}),
		_forward({"from_port": 80, "to_port": 80, "target_port": null}),
	]})
	findings == set()
}

test_aliyun_mapping_of_ssh_fails if {
	findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [_forward({
		"from_port": 22,
		"to_port": 22,
		"target_port": null,
	})]})
	findings == {_published("forwards/0/source_ranges/0", "22/tcp (SSH)", "0.0.0.0/0")}
}

test_ssh_behind_another_port_fails if {
	findings := lb_acl.deny with input as _gateway("azure", {"forwards": [
		_forward({}),
		_forward({"from_port": 10022, "to_port": 10022, "target_port": 22}),
	]})
	findings == {_published("forwards/1/source_ranges/0", "22/tcp (SSH)", "0.0.0.0/0")}
}

test_a_mapping_of_a_range_by_any_protocol_fails if {
	findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [_forward({
		"protocol": "any",
		"from_port": 22,
		"to_port": 30,
		"target_port": null,
		"source_ranges": ["10.0.0.0/8", "::/0"],
	})]})
	findings == {_published("forwards/0/source_ranges/1", "22/tcp (SSH), 23/tcp (Telnet)", "::/0")}
}

test_a_mapping_of_every_port_has_one_finding if {
	findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [_forward({
		"protocol": "any",
		"from_port": null,
		"to_port": null,
		"target_port": null,
	})]})
	{finding.at | some finding in findings} == {"forwards/0/source_ranges/0"}
}

test_a_mapping_for_a_named_range_passes if {
	findings := lb_acl.deny with input as _gateway("azure", {"forwards": [_forward({
		"from_port": 3389,
		"to_port": 3389,
		"target_port": 3389,
		"source_ranges": ["203.0.113.0/24"],
	})]})
	findings == set()
}

test_a_gateway_without_mappings_is_not_judged if {
	not lb_acl.applies with input as _gateway("aws", {"forwards": []})
}

test_a_gateway_with_mappings_is_judged if {
	lb_acl.applies with input as _gateway("aliyun", {"forwards": [_forward({})]})
}

test_a_listener_of_which_a_part_is_unknown_has_no_finding if {
	listener := _listener({"port": 22, "protocol": "tcp"})
	every part in ["port", "protocol", "source_ranges"] {
		findings := lb_acl.deny with input as _input("aws", 3, _public([object.remove(listener, [part])]))
		findings == set()
	}
}

test_a_mapping_of_unknown_protocol_or_sources_has_no_finding if {
	forward := _forward({"from_port": 22, "to_port": 22, "target_port": 22})
	every part in ["protocol", "source_ranges"] {
		findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [object.remove(forward, [part])]})
		findings == set()
	}
}

test_one_known_port_is_enough_to_fail if {
	forward := _forward({"from_port": 22, "to_port": 22, "target_port": 22})
	every part in ["from_port", "to_port", "target_port"] {
		findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [object.remove(forward, [part])]})
		findings == {_published("forwards/0/source_ranges/0", "22/tcp (SSH)", "0.0.0.0/0")}
	}
}

test_a_mapping_of_unknown_ports_has_no_finding if {
	forward := _forward({"from_port": 22, "target_port": null})
	findings := lb_acl.deny with input as _gateway("aliyun", {"forwards": [object.remove(forward, ["to_port"])]})
	findings == set()
}

test_an_unknown_scheme_has_no_finding if {
	findings := lb_acl.deny with input as _input("aws", 3, {"listeners": [_listener({"port": 22, "protocol": "tcp"})]})
	findings == set()
}

test_unknown_has_no_finding if {
	findings := lb_acl.deny with input as _input("aws", 3, {})
	findings == set()
}
