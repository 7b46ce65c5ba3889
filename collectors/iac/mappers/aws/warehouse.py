"""aws_redshift_cluster with its parameters, logging and snapshot copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.redshift_facts import is_audited, switch
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.log_target import to_bucket, to_group_named
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.naming import named_one, naming_it
from collectors.iac.mappers.aws.network import SUBNETS, VPCS
from collectors.iac.mappers.aws.own_backup import own_backup
from collectors.iac.mappers.aws.parameter_group import parameters_by
from collectors.iac.mappers.aws.placed import (
    address_exposure,
    routes,
    subnets_by_group,
    tenancy,
    texts,
)
from collectors.iac.mappers.aws.planned import PLANS
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import given, items, name_of

CLUSTER, SUBNET_GROUP = "aws_redshift_cluster", "aws_redshift_subnet_group"
PARAMETERS = "aws_redshift_parameter_group"
LOGS, COPY = "aws_redshift_logging", "aws_redshift_snapshot_copy"

_PORT = 5439
_OLD_FAMILY = "redshift-1.0"
_DEFAULTS = {"enable_user_activity_logging": "false"}
MINIMUM = Unknown("the lowest TLS version of Redshift is not told")
_VERSION = Unknown("the template gives no version: Redshift chooses it")
_DEFAULT_SUBNETS = Unknown("the cluster stands in the subnets of the default VPC")
_DEDICATED = Unknown("whether Redshift uses the dedicated hardware of the VPC is not told")
_TABLES = Unknown("the audit log goes to tables of S3, which are not read")
_UNNAMED = Unknown("the template does not name the cluster")
_RESTORED = Unknown("the cluster is made from a snapshot, which decides")
# "Amazon Redshift enhances default settings": from January 2025 on, and the provider since its
# version 6.
_PRIVATE = Unknown("not written: only clusters made since 2025 are private by default")
_ENCRYPTED = Unknown("not written: only clusters made since 2025 are encrypted by default")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster; its defaults are those of CreateCluster that hold whenever it was made."""
    parameters = _parameters(block, project)
    placed = subnets_by_group(block, project, "cluster_subnet_group_name", SUBNET_GROUP)
    subnets = _DEFAULT_SUBNETS if placed is None else placed
    groups = items(block.values, "vpc_security_group_ids")
    facts = Database(
        engine="redshift",
        engine_version=block.read("cluster_version", str, _VERSION),
        network_kind="vpc",
        exposure=address_exposure(
            project,
            block.read("publicly_accessible", bool, _PRIVATE),
            subnets,
            groups,
            block.read("port", int, _PORT),
        ),
        allow_list=[],
        private_endpoint=True,
        # Databases ask for a password or a token of IAM, as live.
        authentication=True,
        tls=Tls(
            minimum=MINIMUM,
            required=then(parameters, lambda known: switch(known, "require_ssl")),
            policy=None,
        ),
        encryption=encryption(block, project),
        audit_log=_audit_log(block, project, parameters),
        alarms=watching(project, [("ClusterIdentifier", block, "cluster_identifier")]),
        backup=_backup(block, project),
        multi_zone=block.read("multi_az", bool, False),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=block.read("allow_version_upgrade", bool, True),
        tenancy=then(
            tenancy(project, subnets), lambda kind: kind if kind == "shared" else _DEDICATED
        ),
        subnet_routes_to_internet=routes(project, subnets),
        firewall_ids=firewalls(project, groups),
    )
    yield aws_document(block, project, facts, name=name_of(block, "cluster_identifier"))


def _parameters(block: Block, project: Project) -> dict[str, str] | Unknown:
    """The parameters of the cluster's group, with the defaults that hold (management guide, "Audit
    logging" and "Parameter groups"): `require_ssl` has one that depends on the family."""
    argument = "cluster_parameter_group_name"
    found = parameters_by(block, project, argument, PARAMETERS)
    group = named_one(project, block.get(argument), "name", PARAMETERS)
    family = group.read("family", str, "") if group else ""
    usual = _DEFAULTS | ({"require_ssl": "false"} if family == _OLD_FAMILY else {})
    return then(found, lambda known: usual | known)


