"""aws_dynamodb_table with its policy, and its replicas in other regions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Replica, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, Reference, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.own_backup import own_backup
from collectors.iac.mappers.aws.placed import texts
from collectors.iac.mappers.aws.planned import PLANS
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import joined, name_of, target_of

TABLE, REPLICA = "aws_dynamodb_table", "aws_dynamodb_table_replica"
POLICY, OLD_GLOBAL = "aws_dynamodb_resource_policy", "aws_dynamodb_global_table"

_DEFAULT_DAYS = 35
"""How far continuous backups reach back unless told otherwise (API reference)."""

_NO_NETWORK = Unknown("tables stand in no network: the service has one endpoint in each region")
_NO_VERSION = Unknown("DynamoDB tells no version of its engine")
_NO_UPGRADE = Unknown("DynamoDB has no setting for updates of its engine")
_NOT_READ = Unknown("which trails record the requests to a table is not read")
_PLAINTEXT = Unknown("whether the endpoint of the service refuses plaintext is not told")
_OLD = Unknown("the replicas of a global table of the version of 2017 are not read")
_SEVERAL = Unknown("several policies set this table: the last one applied holds")
_OF_REPLICA = Unknown("whether a policy of this template is that of the replica is not told")
_TABLE_ELSEWHERE = Unknown("the table that is replicated is not part of this template")
_REGION = Unknown("a replica gives no region")

Written = policy.Written | Unknown | None


def map_table(block: Block, project: Project) -> Iterator[Document]:
    """A table, and a document for each of its replicas, which are tables of their regions."""
    recovery = _option(block, "point_in_time_recovery")
    yield _document(block, project, block, recovery, _encryption(block, project))
    listed = nested(block.values, "replica")
    for i, values in enumerate(listed if isinstance(listed, list) else []):
        region = read(values, "region_name", str, _REGION)
        own = {**values, "region": region}
        copy = structs.replace(block, address=f"{block.address}.replica[{i}]", values=own)
        on = read(values, "point_in_time_recovery", bool, False)
        key = _encryption(block, project, values.get("kms_key_arn"), own=False)
        yield _document(copy, project, block, {"enabled": on}, key, region)


def map_replica(block: Block, project: Project) -> Iterator[Document]:
    """A replica that a template writes apart, in the region of its provider."""
    table = target_of(project, block.get("global_table_arn"), TABLE)
    on = block.read("point_in_time_recovery", bool, False)
    key = block.values.get("kms_key_arn")
    encryption = (
        _encryption(table, project, key, own=False)
        if table
        else Encryption(
            enabled=True,
            key_manager=_TABLE_ELSEWHERE,
            key_id=_TABLE_ELSEWHERE,
            algorithm="AES-256",
        )
        if key is None
        else at_rest(project, True, key)
    )
    yield _document(block, project, table or block, {"enabled": on}, encryption)


def _document(
    block: Block,
    project: Project,
    table: Block,
    recovery: dict[str, Any] | Unknown,
    encryption: Encryption,
    region: str | Unknown | None = None,
) -> Document:
    own_region = region or region_of(block, project)
    facts = Database(
        engine="dynamodb",
        engine_version=_NO_VERSION,
        version_supported=None,
        network_kind=_NO_NETWORK,
        exposure=_exposure(block, project, table),
        allow_list=[],
        private_endpoint=has_way(project, own_region, "dynamodb"),
        # Every request is signed, as live.
        authentication=True,
        tls=Tls(minimum="1.2", required=_PLAINTEXT, policy=None),
        encryption=encryption,
        audit_log=Logging.unread(_NOT_READ),
        alarms=_alarms(block, project, table),
        backup=_backup(block, project, recovery),
        multi_zone=True,
        replicas=_replicas(table, project, own_region),
        guard_instance=None,
        deletion_protection=block.read("deletion_protection_enabled", bool, False),
        auto_minor_upgrade=_NO_UPGRADE,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    return aws_document(block, project, facts, name=name_of(table, "name"), region=region)


def _alarms(block: Block, project: Project, table: Block) -> int | Unknown:
    """How many alarms watch a table. A replica has its metrics in its own region, where an alarm
    names it by the name of the table as well."""
    places = [("TableName", block, "name")] if block is table and block.type == TABLE else []
    return watching(project, places, ("AWS/DynamoDB",))


def _option(block: Block, name: str) -> dict[str, Any] | Unknown:
    found = nested(block.values, name)
    return then(found, lambda each: each[0] if each else {})


def _encryption(table: Block, project: Project, key: Any = None, *, own: bool = True) -> Encryption:
    """Tables are always encrypted: by a key of the service unless one of KMS is named. `own`:
    whether the table's own key is asked for, which holds in its region alone."""
    settings = _option(table, "server_side_encryption")
    if isinstance(settings, Unknown):
        return _open(settings)
    named = settings.get("kms_key_arn") if own else key
    on = read(settings, "enabled", bool, False)
    if named is None or on is False:
        return at_rest(project, True, None)
    return _open(on) if isinstance(on, Unknown) else at_rest(project, True, named)


