"""CloudSSO in ROS, where policies and the identity provider stand apart."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

DIRECTORY = "  D: {Type: ALIYUN::CloudSSO::Directory, Properties: {DirectoryName: people}}\n"
PEOPLE = """
  U: {Type: ALIYUN::CloudSSO::User, Properties: {DirectoryId: !Ref D, UserName: li.si}}
  G: {Type: ALIYUN::CloudSSO::Group, Properties: {DirectoryId: !Ref D, GroupName: operators}}
  M:
    Type: ALIYUN::CloudSSO::UserToGroupAddition
    Properties: {DirectoryId: !Ref D, UserId: !GetAtt U.UserId, GroupId: !GetAtt G.GroupId}
"""
CONFIGURATION = """
  C:
    Type: ALIYUN::CloudSSO::AccessConfiguration
    Properties: {DirectoryId: !Ref D, AccessConfigurationName: work, SessionDuration: 1800}
  A:
    Type: ALIYUN::CloudSSO::AccessAssignment
    Properties:
      DirectoryId: !Ref D
      PrincipalId: !GetAtt G.GroupId
      PrincipalType: Group
      AccessConfigurationId: !GetAtt C.AccessConfigurationId
      TargetType: RD-Account
      TargetId: '1'
"""
POLICY = """
  P:
    Type: ALIYUN::CloudSSO::PermissionPolicyToAccessConfigurationAddition
    Properties:
      DirectoryId: !Ref D
      AccessConfigurationId: !GetAtt C.AccessConfigurationId
%s
"""
INLINE = """
      PermissionPolicyType: Inline
      PermissionPolicyName: own
      InlinePolicyDocument:
        {Version: '1', Statement: [{Effect: Allow, Action: %s, Resource: '*'}]}
"""
EVERYTHING = INLINE % "'*'"
SYSTEM = """
      PermissionPolicyType: System
      PermissionPolicyName: AdministratorAccess
"""


@pytest.mark.parametrize(
    ("policy", "privileged"),
    [(EVERYTHING, True), (SYSTEM, True), (INLINE % "'oss:Get*'", False)],
)
def test_rights_that_stand_apart(stack: Read, policy: str, privileged: bool) -> None:
    found = stack(DIRECTORY + PEOPLE + CONFIGURATION + POLICY % policy)
    assert set(found) == {"D", "U", "G", "C"}
    user, configuration = found["U"], found["C"].facts
    assert (user.name, user.facts["groups"]) == ("li.si", ["operators"])
    assert (user.facts["privileged"], user.facts["console"]) == (privileged, True)
    assert {"mfa", "mfa_kinds"} <= set(user.unknown)
    assert found["G"].facts["members"] == 1
    assert (configuration["attached"], configuration["full_admin"]) == (1, privileged)
    directory = found["D"]
    assert (directory.facts["session_max_minutes"], directory.facts["federated"]) == (30, False)
    assert "password_policy" in directory.unknown


def test_a_policy_of_a_configuration_that_is_not_known(stack: Read) -> None:
    """It may be one of the template's."""
    other = POLICY.replace("!GetAtt C.AccessConfigurationId", "!Ref Other") % EVERYTHING
    found = stack(
        DIRECTORY + PEOPLE + CONFIGURATION + other, parameters="  Other: {Type: String}\n"
    )
    assert "full_admin" in found["C"].unknown
    assert "privileged" in found["U"].unknown


@pytest.mark.parametrize(("status", "federated"), [(", SSOStatus: Enabled", True), ("", False)])
def test_an_identity_provider(stack: Read, status: str, federated: bool) -> None:
    provider = (
        "  I: {Type: ALIYUN::CloudSSO::SAMLIdentityProvider, Properties: {DirectoryId: !Ref D%s}}\n"
    )
    found = stack(DIRECTORY + PEOPLE + provider % status)
    assert found["D"].facts["federated"] is federated
    assert found["U"].facts["console"] is not federated
