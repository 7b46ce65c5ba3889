# METADATA
# title: Administration
# description: From where systems may be administered, by what mlps.yaml declares (`admin_ranges`).
package mlps.lib.administration

import data.mlps.lib.network

# METADATA
# scope: document
# description: True where mlps.yaml declares the addresses from which administration is allowed.
is_declared if count(input.context.admin_ranges) > 0

# METADATA
# scope: document
# description: >-
#   True of a range that is too open for administration: wider than one organisation's addresses, or outside the
#   declared ranges.
is_open(cidr) if network.is_internet(cidr)

is_open(cidr) if network.is_wide(cidr)

is_open(cidr) if is_undeclared(cidr)

# METADATA
# scope: document
# description: True of a range of addresses that is not too open for administration; not of what is no range.
is_narrow(cidr) if {
	is_string(cidr)
	net.cidr_is_valid(cidr)
	not is_open(cidr)
}

# METADATA
# scope: document
# description: >-
#   True of a range that reaches public addresses and lies in none of the declared ranges. Private addresses are those
#   of networks of one's own; groups and prefix lists are no ranges. Where nothing is declared, nothing is undeclared.
is_undeclared(cidr) if {
	is_declared
	_is_public(cidr)
	not _is_within_declared(cidr)
}

_is_within_declared(cidr) if {
	some range in input.context.admin_ranges
	_is_same_version(range, cidr)
	net.cidr_contains(range, cidr)
}

_is_public(cidr) if {
	is_string(cidr)
	net.cidr_is_valid(cidr)
	not contains(cidr, ":")
	not network.is_private(cidr)
}

# All public IPv6 addresses lie in 2000::/3: the range is a part of it, or holds it.
_is_public(cidr) if {
	_is_ipv6(cidr)
	net.cidr_contains("2000::/3", cidr)
}

_is_public(cidr) if {
	_is_ipv6(cidr)
	net.cidr_contains(cidr, "2000::/3")
}

_is_same_version(one, other) if {
	net.cidr_is_valid(one)
	contains(one, ":") == contains(other, ":")
}

_is_ipv6(cidr) if {
	is_string(cidr)
	net.cidr_is_valid(cidr)
	contains(cidr, ":")
}
