# ruff: noqa: E501 - templates are easier to read on long lines
"""RAM in ROS: what a user, group or role names, and what is written into it."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read

ALL = "{Version: '1', Statement: [{Effect: Allow, Action: ['*'], Resource: ['*']}]}"


def test_a_user_whose_group_may_do_everything(stack: Read) -> None:
    found = stack(
        f"""
  Admins:
    Type: ALIYUN::RAM::Group
    Properties: {{GroupName: admins, Policies: [{{PolicyName: all, PolicyDocument: {ALL}}}]}}
  Li:
    Type: ALIYUN::RAM::User
    Properties: {{UserName: li.si, Groups: [admins], LoginProfile: {{Password: x}}}}
  Wang: {{Type: ALIYUN::RAM::User, Properties: {{UserName: wang.wu}}}}
  Key: {{Type: ALIYUN::RAM::AccessKey, Properties: {{UserName: !Ref Wang}}}}
  Login: {{Type: ALIYUN::RAM::LoginProfile, Properties: {{UserPrincipalName: wang.wu@x.com, Status: Inactive}}}}
"""
    )
    assert set(found) == {"Admins", "Admins/Policies/0", "Li", "Wang"}
    assert found["Li"].facts["console"] is True
    assert found["Li"].facts["privileged"] is True
    assert found["Admins/Policies/0"].facts["full_admin"] is True
    assert (found["Wang"].facts["console"], found["Wang"].facts["privileged"]) == (False, False)
    assert found["Wang"].facts["keys"][0]["active"] is True
    assert found["Admins"].facts["members"] == 1


def test_roles_and_policies(stack: Read) -> None:
    trust = "{Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {RAM: [!Sub 'acs:ram::${ALIYUN::TenantId}:root']}}]}"
    found = stack(
        f"""
  Ops:
    Type: ALIYUN::RAM::Role
    Properties:
      RoleName: ops
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument: {trust}
      PolicyAttachments: {{System: [AdministratorAccess]}}
  Reader:
    Type: ALIYUN::RAM::Role
    Properties: {{RoleName: reader, PolicyAttachments: !Ref Given}}
  Mine:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties: {{PolicyName: mine, Roles: [!GetAtt Late.RoleName], PolicyDocument: {ALL}}}
  Late: {{Type: ALIYUN::RAM::Role, Properties: {{RoleName: late}}}}
""",
        "Parameters: {Given: {Type: Json}}\n",
    )
    ops = found["Ops"].facts
    assert (ops["privileged"], ops["max_session_minutes"]) == (True, 60)
    assert ops["trust"][0]["account"] == "template"
    assert "privileged" in found["Reader"].unknown
    assert found["Late"].facts["privileged"] is True
    assert found["Mine"].facts["attached"] == 1


def test_attachments_and_settings_of_their_own(stack: Read) -> None:
    found = stack(
        """
  Li: {Type: ALIYUN::RAM::User, Properties: {UserName: li.si}}
  Ops: {Type: ALIYUN::RAM::Group, Properties: {GroupName: ops}}
  In: {Type: ALIYUN::RAM::UserToGroupAddition, Properties: {GroupName: !Ref Ops, Users: [!Ref Li]}}
  Give: {Type: ALIYUN::RAM::AttachPolicyToGroup, Properties: {GroupName: ops, PolicyName: AdministratorAccess, PolicyType: System}}
  Sign: {Type: ALIYUN::RAM::SecurityPreference, Properties: {LoginNetworkMasks: 10.0.0.0/8}}
"""
    )
    assert set(found) == {"Li", "Ops", "Sign"}
    assert found["Li"].facts["privileged"] is True
    assert found["Sign"].facts["admin_source_ranges"] == ["10.0.0.0/8"]
    assert found["Sign"].facts["session_max_minutes"] == 360
