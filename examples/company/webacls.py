"""Web application firewalls, and what they stand before."""

from __future__ import annotations

from typing import Any

from examples.company.account import LOGS, MAIN_REGION, MALL, OA, Account, arn, pairs

LOG_GROUP = "aws-waf-logs-mall"


def fill_web_acls(account: Account, region: str) -> None:
    """Fill one region; after its load balancers."""
    if region != MAIN_REGION:
        return
    waf, logs = account.client("wafv2", region), account.client("logs", region)
    logs.create_log_group(logGroupName=LOG_GROUP, tags=dict(LOGS))
    logs.put_retention_policy(logGroupName=LOG_GROUP, retentionInDays=180)
    account.made("logs", "log-group")
    core = _managed("AWSManagedRulesCommonRuleSet", {"None": {}})
    # bad: it only counts, and keeps no log
    watched = _managed("AWSManagedRulesCommonRuleSet", {"Count": {}})
    mall = _web_acl(account, waf, "mall", MALL, core)
    _web_acl(account, waf, "oa-trial", OA, watched)
    waf.put_logging_configuration(
        LoggingConfiguration={
            "ResourceArn": mall,
            "LogDestinationConfigs": [arn("logs", f"log-group:{LOG_GROUP}", region)],
        }
    )
    balancers = account.client("elbv2", region).describe_load_balancers(Names=["mall-www"])
    waf.associate_web_acl(
        WebACLArn=mall, ResourceArn=balancers["LoadBalancers"][0]["LoadBalancerArn"]
    )


def _web_acl(account: Account, waf: Any, name: str, tags: Any, rule: dict[str, Any]) -> str:
    made: str = waf.create_web_acl(
        Name=name,
        Scope="REGIONAL",
        DefaultAction={"Allow": {}},
        Rules=[rule],
        VisibilityConfig=_seen(name),
        Tags=pairs(tags),
    )["Summary"]["ARN"]
    account.made("wafv2", "web-acl")
    return made


def _managed(name: str, override: dict[str, Any]) -> dict[str, Any]:
    return {
        "Name": name,
        "Priority": 0,
        "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name}},
        "OverrideAction": override,
        "VisibilityConfig": _seen(name),
    }


def _seen(name: str) -> dict[str, Any]:
    return {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": name}
