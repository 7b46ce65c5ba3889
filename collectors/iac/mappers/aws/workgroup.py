"""Serverless warehouses of Redshift: workgroups, with the namespaces that keep their data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.logic import some
from collectors.aws.reachability import exposure
from collectors.aws.redshift_facts import switch
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Exposure, Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.log_target import to_group_named
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.naming import named_one, naming_it
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.own_backup import own_backup
from collectors.iac.mappers.aws.parameter_group import pairs
from collectors.iac.mappers.aws.placed import address_exposure, nodes_exposure, routes, texts
from collectors.iac.mappers.aws.planned import PLANS
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.warehouse import MINIMUM
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import items, name_of

WORKGROUP, NAMESPACE = "aws_redshiftserverless_workgroup", "aws_redshiftserverless_namespace"

_PORT = 5439
_RECOVERY_DAYS = 1
"""How long the recovery points of every namespace are kept: see collectors.aws.workgroup_facts."""

_HIDDEN = Unknown("the namespace of the workgroup is not part of this template")
_UPGRADES = Unknown("a serverless warehouse has no setting for updates of its engine")
_ZONES = Unknown("in how many zones a serverless warehouse computes is not told")
_NOTHING_RUNS = Unknown("a namespace without a workgroup answers nobody")
_VERSION = Unknown("the template gives no version: Redshift chooses it")
_DEFAULT_SUBNETS = Unknown("the workgroup stands in the subnets of the default VPC")
_PUBLIC = Unknown("the template does not write whether the workgroup is publicly accessible")


def map_workgroup(block: Block, project: Project) -> Iterator[Document]:
    """A workgroup, with what its namespace decides."""
    namespace = named_one(project, block.get("namespace_name"), "namespace_name", NAMESPACE)
    parameters = pairs(block, "config_parameter", "parameter_key", "parameter_value")
    subnets = items(block.values, "subnet_ids") or _DEFAULT_SUBNETS
    groups = items(block.values, "security_group_ids")
    facts = _facts(namespace, project)
    facts.engine_version = _VERSION
    facts.exposure = _exposure(block, project, subnets, groups)
    facts.tls = Tls(
        minimum=MINIMUM,
        required=then(parameters, lambda known: switch(known, "require_ssl")),
        policy=None,
    )
    facts.audit_log = _audit_log(namespace, project, parameters)
    places = [("Workgroup", block, "workgroup_name")]
    places += [("Namespace", namespace, "namespace_name")] if namespace else []
    facts.alarms = watching(project, places)
    facts.subnet_routes_to_internet = routes(project, subnets)
    facts.firewall_ids = firewalls(project, groups)
    yield aws_document(block, project, facts, name=name_of(block, "workgroup_name"))


def map_namespace(block: Block, project: Project) -> Iterator[Document]:
    """A namespace without a workgroup: nothing answers on the network, the data is still there."""
    served = naming_it(project, block, "namespace_name", "namespace_name", WORKGROUP)
    if served.blocks:
        project.take(block)
        return
    facts = _facts(block, project)
    facts.engine_version = _NOTHING_RUNS
    facts.exposure = Exposure(public=served.doubt or False, via=served.doubt or [])
    facts.tls = Tls(minimum=_NOTHING_RUNS, required=_NOTHING_RUNS, policy=None)
    facts.audit_log = Logging.unread(_NOTHING_RUNS)
    facts.alarms = _NOTHING_RUNS
    facts.subnet_routes_to_internet = served.doubt
    facts.firewall_ids = served.doubt or []
    yield aws_document(block, project, facts, name=name_of(block, "namespace_name"))


def _facts(namespace: Block | None, project: Project) -> Database:
    """What the namespace decides, and what is so for every serverless warehouse."""
    return Database(
        engine="redshift",
        version_supported=None,
        network_kind="vpc",
        allow_list=[],
        private_endpoint=True,
        # Databases ask for a password or a token of IAM, as live.
        authentication=True,
        # Always: by a key of the service unless one of KMS is named.
        encryption=at_rest(project, True, namespace.values.get("kms_key_id"))
        if namespace
        else Encryption(enabled=True, key_manager=_HIDDEN, key_id=_HIDDEN, algorithm="AES-256"),
        backup=_backup(namespace, project),
        multi_zone=_ZONES,
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=_UPGRADES,
        tenancy="shared",
    )


def _exposure(
    block: Block, project: Project, subnets: list[Any] | Unknown, groups: list[Any] | Unknown
) -> Exposure:
    asked = block.read("publicly_accessible", bool, _PUBLIC)
    port = block.read("port", int, _PORT)
    by_ipv4 = address_exposure(project, asked, subnets, groups, port)
    kind = block.read("ip_address_type", str, "ipv4")
    by_ipv6 = nodes_exposure(project, subnets, groups, kind)
    return exposure(some([by_ipv4.public, by_ipv6.public]))


def _audit_log(
    namespace: Block | None, project: Project, parameters: dict[str, str] | Unknown
) -> Logging:
    """As collectors.aws.redshift_workgroups.audit_log says."""
    exports = texts(namespace.values, "log_exports") if namespace else _HIDDEN
    if isinstance(exports, Unknown) or namespace is None:
        return Logging.unread(_HIDDEN if not isinstance(exports, Unknown) else exports)
    if "useractivitylog" not in exports:
        doubt = also(None, *exports)
        return Logging.unread(doubt) if doubt else Logging.off()
    writes = then(parameters, lambda known: switch(known, "enable_user_activity_logging"))
    if isinstance(writes, Unknown):
        return Logging.unread(writes)
    name = namespace.read("namespace_name", str, _HIDDEN)
    where = then(name, lambda known: f"/aws/redshift/{known}/useractivitylog")
    return to_group_named(project, namespace, where) if writes else Logging.off()


def _backup(namespace: Block | None, project: Project) -> Backup:
    """Recovery points, and the snapshots of plans; copies are those of either."""
    if namespace is None:
        return Backup(
            enabled=True, retention_days=_RECOVERY_DAYS, point_in_time=False, copies=_HIDDEN
        )
    found = own_backup(
        namespace,
        project,
        "Redshift Serverless",
        ("redshift-serverless", "namespace/*"),
        days=_RECOVERY_DAYS,
        point_in_time=False,
    )
    copies = nested(namespace.values, "snapshot_copy")
    if isinstance(copies, Unknown):
        found.copies = copies
    elif copies:
        unnamed = Unknown("the copy of the snapshots gives no region")
        own = [
            BackupCopy(
                region=read(each, "destination_region", str, unnamed),
                account=project.account,
                kind="snapshot-copy",
            )
            for each in copies
        ]
        found.copies = [*own, *(found.copies if isinstance(found.copies, list) else [])]
    return found


_JOINED = (LOG_GROUP, *SUBNETS, *PLANS, *KEYS, *KEY_DATA, *ALARMS)

MAPPINGS = [
    Mapping(types=(WORKGROUP,), facts=Database, map=map_workgroup, joined=(NAMESPACE, *_JOINED)),
    Mapping(types=(NAMESPACE,), facts=Database, map=map_namespace, joined=(WORKGROUP, *_JOINED)),
]
