"""Cloud Enterprise Network: the networks that it joins, and the bandwidth between regions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cloud_firewall import (
    DESCRIBE_CEN_FIREWALLS,
    DESCRIBE_TRANSIT_FIREWALLS,
    HAS_CALLS,
    between_networks,
)
from collectors.aliyun.ips import IpsMode, ips_mode
from collectors.aliyun.vpc_calls import DESCRIBE_VPCS, Item
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer
from collectors.logic import Known, every
from collectors.regions import GLOBAL


def _call(operation: str, result: str, scope: Scope = "account") -> Call:
    return Call(
        provider="aliyun",
        service="cbn",
        operation=operation,
        permission=f"cen:{operation}",
        scope=scope,
        result=result,
        paged=True,
    )


DESCRIBE_CENS = _call("DescribeCens", "Cens.Cen")
DESCRIBE_CHILDREN = _call(
    "DescribeCenAttachedChildInstances", "ChildInstances.ChildInstance", "resource"
)
DESCRIBE_LIMITS = _call(
    "DescribeCenInterRegionBandwidthLimits",
    "CenInterRegionBandwidthLimits.CenInterRegionBandwidthLimit",
)

NATIVE = "ACS::CEN::CenInstance"
_NETWORKS = {"VPC"}


def cens(account: Account) -> Iterable[Document]:
    """A document for each CEN of the account."""
    found = account.listed(DESCRIBE_CENS, GLOBAL)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, GLOBAL, NATIVE)
        return
    if not found:
        return
    limits = account.listed(DESCRIBE_LIMITS, GLOBAL)
    walls = then(between_networks(account, _walls), lambda known: known or [])
    yield from account.map(lambda item: _cen(account, item, limits, walls), found)


def _walls(account: Account) -> list[Any] | Unknown:
    """The firewalls of transit routers, of the enterprise edition and of the basic one."""
    found: list[Any] = []
    for call in (DESCRIBE_TRANSIT_FIREWALLS, DESCRIBE_CEN_FIREWALLS):
        listed = account.listed(call, GLOBAL)
        if isinstance(listed, Unknown):
            return listed
        found += listed
    return found


def _cen(
    account: Account, item: Item, limits: list[Any] | Unknown, walls: list[Any] | Unknown
) -> Document:
    identity = item["CenId"]
    children = account.listed(DESCRIBE_CHILDREN, GLOBAL, identity, CenId=identity)
    own = then(walls, lambda found: [one for one in found if one.get("CenId") == identity])
    return account.document(
        Gateway(
            kind="cen",
            peers=then(children, lambda found: [_peer(account, one) for one in found]),
            tunnels=None,
            zones=None,
            bandwidth_mbps=then(limits, lambda found: narrowest(found, identity)),
            snat=[],
            protected_by=then(then(own, is_walled), lambda walled: ["firewall"] if walled else []),
            attached_to=None,
            ips_mode=then(own, _prevention),
            forwards=[],
        ),
        id=account.arn("cen", GLOBAL, f"ceninstance/{identity}"),
        region=GLOBAL,
        name=item.get("Name") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


def narrowest(limits: list[Item], cen: str) -> int | None:
    """The least bandwidth between two regions of a CEN, null where it joins none."""
    found = [int(one["BandwidthLimit"]) for one in limits if one["CenId"] == cen]
    return min(found, default=None)


def _peer(account: Account, child: Item) -> Peer:
    """A network that the CEN joins. What it routes are the ranges of VPCs; border routers and
    other networks behind it are not read."""
    owner, kind = str(child["ChildInstanceOwnerId"]), child["ChildInstanceType"]
    region, identity = child["ChildInstanceRegionId"], child["ChildInstanceId"]
    return Peer(
        account=owner if kind in _NETWORKS else None,
        region=region,
        vpc_id=identity if kind in _NETWORKS else None,
        cidrs=_ranges(account, region, identity, owner)
        if kind in _NETWORKS
        else Unknown("the routes of the transit router are not read"),
    )


def _ranges(account: Account, region: str, vpc_id: str, owner: str) -> list[str] | Unknown:
    if owner != account.id:
        return Unknown(f"the VPC belongs to account {owner}")
    if region not in account.regions:
        return Unknown("the VPC is in a region that is not scanned")
    found = account.listed(DESCRIBE_VPCS, region)
    if isinstance(found, Unknown):
        return found
    for vpc in found:
        if vpc["VpcId"] == vpc_id:
            more = (vpc.get("SecondaryCidrBlocks") or {}).get("SecondaryCidrBlock") or []
            return [vpc["CidrBlock"], *more]
    return Unknown("the VPC is not visible to this account")


def is_walled(walls: list[Item]) -> Known:
    """Whether all traffic between the networks passes firewalls: each transit router has one that
    is on, and leaves nothing out."""
    return bool(walls) and every(_is_whole(wall) for wall in walls)


def _is_whole(wall: Item) -> Known:
    """Those of the basic edition guard all of a network; others tell what they leave out."""
    if wall["FirewallSwitchStatus"] != "opened":
        return False
    if "VpcFirewallId" in wall:
        return True
    left = (wall.get("UnprotectedResource") or {}).get("Count")
    return Unknown("the firewall does not tell what it leaves out") if left is None else left == 0


def _prevention(walls: list[Item]) -> IpsMode | Unknown | None:
    """The weakest mode of the firewalls, null where the traffic passes none."""
    walled = is_walled(walls)
    if walled is not True:
        return walled if isinstance(walled, Unknown) else None
    modes = [ips_mode(wall.get("IpsConfig") or {}) for wall in walls]
    for mode in ("off", "alert"):
        if mode in modes:
            return mode
    return modes[0]


SERVICE = Service(
    name="Cloud Enterprise Network",
    types=((Gateway, NATIVE),),
    calls=(
        DESCRIBE_CENS,
        DESCRIBE_CHILDREN,
        DESCRIBE_LIMITS,
        DESCRIBE_VPCS,
        *HAS_CALLS,
        DESCRIBE_TRANSIT_FIREWALLS,
        DESCRIBE_CEN_FIREWALLS,
    ),
    account=cens,
)
