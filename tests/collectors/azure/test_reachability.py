"""Ways from the internet to an interface through the rules of load balancers."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.balancer_rules import is_loose
from collectors.azure.ground import Ground
from collectors.azure.reachability import exposure_of, public_ips_of, ways_to
from collectors.document import Unknown
from collectors.facts.shared import Rule

NETWORK = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network"
BALANCER = f"{NETWORK}/loadBalancers/lb"
POOL, FRONT = f"{BALANCER}/backendAddressPools/app", f"{BALANCER}/frontendIPConfigurations/fe"
SUBNET = f"{NETWORK}/virtualNetworks/net/subnets/a"
MAPPED, BALANCED = ["port-mapping+firewall"], ["load-balancer+firewall"]


def key(id_: str) -> str:
    return id_.lower()


def allow(port: int, to: str = "0.0.0.0/0") -> Rule:
    return Rule(
        direction="ingress",
        action="allow",
        priority=100,
        protocol="tcp",
        from_port=port,
        to_port=port,
        sources=["0.0.0.0/0"],
        destinations=[to],
        description="",
    )


def ground(
    *rules: Rule,
    kind: str = "loadBalancingRules",
    pool: Any = None,
    public: bool = True,
    **rule: Any,
) -> Ground:
    """A balancer with one rule to a pool, and the group of a subnet."""
    leads = {
        "frontendIPConfiguration": {"id": FRONT},
        "backendAddressPool": {"id": POOL},
        "protocol": "Tcp",
        "frontendPort": 443,
        "backendPort": 443,
    }
    address = {"publicIPAddress": {"id": f"{NETWORK}/publicIPAddresses/pip"}}
    balancer = {
        "frontendIPConfigurations": [{"id": FRONT, "properties": address if public else {"x": 1}}],
        "backendAddressPools": [{"id": POOL, "properties": pool or {}}],
        kind: [{"id": f"{BALANCER}/{kind}/one", "properties": {**leads, **rule}}],
    }
    group = f"{NETWORK}/networkSecurityGroups/nsg"
    whole = {"id": BALANCER, "properties": balancer}
    return Ground(
        interfaces={},
        addresses={
            key(f"{NETWORK}/publicIPAddresses/pip"): {
                "sku": {"name": "Standard"},
                "properties": {"ipAddress": "203.0.113.9"},
            }
        },
        groups={key(group): list(rules)},
        subnets={key(SUBNET): {"properties": {"networkSecurityGroup": {"id": group}}}},
        balancers={key(BALANCER): whole},
        loose=[whole] if is_loose(whole) else [],
    )


def interface(**names: Any) -> dict[str, Any]:
    own = {"subnet": {"id": SUBNET}, "privateIPAddress": "10.0.0.4", **names}
    return {"properties": {"ipConfigurations": [{"properties": own}]}}


IN_POOL = interface(loadBalancerBackendAddressPools=[{"id": POOL.upper()}])
BY_ADDRESS = {
    "virtualNetwork": {"id": f"{NETWORK}/virtualNetworks/net"},
    "loadBalancerBackendAddresses": [{"name": "a", "properties": {"ipAddress": "10.0.0.4"}}],
}
ELSEWHERE = {**BY_ADDRESS, "virtualNetwork": {"id": f"{NETWORK}/virtualNetworks/other"}}


@pytest.mark.parametrize(
    ("found", "machine", "via"),
    [
        (ground(allow(443)), IN_POOL, BALANCED),
        # The group opens another port than the rule leads to.
        (ground(allow(443), backendPort=8443), IN_POOL, []),
        (ground(allow(8443), backendPort=8443), IN_POOL, BALANCED),
        (ground(allow(443), public=False), IN_POOL, []),
        (ground(allow(443)), interface(), []),
        # SSH behind the number of a web server.
        (ground(allow(22), backendPort=22), IN_POOL, MAPPED),
        # A NAT rule of the second version leads to a pool.
        (ground(allow(8022), kind="inboundNatRules", backendPort=8022), IN_POOL, MAPPED),
        # Pools that name addresses, not interfaces.
        (ground(allow(443), pool=BY_ADDRESS), interface(), BALANCED),
        (ground(allow(443), pool=ELSEWHERE), interface(), []),
        # A floating address is what the group sees.
        (ground(allow(443, "203.0.113.9/32")), IN_POOL, []),
        (ground(allow(443, "203.0.113.9/32"), enableFloatingIP=True), IN_POOL, BALANCED),
    ],
)
def test_rules_of_load_balancers_are_ways_in(
    found: Ground, machine: dict[str, Any], via: list[str]
) -> None:
    ways = ways_to(machine, found)
    exposure = exposure_of(ways)
    assert (exposure.public, exposure.via) == (bool(via), via)
    assert public_ips_of(ways) == []


def test_a_balancer_that_is_not_seen_leaves_the_machine_in_doubt() -> None:
    nowhere = interface(
        loadBalancerBackendAddressPools=[{"id": f"{BALANCER}2/backendAddressPools/a"}]
    )
    ways = ways_to(nowhere, ground(allow(443)))
    assert isinstance(exposure_of(ways).public, Unknown)
    # Addresses of its own are known all the same.
    assert public_ips_of(ways) == []
