"""aws_opensearch_domain and aws_elasticsearch_domain, with their policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from collectors.aws import search_facts
from collectors.aws.logic import Known, negated
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Exposure, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.log_target import to_arn
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.naming import naming_it
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import nodes_exposure, routes
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import items, name_of

DOMAIN, OLD_DOMAIN = "aws_opensearch_domain", "aws_elasticsearch_domain"
POLICIES = {DOMAIN: "aws_opensearch_domain_policy", OLD_DOMAIN: "aws_elasticsearch_domain_policy"}

_LATEST = Unknown("the template gives no version: the newest one is taken")
_OLDEST = "1.5"
"""The version of Elasticsearch that is taken where none is written (provider documentation)."""
_NO_SUBNET = Unknown("no subnet is written")
_SEVERAL = Unknown("several policies set this domain: the last one applied holds")
_OPTIONS = Unknown("the template does not write what the endpoint of the domain accepts")
_TLS = Unknown("the template writes no TLS policy of the endpoint")
_GROUP = Unknown("the template does not name the log group")
_REPLICATION = Unknown("replication to other domains is set inside the domain")

Written = policy.Written | Unknown | None


class _Place(NamedTuple):
    """Where a domain in a VPC stands."""

    subnets: list[Any] | Unknown
    groups: list[Any] | Unknown


def map_domain(block: Block, project: Project) -> Iterator[Document]:
    """A domain."""
    engine, version = _engine(block)
    written = _policy(block, project)
    place = _place(block)
    fine = _option(block, "advanced_security_options", "enabled", default=False)
    facts = Database(
        engine=engine,
        engine_version=version,
        network_kind=then(place, lambda known: "vpc" if known else "public"),
        exposure=_exposure(block, project, place, written),
        allow_list=then(place, lambda known: [] if known else _allowed(project, written)),
        private_endpoint=then(place, lambda known: known is not None),
        authentication=then(fine, lambda on: _asks_who(block, project, on, written)),
        tls=_tls(block),
        encryption=_encryption(block, project),
        audit_log=_audit_log(block, project, fine),
        alarms=watching(project, [("DomainName", block, "domain_name")]),
        backup=search_facts.backup({}),
        multi_zone=_option(block, "cluster_config", "zone_awareness_enabled", default=False),
        replicas=_REPLICATION,
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=_option(
            block, "software_update_options", "auto_software_update_enabled", default=False
        ),
        tenancy="shared",
        subnet_routes_to_internet=then(
            place, lambda known: routes(project, known.subnets) if known else None
        ),
        firewall_ids=then(place, lambda known: firewalls(project, known.groups) if known else []),
    )
    yield aws_document(block, project, facts, name=name_of(block, "domain_name"))


def _engine(block: Block) -> tuple[str | Unknown, str | Unknown]:
    if block.type == OLD_DOMAIN:
        return "elasticsearch", block.read("elasticsearch_version", str, _OLDEST)
    if block.values.get("engine_version") is None:
        return "opensearch", _LATEST
    written = block.read("engine_version", str, _LATEST)
    if isinstance(written, Unknown):
        return written, written
    return search_facts.engine_of(written)


def _option(block: Block, name: str, argument: str, *, default: bool | Unknown) -> bool | Unknown:
    """An argument of a nested block, the default without either."""
    found = nested(block.values, name)
    return then(found, lambda each: read(each[0] if each else {}, argument, bool, default))


def _place(block: Block) -> _Place | Unknown | None:
    found = nested(block.values, "vpc_options")
    if isinstance(found, Unknown) or not found:
        return found if isinstance(found, Unknown) else None
    subnets = items(found[0], "subnet_ids")
    # A domain is in a VPC by its subnets (VPCOptions); options without any do not put it there.
    return _Place(subnets, items(found[0], "security_group_ids")) if subnets else _NO_SUBNET


def _policy(block: Block, project: Project) -> Written:
    found = naming_it(project, block, "domain_name", "domain_name", POLICIES[block.type])
    if len(found.blocks) > 1:
        return _SEVERAL
    if found.doubt and not found.blocks:
        return found.doubt
    source = found.blocks[0] if found.blocks else block
    return policy.read_policy(project, source.get("access_policies"))


def _asks_who(block: Block, project: Project, fine: bool, written: Written) -> Known:
    """As collectors.aws.search_facts.asks_who says."""
    if fine:
        return negated(
            _option(block, "advanced_security_options", "anonymous_auth_enabled", default=False)
        )
    if written is None:
        return search_facts.asks_who({})
    return negated(
        then(
            written,
            lambda known: is_open(
                project, known, lambda text: negated(search_facts.asks_who(_saying(text)))
            ),
        )
    )


def _saying(text: Any) -> dict[str, Any]:
    return {"AccessPolicies": text}


def _ranges(project: Project, written: Written) -> list[str] | Unknown | None:
    if written is None or isinstance(written, Unknown):
        return written
    ask: Any = lambda text: search_facts.allowed_ranges(_saying(text))  # noqa: E731
    return cast("list[str] | Unknown | None", is_open(project, written, ask))


def _allowed(project: Project, written: Written) -> list[str] | Unknown:
    return then(_ranges(project, written), lambda known: known or [])


def _exposure(
    block: Block, project: Project, place: _Place | Unknown | None, written: Written
) -> Exposure:
    if isinstance(place, Unknown):
        return Exposure.unread(place)
    if place is None:
        return search_facts.endpoint_exposure(_ranges(project, written))
    kind = block.read("ip_address_type", str, "ipv4")
    return nodes_exposure(project, place.subnets, place.groups, kind)


def _tls(block: Block) -> Tls:
    """What the endpoint accepts: HTTPS alone where options are written without a word on it."""
    found = nested(block.values, "domain_endpoint_options")
    options = found if isinstance(found, Unknown) else found[0] if found else _OPTIONS
    if isinstance(options, Unknown):
        return Tls.unread(options)
    named = read(options, "tls_security_policy", str, _TLS)
    told = {"DomainEndpointOptions": {"TLSSecurityPolicy": named}}
    return Tls(
        minimum=named if isinstance(named, Unknown) else search_facts.tls(told).minimum,
        required=read(options, "enforce_https", bool, True),
        policy=named,
    )


def _encryption(block: Block, project: Project) -> Encryption:
    """Off unless it is switched on; without a key it is `aws/es` (provider documentation)."""
    found = nested(block.values, "encrypt_at_rest")
    if isinstance(found, Unknown):
        return Encryption.unread(found)
    options = found[0] if found else {}
    return at_rest(project, read(options, "enabled", bool, False), options.get("kms_key_id"))


def _audit_log(block: Block, project: Project, fine: bool | Unknown) -> Logging:
    """As collectors.aws.search_facts.audit_group says."""
    logs = nested(block.values, "log_publishing_options")
    doubt = also(fine, logs)
    if fine is False:
        return Logging.off()
    if doubt or isinstance(logs, Unknown):
        return Logging.unread(doubt or _GROUP)
    for each in logs:
        kind = read(each, "log_type", str, Unknown("a published log gives no type"))
        if isinstance(kind, str) and kind != "AUDIT_LOGS":
            continue
        enabled = read(each, "enabled", bool, True)
        if enabled is False:
            continue
        unsure = also(kind, enabled)
        if unsure:
            doubt = doubt or unsure
            continue
        return to_arn(project, block, each.get("cloudwatch_log_group_arn") or _GROUP)
    return Logging.unread(doubt) if doubt else Logging.off()


MAPPINGS = [
    Mapping(
        types=(kind,),
        facts=Database,
        map=map_domain,
        joined=(separate, DOCUMENT, LOG_GROUP, *SUBNETS, *KEYS, *KEY_DATA, *ALARMS),
    )
    for kind, separate in POLICIES.items()
]

PART_OF = {
    "aws_elasticsearch_domain_policy": PartOf("aws_elasticsearch_domain", ("domain_name",)),
    "aws_opensearch_domain_policy": PartOf("aws_opensearch_domain", ("domain_name",)),
}
