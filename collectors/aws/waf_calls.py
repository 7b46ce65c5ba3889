"""The calls of AWS WAF that services share: what web ACL stands in front of a resource.

CloudFront names the web ACL of a distribution in the distribution itself (`WebACLId`).
"""

from __future__ import annotations

from collectors.aws.account import Account
from collectors.calls import Call
from collectors.document import Unknown, then

GET_WEB_ACL_FOR_RESOURCE = Call(
    provider="aws",
    service="wafv2",
    operation="GetWebACLForResource",
    permission="wafv2:GetWebACLForResource",
    scope="resource",
    result="WebACL",
    may_omit=True,
)


def web_acl_of(account: Account, region: str, arn: str) -> str | Unknown | None:
    """The ARN of the web ACL in front of a regional resource: an application load balancer, a stage
    of a REST API, a user pool; null where there is none."""
    answer = account.read(GET_WEB_ACL_FOR_RESOURCE, region, arn, ResourceArn=arn)
    return then(answer, lambda acl: acl["ARN"] if acl else None)
