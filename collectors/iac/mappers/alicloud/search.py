"""alicloud_elasticsearch_instance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.shared import AES, addresses, aliyun_document
from collectors.logic import Known, every

INSTANCE = "alicloud_elasticsearch_instance"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
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
        private_endpoint=True,
        authentication=_UNWRITTEN,
        tls=_tls(block),
        encryption=_encryption(block),
        multi_zone=then(block.read("zone_count", int, 1), lambda count: count > 1),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
    )
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


MAPPINGS = [Mapping(types=(INSTANCE,), facts=Database, map=map_instance)]
