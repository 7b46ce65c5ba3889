"""alicloud_esa_site: sites of Edge Security Acceleration (ESA), with their settings of HTTPS, rules
towards the origin, managed rules and deliveries of logs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.esa_facts import (
    ACCESS_LOG,
    MANAGED,
    NOT_COVERED,
    SCOPES,
    VERSIONS,
    delivers,
    running,
    waf_of,
)
from collectors.aliyun.esa_settings import Item, origin_https, viewer_tls
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.function import retention
from collectors.iac.mappers.alicloud.log_stores import LOG_STORE, PROJECT
from collectors.iac.mappers.joins import identity, joined, name_of, tags_of
from collectors.logic import Known, shortest
from collectors.regions import GLOBAL

SITE, OWNER = "alicloud_esa_site", "site_id"
BASIC = "alicloud_esa_https_basic_configuration"
APPLICATION = "alicloud_esa_https_application_configuration"
ORIGIN = "alicloud_esa_origin_rule"
RULE_SET, DELIVERY = "alicloud_esa_waf_ruleset", "alicloud_esa_site_delivery_task"

_RULE = {"rule": "Rule", "rule_enable": "RuleEnable"}
_NAMES = {
    BASIC: _RULE
    | {
        "https": "Https",
        "tls10": "Tls10",
        "tls11": "Tls11",
        "tls12": "Tls12",
        "tls13": "Tls13",
        "ciphersuite_group": "CiphersuiteGroup",
    },
    APPLICATION: _RULE | {"https_force": "HttpsForce"},
    ORIGIN: _RULE | {"origin_scheme": "OriginScheme"},
}
_TASK = {"business_type": "BusinessType", "data_center": "DataCenter", "status": "Status"}

_UNWRITTEN = Unknown("not written: the service decides")
_RULES_ELSEWHERE = Unknown("the managed rules of the site are not part of this template")
_STORE = Unknown("how long the store of an access log keeps it is not read from this template")


def map_site(block: Block, project: Project) -> Iterator[Document]:
    """A site; what its settings do not say is what ESA documents."""
    basic, application, origins = (
        _settings(block, project, kind) for kind in (BASIC, APPLICATION, ORIGIN)
    )
    coverage = block.read("coverage", str, _UNWRITTEN)
    facts = Cdn(
        scope=then(coverage, lambda word: SCOPES.get(word, NOT_COVERED)),
        viewer_tls=_viewer_tls(basic, application),
        origin_https=_origin(origins, application),
        waf=_waf(block, project),
        logging=_logging(block, project, coverage),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=GLOBAL,
        name=name_of(block, "site_name"),
        tags=tags_of(block),
    )


def _settings(block: Block, project: Project, kind: str) -> list[Item] | Unknown:
    """The settings of a kind, as the API tells them. Of a site that keeps them in versions it is
    not told which is in force."""
    found = joined(project, block, OWNER, kind)
    told = [_told(each, _NAMES[kind]) for each in found.blocks]
    versions = block.read("version_management", bool, default=False)
    in_one = then(versions, lambda on: VERSIONS if on else None)
    return also(in_one, found.doubt, *(value for one in told for value in one.values())) or told


def _told(block: Block, names: dict[str, str]) -> Item:
    """Arguments under their names in the API; one that is not written is empty."""
    return {name: block.read(argument, str, "") for argument, name in names.items()}


def _viewer_tls(basic: list[Item] | Unknown, application: list[Item] | Unknown) -> Tls:
    if isinstance(basic, Unknown):
        return Tls.unread(basic)
    found = viewer_tls(basic, [] if isinstance(application, Unknown) else application)
    if isinstance(application, Unknown):
        found.required = application
    return found


def _origin(origins: list[Item] | Unknown, application: list[Item] | Unknown) -> Known:
    if isinstance(origins, Unknown) or isinstance(application, Unknown):
        return also(origins, application) or False
    return origin_https(origins, application)


def _waf(block: Block, project: Project) -> str | Unknown | None:
    """The managed rules, of which only a set in the template tells."""
    found = joined(project, block, OWNER, RULE_SET)
    phases = [(each, each.read("phase", str, _UNWRITTEN)) for each in found.blocks]
    sets = [{"Status": each.read("status", str, "")} for each, phase in phases if phase == MANAGED]
    told = waf_of(sets) if sets else _RULES_ELSEWHERE
    if isinstance(told, str):
        return told
    return also(found.doubt, *(phase for _, phase in phases)) or told


def _logging(block: Block, project: Project, coverage: str | Unknown) -> Logging:
    """Deliveries of the access log as it arises."""
    found = joined(project, block, OWNER, DELIVERY)
    every = [(each, _told(each, _TASK)) for each in found.blocks]
    tasks = [(each, told) for each, told in every if _may_deliver(told["BusinessType"])]
    doubts = [value or _UNWRITTEN for _, told in tasks for value in told.values()]
    doubt = also(found.doubt, *doubts)
    on = [(each, told) for each, told in tasks if running([told])]
    if not on:
        return Logging.unread(doubt) if doubt else Logging.off()
    rated = [told | {"DiscardRate": each.read("discard_rate", str, "0")} for each, told in on]
    whole = then(coverage, lambda word: delivers(word, rated))
    logs = [_first(each.values, "sls_delivery") for each, _ in on]
    log = logs[0]
    store = then(log, lambda sls: identity(project, sls.get("sls_log_store")) or _STORE)
    return Logging(
        enabled=True if whole is True else doubt or whole,
        destination=store,
        destination_account=then(store, lambda _: project.account),
        destination_region=then(log, lambda sls: read(sls, "sls_region", str, _STORE)),
        retention_days=shortest(*(then(each, lambda sls: _kept(project, sls)) for each in logs)),
    )


def _may_deliver(kind: str | Unknown) -> bool:
    """Whether a task may be one for the access log."""
    return isinstance(kind, Unknown) or kind in (ACCESS_LOG, "")


def _first(values: dict[str, Any], argument: str) -> dict[str, Any] | Unknown:
    return then(nested(values, argument), lambda found: found[0] if found else {})


def _kept(project: Project, log: dict[str, Any]) -> int | Unknown | None:
    if not log:
        return _STORE
    return retention(project, log.get("sls_log_store"), log.get("sls_project"))


MAPPINGS = [
    Mapping(
        types=(SITE,),
        facts=Cdn,
        map=map_site,
        joined=(BASIC, APPLICATION, ORIGIN, RULE_SET, DELIVERY, LOG_STORE, PROJECT),
    )
]

PART_OF = {
    kind: PartOf(SITE, (OWNER,)) for kind in (BASIC, APPLICATION, ORIGIN, RULE_SET, DELIVERY)
}
