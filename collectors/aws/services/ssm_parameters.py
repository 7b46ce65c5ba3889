"""Parameter Store: SecureString parameters, which are secrets. Never their values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.policy_document import grants
from collectors.aws.private_endpoints import CALLS as ENDPOINT_CALLS
from collectors.aws.private_endpoints import has_way
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.key import Secret
from collectors.facts.shared import Grant

PARAMETER = "AWS::SSM::Parameter"
DESCRIBE_PARAMETERS = Call(
    provider="aws",
    service="ssm",
    operation="DescribeParameters",
    permission="ssm:DescribeParameters",
    scope="region",
    result="Parameters",
    paged=True,
)
GET_RESOURCE_POLICIES = Call(
    provider="aws",
    service="ssm",
    operation="GetResourcePolicies",
    permission="ssm:GetResourcePolicies",
    scope="resource",
    result="Policies",
    paged=True,
)
LIST_TAGS = Call(
    provider="aws",
    service="ssm",
    operation="ListTagsForResource",
    permission="ssm:ListTagsForResource",
    scope="resource",
    result="TagList",
)

_SECURE = [{"Key": "Type", "Option": "Equals", "Values": ["SecureString"]}]
_KEPT = ("Name", "Type", "KeyId", "LastModifiedDate", "Version", "Tier", "Policies", "DataType")

Item = dict[str, Any]


def parameters(account: Account, region: str) -> Iterable[Document]:
    """A document for each SecureString parameter that the account has in a region."""
    found = account.read(DESCRIBE_PARAMETERS, region, ParameterFilters=_SECURE)
    if isinstance(found, Unknown):
        yield account.unlisted(Secret, found, region, PARAMETER)
        return
    yield from account.map(lambda item: _document(account, region, item), found)


def _document(account: Account, region: str, item: Item) -> Document:
    name = item["Name"]
    arn = account.arn("ssm", region, f"parameter/{name.removeprefix('/')}")
    tags = account.read(LIST_TAGS, region, name, ResourceType="Parameter", ResourceId=name)
    return account.document(
        Secret(
            # Parameter Store rotates nothing; a parameter's date is that of its present value.
            rotation_days=None,
            last_rotated=told(item, "LastModifiedDate"),
            encryption=at_rest(account, region, True, told(item, "KeyId")),
            policy=_policy(account, region, item, arn),
            network_ranges=None,
            private_endpoint=has_way(account, region, "ssm", arn),
            expires=expires(item),
            audit_log=None,
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(tags, tags_of),
        native_type=PARAMETER,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _policy(account: Account, region: str, item: Item, arn: str) -> list[Grant] | Unknown:
    """Whom the policies of a parameter let in. Only those of the advanced tier can be shared
    (Systems Manager user guide, "Working with shared parameters")."""
    if item.get("Tier") == "Standard":
        return []
    found = account.read(GET_RESOURCE_POLICIES, region, arn, ResourceArn=arn)
    if isinstance(found, Unknown):
        return found
    everyone: list[Grant] = []
    for one in found:
        granted = grants(one["Policy"])
        if isinstance(granted, Unknown):
            return granted
        everyone += granted
    return everyone


def expires(item: Item) -> str | Unknown | None:
    """When a policy of the parameter deletes it, in UTC; null where none does (Systems Manager user
    guide, "Assigning parameter policies")."""
    for policy in item.get("Policies", []):
        if policy.get("PolicyType") != "Expiration":
            continue
        try:
            written = json.loads(policy["PolicyText"])["Attributes"]["Timestamp"]
            moment = datetime.fromisoformat(written)
        except (ValueError, KeyError, TypeError):
            return Unknown("the expiration policy of the parameter cannot be read")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


SERVICE = Service(
    name="Parameter Store",
    types=((Secret, PARAMETER),),
    calls=(DESCRIBE_PARAMETERS, GET_RESOURCE_POLICIES, LIST_TAGS, DESCRIBE_KEY, *ENDPOINT_CALLS),
    region=parameters,
)
