"""aws_keyspaces_table: a table of Cassandra at the service's own endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Replica, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.naming import named_one
from collectors.iac.mappers.aws.placed import texts
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import name_of

TABLE, KEYSPACE = "aws_keyspaces_table", "aws_keyspaces_keyspace"

_DAYS = 35
"""How far point-in-time recovery reaches back (developer guide, "Point-in-time recovery")."""

_SINGLE, _OWN_KEY, _ON = "SINGLE_REGION", "CUSTOMER_MANAGED_KMS_KEY", "ENABLED"
_NO_NETWORK = Unknown("tables stand in no network: the service has one endpoint in each region")
_NO_VERSION = Unknown("Keyspaces tells no version of its engine")
_NO_UPGRADE = Unknown("Keyspaces has no setting for updates of its engine")
_NOT_READ = Unknown("which trails record the requests to a table is not read")
_ELSEWHERE = Unknown("the keyspace of the table is not part of this template")


def map_table(block: Block, project: Project) -> Iterator[Document]:
    """A table. TLS is all that is accepted ("Encryption in transit"), from 1.2 on, and every
    request is that of a user ("Infrastructure security"); no policy of its own lets anybody in."""
    region = region_of(block, project)
    facts = Database(
        engine="cassandra",
        engine_version=_NO_VERSION,
        version_supported=None,
        network_kind=_NO_NETWORK,
        exposure=Exposure(public=False, via=[]),
        allow_list=[],
        private_endpoint=has_way(project, region, "cassandra"),
        authentication=True,
        tls=Tls(minimum="1.2", required=True, policy=None),
        encryption=_encryption(block, project),
        audit_log=Logging.unread(_NOT_READ),
        # A name alone may be that of a table of another keyspace.
        alarms=watching(project, [("TableName", block, "")], ("AWS/Cassandra",)),
        backup=_backup(block),
        # Three copies, in three zones ("Resilience").
        multi_zone=True,
        replicas=_replicas(block, project, region),
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=_NO_UPGRADE,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    yield aws_document(block, project, facts, name=name_of(block, "table_name"))


def _option(block: Block, name: str, key: str, usual: str) -> str | Unknown:
    written = nested(block.values, name)
    settings = then(written, lambda known: known[0] if known else {})
    return then(settings, lambda known: read(known, key, str, usual))


def _encryption(block: Block, project: Project) -> Encryption:
    """Always on: by a key of the service unless the customer's own is asked for."""
    kind = _option(block, "encryption_specification", "type", "AWS_OWNED_KMS_KEY")
    if isinstance(kind, Unknown):
        return Encryption(enabled=True, key_manager=kind, key_id=kind, algorithm="AES-256")
    if kind != _OWN_KEY:
        return at_rest(project, True, None)
    settings = nested(block.values, "encryption_specification")
    key = settings[0].get("kms_key_identifier") if isinstance(settings, list) else settings
    found = at_rest(project, True, key)
    found.key_manager = "customer" if found.key_manager != "external" else "external"
    return found


def _backup(block: Block) -> Backup:
    """Point-in-time recovery, off unless it is asked for (provider documentation)."""
    status = _option(block, "point_in_time_recovery", "status", "DISABLED")
    on = then(status, lambda word: word == _ON)
    return Backup(
        enabled=on,
        retention_days=then(on, lambda yes: _DAYS if yes else 0),
        point_in_time=on,
        copies=[],
    )


def _replicas(block: Block, project: Project, region: str | Unknown) -> list[Replica] | Unknown:
    """The other regions of the table's keyspace."""
    keyspace = named_one(project, block.get("keyspace_name"), "name", KEYSPACE)
    if keyspace is None:
        return _ELSEWHERE
    kind = _option(keyspace, "replication_specification", "replication_strategy", _SINGLE)
    if isinstance(kind, Unknown) or kind == _SINGLE:
        return kind if isinstance(kind, Unknown) else []
    settings = nested(keyspace.values, "replication_specification")
    regions = then(settings, lambda known: texts(known[0], "region_list"))
    if isinstance(regions, Unknown):
        return regions
    if isinstance(region, Unknown):
        return region
    return [Replica(region=each, account=project.account) for each in regions if each != region]


MAPPINGS = [
    Mapping(
        types=(TABLE,),
        facts=Database,
        map=map_table,
        joined=(KEYSPACE, *WAYS, *KEYS, *KEY_DATA, *ALARMS),
    )
]

LINK_TYPES = frozenset({KEYSPACE})
