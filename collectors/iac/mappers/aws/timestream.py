"""Timestream for LiveAnalytics: tables, which are encrypted as their database is."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.naming import named_one, naming_it
from collectors.iac.mappers.aws.own_backup import own_backup
from collectors.iac.mappers.aws.planned import PLANS
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import name_of

DATABASE, TABLE = "aws_timestreamwrite_database", "aws_timestreamwrite_table"
_NAME = "database_name"

_NO_NETWORK = Unknown("tables stand in no network: the service has one endpoint in each region")
_NO_VERSION = Unknown("Timestream tells no version of its engine")
_NO_UPGRADE = Unknown("Timestream has no setting for updates of its engine")
_NOT_READ = Unknown("which trails record the requests to a table is not read")
_PLAINTEXT = Unknown("whether the endpoint of the service refuses plaintext is not told")
_ELSEWHERE = Unknown("the database of the table is not part of this template")
_NO_TABLE = Unknown("the database has no table in this template")


def map_table(block: Block, project: Project) -> Iterator[Document]:
    """A table, which plans of AWS Backup may keep."""
    database = named_one(project, block.get(_NAME), _NAME, DATABASE)
    backup = own_backup(
        block,
        project,
        "Timestream",
        ("timestream", "database/*/table/*"),
        days=0,
        point_in_time=False,
    )
    facts = _facts(block, database, project, backup)
    yield aws_document(block, project, facts, name=name_of(block, "table_name"))


def map_database(block: Block, project: Project) -> Iterator[Document]:
    """A database without tables in this template."""
    tables = naming_it(project, block, _NAME, _NAME, TABLE)
    if tables.blocks:
        project.take(block)
        return
    reason = tables.doubt or _NO_TABLE
    backup = Backup(enabled=reason, retention_days=reason, point_in_time=reason, copies=reason)
    yield aws_document(
        block, project, _facts(block, block, project, backup), name=name_of(block, _NAME)
    )


def _facts(block: Block, database: Block | None, project: Project, backup: Backup) -> Database:
    return Database(
        engine="timestream",
        engine_version=_NO_VERSION,
        version_supported=None,
        network_kind=_NO_NETWORK,
        # Requests are signed, and no policy of its own lets anybody in.
        exposure=Exposure(public=False, via=[]),
        allow_list=[],
        private_endpoint=has_way(project, region_of(block, project), "timestream"),
        authentication=True,
        tls=Tls(minimum="1.2", required=_PLAINTEXT, policy=None),
        encryption=_encryption(database, project),
        audit_log=Logging.unread(_NOT_READ),
        # A name alone may be that of a table of another database.
        alarms=watching(
            project, [("TableName", block, ""), ("DatabaseName", block, _NAME)], ("AWS/Timestream",)
        ),
        backup=backup,
        # Data is kept in several zones (developer guide, "Resilience").
        multi_zone=True,
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=_NO_UPGRADE,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def _encryption(database: Block | None, project: Project) -> Encryption:
    """Always on; without a key of its own by one that AWS makes in the account (developer guide,
    "Encryption at rest")."""
    if database is None:
        return Encryption(
            enabled=True, key_manager=_ELSEWHERE, key_id=_ELSEWHERE, algorithm="AES-256"
        )
    return at_rest(project, True, database.values.get("kms_key_id"))


_JOINED = (*PLANS, *WAYS, *KEYS, *KEY_DATA, *ALARMS)

MAPPINGS = [
    Mapping(types=(TABLE,), facts=Database, map=map_table, joined=(DATABASE, *_JOINED)),
    Mapping(types=(DATABASE,), facts=Database, map=map_database, joined=(TABLE, *_JOINED)),
]
