"""Who reaches the nodes of a database that stands in subnets and takes no public IPv4 address."""

from __future__ import annotations

from collectors.aws.logic import every, some
from collectors.aws.reachability import Ground, exposure, firewall_open, lets_in
from collectors.document import Unknown
from collectors.facts.shared import Exposure

_WITHOUT_IPV6 = {None, "", "ipv4"}
_NO_SUBNET = Unknown("the API does not name the subnets of this database")


def nodes_exposure(
    ground: Ground,
    subnets: list[str] | Unknown,
    vpc_id: str | Unknown,
    groups: list[str] | Unknown,
    kind: str | None,
) -> Exposure:
    """The exposure by IPv6 addresses, which are public ones wherever a route leads in. `kind` is
    the type of network: "ipv4" (or none told), "ipv6" or a word for both."""
    if kind in _WITHOUT_IPV6:
        return Exposure(public=False, via=[])
    for part in (subnets, vpc_id, groups):
        if isinstance(part, Unknown):
            return exposure(part)
    assert not isinstance(subnets, Unknown)
    assert not isinstance(vpc_id, Unknown)
    assert not isinstance(groups, Unknown)
    if not subnets:
        return exposure(_NO_SUBNET)
    way = some(lets_in(ground, subnet, vpc_id, 6) for subnet in subnets)
    return exposure(every([way, firewall_open(ground, groups, 6)]))