def _open(reason: Unknown) -> Encryption:
    return Encryption(enabled=True, key_manager=reason, key_id=reason, algorithm="AES-256")


def _backup(block: Block, project: Project, recovery: dict[str, Any] | Unknown) -> Backup:
    """Continuous backups, and those of plans."""
    on = then(recovery, lambda found: read(found, "enabled", bool, False))
    kept = then(recovery, lambda found: read(found, "recovery_period_in_days", int, _DEFAULT_DAYS))
    days = then(on, lambda yes: kept if yes else 0)
    return own_backup(
        block, project, "DynamoDB", ("dynamodb", "table/*"), days=days, point_in_time=on
    )


def _exposure(block: Block, project: Project, table: Block) -> Exposure:
    """Whether the policy of the table lets anyone in; without one only the account's own may. A
    replica has a policy of its own; which one that is shows in no argument."""
    if block is not table and block.type == TABLE:
        others = [each.get("resource_arn") for each in project.each_of(POLICY)]
        if all(_is_of_table(project, value) for value in others):
            return Exposure(public=False, via=[])
        return Exposure.unread(_OF_REPLICA)
    written = _policy(block, project)
    public: Any = False
    if written is not None:
        public = then(written, lambda known: is_open(project, known))
    return Exposure(public=public, via=then(public, lambda yes: ["policy"] if yes else []))


def _policy(block: Block, project: Project) -> Written:
    found = joined(project, block, "resource_arn", POLICY)
    # A policy of the table's stream is another one.
    own = [each for each in found.blocks if not _of_stream(each.get("resource_arn"))]
    if len(own) > 1:
        return _SEVERAL
    if found.doubt and not own:
        return found.doubt
    return policy.read_policy(project, own[0].get("policy")) if own else None


def _is_of_table(project: Project, value: Any) -> bool:
    """Whether a policy is surely that of a table itself, or of its stream."""
    found = project.target(value)
    own = isinstance(value, Reference) and value.attribute in {"arn", "Arn", "id"}
    return (found is not None and found.type in {TABLE, REPLICA} and own) or _of_stream(value)


def _of_stream(value: Any) -> bool:
    return isinstance(value, Reference) and value.attribute in {"stream_arn", "StreamArn"}


def _replicas(table: Block, project: Project, region: str | Unknown) -> list[Replica] | Unknown:
    """The tables of the same global table in other regions than that of one of them."""
    if project.each_of(OLD_GLOBAL):
        return _OLD
    listed = nested(table.values, "replica")
    apart = joined(project, table, "global_table_arn", REPLICA)
    others = texts(table.values, "elsewhere")
    if isinstance(listed, Unknown) or isinstance(others, Unknown) or apart.doubt:
        return also(listed, others, apart.doubt) or _REGION
    if table.type == REPLICA:
        return _TABLE_ELSEWHERE
    regions = [
        region_of(table, project),
        # The other regions of a global table of CloudFormation.
        *others,
        *(read(each, "region_name", str, _REGION) for each in listed),
        *(region_of(each, project) for each in apart.blocks),
    ]
    if len(regions) == 1:
        return []
    if isinstance(region, Unknown):
        return region
    return [Replica(region=each, account=project.account) for each in regions if each != region]


_JOINED = (POLICY, OLD_GLOBAL, *WAYS, *PLANS, *KEYS, *KEY_DATA, *ALARMS)

MAPPINGS = [
    Mapping(types=(TABLE,), facts=Database, map=map_table, joined=(REPLICA, *_JOINED)),
    Mapping(types=(REPLICA,), facts=Database, map=map_replica, joined=(TABLE, *_JOINED)),
]

PART_OF = {
    "aws_dynamodb_resource_policy": PartOf("aws_dynamodb_table", ("resource_arn",)),
}

LINK_TYPES = frozenset({"aws_dynamodb_global_table"})
