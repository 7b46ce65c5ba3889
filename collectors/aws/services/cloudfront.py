"""CloudFront distributions: TLS towards viewers and origins, WAF, logs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.cloudfront_calls import LIST_DISTRIBUTIONS
from collectors.aws.cloudfront_facts import REALTIME_LOGS, VPC_ORIGIN, is_https, tls
from collectors.aws.delivered_logs import DELIVERY_CALLS, delivered
from collectors.aws.log_delivery import to_bucket
from collectors.aws.logic import Known, every
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.regions import GLOBAL

DISTRIBUTION = "AWS::CloudFront::Distribution"
GET_DISTRIBUTION_CONFIG = Call(
    provider="aws",
    service="cloudfront",
    operation="GetDistributionConfig",
    permission="cloudfront:GetDistributionConfig",
    scope="resource",
    result="DistributionConfig.Logging",
    may_omit=True,
)
LIST_TAGS = Call(
    provider="aws",
    service="cloudfront",
    operation="ListTagsForResource",
    permission="cloudfront:ListTagsForResource",
    scope="resource",
    result="Tags.Items",
    may_omit=True,
)

# Where deliveries for CloudFront are made (CloudFront developer guide, "Configure standard logging
# (v2)"); of the China regions it does not say.
_DELIVERED_FROM = ("us-east-1",)
_DELIVERED_FROM_IN_CHINA = ("cn-north-1", "cn-northwest-1")
# PutDeliverySource, logType; a source of another type is not the access log.
_ACCESS_LOGS = "ACCESS_LOGS"
_KEPT = (
    "Id",
    "ARN",
    "DomainName",
    "Aliases",
    "Enabled",
    "Status",
    "PriceClass",
    "ViewerCertificate",
    "WebACLId",
    "HttpVersion",
    "Restrictions",
    "AliasICPRecordals",
)
Item = dict[str, Any]


def distributions(account: Account) -> Iterable[Document]:
    """A document for each distribution of the account."""
    found = account.read(LIST_DISTRIBUTIONS)
    if isinstance(found, Unknown):
        yield account.unlisted(Cdn, found, GLOBAL, DISTRIBUTION)
        return
    yield from account.map(lambda item: _document(account, item), found)


def _document(account: Account, item: Item) -> Document:
    arn = item["ARN"]
    log = account.read(GET_DISTRIBUTION_CONFIG, GLOBAL, item["Id"], Id=item["Id"])
    tags = account.read(LIST_TAGS, GLOBAL, arn, Resource=arn)
    return account.document(
        Cdn(
            # CloudFront of the China regions has edge locations in mainland China alone, the global
            # one has none there (Getting Started with AWS in China, "Amazon CloudFront").
            scope="mainland" if account.partition == "aws-cn" else "overseas",
            viewer_tls=viewer_tls(item),
            origin_https=origin_https(item),
            waf=item["WebACLId"] or None,
            logging=_logging(account, item, log),
        ),
        id=arn,
        region=GLOBAL,
        name=next(iter(item["Aliases"].get("Items", [])), item["DomainName"]),
        tags=then(tags, tags_of),
        native_type=DISTRIBUTION,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _behaviors(item: Item) -> list[Item]:
    return [item["DefaultCacheBehavior"], *item["CacheBehaviors"].get("Items", [])]


def requires_tls(item: Item) -> bool:
    """Whether every path of a distribution refuses plain HTTP or redirects it."""
    return all(one["ViewerProtocolPolicy"] != "allow-all" for one in _behaviors(item))


def viewer_tls(item: Item) -> Tls:
    """TLS towards viewers."""
    certificate = item["ViewerCertificate"]
    untold = Unknown("CloudFront does not tell the security policy of the distribution")
    return tls(
        bool(certificate.get("CloudFrontDefaultCertificate")),
        certificate.get("MinimumProtocolVersion") or untold,
        requires_tls(item),
    )


def origin_https(item: Item) -> Known:
    """Whether CloudFront speaks TLS to every origin. A bucket is asked in the protocol that the
    viewer used (CloudFront developer guide, "Require HTTPS between CloudFront and your S3
    origin"), and so is an origin that is to match it."""
    return every(_is_https(origin, requires_tls(item)) for origin in item["Origins"]["Items"])


def _is_https(origin: Item, viewers_do: bool) -> Known:
    if "CustomOriginConfig" in origin:
        return is_https(origin["CustomOriginConfig"]["OriginProtocolPolicy"], viewers_do)
    if "S3OriginConfig" in origin:
        return viewers_do
    if "VpcOriginConfig" in origin:
        return VPC_ORIGIN
    return Unknown("CloudFront does not tell the kind of an origin")


def _logging(account: Account, item: Item, log: Item | Unknown | None) -> Logging:
    """Standard logging to a bucket, `name.s3.amazonaws.com`, or by a delivery of CloudWatch Logs
    (v2)."""
    if isinstance(log, Unknown):
        return Logging.unread(log)
    if log and log.get("Enabled") and log.get("Bucket"):
        return to_bucket(account, log["Bucket"].partition(".s3")[0], log.get("Prefix", ""))
    in_china = account.partition == "aws-cn"
    regions = _DELIVERED_FROM_IN_CHINA if in_china else _DELIVERED_FROM
    found = delivered(account, regions, item["ARN"], _ACCESS_LOGS)
    streamed = any(one.get("RealtimeLogConfigArn") for one in _behaviors(item))
    return Logging.unread(REALTIME_LOGS) if streamed and found.enabled is False else found


SERVICE = Service(
    name="CloudFront",
    types=((Cdn, DISTRIBUTION),),
    calls=(LIST_DISTRIBUTIONS, GET_DISTRIBUTION_CONFIG, LIST_TAGS, *DELIVERY_CALLS),
    account=distributions,
)
