package mlps.lib.network_test

import data.mlps.lib.network

_rule(changes) := object.union(
	{
		"direction": "ingress",
		"action": "allow",
		"priority": 100,
		"protocol": "tcp",
		"from_port": 22,
		"to_port": 22,
		"sources": ["0.0.0.0/0"],
		"destinations": [],
		"description": "",
	},
	changes,
)

_ssh := {"source": "0.0.0.0/0", "protocol": "tcp", "from_port": 22, "to_port": 22}

test_the_internet if {
	every cidr in [
		"0.0.0.0/0",
		"0.0.0.0/1",
		"128.0.0.0/1",
		"64.0.0.0/2",
		"8.0.0.0/7",
		"1.2.3.4/0",
		"10.0.0.0/7",
	] {
		network.is_internet(cidr)
	}
	every cidr in ["::/0", "::/1", "2000::/3", "3000::/4", "2400::/12", "2600::/16", "0:0:0:0:0:0:0:0/0"] {
		network.is_internet(cidr)
	}
}

test_not_the_internet if {
	every cidr in [
		"8.0.0.0/8",
		"203.0.113.0/24",
		"10.0.0.0/8",
		"172.16.0.0/12",
		"192.168.0.0/16",
		"0.0.0.0/8",
	] {
		not network.is_internet(cidr)
	}
	every cidr in ["2001:db8::/32", "2400::/17", "fc00::/7", "fe80::/10", "8000::/1", "::1/128", "::/128"] {
		not network.is_internet(cidr)
	}
	every cidr in [
		"group:sg-1",
		"prefix-list:pl-1",
		"prefix-list:Internet/0",
		"0.0.0.0",
		"",
		"0.0.0.0/33",
		null,
		0,
		["0.0.0.0/0"],
	] {
		not network.is_internet(cidr)
	}
}

test_wide_ranges if {
	every cidr in ["0.0.0.0/0", "17.0.0.0/8", "47.96.0.0/15", "::/0", "2400:3200::/31"] {
		network.is_wide(cidr)
	}
	every cidr in [
		"47.96.0.0/16",
		"203.0.113.7/32",
		"10.0.0.0/8",
		"100.64.0.0/10",
		"2400:3200::/32",
		"fc00::/7",
		"group:sg-1",
		null,
	] {
		not network.is_wide(cidr)
	}
}

test_everyones_cloud_is_anyone if {
	every source in ["prefix-list:AzureCloud", "prefix-list:azurecloud.chinaeast2", "0.0.0.0/0"] {
		network.is_anyone(source)
	}
	every source in ["prefix-list:AzureLoadBalancer", "prefix-list:pl-1", "group:sg-1", "203.0.113.7/32", null] {
		not network.is_anyone(source)
	}
}

test_ports_of_a_rule if {
	network.first_port(_rule({})) == 22
	network.last_port(_rule({"to_port": 25})) == 25
	network.first_port(_rule({"protocol": "any", "from_port": null})) == 0
	network.last_port(_rule({"protocol": "any", "to_port": null})) == 65535
	network.first_port(_rule({"protocol": "47", "from_port": null})) == 0
	network.last_port(_rule({"protocol": "132", "from_port": 9, "to_port": 9})) == 65535
	not network.first_port(_rule({"protocol": "icmp", "from_port": null}))
	not network.last_port({"protocol": "tcp", "from_port": 1})
	not network.last_port(null)
}

test_only_ingress_that_allows_admits if {
	network.admits(_rule({}))
	not network.admits(_rule({"direction": "egress"}))
	not network.admits(_rule({"action": "deny"}))
	not network.admits(null)
}

