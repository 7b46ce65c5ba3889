"""CDN and DCDN domains. Source: ALIYUN::CDN::* and ALIYUN::DCDN::Domain of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.cdn import CDN, DCDN, SETTING
from collectors.iac.ros.resources.shared import listed, rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, parts, renamed, tags

_CERTIFICATE = Unknown("ROS gives a domain no certificate: whether it has one shows elsewhere")
_ARGUMENT = {"ArgName": "arg_name", "ArgValue": "arg_value"}


def domain(resource: Resource) -> Iterator[Block]:
    """An accelerated domain."""
    values = renamed(resource.properties, {"DomainName": "domain_name", "Scope": "scope"})
    values.setdefault("scope", "domestic")
    sources = resource.get("OriginServers")
    sources = resource.get("Sources") if sources is None else sources
    if isinstance(sources, str):
        sources = Unknown("the origins are written as a text")
    values["sources"] = sources if is_open(sources) else parts(rows(sources), {"Port": "port"})
    is_cdn = resource.type.startswith("ALIYUN::CDN")
    values["certificate_config" if is_cdn else "ssl_protocol"] = _CERTIFICATE
    kind = CDN if is_cdn else DCDN
    yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})


def config(resource: Resource) -> Iterator[Block]:
    """Functions of some domains."""
    names = listed(resource.get("DomainNames"))
    functions = resource.get("FunctionList")
    for i, name in enumerate(names if isinstance(names, list) else [names]):
        for j, each in enumerate(rows(functions)):
            written = each if isinstance(each, dict) else {}
            args = written.get("FunctionArgs") if written else open_(each)
            values = {
                "domain_name": name,
                "function_name": written.get("FunctionName") if written else open_(each),
                "parent_id": written.get("ParentId"),
                "function_args": args if is_open(args) else parts(rows(args), _ARGUMENT),
            }
            yield resource.block(SETTING, values, part=f"{i}/{j}" if i or j else "")


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CDN::Domain": domain,
    "ALIYUN::CDN::DomainConfig": config,
    "ALIYUN::DCDN::Domain": domain,
}
