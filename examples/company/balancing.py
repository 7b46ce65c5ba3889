"""Load balancers."""

from __future__ import annotations

from typing import Any

import msgspec

from examples.company.account import CORE, MAIN_REGION, MALL, Account, Tags, pairs
from examples.company.keys import Keys
from examples.company.network import Networks
from examples.company.storage import ACCESS_LOG_BUCKET


class Balancer(msgspec.Struct, frozen=True):
    """A load balancer with its listeners."""

    name: str
    tags: Tags
    network: str
    subnets: tuple[str, ...]
    firewall: str
    internal: bool = False
    tls_policy: str = ""
    certificate: str = ""
    redirect: bool = False
    """Has port 80 that only redirects to 443."""
    logged: bool = False
    deletion_protection: bool = False


BALANCERS = (
    Balancer(
        "core-api",
        CORE,
        "core",
        ("core-app-a", "core-app-b"),
        "core-app",
        internal=True,
        tls_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate="api.core.example.com",
        logged=True,
        deletion_protection=True,
    ),
    # bad: TLS 1.0 is still accepted, no access log
    Balancer(
        "mall-www",
        MALL,
        "mall",
        ("mall-public-a", "mall-public-b"),
        "mall-web",
        tls_policy="ELBSecurityPolicy-2016-08",
        certificate="mall.example.com",
        redirect=True,
    ),
    # bad: plain HTTP to the internet, one zone only (which AWS would refuse and moto does not)
    Balancer("mall-mobile-api", MALL, "mall", ("mall-public-a",), "mall-web"),
)


def fill_balancing(
    account: Account, region: str, networks: Networks, keys: Keys, instances: dict[str, str]
) -> None:
    """Fill one region; only production balances loads."""
    if region != MAIN_REGION:
        return
    elb = account.client("elbv2", region)
    for balancer in BALANCERS:
        targets = [
            {"Id": instance_id}
            for name, instance_id in sorted(instances.items())
            if name.startswith(("core-app", "mall-web")) and name.startswith(balancer.network)
        ]
        _balancer(account, elb, balancer, networks, keys, targets)


def _balancer(
    account: Account,
    elb: Any,
    balancer: Balancer,
    networks: Networks,
    keys: Keys,
    targets: list[dict[str, str]],
) -> None:
    balancer_arn = elb.create_load_balancer(
        Name=balancer.name,
        Type="application",
        Scheme="internal" if balancer.internal else "internet-facing",
        Subnets=[networks.subnets[name] for name in balancer.subnets],
        SecurityGroups=[networks.firewalls[balancer.firewall]],
        Tags=pairs(balancer.tags),
    )["LoadBalancers"][0]["LoadBalancerArn"]
    account.made("elbv2", "load-balancer")
    group_arn = elb.create_target_group(
        Name=balancer.name,
        Protocol="HTTPS" if balancer.internal else "HTTP",
        Port=8443 if balancer.internal else 8080,
        VpcId=networks.vpcs[balancer.network],
        Tags=pairs(balancer.tags),
    )["TargetGroups"][0]["TargetGroupArn"]
    elb.register_targets(TargetGroupArn=group_arn, Targets=targets)
    account.made("elbv2", "target-group")
    forward = [{"Type": "forward", "TargetGroupArn": group_arn}]
    if balancer.certificate:
        elb.create_listener(
            LoadBalancerArn=balancer_arn,
            Protocol="HTTPS",
            Port=443,
            SslPolicy=balancer.tls_policy,
            Certificates=[{"CertificateArn": keys.certificates[balancer.certificate]}],
            DefaultActions=forward,
            Tags=pairs(balancer.tags),
        )
        account.made("elbv2", "listener")
    if balancer.redirect or not balancer.certificate:
        redirect = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
        elb.create_listener(
            LoadBalancerArn=balancer_arn,
            Protocol="HTTP",
            Port=80,
            DefaultActions=(
                [{"Type": "redirect", "RedirectConfig": redirect}] if balancer.redirect else forward
            ),
            Tags=pairs(balancer.tags),
        )
        account.made("elbv2", "listener")
    attributes = {
        "access_logs.s3.enabled": str(balancer.logged).lower(),
        "deletion_protection.enabled": str(balancer.deletion_protection).lower(),
        "routing.http.drop_invalid_header_fields.enabled": str(balancer.internal).lower(),
    }
    if balancer.logged:
        attributes |= {
            "access_logs.s3.bucket": ACCESS_LOG_BUCKET,
            "access_logs.s3.prefix": balancer.name,
        }
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=balancer_arn,
        Attributes=[{"Key": key, "Value": value} for key, value in attributes.items()],
    )
