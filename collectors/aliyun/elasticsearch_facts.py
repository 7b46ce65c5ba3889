"""What the answers of Elasticsearch say of an instance. Pure."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.databases import (
    AES,
    KEY_NOT_TOLD,
    NO_ENCRYPTION,
    TLS_VERSIONS,
    Item,
    no_tls,
    switch,
    told,
)
from collectors.document import Unknown, also
from collectors.facts.shared import Backup, Encryption, Exposure, Tls

_PUBLIC = ("publicIpWhitelist", "enablePublic")
_KIBANA = ("kibanaIPWhitelist", "enableKibanaPublicNetwork")
_PRIVATE = "privateNetworkIpWhiteList"
# The nodes that hold data; dedicated master and client nodes and Kibana hold none.
_DATA_NODES = ("nodeSpec", "elasticDataNodeConfiguration", "warmNodeConfiguration")


def ranges(instance: Item) -> list[str] | Unknown:
    """The allow-lists of all endpoints that are there: the private one, and the public ones of
    Elasticsearch and Kibana where they are on."""
    names = [_PRIVATE]
    for name, endpoint in (_PUBLIC, _KIBANA):
        on = switch(instance, endpoint)
        if isinstance(on, Unknown):
            return on
        if on:
            names.append(name)
    lists: list[Any] = [told(instance, name) for name in names]
    return also(None, *lists) or allow_list(lists)


def exposure(instance: Item) -> Exposure:
    """Reachable where the public endpoint of Elasticsearch, or of Kibana, lets everyone in."""
    answers = [
        endpoint_exposure(switch(instance, endpoint), _list(instance, name))
        for name, endpoint in (_PUBLIC, _KIBANA)
    ]
    if True in [answer.public for answer in answers]:
        return Exposure(public=True, via=["endpoint"])
    doubt = also(None, *(answer.public for answer in answers))
    return Exposure(public=doubt or False, via=doubt or [])


def _list(instance: Item, name: str) -> list[str] | Unknown:
    found = told(instance, name)
    return found if isinstance(found, Unknown) else allow_list([found])


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


def authentication(instance: Item) -> bool:
    """Every instance asks for the password of its user `elastic`, unless X-Pack security is off in
    its YML file."""
    return str(_setting(instance, "xpack.security.enabled")).lower() != "false"


def audits(instance: Item) -> bool | Unknown:
    """X-Pack auditing, which is off unless the YML file turns it on."""
    settings = told(instance, "esConfig")
    if isinstance(settings, Unknown):
        return settings
    return str(_setting(instance, "xpack.security.audit.enabled")).lower() == "true"


def _setting(instance: Item, name: str) -> Any:
    return (instance.get("esConfig") or {}).get(name)


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