def encryption(block: Block, project: Project) -> Encryption:
    """Encryption with AES-256; without a key of its own it is `aws/redshift`. What a cluster from
    a snapshot leaves out is as the snapshot has it."""
    restored = given(block.values, "snapshot_identifier", "snapshot_arn") is not False
    enabled = block.read("encrypted", bool, _RESTORED if restored else _ENCRYPTED)
    if isinstance(enabled, Unknown):
        return Encryption.unread(enabled)
    return at_rest(project, enabled, block.values.get("kms_key_id"))


def _audit_log(block: Block, project: Project, parameters: dict[str, str] | Unknown) -> Logging:
    """As collectors.aws.redshift_facts.is_audited says."""
    inline = nested(block.values, "logging")
    apart = naming_it(project, block, "cluster_identifier", "cluster_identifier", LOGS)
    if isinstance(inline, Unknown):
        return Logging.unread(inline)
    settings = apart.blocks[0].values if apart.blocks else inline[0] if inline else None
    if settings is None:
        return Logging.unread(apart.doubt) if apart.doubt else Logging.off()
    on: bool | Unknown = True if apart.blocks else read(settings, "enable", bool, False)
    kind = read(settings, "log_destination_type", str, "s3")
    exports = texts(settings, "log_exports") if kind == "cloudwatch" else []
    doubt = also(on, kind, exports, *(exports if isinstance(exports, list) else []))
    if doubt and on is not False:
        return Logging.unread(doubt)
    status = {"LoggingEnabled": on, "LogDestinationType": kind, "LogExports": exports}
    audits = is_audited(status, parameters)
    if isinstance(audits, Unknown):
        return Logging.unread(audits)
    if not audits:
        return Logging.off()
    if kind == "cloudwatch":
        name = block.read("cluster_identifier", str, _UNNAMED)
        where = then(name, lambda known: f"/aws/redshift/cluster/{known}/useractivitylog")
        return to_group_named(project, block, where)
    if kind != "s3" or not given(settings, "bucket_name"):
        return Logging.unread(_TABLES)
    return to_bucket(project, settings["bucket_name"], read(settings, "s3_key_prefix", str, ""))


def _backup(block: Block, project: Project) -> Backup:
    """Automated snapshots, kept for a day unless told otherwise, and those of plans. Snapshots that
    the cluster copies to another region are copies."""
    found = own_backup(
        block,
        project,
        "Redshift",
        ("redshift", "cluster:*"),
        days=block.read("automated_snapshot_retention_period", int, 1),
        point_in_time=False,
    )
    inline = nested(block.values, "snapshot_copy")
    apart = naming_it(project, block, "cluster_identifier", "cluster_identifier", COPY)
    if isinstance(inline, Unknown):
        found.copies = inline
        return found
    unnamed = Unknown("the copy of the snapshots gives no region")
    own = [
        BackupCopy(
            region=read(each, "destination_region", str, unnamed),
            account=project.account,
            kind="snapshot-copy",
        )
        for each in [*inline, *(one.values for one in apart.blocks)]
    ]
    if own:
        found.copies = [*own, *(found.copies if isinstance(found.copies, list) else [])]
    elif apart.doubt:
        found.copies = apart.doubt
    return found


_JOINED: Any = (
    SUBNET_GROUP, PARAMETERS, LOGS, COPY, LOG_GROUP, *SUBNETS, *VPCS, *PLANS, *KEYS, *KEY_DATA,
    *ALARMS,
)  # fmt: skip

MAPPINGS = [Mapping(types=(CLUSTER,), facts=Database, map=map_cluster, joined=_JOINED)]

PART_OF = {
    "aws_redshift_logging": PartOf("aws_redshift_cluster", ("cluster_identifier",)),
    "aws_redshift_snapshot_copy": PartOf("aws_redshift_cluster", ("cluster_identifier",)),
}

LINK_TYPES = frozenset({"aws_redshift_parameter_group", "aws_redshift_subnet_group"})
