"""IAM Identity Center. Source: CloudFormation template reference, AWS::SSO."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.permission_set import (
    ASSIGNMENT,
    INLINE,
    MANAGED,
    OWN,
    PERMISSION_SET,
    REFERENCE,
)
from collectors.iac.stacks.resource import Resource, Translation, is_open, parts, renamed, tags


def permission_set(resource: Resource) -> Iterator[Block]:
    """A permission set with the policies in it and those that it names."""
    names = {"Name": "name", "SessionDuration": "session_duration"}
    values = renamed(resource.properties, names)
    yield resource.block(PERMISSION_SET, values | {"tags": tags(resource.get("Tags"))})
    me = {"permission_set_arn": resource.itself("arn")}
    inline = resource.get("InlinePolicy")
    if inline is not None:
        yield resource.block(INLINE, me | {"inline_policy": inline}, part="InlinePolicy")
    managed = resource.get("ManagedPolicies")
    for i, arn in enumerate([managed] if is_open(managed) else managed or []):
        values = me | {"managed_policy_arn": arn}
        yield resource.block(MANAGED, values, part=f"ManagedPolicies/{i}")
    own = parts(resource.get("CustomerManagedPolicyReferences"), {"Name": "name", "Path": "path"})
    for i, each in enumerate([own] if is_open(own) else own or []):
        values = me | {REFERENCE: each if is_open(each) else [each]}
        yield resource.block(OWN, values, part=f"CustomerManagedPolicyReferences/{i}")


TRANSLATIONS: dict[str, Translation] = {
    "AWS::SSO::Assignment": plain(ASSIGNMENT, {"PermissionSetArn": "permission_set_arn"}),
    "AWS::SSO::PermissionSet": permission_set,
}
