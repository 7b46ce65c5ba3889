"""CloudSSO. Source: ALIYUN::CloudSSO::* of the ROS resource type reference. What an access
configuration allows, and the identity provider of a directory, are resources of their own."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.cloud_sso_rights import (
    ASSIGNMENT,
    CONFIGURATION,
    DIRECTORY,
    GROUP,
    MEMBER,
    USER,
)
from collectors.iac.ros.additions import addition
from collectors.iac.ros.resources.shared import plain, policy
from collectors.iac.stacks.resource import Resource, Translation

_OF = {"DirectoryId": "directory_id"}


def permission_policy(resource: Resource) -> Iterator[Block]:
    """A policy of an access configuration."""
    written = {
        "permission_policy_type": resource.get("PermissionPolicyType"),
        "permission_policy_name": resource.get("PermissionPolicyName"),
        "permission_policy_document": policy(resource.get("InlinePolicyDocument")),
    }
    yield addition(
        resource,
        to=resource.get("AccessConfigurationId"),
        argument="permission_policies",
        value=written,
        types=(CONFIGURATION,),
    )


def identity_provider(resource: Resource) -> Iterator[Block]:
    """The identity provider by which people sign in to a directory."""
    yield addition(
        resource,
        to=resource.get("DirectoryId"),
        argument="saml_identity_provider_configuration",
        value={"sso_status": resource.get("SSOStatus")},
        types=(DIRECTORY,),
    )


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CloudSSO::Directory": plain(DIRECTORY, {"DirectoryName": "directory_name"}),
    "ALIYUN::CloudSSO::SAMLIdentityProvider": identity_provider,
    "ALIYUN::CloudSSO::User": plain(USER, _OF | {"UserName": "user_name", "Status": "status"}),
    "ALIYUN::CloudSSO::Group": plain(GROUP, _OF | {"GroupName": "group_name"}),
    "ALIYUN::CloudSSO::UserToGroupAddition": plain(
        MEMBER, _OF | {"UserId": "user_id", "GroupId": "group_id"}
    ),
    "ALIYUN::CloudSSO::AccessConfiguration": plain(
        CONFIGURATION,
        _OF
        | {
            "AccessConfigurationName": "access_configuration_name",
            "SessionDuration": "session_duration",
        },
    ),
    "ALIYUN::CloudSSO::PermissionPolicyToAccessConfigurationAddition": permission_policy,
    "ALIYUN::CloudSSO::AccessAssignment": plain(
        ASSIGNMENT,
        _OF
        | {
            "PrincipalId": "principal_id",
            "PrincipalType": "principal_type",
            "AccessConfigurationId": "access_configuration_id",
            "TargetId": "target_id",
        },
    ),
}
