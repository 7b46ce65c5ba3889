"""Bastionhost: the bastions through which people administer."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service
from collectors.aliyun.bastion_calls import DESCRIBE_BASTIONS
from collectors.aliyun.cloud_firewall import (
    FIREWALL_CALLS,
    Assets,
    default_ips_mode,
    protected_assets,
)
from collectors.aliyun.ips import IpsMode
from collectors.aliyun.tag_lists import Tags, tags_by_resource
from collectors.aliyun.vpc_calls import DESCRIBE_VSWITCHES, Item, zones_of
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway

LIST_TAGS = Call(
    provider="aliyun",
    service="yundun-bastionhost",
    operation="ListTagResources",
    permission="yundun-bastionhost:ListTagResources",
    scope="region",
    result="TagResources",
    paged=True,
    may_omit=True,
)

NATIVE = "ACS::Bastionhost::Instance"


def bastions(account: Account, region: str) -> Iterable[Document]:
    """A document for each bastion of a region."""
    found = account.listed(DESCRIBE_BASTIONS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, NATIVE)
        return
    if not found:
        return
    assets = protected_assets(account)
    tags = tags_by_resource(account, LIST_TAGS, region, "INSTANCE")
    for item in found:
        yield _bastion(account, region, item, assets, tags)


def _bastion(
    account: Account, region: str, item: Item, assets: Assets | Unknown, tags: Tags | Unknown
) -> Document:
    identity = item["InstanceId"]
    walled = then(assets, lambda known: known.protect(identity) or known.others or False)
    switches = [item.get("VswitchId"), item.get("SlaveVswitchId")]
    placed = [one for one in switches if one]
    return account.document(
        Gateway(
            kind="bastion",
            peers=[],
            tunnels=None,
            zones=zones_of(account, region, placed) if placed else None,
            # The API writes megabytes for what the console sells as Mbit/s.
            bandwidth_mbps=Unknown("the unit of the bandwidth is not certain"),
            snat=[],
            protected_by=then(walled, lambda yes: ["firewall"] if yes else []),
            attached_to=None,
            ips_mode=then(walled, lambda yes: _mode(account) if yes else None),
            forwards=[],
        ),
        id=account.arn("yundun-bastionhost", region, f"instance/{identity}"),
        region=region,
        name=item.get("Description") or identity,
        tags=then(tags, lambda known: known.get(identity, {})),
        native_type=NATIVE,
        native={name: value for name, value in item.items() if name != "LicenseCode"},
    )


def _mode(account: Account) -> IpsMode | Unknown:
    return default_ips_mode(account)


SERVICE = Service(
    name="Bastionhost",
    types=((Gateway, NATIVE),),
    calls=(DESCRIBE_BASTIONS, LIST_TAGS, DESCRIBE_VSWITCHES, *FIREWALL_CALLS),
    region=bastions,
)