test_an_earlier_refusal_wins if {
	every deny in [
		_rule({"action": "deny", "priority": 99}),
		_rule({"action": "deny", "priority": 100}),
		_rule({"action": "deny", "priority": 1, "protocol": "any", "from_port": null, "to_port": null}),
		_rule({"action": "deny", "priority": 1, "from_port": 0, "to_port": 1024}),
		_rule({"action": "deny", "priority": 1, "destinations": ["0.0.0.0/0", "::/0"]}),
		_rule({"action": "deny", "priority": 1, "sources": ["group:sg-1", "::/0", "0.0.0.0/0"]}),
	] {
		network.is_refused([_rule({}), deny], _rule({}), _ssh)
	}
}

test_a_refusal_that_leaves_something_open_does_not_win if {
	every deny in [
		_rule({"action": "deny", "priority": 101}),
		_rule({"action": "allow", "priority": 1}),
		_rule({"action": "deny", "priority": 1, "direction": "egress"}),
		_rule({"action": "deny", "priority": 1, "protocol": "udp"}),
		_rule({"action": "deny", "priority": 1, "from_port": 23, "to_port": 23}),
		_rule({"action": "deny", "priority": 1, "sources": ["203.0.113.0/24"]}),
		_rule({"action": "deny", "priority": 1, "sources": ["::/0"]}),
		_rule({"action": "deny", "priority": 1, "sources": ["group:sg-1"]}),
		_rule({"action": "deny", "priority": 1, "sources": []}),
		_rule({"action": "deny", "priority": 1, "destinations": ["10.0.1.4/32"]}),
		object.remove(_rule({"action": "deny"}), ["priority"]),
		object.remove(_rule({"action": "deny"}), ["sources"]),
		null,
	] {
		not network.is_refused([_rule({}), deny], _rule({}), _ssh)
	}
}

test_a_list_is_refused_by_its_name_and_with_everything if {
	cloud := object.union(_ssh, {"source": "prefix-list:AzureCloud"})
	every sources in [["prefix-list:AzureCloud"], ["0.0.0.0/0", "::/0"]] {
		network.is_refused([_rule({"action": "deny", "sources": sources})], _rule({}), cloud)
	}
	every sources in [["prefix-list:Sql"], ["0.0.0.0/0"], []] {
		not network.is_refused([_rule({"action": "deny", "sources": sources})], _rule({}), cloud)
	}
}

test_a_refusal_towards_the_same_destinations_wins if {
	allow := _rule({"destinations": ["10.0.1.4/32"]})
	deny := _rule({"action": "deny", "priority": 1, "destinations": ["10.0.1.4/32"]})
	network.is_refused([allow, deny], allow, _ssh)
}

test_reached_services_are_named if {
	rule := _rule({"from_port": 20, "to_port": 23})
	network.reached([rule], rule, "0.0.0.0/0", network.admin_services) == "22/tcp (SSH), 23/tcp (Telnet)"
}

test_refused_services_are_not_reached if {
	rule := _rule({"from_port": 20, "to_port": 23})
	deny := _rule({"action": "deny", "priority": 1})
	network.reached([deny, rule], rule, "0.0.0.0/0", network.admin_services) == "23/tcp (Telnet)"
}

test_udp_reaches_udp_services_only if {
	rule := _rule({"protocol": "udp", "from_port": 0, "to_port": 65535})
	network.reached([rule], rule, "0.0.0.0/0", network.admin_services) == "3389/udp (RDP)"
}

test_nothing_is_reached if {
	every rule in [
		_rule({"from_port": 443, "to_port": 443}),
		_rule({"protocol": "icmp", "from_port": null, "to_port": null}),
	] {
		network.reached([rule], rule, "0.0.0.0/0", network.admin_services) == ""
	}
}

test_many_reached_services_are_counted if {
	rule := _rule({"protocol": "any", "from_port": 0, "to_port": 65535})
	expected := "22/tcp (SSH), 23/tcp (Telnet), 512/tcp (rexec), 513/tcp (rlogin), 514/tcp (rsh) … (+7)"
	network.reached([rule], rule, "::/0", network.admin_services) == expected
}
