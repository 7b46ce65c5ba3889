package mlps.checks.management.traffic_separation_test

import data.mlps.checks.management.traffic_separation

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

_everyone := ["0.0.0.0/0", "::/0"]

_listener(port, protocol, ranges) := {"port": port, "protocol": protocol, "source_ranges": ranges}

_balancer(provider, level, scheme, listeners) := _input(
	provider, "network.load_balancer", level,
	{"scheme": scheme, "listeners": listeners},
)

_subnet(provider, level, kinds) := _input(provider, "network.subnet", level, {"workload_kinds": kinds})

_listener_finding(i, what) := {"at": sprintf("listeners/%d/source_ranges", [i]), "args": {"what": what}}

test_aws_balancer_of_a_web_site_passes if {
	resource := _balancer("aws", 3, "public", [_listener(443, "https", _everyone), _listener(80, "http", _everyone)])
	findings := traffic_separation.deny with input as resource
	findings == set()
	traffic_separation.applies with input as resource
}

test_azure_subnet_of_a_bastion_passes if {
	findings := traffic_separation.deny with input as _subnet("azure", 3, ["bastion"])
	findings == set()
	traffic_separation.applies with input as _subnet("azure", 3, ["bastion"])
}

test_aliyun_private_balancer_is_not_judged if {
	resource := _balancer("aliyun", 3, "private", [_listener(22, "tcp", ["10.0.0.0/8"])])
	findings := traffic_separation.deny with input as resource
	findings == set()
	not traffic_separation.applies with input as resource
}

test_aws_balancer_that_publishes_ssh_fails if {
	resource := _balancer("aws", 3, "public", [_listener(443, "tls", _everyone), _listener(22, "tcp", _everyone)])
	findings := traffic_separation.deny with input as resource
	findings == {_listener_finding(1, "22 (SSH)")}
}

test_azure_subnet_of_a_bastion_with_instances_fails if {
	findings := traffic_separation.deny with input as _subnet("azure", 3, ["instance", "bastion", "endpoint", "database"])
	findings == {{"at": "workload_kinds", "args": {"what": "database, instance"}}}
}

test_aliyun_balancer_that_publishes_rdp_fails if {
	every protocol in ["tcp", "tcp_udp"] {
		resource := _balancer("aliyun", 4, "public", [_listener(3389, protocol, ["0.0.0.0/0"])])
		findings := traffic_separation.deny with input as resource
		findings == {_listener_finding(0, "3389 (RDP)")}
	}
}

test_ipv6_alone_fails if {
	resource := _balancer("aws", 3, "public", [_listener(3389, "udp", ["::/0"])])
	findings := traffic_separation.deny with input as resource
	findings == {_listener_finding(0, "3389 (RDP)")}
}

test_a_web_listener_on_a_port_of_administration_fails if {
	resource := _balancer("aws", 3, "public", [_listener(5986, "https", _everyone)])
	findings := traffic_separation.deny with input as resource
	findings == {_listener_finding(0, "5986 (WinRM)")}
}

test_a_udp_listener_on_22_is_not_ssh if {
	findings := traffic_separation.deny with input as _balancer("aws", 3, "public", [_listener(22, "udp", _everyone)])
	findings == set()
}

test_named_ranges_pass if {
	resource := _balancer("aws", 3, "public", [_listener(22, "tcp", ["203.0.113.0/28", "10.0.0.0/8"])])
	findings := traffic_separation.deny with input as resource
	findings == set()
}

test_ranges_other_than_the_declared_fail if {
	resource := object.union(
		_balancer("aws", 3, "public", [_listener(22, "tcp", ["203.0.113.0/28", "198.51.100.0/28"])]),
		{"context": {"admin_ranges": ["203.0.113.0/24"]}},
	)
	findings := traffic_separation.deny with input as resource
	findings == {_listener_finding(0, "22 (SSH)")}
}

test_a_subnet_without_a_bastion_is_not_judged if {
	findings := traffic_separation.deny with input as _subnet("aws", 3, ["instance", "load_balancer"])
	findings == set()
	not traffic_separation.applies with input as _subnet("aws", 3, ["instance", "load_balancer"])
}

test_level_2_is_not_judged if {
	every resource in [
		_balancer("aws", 2, "public", [_listener(22, "tcp", _everyone)]),
		_subnet("azure", 2, ["bastion", "instance"]),
	] {
		findings := traffic_separation.deny with input as resource
		findings == set()
		not traffic_separation.applies with input as resource
	}
}

test_unknown_sources_have_no_finding if {
	resource := _balancer("aws", 3, "public", [{"port": 22, "protocol": "tcp"}])
	findings := traffic_separation.deny with input as resource
	findings == set()
}

test_unknown_has_no_finding if {
	every type in ["network.load_balancer", "network.subnet"] {
		findings := traffic_separation.deny with input as _input("aws", type, 3, {})
		findings == set()
	}
}
