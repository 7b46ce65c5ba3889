"""CloudFront distributions over real HTTP, and the rules of their TLS."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.services.cloudfront import distributions, origin_https, viewer_tls
from collectors.document import Unknown
from collectors.facts.shared import Tls
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, fault_proxy

REGION = "cn-north-1"
NONE = {"Quantity": 0}


def config(name: str, **change: Any) -> dict[str, Any]:
    """A distribution that refuses plain HTTP, and asks its origin by TLS."""
    return {
        "CallerReference": name,
        "Aliases": {"Quantity": 1, "Items": [f"{name}.example.cn"]},
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "a",
                    "DomainName": "shop.example.cn",
                    "CustomOriginConfig": {
                        "HTTPPort": 80,
                        "HTTPSPort": 443,
                        "OriginProtocolPolicy": "https-only",
                    },
                }
            ],
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": "a",
            "ViewerProtocolPolicy": "redirect-to-https",
            "MinTTL": 0,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        },
        "CacheBehaviors": NONE,
        "CustomErrorResponses": NONE,
        "Comment": "",
        "Enabled": True,
        "ViewerCertificate": {
            "CloudFrontDefaultCertificate": False,
            "IAMCertificateId": "ASCA1",
            "MinimumProtocolVersion": "TLSv1.2_2021",
            "SSLSupportMethod": "sni-only",
        },
        **change,
    }


@pytest.fixture(scope="module")
def made(client: Client) -> None:
    client("s3", REGION).create_bucket(
        Bucket="cdn-logs", CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    cloudfront = client("cloudfront", REGION)
    log = {
        "Enabled": True,
        "IncludeCookies": False,
        "Bucket": "cdn-logs.s3.cn-north-1.amazonaws.com.cn",
        "Prefix": "",
    }
    logged = config("logged", Logging=log, WebACLId="acl-1")
    cloudfront.create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": logged,
            "Tags": {"Items": [{"Key": "system", "Value": "mall"}]},
        }
    )
    cloudfront.create_distribution(DistributionConfig=config("silent"))
    streamed = config("streamed")
    streamed["DefaultCacheBehavior"]["RealtimeLogConfigArn"] = "arn:aws-cn:cloudfront::1:realtime"
    cloudfront.create_distribution(DistributionConfig=streamed)
    delivered = cloudfront.create_distribution(DistributionConfig=config("delivered"))
    deliver(client("logs", "cn-northwest-1"), delivered["Distribution"]["ARN"])


def deliver(logs: Any, arn: str) -> None:
    """Let CloudWatch Logs deliver the access log of a distribution to a log group."""
    logs.create_log_group(logGroupName="cdn")
    logs.put_retention_policy(logGroupName="cdn", retentionInDays=90)
    (group,) = logs.describe_log_groups(logGroupNamePrefix="cdn")["logGroups"]
    logs.put_delivery_source(name="cdn", resourceArn=arn, logType="ACCESS_LOGS")
    made = logs.put_delivery_destination(
        name="group",
        deliveryDestinationConfiguration={
            "destinationResourceArn": group["arn"].removesuffix(":*")
        },
    )
    logs.create_delivery(
        deliverySourceName="cdn", deliveryDestinationArn=made["deliveryDestination"]["arn"]
    )


def test_distributions(fresh_moto: str, made: None, open_account: OpenAccount) -> None:
    with fault_proxy(fresh_moto) as proxy:
        found = {one.name: one for one in distributions(open_account(proxy.url, REGION))}
        assert found["logged.example.cn"].facts == {
            "scope": "mainland",
            "viewer_tls": {"minimum": "1.2", "required": True, "policy": "TLSv1.2_2021"},
            "origin_https": True,
            "waf": "acl-1",
            "logging": {
                "enabled": True,
                "destination": "arn:aws-cn:s3:::cdn-logs",
                "destination_account": ACCOUNT_ID,
                "destination_region": REGION,
                "retention_days": None,
            },
        }
        assert found["logged.example.cn"].tags == {"system": "mall"}
        silent = found["silent.example.cn"]
        assert silent.facts["waf"] is None
        assert silent.facts["logging"]["enabled"] is False
        log = found["delivered.example.cn"].facts["logging"]
        assert (log["enabled"], log["retention_days"]) == (True, 90)
        assert set(found["streamed.example.cn"].unknown.values()) == {
            "the real-time logs of a distribution are not read"
        }

        for denied, name, unknown in (
            ("GetDistributionConfig", "logged", "logging/enabled"),
            ("ListTagsForResource", "logged", "tags"),
            ("ListBuckets", "logged", "logging/retention_days"),
            ("DescribeDeliverySources", "silent", "logging/enabled"),
            ("DescribeDeliveries", "delivered", "logging/enabled"),
            ("DescribeDeliveryDestinations", "delivered", "logging/retention_days"),
        ):
            proxy.decide = lambda request, denied=denied: (  # type: ignore[misc]
                DENIED if request.operation == denied else None
            )
            found = {one.name: one for one in distributions(open_account(proxy.url, REGION))}
            reason = found[f"{name}.example.cn"].unknown[unknown]
            assert reason.startswith("AccessDenied: "), denied
        proxy.decide = lambda request: DENIED
        (whole,) = distributions(open_account(proxy.url, REGION))
        assert (whole.unlisted, whole.facts) == (True, {})


def test_the_global_cloudfront_serves_from_elsewhere(
    fresh_moto: str, client: Client, open_account: OpenAccount
) -> None:
    client("cloudfront").create_distribution(DistributionConfig=config("abroad"))
    scopes = {one.name: one.facts["scope"] for one in distributions(open_account(fresh_moto))}
    assert scopes["abroad.example.cn"] == "overseas"


def item(
    certificate: dict[str, Any], policies: tuple[str, ...] = ("https-only",), *origins: Any
) -> dict[str, Any]:
    behaviors = [{"ViewerProtocolPolicy": one} for one in policies]
    return {
        "ViewerCertificate": certificate,
        "DefaultCacheBehavior": behaviors[0],
        "CacheBehaviors": {"Items": behaviors[1:]} if behaviors[1:] else {"Quantity": 0},
        "Origins": {"Items": list(origins)},
    }


UNTOLD = Unknown("CloudFront does not tell the security policy of the distribution")
NEW = Unknown("the security policy TLSv1.4_2030 is not known to this version")


@pytest.mark.parametrize(
    ("certificate", "policies", "expected"),
    [
        (
            {"MinimumProtocolVersion": "TLSv1.3_2025"},
            ("https-only", "redirect-to-https"),
            Tls(minimum="1.3", required=True, policy="TLSv1.3_2025"),
        ),
        # One path that answers plain HTTP is enough.
        (
            {"MinimumProtocolVersion": "SSLv3"},
            ("https-only", "allow-all"),
            Tls(minimum="ssl3", required=False, policy="SSLv3"),
        ),
        # With CloudFront's own certificate the policy that is set has no effect.
        (
            {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1.2_2021"},
            ("https-only",),
            Tls(minimum="1.0", required=True, policy="TLSv1"),
        ),
        (
            {"MinimumProtocolVersion": "TLSv1.4_2030"},
            ("https-only",),
            Tls(minimum=NEW, required=True, policy="TLSv1.4_2030"),
        ),
        ({}, ("https-only",), Tls(minimum=UNTOLD, required=True, policy=UNTOLD)),
    ],
)
def test_tls_towards_viewers(
    certificate: dict[str, Any], policies: tuple[str, ...], expected: Tls
) -> None:
    assert viewer_tls(item(certificate, policies)) == expected


def custom(policy: str) -> dict[str, Any]:
    return {"CustomOriginConfig": {"OriginProtocolPolicy": policy}}


BUCKET: dict[str, Any] = {"S3OriginConfig": {}}
IN_VPC: dict[str, Any] = {"VpcOriginConfig": {"VpcOriginId": "vo-1"}}


@pytest.mark.parametrize(
    ("policy", "origins", "expected"),
    [
        ("https-only", [custom("https-only"), BUCKET], True),
        ("https-only", [custom("match-viewer")], True),
        ("allow-all", [custom("match-viewer")], False),
        ("allow-all", [BUCKET], False),
        ("allow-all", [custom("https-only")], True),
        ("https-only", [custom("https-only"), custom("http-only")], False),
        ("https-only", [IN_VPC], Unknown("the protocol towards an origin in a VPC is not read")),
        ("https-only", [IN_VPC, custom("http-only")], False),
        ("https-only", [{}], Unknown("CloudFront does not tell the kind of an origin")),
    ],
)
def test_tls_towards_origins(policy: str, origins: list[Any], expected: object) -> None:
    assert origin_https(item({}, (policy,), *origins)) == expected
