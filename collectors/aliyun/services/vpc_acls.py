"""Network ACLs of VPCs."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.network_acl_rules import rules_of
from collectors.aliyun.vpc_calls import Item, vpc_call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Acl
from collectors.logic import told

DESCRIBE_NETWORK_ACLS = vpc_call("DescribeNetworkAcls", "NetworkAcls.NetworkAcl")
DESCRIBE_NETWORK_ACL = vpc_call(
    "DescribeNetworkAclAttributes", "NetworkAclAttribute", "resource", paged=False
)

NATIVE = "ACS::VPC::NetworkAcl"


def network_acls(account: Account, region: str) -> Iterable[Document]:
    """A document for each network ACL of a region."""
    found = account.listed(DESCRIBE_NETWORK_ACLS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Acl, found, region, NATIVE)
        return
    yield from account.map(lambda item: _acl(account, region, item), found)


def _acl(account: Account, region: str, item: Item) -> Document:
    identity = item["NetworkAclId"]
    details = account.read(DESCRIBE_NETWORK_ACL, region, identity, NetworkAclId=identity)
    missing = Unknown("the network ACL is not described")
    return account.document(
        Acl(
            vpc_id=item["VpcId"],
            rules=then(missing if details is None else details, rules_of),
            # A VPC has no ACL of its own: each is made by somebody.
            is_default=False,
            subnets=then(told(item, "Resources"), lambda found: len(found.get("Resource") or [])),
        ),
        id=account.arn("vpc", region, f"networkacl/{identity}"),
        region=region,
        name=item.get("NetworkAclName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item if isinstance(details, Unknown) or details is None else details,
    )


SERVICE = Service(
    name="VPC network ACLs",
    types=((Acl, NATIVE),),
    calls=(DESCRIBE_NETWORK_ACLS, DESCRIBE_NETWORK_ACL),
    region=network_acls,
)
