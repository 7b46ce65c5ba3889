"""Cloud Firewall: the firewall at the border of the internet, and those between VPCs."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service
from collectors.aliyun.cloud_firewall import (
    DESCRIBE_CEN_FIREWALLS,
    DESCRIBE_IPS,
    DESCRIBE_TRANSIT_FIREWALLS,
    DESCRIBE_VERSION,
    DESCRIBE_VPC_FIREWALLS,
    default_ips_mode,
    has_firewall,
)
from collectors.aliyun.ips import IpsMode, ips_mode
from collectors.aliyun.vpc_calls import Item
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway
from collectors.regions import GLOBAL

BORDER = "ACS::CloudFirewall::Instance"
BETWEEN = "ACS::CloudFirewall::VpcFirewall"


def firewalls(account: Account) -> Iterable[Document]:
    """A document for the account's firewall at the border, and for each between VPCs that is on."""
    has = has_firewall(account)
    if isinstance(has, Unknown):
        for native_type in (BORDER, BETWEEN):
            yield account.unlisted(Gateway, has, GLOBAL, native_type)
        return
    if not has:
        return
    version = account.read(DESCRIBE_VERSION, GLOBAL)
    identity = str(version.get("InstanceId") or "instance")
    yield _firewall(account, GLOBAL, identity, identity, default_ips_mode(account), BORDER, version)
    lists = (
        (DESCRIBE_VPC_FIREWALLS, "VpcFirewallId"),
        (DESCRIBE_TRANSIT_FIREWALLS, "FirewallId"),
        (DESCRIBE_CEN_FIREWALLS, "VpcFirewallId"),
    )
    for call, key in lists:
        found = account.listed(call, GLOBAL)
        if isinstance(found, Unknown):
            yield account.unlisted(Gateway, found, GLOBAL, BETWEEN)
            continue
        for item in found:
            if item["FirewallSwitchStatus"] != "opened":
                continue
            name = item.get("VpcFirewallName") or item[key]
            mode = ips_mode(item.get("IpsConfig") or {})
            yield _firewall(account, _region(item), item[key], name, mode, BETWEEN, item)


def _region(item: Item) -> str:
    return str(item.get("RegionNo") or (item.get("LocalVpc") or {}).get("RegionNo") or GLOBAL)


def _firewall(
    account: Account,
    region: str,
    identity: str,
    name: str,
    mode: IpsMode | Unknown,
    native_type: str,
    native: Item,
) -> Document:
    return account.document(
        Gateway(
            kind="firewall",
            peers=[],
            tunnels=None,
            # The service runs it in several zones and does not tell which.
            zones=None,
            bandwidth_mbps=None,
            snat=[],
            protected_by=["firewall"],
            attached_to=None,
            ips_mode=mode,
            forwards=[],
        ),
        id=account.arn("yundun-cloudfirewall", region, f"firewall/{identity}"),
        region=region,
        name=name,
        native_type=native_type,
        native=native,
    )


SERVICE = Service(
    name="Cloud Firewall",
    types=((Gateway, BORDER), (Gateway, BETWEEN)),
    calls=(
        DESCRIBE_VERSION,
        DESCRIBE_IPS,
        DESCRIBE_VPC_FIREWALLS,
        DESCRIBE_TRANSIT_FIREWALLS,
        DESCRIBE_CEN_FIREWALLS,
    ),
    account=firewalls,
)
