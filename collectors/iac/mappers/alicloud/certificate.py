"""Certificates that templates of Alibaba Cloud upload: to Certificate Management Service
(alicloud_ssl_certificates_service_certificate, with its older name) or to CLB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from collectors.document import Document, Unknown
from collectors.facts.key import Certificate
from collectors.iac.blocks import Block, Mapping, Project, nested, template_document
from collectors.iac.mappers.alicloud.balancer import ALB_LISTENER, CLB_LISTENER
from collectors.iac.mappers.alicloud.native_gateway import DOMAIN as GATEWAY_DOMAIN
from collectors.iac.mappers.alicloud.network_balancer import LISTENER as NLB_LISTENER
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.alicloud.web_firewall import DOMAIN as WAF_DOMAIN
from collectors.iac.mappers.joins import given, name_of, points_to, tags_of
from collectors.logic import Known
from collectors.regions import GLOBAL

SERVICE, OLDER = "alicloud_ssl_certificates_service_certificate", "alicloud_cas_certificate"
CLB = "alicloud_slb_server_certificate"

_CLB_DOMAIN = "alicloud_slb_domain_extension"
_ALB_FURTHER = "alicloud_alb_listener_additional_certificate_attachment"
_NLB_FURTHER = "alicloud_nlb_listener_additional_certificate_attachment"
_ESA, _WAF_2 = "alicloud_esa_certificate", "alicloud_waf_certificate"


class _Use(NamedTuple):
    """The argument by which a type of resources names a certificate, in a nested block or not."""

    kind: str
    argument: str
    part: str = ""


_OF_CLB = (
    _Use(CLB_LISTENER, "server_certificate_id"),
    _Use(CLB_LISTENER, "ssl_certificate_id"),
    _Use(_CLB_DOMAIN, "server_certificate_id"),
)
_OF_SERVICE = (
    _Use(ALB_LISTENER, "certificate_id", "certificates"),
    _Use(_ALB_FURTHER, "certificate_id"),
    _Use(NLB_LISTENER, "certificate_ids"),
    _Use(_NLB_FURTHER, "certificate_id"),
    _Use("alicloud_cdn_domain_new", "cert_id", "certificate_config"),
    _Use("alicloud_dcdn_domain", "cert_id"),
    _Use(_ESA, "cas_id"),
    _Use(WAF_DOMAIN, "cert_id", "listen"),
    _Use(WAF_DOMAIN, "sm2_cert_id", "listen"),
    _Use(_WAF_2, "certificate_id"),
    _Use(GATEWAY_DOMAIN, "cert_identifier"),
)
_COPY = _Use(CLB, "alicloud_certificate_id")
"""A certificate of the service that CLB takes; listeners name the copy."""

_CONTENT = Unknown("what is in an uploaded certificate is not read from templates")
_UNUSED = Unknown("nothing in this template uses the uploaded certificate")


def map_certificate(block: Block, project: Project) -> Iterator[Document]:
    """A certificate that is uploaded to Certificate Management Service, which has no regions."""
    yield template_document(
        block,
        project,
        _facts(_used(block, project)),
        provider="aliyun",
        region=GLOBAL,
        name=name_of(block, "certificate_name", "name"),
        tags=tags_of(block),
    )


def map_clb(block: Block, project: Project) -> Iterator[Document]:
    """A certificate that is uploaded to CLB. One that takes a certificate of the service ignores
    what is written beside, and is judged there."""
    values = block.values
    if given(values, _COPY.argument) is True or given(values, "server_certificate") is False:
        return
    facts = _facts(_by_any(block, project, _OF_CLB))
    yield aliyun_document(block, project, facts, "name")


def _facts(used: Known) -> Certificate:
    """What holds for any upload, which the service never renews."""
    return Certificate(
        expires=_CONTENT,
        in_use=used,
        algorithm=_CONTENT,
        key_bits=_CONTENT,
        auto_renew=False,
    )


def _used(block: Block, project: Project) -> Known:
    """Whether a product names the certificate, or CLB a copy of it; never false, for what stands
    elsewhere may use it."""
    copies = _naming(block, project, _COPY)
    found = [
        _by_any(block, project, _OF_SERVICE),
        *(_by_any(each, project, _OF_CLB) for each in copies),
    ]
    if True in found:
        return True
    return next((each for each in found if each is not _UNUSED), _UNUSED)


def _by_any(block: Block, project: Project, uses: tuple[_Use, ...]) -> Known:
    if [each for use in uses for each in _naming(block, project, use)]:
        return True
    return next((doubt for use in uses if (doubt := _doubt(project, use))), _UNUSED)


def _naming(block: Block, project: Project, use: _Use) -> list[Block]:
    return [
        project.take(each)
        for each in project.each_of(use.kind)
        if any(points_to(project, value, block) for value in _values(each, use))
    ]


def _doubt(project: Project, use: _Use) -> Unknown | None:
    """What keeps open which certificate a resource names: an id with a region behind it, say."""
    for each in project.each_of(use.kind):
        for value in _values(each, use):
            if isinstance(value, Unknown):
                return Unknown(f"{each.address}.{use.argument}: {value.reason}")
    return None


def _values(block: Block, use: _Use) -> list[Any]:
    parts = nested(block.values, use.part) if use.part else [block.values]
    if isinstance(parts, Unknown):
        return [parts]
    written = [part.get(use.argument) for part in parts]
    return [value for each in written for value in (each if isinstance(each, list) else [each])]


MAPPINGS = [
    Mapping(
        types=(SERVICE, OLDER),
        facts=Certificate,
        map=map_certificate,
        joined=tuple(dict.fromkeys(use.kind for use in (*_OF_SERVICE, *_OF_CLB, _COPY))),
    ),
    Mapping(
        types=(CLB,),
        facts=Certificate,
        map=map_clb,
        joined=tuple(dict.fromkeys(use.kind for use in _OF_CLB)),
    ),
]

LINK_TYPES = frozenset({_ALB_FURTHER, _NLB_FURTHER, _CLB_DOMAIN, _ESA, _WAF_2})
