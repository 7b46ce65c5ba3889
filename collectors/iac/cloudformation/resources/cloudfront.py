"""CloudFront distributions. Source: CloudFormation template reference, Amazon CloudFront."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.cdn import DISTRIBUTION
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_NAMES = {"Aliases": "aliases", "WebACLId": "web_acl_id"}
_BEHAVIOR = {
    "RealtimeLogConfigArn": "realtime_log_config_arn",
    "ViewerProtocolPolicy": "viewer_protocol_policy",
}
_CERTIFICATE = {
    "AcmCertificateArn": "acm_certificate_arn",
    "CloudFrontDefaultCertificate": "cloudfront_default_certificate",
    "IamCertificateId": "iam_certificate_id",
    "MinimumProtocolVersion": "minimum_protocol_version",
}
_CUSTOM = {"OriginProtocolPolicy": "origin_protocol_policy"}
_ORIGIN = {
    "CustomOriginConfig": "custom_origin_config",
    "VpcOriginConfig": "vpc_origin_config",
}
_NO_POLICY = Unknown("MinimumProtocolVersion is not written")


def distribution(resource: Resource) -> Iterator[Block]:
    """A distribution, all of which stands in DistributionConfig."""
    config = resource.get("DistributionConfig")
    given = {"tags": tags(resource.get("Tags"))}
    if not isinstance(config, dict):
        doubt = config if isinstance(config, Unknown) else Unknown("it is known after apply")
        open_ = ("default_cache_behavior", "viewer_certificate", "origin", "web_acl_id")
        yield resource.block(DISTRIBUTION, given | dict.fromkeys((*open_, "logging_config"), doubt))
        return
    values = renamed(config, _NAMES) | {
        "default_cache_behavior": part(config.get("DefaultCacheBehavior"), _BEHAVIOR),
        "ordered_cache_behavior": parts(config.get("CacheBehaviors"), _BEHAVIOR),
        "viewer_certificate": _certificate(config.get("ViewerCertificate")),
        "origin": _origins(config),
        "logging_config": part(config.get("Logging"), {"Bucket": "bucket", "Prefix": "prefix"}),
    }
    yield resource.block(DISTRIBUTION, values | given)


def _certificate(value: Any) -> Any:
    """The certificate; which policy holds beside one of one's own is not documented."""
    found = part(value, _CERTIFICATE)
    if isinstance(found, dict):
        found.setdefault("minimum_protocol_version", _NO_POLICY)
    return found


def _origins(config: dict[str, Any]) -> Any:
    """The origins; the legacy properties hold one each."""
    origins = config.get("Origins")
    if is_open(origins):
        return origins
    found = [_origin(each) for each in (origins if isinstance(origins, list) else [])]
    custom = part(config.get("CustomOrigin"), _CUSTOM)
    if custom is not None:
        found.append({"custom_origin_config": custom})
    if config.get("S3Origin") is not None:
        found.append({})
    return found


def _origin(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    found = renamed(value, _ORIGIN)
    if "custom_origin_config" in found:
        found["custom_origin_config"] = part(found["custom_origin_config"], _CUSTOM)
    return found


TRANSLATIONS: dict[str, Translation] = {"AWS::CloudFront::Distribution": distribution}
