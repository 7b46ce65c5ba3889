"""aws_cloudfront_distribution."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.cloudfront_facts import REALTIME_LOGS, VPC_ORIGIN, is_https, tls
from collectors.aws.logic import Known, every, some
from collectors.document import Document, Unknown, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.bucket import BUCKET
from collectors.iac.mappers.aws.delivered_logs import DELIVERY_TYPES, delivered
from collectors.iac.mappers.aws.log_target import to_bucket
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import given, identity, items
from collectors.regions import GLOBAL

DISTRIBUTION = "aws_cloudfront_distribution"
_BEHAVIORS = ("default_cache_behavior", "ordered_cache_behavior", "cache_behavior")
_DEFAULT_POLICY = "TLSv1"
"""`minimum_protocol_version` where it is not written (provider documentation)."""
_NO_ORIGIN = Unknown("no origin is written")
_NO_BEHAVIOR = Unknown("no cache behavior is written")


def map_distribution(block: Block, project: Project) -> Iterator[Document]:
    """A distribution."""
    required = _requires_tls(block)
    facts = Cdn(
        # As collectors.aws.services.cloudfront has it.
        scope=cast(
            "Any",
            then(
                region_of(block, project),
                lambda name: "mainland" if name.startswith("cn-") else "overseas",
            ),
        ),
        viewer_tls=_viewer_tls(block, required),
        origin_https=_origin_https(block, required),
        waf=identity(project, block.values.get("web_acl_id") or None),
        logging=_logging(block, project),
    )
    yield aws_document(block, project, facts, name=_name(block), region=GLOBAL)


def _name(block: Block) -> str:
    aliases = items(block.values, "aliases")
    listed = [] if isinstance(aliases, Unknown) else aliases
    known = [each for each in listed if isinstance(each, str)]
    return known[0] if known else block.name


def _requires_tls(block: Block) -> Known:
    """Whether every path of a distribution refuses plain HTTP or redirects it."""
    found: list[Known] = []
    missing = Unknown("a cache behavior gives no viewer_protocol_policy")
    for argument in _BEHAVIORS:
        behaviors = nested(block.values, argument)
        if isinstance(behaviors, Unknown):
            found.append(behaviors)
            continue
        found += [
            then(
                read(each, "viewer_protocol_policy", str, missing), lambda name: name != "allow-all"
            )
            for each in behaviors
        ]
    return every(found) if found else _NO_BEHAVIOR


def _viewer_tls(block: Block, required: Known) -> Tls:
    """TLS towards viewers; without a certificate of one's own it is CloudFront's."""
    written = nested(block.values, "viewer_certificate")
    if isinstance(written, Unknown):
        return tls(written, written, required)
    certificate = written[0] if written else {}
    own = given(certificate, "acm_certificate_arn", "iam_certificate_id")
    default = read(certificate, "cloudfront_default_certificate", bool, False)
    if default is not True:
        default = own if isinstance(own, Unknown) else (default if own else True)
    policy = read(certificate, "minimum_protocol_version", str, _DEFAULT_POLICY)
    return tls(default, policy, required)


def _origin_https(block: Block, viewers_do: Known) -> Known:
    origins = nested(block.values, "origin")
    if isinstance(origins, Unknown):
        return origins
    return every(_is_https(each, viewers_do) for each in origins) if origins else _NO_ORIGIN


def _is_https(origin: dict[str, Any], viewers_do: Known) -> Known:
    """Whether CloudFront speaks TLS to an origin; a bucket it asks as the viewer asked."""
    custom = nested(origin, "custom_origin_config")
    if isinstance(custom, Unknown):
        return custom
    if custom:
        missing = Unknown("an origin gives no origin_protocol_policy")
        policy = read(custom[0], "origin_protocol_policy", str, missing)
        return then(policy, lambda name: is_https(name, viewers_do))
    inside = nested(origin, "vpc_origin_config")
    if inside:
        return inside if isinstance(inside, Unknown) else VPC_ORIGIN
    return viewers_do


def _logging(block: Block, project: Project) -> Logging:
    """Standard logging to a bucket, or by a delivery of CloudWatch Logs (v2)."""
    written = nested(block.values, "logging_config")
    if isinstance(written, Unknown):
        return Logging.unread(written)
    bucket = written[0].get("bucket") if written else None
    if isinstance(bucket, Unknown):
        return Logging.unread(bucket)
    if bucket:
        return to_bucket(project, bucket, read(written[0], "prefix", str, ""))
    found, streamed = delivered(block, project), _streams(block)
    if found.enabled is not False or streamed is False:
        return found
    return Logging.unread(REALTIME_LOGS if streamed is True else streamed)


def _streams(block: Block) -> Known:
    """Whether a path of a distribution has a real-time log."""
    found: list[Known] = []
    for argument in _BEHAVIORS:
        behaviors = nested(block.values, argument)
        if isinstance(behaviors, Unknown):
            found.append(behaviors)
        else:
            found += [given(each, "realtime_log_config_arn") for each in behaviors]
    return some(found)


MAPPINGS = [
    Mapping(
        types=(DISTRIBUTION,),
        facts=Cdn,
        map=map_distribution,
        joined=(BUCKET, *DELIVERY_TYPES),
    )
]
