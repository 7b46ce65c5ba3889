"""Cloud Firewall: whether the account has it, which addresses it protects, how it prevents.

One instance looks after every region, so its calls are made once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.ips import IpsMode, ips_mode
from collectors.aliyun.resource_directory import GET_RESOURCE_DIRECTORY, others_may_guard
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.regions import GLOBAL

T = TypeVar("T")
Item = dict[str, Any]


def firewall_call(operation: str, result: str = "", *, paged: bool = False) -> Call:
    """The declaration of a call of Cloud Firewall, which RAM calls yundun-cloudfirewall. An account
    without it is told so by an error."""
    return Call(
        provider="aliyun",
        service="cloudfw",
        operation=operation,
        permission=f"yundun-cloudfirewall:{operation}",
        scope="account",
        result=result,
        paged=paged,
        absent=("ErrorFirewallNotActivated",),
    )


DESCRIBE_VERSION = firewall_call("DescribeUserBuyVersion")
DESCRIBE_ASSETS = firewall_call("DescribeAssetList", "Assets", paged=True)
DESCRIBE_IPS = firewall_call("DescribeDefaultIPSConfig")
DESCRIBE_VPC_FIREWALLS = firewall_call("DescribeVpcFirewallList", "VpcFirewalls", paged=True)
DESCRIBE_CEN_FIREWALLS = firewall_call("DescribeVpcFirewallCenList", "VpcFirewalls", paged=True)
"""Of CENs whose transit routers are of the basic edition."""
DESCRIBE_TRANSIT_FIREWALLS = firewall_call(
    "DescribeTrFirewallsV2List", "VpcTrFirewalls", paged=True
)

HAS_CALLS = (DESCRIBE_VERSION, GET_RESOURCE_DIRECTORY)
FIREWALL_CALLS = (*HAS_CALLS, DESCRIBE_ASSETS, DESCRIBE_IPS)


class Assets(Struct, frozen=True):
    """The public addresses, and the ids of what has them, that Cloud Firewall protects. `others`:
    what another account's firewall may protect besides, null where none can."""

    addresses: set[str]
    instances: set[str]
    others: Unknown | None = None

    def protect(self, *names: str | None) -> bool:
        """Whether one of some addresses or ids is protected."""
        return any(name and (name in self.addresses or name in self.instances) for name in names)


def has_firewall(account: Account) -> bool | Unknown:
    """Whether the account has an instance of Cloud Firewall that is valid."""
    return then(account.read(DESCRIBE_VERSION, GLOBAL), _is_valid)


def _is_valid(answer: Item | None) -> bool | Unknown:
    if answer is None:
        return False
    status = answer.get("UserStatus")
    if status is None:
        return Unknown("Cloud Firewall does not tell whether it is valid")
    return status is True


def protected_assets(account: Account) -> Assets | Unknown:
    """What Cloud Firewall protects: nothing where there is none, unless another account's does. An
    account with a firewall of its own cannot be put behind another's (AddInstanceMembers:
    ErrorInstanceMemberIsMaster)."""
    return then(
        has_firewall(account),
        lambda has: _assets(account) if has else Assets(set(), set(), others_may_guard(account)),
    )


def between_networks(
    account: Account, read: Callable[[Account], T | Unknown]
) -> T | Unknown | None:
    """What `read` gives of the firewalls between networks, where the account has Cloud Firewall;
    null where none has, unknown where another account's may stand there."""
    has = has_firewall(account)
    if isinstance(has, Unknown):
        return has
    return read(account) if has else others_may_guard(account)


def _assets(account: Account) -> Assets | Unknown:
    found = account.listed(DESCRIBE_ASSETS, GLOBAL)
    if isinstance(found, Unknown):
        return found
    on = [item for item in found if item["ProtectStatus"] == "open"]
    return Assets(
        addresses={item["InternetAddress"] for item in on if item.get("InternetAddress")},
        instances={
            str(item[name])
            for item in on
            for name in ("ResourceInstanceId", "BindInstanceId")
            if item.get(name)
        },
    )


def default_ips_mode(account: Account) -> IpsMode | Unknown:
    """How the firewall at the border of the internet prevents intrusions."""
    return then(account.read(DESCRIBE_IPS, GLOBAL), lambda found: ips_mode(found or {}))
