"""Content delivery, and a load balancer of the first generation."""

from __future__ import annotations

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
    client = account.client("cloudfront")
    none = {"Quantity": 0}
    client.create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": {
                "CallerReference": "mall-static",
                "Aliases": {"Quantity": 1, "Items": ["static.mall.example.com"]},
                "Origins": {
                    "Quantity": 1,
                    "Items": [
                        {
                            "Id": "shop",
                            "DomainName": "shop.mall.example.com",
                            "CustomOriginConfig": {
                                "HTTPPort": 80,
                                "HTTPSPort": 443,
                                "OriginProtocolPolicy": "http-only",
                            },
                        }
                    ],
                },
                "DefaultCacheBehavior": {
                    "TargetOriginId": "shop",
                    "ViewerProtocolPolicy": "allow-all",
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
                    "MinimumProtocolVersion": "TLSv1",
                    "SSLSupportMethod": "sni-only",
                },
                "Logging": {
                    "Enabled": True,
                    "IncludeCookies": False,
                    "Bucket": "example-bank-access-logs.s3.amazonaws.com",
                    "Prefix": "cdn/",
                },
            },
            "Tags": {"Items": pairs(MALL)},
        }
    )
    account.made("cloudfront", "distribution")


def _logged_distribution(account: Account, region: str) -> None:
    """Good, but for the WAF: TLS alone, and a log that CloudWatch Logs delivers."""
    none = {"Quantity": 0}
    origin = {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}
    made = account.client("cloudfront").create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": {
                "CallerReference": "mall-news",
                "Aliases": {"Quantity": 1, "Items": ["news.mall.example.com"]},
                "Origins": {
                    "Quantity": 1,
                    "Items": [
                        {
                            "Id": "news",
                            "DomainName": "shop.mall.example.com",
                            "CustomOriginConfig": origin,
                        }
                    ],
                },
                "DefaultCacheBehavior": {
                    "TargetOriginId": "news",
                    "ViewerProtocolPolicy": "redirect-to-https",
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
                    "MinimumProtocolVersion": "TLSv1.2_2021",
                    "SSLSupportMethod": "sni-only",
                },
            },
            "Tags": {"Items": pairs(MALL)},
        }
    )
    account.made("cloudfront", "distribution")
    _deliver(account, region, made["Distribution"]["ARN"])


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
