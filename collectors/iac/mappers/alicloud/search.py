"""alicloud_elasticsearch_instance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.database_place import AROUND, NO_ARGUMENT, placed
from collectors.iac.mappers.alicloud.shared import (
    AES,
    addresses,
    aliyun_document,
    audit_log,
    region_of,
    word,
)
from collectors.logic import Known, every

INSTANCE = "alicloud_elasticsearch_instance"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_SETTINGS = Unknown("the settings of the YML file are known after apply")
_KEY = Unknown("the service does not name the key of its disks")
# Of each endpoint: its list, and what turns it on.
_PUBLIC = (
    ("public_whitelist", "enable_public"),
    ("kibana_whitelist", "enable_kibana_public_network"),
)
_INSIDE = ("kibana_private_whitelist", "enable_kibana_private_network")
_DATA_NODES = (
    ("data_node_configuration", "data_node_disk_encrypted", "data_node_spec"),
    ("warm_node_configuration", "warm_node_disk_encrypted", "warm_node_spec"),
)


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An Elasticsearch instance, which stands in a VPC."""
    facts = Database(
        engine="elasticsearch",
        engine_version=block.read("version", str, Unknown("the template gives no version")),
        network_kind="vpc",
        exposure=_exposure(block),
        allow_list=_ranges(block),
        authentication=_UNWRITTEN,
        tls=_tls(block),
        encryption=_encryption(block),
        audit_log=_audit(block, project),
        # Snapshots between which nothing can be restored.
        backup=Backup(
            enabled=NO_ARGUMENT, retention_days=NO_ARGUMENT, point_in_time=False, copies=[]
        ),
        multi_zone=then(block.read("zone_count", int, 1), lambda count: count > 1),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
        # Access is up to allow-lists alone.
        firewall_ids=[],
    )
    placed(facts, block, project, "acs_elasticsearch")
    yield aliyun_document(block, project, facts, "description")


def _exposure(block: Block) -> Exposure:
    """Reachable where the public endpoint of Elasticsearch, or of Kibana, lets everyone in."""
    answers = [
        endpoint_exposure(
            block.read(switch, bool, _UNWRITTEN), addresses(block.values, argument, _NO_LIST)
        ).public
        for argument, switch in _PUBLIC
    ]
    if True in answers:
        return Exposure(public=True, via=["endpoint"])
    doubt = also(None, *answers)
    return Exposure(public=doubt or False, via=doubt or [])


def _ranges(block: Block) -> list[str] | Unknown:
    """The allow-lists of the private endpoint, and of those that are on."""
    lists: list[Any] = [addresses(block.values, "private_whitelist", _NO_LIST)]
    for argument, switch in (*_PUBLIC, _INSIDE):
        on = block.read(switch, bool, _UNWRITTEN)
        if on is True:
            lists.append(addresses(block.values, argument, _NO_LIST))
        elif isinstance(on, Unknown):
            lists.append([on])
    found = [
        each for listed in lists for each in (listed if isinstance(listed, list) else [listed])
    ]
    return list(dict.fromkeys(found))


def _audit(block: Block, project: Project) -> Logging:
    """X-Pack auditing, which is off unless the settings of the YML file turn it on (Elasticsearch
    reference, "Auditing settings")."""
    settings = block.values.get("setting_config")
    if settings is not None and not isinstance(settings, dict):
        return Logging.unread(settings if isinstance(settings, Unknown) else _SETTINGS)
    on = word(settings or {}, "xpack.security.audit.enabled", ("true",), default=False)
    kept = Unknown("how long the audit log is kept is no argument of the template")
    return audit_log(on, "audit-log", kept, project, region_of(block, project))


def _tls(block: Block) -> Tls:
    """HTTPS takes the place of HTTP once it is on."""
    protocol = block.read("protocol", str, _UNWRITTEN)
    if isinstance(protocol, Unknown):
        return Tls(minimum=protocol, required=protocol, policy=None)
    if protocol.upper() != "HTTPS":
        return Tls(minimum="none", required=False, policy=None)
    versions = Unknown("the service decides which TLS versions it accepts")
    return Tls(minimum=versions, required=True, policy=None)


def _encryption(block: Block) -> Encryption:
    """Disks of the nodes that hold data; each kind must be encrypted."""
    enabled: Known = every([_of_nodes(block, *each) for each in _DATA_NODES])
    if enabled is False:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    doubt = also(enabled)
    return Encryption(
        enabled=enabled,
        key_manager=doubt or _KEY,
        key_id=doubt or _KEY,
        algorithm=doubt or AES,
    )


def _of_nodes(block: Block, argument: str, old: str, spec: str) -> Known:
    """Whether nodes of a kind are encrypted; true of a kind that the instance has none of. The
    older arguments are off unless written."""
    written = nested(block.values, argument)
    if isinstance(written, Unknown):
        return written
    if written:
        return read(written[0], "disk_encryption", bool, _UNWRITTEN)
    optional = argument.startswith("warm") and block.values.get(spec) is None
    return True if optional else block.read(old, bool, default=False)


MAPPINGS = [Mapping(types=(INSTANCE,), facts=Database, map=map_instance, joined=AROUND)]
