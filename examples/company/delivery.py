"""Content delivery, and a load balancer of the first generation."""

from __future__ import annotations

from typing import Any

from examples.company.account import MAIN_REGION, MALL, OA, Account, arn, pairs
from examples.company.network import Networks


def fill_delivery(account: Account, region: str, networks: Networks) -> None:
    """Fill one region; content is delivered for the whole account."""
    if region != MAIN_REGION:
        return
    _distribution(account)
    _logged_distribution(account, region)
    _classic_balancer(account, region, networks)


def _distribution(account: Account) -> None:
    """Bad: plain HTTP is answered, TLS 1.0 is taken, and no WAF stands in front."""
    log = {
        "Enabled": True,
        "IncludeCookies": False,
        "Bucket": "example-bank-access-logs.s3.amazonaws.com",
        "Prefix": "cdn/",
    }
    _made(account, "static", "http-only", "allow-all", "TLSv1", Logging=log)


def _logged_distribution(account: Account, region: str) -> None:
    """Good, but for the WAF: TLS alone, and a log that CloudWatch Logs delivers."""
    arn_of_it = _made(account, "news", "https-only", "redirect-to-https", "TLSv1.2_2021")
    _deliver(account, region, arn_of_it)


def _made(
    account: Account, name: str, to_origin: str, to_viewers: str, minimum: str, **more: Any
) -> str:
    """The ARN of a distribution of the shop, with the protocols that it speaks."""
    none = {"Quantity": 0}
    origin = {
        "Id": "shop",
        "DomainName": "shop.mall.example.com",
        "CustomOriginConfig": {
            "HTTPPort": 80,
            "HTTPSPort": 443,
            "OriginProtocolPolicy": to_origin,
        },
    }
    config = {
        "CallerReference": f"mall-{name}",
        "Aliases": {"Quantity": 1, "Items": [f"{name}.mall.example.com"]},
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "shop",
            "ViewerProtocolPolicy": to_viewers,
            "TrustedSigners": {"Enabled": False, "Quantity": 0},
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
            "MinTTL": 0,
        },
        "CacheBehaviors": none,
        "CustomErrorResponses": none,
        "Comment": "",
        "Enabled": True,
        "ViewerCertificate": {
            "IAMCertificateId": "ASCAEXAMPLE",
            "MinimumProtocolVersion": minimum,
            "SSLSupportMethod": "sni-only",
        },
        **more,
    }
    made = account.client("cloudfront").create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": config,
            "Tags": {"Items": pairs(MALL)},
        }
    )
    account.made("cloudfront", "distribution")
    return str(made["Distribution"]["ARN"])


def _deliver(account: Account, region: str, distribution: str) -> None:
    logs = account.client("logs", region)
    logs.create_log_group(logGroupName="/cdn/news", tags=dict(MALL))
    logs.put_retention_policy(logGroupName="/cdn/news", retentionInDays=180)
    account.made("logs", "log-group")
    logs.put_delivery_source(name="news", resourceArn=distribution, logType="ACCESS_LOGS")
    end = logs.put_delivery_destination(
        name="news",
        deliveryDestinationConfiguration={
            "destinationResourceArn": arn("logs", "log-group:/cdn/news", region)
        },
    )
    logs.create_delivery(
        deliverySourceName="news", deliveryDestinationArn=end["deliveryDestination"]["arn"]
    )


def _classic_balancer(account: Account, region: str, networks: Networks) -> None:
    """Bad: plain HTTP and SSLv3 to the internet, in one zone, and no log."""
    elb = account.client("elb", region)
    name = "oa-portal"
    elb.create_load_balancer(
        LoadBalancerName=name,
        Scheme="internet-facing",
        Subnets=[networks.subnets["mall-public-a"]],
        SecurityGroups=[networks.firewalls["oa-all"]],
        Listeners=[
            {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 8080},
            {"Protocol": "SSL", "LoadBalancerPort": 993, "InstancePort": 143},
        ],
        Tags=pairs(OA),
    )
    elb.create_load_balancer_policy(
        LoadBalancerName=name,
        PolicyName="of-2014",
        PolicyTypeName="SSLNegotiationPolicyType",
        PolicyAttributes=[
            {"AttributeName": "Protocol-SSLv3", "AttributeValue": "true"},
            {"AttributeName": "Protocol-TLSv1.2", "AttributeValue": "true"},
        ],
    )
    elb.set_load_balancer_policies_of_listener(
        LoadBalancerName=name, LoadBalancerPort=993, PolicyNames=["of-2014"]
    )
    account.made("elb", "load-balancer")
