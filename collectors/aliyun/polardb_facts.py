"""What the answers of PolarDB say of a cluster. Pure."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.databases import Item, days, longest, switch, tls, told, under
from collectors.document import Unknown, also, then
from collectors.facts.shared import Backup, BackupCopy, Tls


def addresses(endpoints: list[Item]) -> list[str]:
    """The kinds of network of all addresses: Public, Private, Inner (of the classic network)."""
    return [
        str(address.get("NetType"))
        for endpoint in endpoints
        for address in endpoint.get("AddressItems") or []
    ]


def multi_zone(attribute: Item) -> bool | Unknown:
    """Whether the cluster stands in several zones (DescribeDBClusterAttribute: ZoneIds). A hot
    standby of its storage is not among its zones in every edition."""
    zones = {zone.strip() for zone in str(attribute.get("ZoneIds") or "").split(",")} - {""}
    if not zones:
        return told(attribute, "ZoneIds")  # type: ignore[no-any-return]
    if len(zones) > 1:
        return True
    if str(attribute.get("HotStandbyCluster") or "").lower() in ("standbyclusteron", "on", "equal"):
        return Unknown("the API does not name the zone of the hot standby")
    return False


def cluster_tls(endpoints: list[Item] | Unknown) -> Tls:
    """TLS by endpoint; it is off where one of them has it off. On, it stays optional."""
    if isinstance(endpoints, Unknown):
        return tls(endpoints, endpoints)
    answers = [switch(endpoint, "SSLEnabled") for endpoint in endpoints]
    if False in answers:
        return tls(False, False)
    empty = None if answers else Unknown("the API names no endpoint with its TLS")
    return tls(also(empty, *answers) or True, False)


def backup(policy: Item | Unknown, logs: Item | Unknown, region: str, account: str) -> Backup:
    """Backups cannot be turned off ("Backup and restoration": at least twice a week). The longer of
    both levels counts; the second may be in another region."""
    return Backup(
        enabled=then(policy, lambda _: True),
        retention_days=then(policy, _retention),
        point_in_time=switch(logs, "EnableBackupLog"),
        copies=then(policy, lambda found: _copies(found, region, account)),
    )


def _retention(policy: Item) -> int | Unknown:
    advanced = _advanced(policy)
    if advanced:
        return longest(advanced, "RetentionType", "RetentionValue")
    first = days(told(policy, "DataLevel1BackupRetentionPeriod"))
    second = days(policy.get("DataLevel2BackupRetentionPeriod") or 0)
    doubt = also(first, second)
    return doubt or max(value for value in (first, second) if isinstance(value, int))


def _advanced(policy: Item) -> list[Item]:
    if str(policy.get("BackupPolicyLevel")).lower() != "advanced":
        return []
    return under(policy, "AdvancedDataPolicies", "AdvancedDataPolicy")


def _copies(policy: Item, region: str, account: str) -> list[BackupCopy]:
    places: list[Any] = [one.get("DestRegion") for one in _advanced(policy)]
    if str(policy.get("DataLevel2BackupAnotherRegionRetentionPeriod") or "0") != "0":
        places.append(policy.get("DataLevel2BackupAnotherRegionRegion"))
    found = dict.fromkeys(place for place in places if place and place != region)
    return [BackupCopy(region=place, account=account, kind="level-2") for place in found]
