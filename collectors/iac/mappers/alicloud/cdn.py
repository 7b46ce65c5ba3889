"""alicloud_cdn_domain_new and alicloud_dcdn_domain with their settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from collectors.aliyun.cdn_settings import Settings, origin_https, settings_of, viewer_tls
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.function import retention
from collectors.iac.mappers.alicloud.log_stores import LOG_STORE, PROJECT
from collectors.iac.mappers.joins import identity, joined, name_of, tags_of
from collectors.logic import Known
from collectors.regions import GLOBAL

CDN, DCDN = "alicloud_cdn_domain_new", "alicloud_dcdn_domain"
SETTING, DCDN_SETTING = "alicloud_cdn_domain_config", "alicloud_dcdn_domain_config"
DELIVERY = "alicloud_cdn_real_time_log_delivery"

_SCOPES: dict[str, Literal["mainland", "overseas", "global"]] = {
    "domestic": "mainland", "overseas": "overseas", "global": "global",
}  # fmt: skip


def map_domain(block: Block, project: Project) -> Iterator[Document]:
    """An accelerated domain. Nothing is delivered over HTTPS without a certificate."""
    settings = _settings(block, project)
    scope = block.read(
        "scope", str, "domestic" if block.type == CDN else Unknown("the template gives no scope")
    )
    facts = Cdn(
        scope=then(
            scope, lambda word: _SCOPES.get(word) or Unknown("the domain's coverage is not told")
        ),
        viewer_tls=_viewer_tls(block, settings),
        origin_https=_origin(block, settings),
        # WAF stands behind CDN, before the origin; that of DCDN is not read from templates.
        waf=None
        if block.type == CDN
        else Unknown("the web application firewall of DCDN is not read from templates"),
        logging=_logging(block, project),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=GLOBAL,
        name=name_of(block, "domain_name"),
        tags=tags_of(block),
    )


def _settings(block: Block, project: Project) -> Settings | Unknown:
    """The functions that the template sets for the domain."""
    name = block.values.get("domain_name")
    names = [name] if isinstance(name, str) else []
    kind = SETTING if block.type == CDN else DCDN_SETTING
    found = joined(project, block, "domain_name", kind, names=names)
    told = [_function(each) for each in found.blocks]
    known = [each for each in told if not isinstance(each, Unknown)]
    return found.doubt or also(None, *told) or settings_of(known)


def _function(setting: Block) -> dict[str, Any] | Unknown:
    """A function in the words of DescribeCdnDomainConfigs."""
    name = setting.read("function_name", str, Unknown("the setting names no function"))
    parent = setting.read("parent_id", str, "")
    listed = nested(setting.values, "function_args")
    doubt = also(name, parent, listed)
    if isinstance(listed, Unknown) or doubt:
        return doubt or Unknown("the setting names no function")
    unnamed = Unknown("an argument of the setting is not whole")
    args = [
        {
            "ArgName": read(each, "arg_name", str, unnamed),
            "ArgValue": read(each, "arg_value", str, ""),
        }
        for each in listed
    ]
    unclear = also(None, *(value for arg in args for value in arg.values()))
    return unclear or {
        "FunctionName": name,
        "ParentId": parent,
        "FunctionArgs": {"FunctionArg": args},
    }


def _viewer_tls(block: Block, settings: Settings | Unknown) -> Tls:
    secure = _secure(block)
    if isinstance(secure, Unknown):
        return Tls.unread(secure)
    if isinstance(settings, Unknown):
        off = {"SslProtocol": "off"}
        return viewer_tls(off, {}) if secure == "off" else Tls.unread(settings)
    return viewer_tls({"SslProtocol": secure}, settings)


def _secure(block: Block) -> str | Unknown:
    """Whether the domain has a certificate that is on: "on" or "off"."""
    if block.type == DCDN:
        return block.read("ssl_protocol", str, "off")
    config = nested(block.values, "certificate_config")
    if isinstance(config, Unknown) or not config:
        return config if isinstance(config, Unknown) else "off"
    return read(config[0], "server_certificate_status", str, "on")


def _origin(block: Block, settings: Settings | Unknown) -> Known:
    sources = nested(block.values, "sources")
    ports = then(sources, lambda found: [read(each, "port", int, 80) for each in found])
    if isinstance(ports, Unknown) or isinstance(settings, Unknown) or also(None, *ports):
        return also(ports, settings, *(ports if isinstance(ports, list) else [])) or False
    found = origin_https({"Sources": {"Source": [{"Port": p} for p in ports]}}, settings)
    if found and block.type == DCDN and settings.get("dynamic", {}).get("enable") == "on":
        return Unknown("how dynamic requests reach the origin is not read")
    return found


def _logging(block: Block, project: Project) -> Logging:
    """Real-time logs, which go to a Logstore."""
    if block.type == DCDN:
        return Logging.unread(Unknown("the log of the domain is not read from templates"))
    name = block.values.get("domain_name")
    names = [name] if isinstance(name, str) else []
    found = joined(project, block, "domain", DELIVERY, names=names)
    logs = found.blocks or [project.take(each) for each in _of_several(project, name)]
    if not logs:
        return Logging.unread(found.doubt) if found.doubt else Logging.off()
    log = logs[0]
    return Logging(
        enabled=True,
        destination=identity(project, log.get("logstore")),
        destination_account=project.account,
        destination_region=log.read("sls_region", str, Unknown("no region")),
        retention_days=retention(project, log.get("logstore"), log.get("project")),
    )


def _of_several(project: Project, name: Any) -> list[Block]:
    """The deliveries that name the domain among others, with commas between them."""
    listed = [(each, each.values.get("domain")) for each in project.of_type(DELIVERY)]
    return [
        each
        for each, domains in listed
        if isinstance(domains, str) and name in [one.strip() for one in domains.split(",")]
    ]


MAPPINGS = [
    Mapping(
        types=(CDN, DCDN),
        facts=Cdn,
        map=map_domain,
        joined=(SETTING, DCDN_SETTING, DELIVERY, LOG_STORE, PROJECT),
    )
]

PART_OF = {
    "alicloud_cdn_domain_config": PartOf("alicloud_cdn_domain_new", ("domain_name",)),
    "alicloud_cdn_real_time_log_delivery": PartOf("alicloud_cdn_domain_new", ("domain",)),
    "alicloud_dcdn_domain_config": PartOf("alicloud_dcdn_domain", ("domain_name",)),
}
