package mlps.lib.administration_test

import data.mlps.lib.administration

_declared := {"context": {"admin_ranges": ["203.0.113.0/24", "2001:db8:1::/48"]}}

test_nothing_is_undeclared_where_nothing_is_declared if {
	every document in [{}, {"context": {}}, {"context": {"admin_ranges": []}}] {
		not administration.is_declared with input as document
		not administration.is_undeclared("198.51.100.0/24") with input as document
		not administration.is_open("198.51.100.0/24") with input as document
	}
}

test_declared_ranges_are_seen if {
	administration.is_declared with input as _declared
}

test_a_part_of_a_declared_range_is_declared if {
	every cidr in ["203.0.113.0/24", "203.0.113.7/32", "2001:db8:1::/48", "2001:db8:1:2::/64"] {
		not administration.is_undeclared(cidr) with input as _declared
		not administration.is_open(cidr) with input as _declared
	}
}

test_more_than_a_declared_range_is_undeclared if {
	every cidr in ["203.0.112.0/23", "198.51.100.4/32", "2001:db8:2::/48", "2001:db8::/32"] {
		administration.is_undeclared(cidr) with input as _declared
		administration.is_open(cidr) with input as _declared
	}
}

test_private_addresses_are_never_undeclared if {
	every cidr in ["10.0.0.0/8", "172.16.4.0/24", "192.168.1.1/32", "100.64.0.0/10", "fd00::/8"] {
		not administration.is_undeclared(cidr) with input as _declared
		not administration.is_open(cidr) with input as _declared
	}
}

test_narrow_ranges_are_ranges_that_are_not_open if {
	every cidr in ["203.0.113.0/24", "203.0.113.7/32", "10.0.0.0/8", "2001:db8:1:2::/64"] {
		administration.is_narrow(cidr) with input as _declared
		administration.is_narrow(cidr) with input as {}
	}
	every cidr in ["0.0.0.0/0", "198.51.100.4/32", "::/0", "203.0.113.7", "anywhere", "", null] {
		not administration.is_narrow(cidr) with input as _declared
	}
}

test_what_is_no_range_is_not_judged if {
	every source in ["group:sg-1", "prefix-list:pl-1", "", "0.0.0.0", null, 7] {
		not administration.is_undeclared(source) with input as _declared
		not administration.is_open(source) with input as _declared
	}
}

test_a_declared_text_that_is_no_range_allows_nothing if {
	administration.is_undeclared("203.0.113.7/32") with input as {"context": {"admin_ranges": ["office"]}}
}

test_wide_ranges_are_open_without_a_declaration if {
	every cidr in ["0.0.0.0/0", "0.0.0.0/1", "36.0.0.0/8", "::/0", "2000::/3", "2400::/16"] {
		administration.is_open(cidr) with input as {}
	}
	every cidr in ["203.0.113.0/24", "36.112.0.0/16", "10.0.0.0/8", "2400:da00::/32"] {
		not administration.is_open(cidr) with input as {}
	}
}
