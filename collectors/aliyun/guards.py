"""What searches or filters the traffic of a public address: WAF, Anti-DDoS, Cloud Firewall."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.cloud_firewall import (
    FIREWALL_CALLS,
    Assets,
    default_ips_mode,
    protected_assets,
)
from collectors.aliyun.ddos import DDOS_CALLS, guarded_addresses
from collectors.aliyun.ips import IpsMode
from collectors.aliyun.waf_calls import BEHIND_CALLS, Behind, read_behind
from collectors.document import Unknown, also

GUARD_CALLS = (*FIREWALL_CALLS, *DDOS_CALLS, *BEHIND_CALLS)


class Guards(Struct, frozen=True):
    """What protects the addresses of a region, each part read or unknown."""

    assets: Assets | Unknown
    ddos: set[str] | Unknown
    behind: Behind | Unknown
    ips: IpsMode | Unknown | None

    def of(
        self, address: str | None, instance: str | None = None, *, own_ddos: bool = False
    ) -> list[Any] | Unknown:
        """The guards of an address that an instance has. `own_ddos`: the address brings its own. A
        member of a resource directory is not told of those that others have in front of it: an
        Unknown at the end, where the firewall or Anti-DDoS is not one of its own."""
        doubt = also(self.assets, self.behind) or (None if own_ddos else also(self.ddos))
        if doubt:
            return doubt
        assert isinstance(self.assets, Assets)
        assert isinstance(self.behind, Behind)
        found: list[Any] = []
        doubts: list[Unknown | None] = []
        waf = self.behind.guard(instance, [address], 1)
        if isinstance(waf, str):
            found.append("waf")
        elif waf != self.behind.others:
            doubts.append(waf)
        if own_ddos or (isinstance(self.ddos, set) and address in self.ddos):
            found.append("ddos")
        else:
            doubts.append(self.behind.others)
        if self.assets.protect(address):
            found.append("firewall")
        else:
            doubts.append(self.assets.others)
        missing = also(None, *doubts)
        return [*found, missing] if missing else found

    def ips_mode(self, address: str | None) -> IpsMode | Unknown | None:
        """The intrusion prevention that an address's traffic passes, null where it passes none."""
        if isinstance(self.assets, Unknown):
            return self.assets
        return self.ips if self.assets.protect(address) else self.assets.others


def read_guards(account: Account, region: str) -> Guards:
    """Ask all of them about a region."""
    assets = protected_assets(account)
    used = isinstance(assets, Assets) and assets.addresses
    return Guards(
        assets=assets,
        ddos=guarded_addresses(account, region),
        behind=read_behind(account, region),
        ips=default_ips_mode(account) if used else None,
    )
