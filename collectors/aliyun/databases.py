"""What the database products share: keys, audit logs, backups, zones, and calls about an instance.

Enough is alike that a database of any product is documented in the same way, and what a product
does not tell is unknown with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.aliyun.account import Account
from collectors.aliyun.kms_calls import key_manager
from collectors.aliyun.vpc_calls import routes_to_internet
from collectors.calls import Call, Scope
from collectors.document import Unknown, also, then
from collectors.facts.shared import Encryption, Logging, Replica, Tls

Item = dict[str, Any]
Manager = Literal["provider", "customer", "external"]

AES = "aes-256"
"""What the disks of databases are encrypted with (user guides, "Disk encryption")."""
FOR_EVER = 36_500
"""Days that stand for a backup that is never deleted."""

SUPPORT_NOT_TOLD = Unknown("the API does not tell whether the version is still supported")
TLS_VERSIONS = Unknown("the service decides which TLS versions it accepts")
RETENTION_NOT_TOLD = Unknown("the API does not tell how long the audit log is kept")
ALGORITHM_NOT_TOLD = Unknown("the API does not name the algorithm")
KEY_NOT_TOLD = Unknown("the API does not name the key")
UPGRADE_NOT_TOLD = Unknown("the API does not tell whether minor versions are updated by themselves")
AUDIT_NOT_TOLD = Unknown("the API does not tell of an audit log")
PLAINTEXT_NOT_TOLD = Unknown("the API does not tell whether connections in plaintext are refused")
NOT_DESCRIBED = Unknown("the API does not describe this database")
NO_ENCRYPTION = Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)


def database_call(
    service: str,
    operation: str,
    result: str = "",
    scope: Scope = "resource",
    *,
    action: str = "",
    paged: bool = False,
    may_omit: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    """The declaration of a call. `action` is RAM's name of the product where it is another one."""
    return Call(
        provider="aliyun",
        service=service,
        operation=operation,
        permission=f"{action or service}:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=may_omit,
        absent=absent,
    )


def told(item: Item, key: str) -> Any:
    """What an answer says under a key, unknown where it says nothing."""
    found = item.get(key)
    return Unknown(f"the API does not tell {key} of this database") if found is None else found


def not_known(key: str, value: object) -> Unknown:
    """What stands for a word that the product has not documented."""
    return Unknown(f"{key} is {value!r}, which is not known")


def switch(item: Item | Unknown | None, key: str) -> bool | Unknown:
    """A setting that is on or off, in any of the words of the products."""
    if isinstance(item, Unknown):
        return item
    found = told(item or {}, key)
    if isinstance(found, Unknown):
        return found
    text = str(found).lower()
    return text in _ON if text in _ON or text in _OFF else not_known(key, found)


_ON = {"true", "1", "yes", "on", "open", "enable", "enabled", "auto"}
_OFF = {"false", "0", "no", "off", "close", "closed", "disable", "disabled", "manual", "shutdown"}


def first(found: list[Item] | Unknown | None) -> Item | Unknown:
    """The only element of a list with one element."""
    if isinstance(found, Unknown):
        return found
    return found[0] if found else NOT_DESCRIBED


def under(answer: Item | None, *names: str) -> list[Item]:
    """A list inside an answer, empty where the answer leaves it out: the products do so with lists
    that are empty."""
    value: Any = answer
    for name in names:
        value = (value or {}).get(name)
    return list(value or [])


LIST_NOT_TOLD = Unknown("the API does not tell the allow-list of this database")
# What the APIs call the network of an address.
_NETWORKS = {"public", "private", "inner", "vpc", "classic", "intranet"}


def has_address(addresses: list[Item] | Unknown, key: str, kind: str) -> bool | Unknown:
    """Whether one of some addresses is in a kind of network, which they tell under `key`. An
    address of a network that is not known may be in any."""
    if isinstance(addresses, Unknown):
        return addresses
    words = [str(one.get(key)).lower() for one in addresses]
    odd = [word for word in words if word not in _NETWORKS]
    return kind in words or (not_known(key, odd[0]) if odd else False)


def list_not_told(answer: Item, *names: str) -> Unknown | None:
    """What is not known of an allow-list that has none of its parts in the answer: an empty list
    lets nobody in, and would be no more than a guess."""
    return None if any(answer.get(name) is not None for name in names) else LIST_NOT_TOLD


def deletion_protection(prepaid: bool, value: bool | Unknown) -> bool | Unknown | None:
    """A subscription cannot be released before its end, and has no such setting (user guides of
    RDS, Redis and MongoDB, "Release protection"); null for one whose setting is not on."""
    return None if prepaid and value is not True else value


def encrypted_with(
    account: Account,
    region: str,
    key: str | Unknown | None,
    manager: Manager | Unknown | None = None,
    algorithm: str | Unknown = AES,
) -> Encryption:
    """Encryption with a key of KMS. Whose it is is asked where the product does not tell."""
    if manager is None:
        manager = then(key or KEY_NOT_TOLD, lambda name: key_manager(account, region, name))
    return Encryption(
        enabled=True,
        key_manager=manager,
        key_id=key or KEY_NOT_TOLD,
        algorithm=algorithm,
    )


def audit_log(
    account: Account,
    region: str,
    enabled: bool | Unknown,
    kept: int | Unknown | None,
    name: str = "sql-audit",
) -> Logging:
    """Audit records, which the service keeps in a store of its own in the same region."""
    if enabled is False:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=0,
        )
    doubt = also(enabled)
    return Logging(
        enabled=enabled,
        destination=doubt or name,
        destination_account=doubt or account.id,
        destination_region=doubt or region,
        retention_days=doubt or kept,
    )


def no_tls() -> Tls:
    """Connections in plaintext."""
    return Tls(minimum="none", required=False, policy=None)


def tls(on: bool | Unknown, required: bool | Unknown, minimum: Any = TLS_VERSIONS) -> Tls:
    """TLS that is off until turned on."""
    if on is False:
        return no_tls()
    doubt = also(on)
    return Tls(minimum=doubt or minimum, required=doubt or required, policy=None)


def days(value: Any) -> int | Unknown:
    """Days that a backup or log is kept; -1 is for ever."""
    try:
        number = int(str(value))
    except ValueError:
        return Unknown(f"the retention {value!r} is not understood")
    return FOR_EVER if number < 0 else number


def longest(policies: Iterable[Item], kind: str, value: str) -> int | Unknown:
    """The longest retention among the policies of an advanced backup. `never` does not end."""
    kept: list[int] = []
    for policy in policies:
        found = FOR_EVER if policy.get(kind) == "never" else days(policy.get(value))
        if isinstance(found, Unknown):
            return found
        kept.append(found)
    return max(kept) if kept else Unknown("the advanced backup policy names no retention")


def spans_zones(own: str, others: Iterable[str | None]) -> bool:
    """Whether a zone besides the own one is named. A name with MAZ stands for several zones."""
    return "MAZ" in own or any(zone and zone != own for zone in others)


def replicas_at(account: Account, regions: Iterable[str]) -> list[Replica]:
    """Replicas of this account in some regions."""
    return [Replica(region=region, account=account.id) for region in regions]


def subnet_routes(account: Account, region: str, vswitch_id: str | None) -> bool | Unknown | None:
    """Whether the vSwitch leads to the internet; null for a database that stands in none."""
    return routes_to_internet(account, region, vswitch_id) if vswitch_id else None


def kept_of(item: Item, names: Iterable[str]) -> Item:
    """The parts of an answer that are evidence and no secret."""
    return {name: item[name] for name in names if name in item}
