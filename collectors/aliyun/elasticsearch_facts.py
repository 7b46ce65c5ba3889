"""What the answers of Elasticsearch say of an instance. Pure."""

from __future__ import annotations

from typing import Any, cast

from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.databases import (
    AES,
    KEY_NOT_TOLD,
    NO_ENCRYPTION,
    TLS_VERSIONS,
    Item,
    no_tls,
    not_known,
    switch,
    told,
)
from collectors.document import Unknown, also
from collectors.facts.shared import Backup, Encryption, Exposure, Tls

# Of each endpoint: its list, the type of its groups in networkConfig.whiteIpGroupList, its switch.
_PUBLIC = ("publicIpWhitelist", "PUBLIC_ES", "enablePublic")
_KIBANA = ("kibanaIPWhitelist", "PUBLIC_KIBANA", "enableKibanaPublicNetwork")
_KIBANA_INSIDE = ("kibanaPrivateIPWhitelist", "PRIVATE_KIBANA", "enableKibanaPrivateNetwork")
_PRIVATE = ("privateNetworkIpWhiteList", "PRIVATE_ES", "")
_GROUP_TYPES = {kind for _, kind, _ in (_PUBLIC, _KIBANA, _KIBANA_INSIDE, _PRIVATE)}
# The nodes that hold data; dedicated master and client nodes and Kibana hold none.
_DATA_NODES = ("nodeSpec", "elasticDataNodeConfiguration", "warmNodeConfiguration")


def ranges(instance: Item) -> list[str] | Unknown:
    """The allow-lists of all endpoints that are there: the private one of Elasticsearch, and its
    public one and both of Kibana where they are on."""
    endpoints = [_PRIVATE]
    for endpoint in (_PUBLIC, _KIBANA, _KIBANA_INSIDE):
        on = switch(instance, endpoint[2])
        if isinstance(on, Unknown):
            return on
        if on:
            endpoints.append(endpoint)
    lists: list[Any] = [_list(instance, name, kind) for name, kind, _ in endpoints]
    return also(None, *lists) or allow_list(lists)


def exposure(instance: Item) -> Exposure:
    """Reachable where the public endpoint of Elasticsearch, or of Kibana, lets everyone in."""
    answers = [
        endpoint_exposure(switch(instance, endpoint), _list(instance, name, kind))
        for name, kind, endpoint in (_PUBLIC, _KIBANA)
    ]
    if True in [answer.public for answer in answers]:
        return Exposure(public=True, via=["endpoint"])
    doubt = also(None, *(answer.public for answer in answers))
    return Exposure(public=doubt or False, via=doubt or [])


def _list(instance: Item, name: str, kind: str) -> list[str] | Unknown:
    """The CIDRs of an endpoint's allow-list: of the list itself, and of its groups besides the
    default one, which older answers do not have."""
    own = instance.get(name)
    groups = (instance.get("networkConfig") or {}).get("whiteIpGroupList") or []
    for group in groups:
        if group.get("whiteIpType") not in _GROUP_TYPES:
            return not_known("whiteIpType", group.get("whiteIpType"))
    of_kind = [group.get("ips") or [] for group in groups if group["whiteIpType"] == kind]
    if own is None and not of_kind:
        return cast("Unknown", told(instance, name))
    return allow_list([own or [], *of_kind])


def tls(instance: Item) -> Tls:
    """HTTPS takes the place of HTTP once it is on ("Use the HTTPS protocol")."""
    protocol = told(instance, "protocol")
    if isinstance(protocol, Unknown):
        return Tls(minimum=protocol, required=protocol, policy=None)
    if str(protocol).upper() != "HTTPS":
        return no_tls()
    return Tls(minimum=TLS_VERSIONS, required=True, policy=None)


def encryption(instance: Item) -> Encryption:
    """Disks of the nodes that hold data; each kind must be encrypted. Nothing names the key."""
    kinds = [instance.get(name) for name in _DATA_NODES]
    present = [kind for kind in kinds if isinstance(kind, dict) and _is_there(kind)]
    answers = [switch(kind, "diskEncryption") for kind in present]
    if False in answers:
        return NO_ENCRYPTION
    doubt = also(None, *answers)
    if not answers:
        doubt = Unknown("the API names no node that holds data")
    return Encryption(
        enabled=doubt or True,
        key_manager=doubt or KEY_NOT_TOLD,
        key_id=doubt or KEY_NOT_TOLD,
        algorithm=doubt or AES,
    )


def _is_there(kind: Item) -> bool:
    """A kind of nodes that the instance has none of stands in answers with an amount of 0, or with
    nothing in it."""
    return bool(kind) and kind.get("amount") not in (0, "0")


def authentication(instance: Item) -> bool | Unknown:
    """Every instance with X-Pack asks for the password of its user `elastic`, unless the YML file
    turns security off or gives roles to those who do not sign in (Elasticsearch reference,
    "Enabling anonymous access")."""
    settings = told(instance, "esConfig")
    if isinstance(settings, Unknown):
        return settings
    if str(settings.get("xpack.security.enabled")).lower() == "false":
        return False
    if settings.get("xpack.security.authc.anonymous.roles"):
        return False
    if instance.get("instanceCategory") == "community":
        return Unknown("the API does not tell whether a password is asked for")
    return True


def audits(instance: Item) -> bool | Unknown:
    """X-Pack auditing, which is off unless the YML file turns it on."""
    settings = told(instance, "esConfig")
    if isinstance(settings, Unknown):
        return settings
    return str(settings.get("xpack.security.audit.enabled")).lower() == "true"


def backup(setting: Item | Unknown) -> Backup:
    """Automatic snapshots, which cannot restore to a point in time between them."""
    kept = Unknown("the API does not tell how many snapshots are kept")
    doubt = also(setting)
    on = switch(setting, "Enable") if isinstance(setting, Unknown) else _enabled(setting)
    return Backup(
        enabled=on,
        retention_days=doubt or (0 if on is False else kept),
        point_in_time=False,
        copies=[],
    )


def _enabled(setting: Item) -> bool | Unknown:
    """The API writes the name in two ways."""
    return switch(setting, "Enable" if "Enable" in setting else "enable")


def multi_zone(instance: Item) -> bool | Unknown:
    """Whether the nodes stand in several zones."""
    count = told(instance, "zoneCount")
    if isinstance(count, Unknown):
        return count
    return str(count).isdecimal() and int(count) > 1


def vswitch_of(instance: Item) -> str | None:
    """The vSwitch of the instance."""
    return (instance.get("networkConfig") or {}).get("vswitchId") or None
