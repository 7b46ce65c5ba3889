# ruff: noqa: E501 - templates are easier to read on long lines
"""Control policies of a resource directory in ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read

ABROAD = (
    "{Version: '1', Statement: [{Effect: Deny, Action: '*', Resource: ['acs:*:cn-hongkong:*:*']}]}"
)


def test_policies(stack: Read) -> None:
    found = stack(
        f"""
  Abroad: {{Type: ALIYUN::ResourceManager::ControlPolicy, Properties: {{ControlPolicyName: abroad, EffectScope: RAM, PolicyDocument: {ABROAD}}}}}
  Ours: {{Type: ALIYUN::ResourceManager::ControlPolicyAttachment, Properties: {{TargetId: fd-1, PolicyId: !Ref Abroad}}}}
  Get: {{Type: ALIYUN::ResourceManager::ControlPolicyAttachment, Properties: {{TargetId: fd-2, PolicyId: !GetAtt Abroad.PolicyId}}}}
  Other: {{Type: ALIYUN::ResourceManager::ControlPolicyAttachment, Properties: {{TargetId: fd-3, PolicyId: cp-1}}}}
"""
    )
    assert set(found) == {"Ours", "Get", "Other"}
    for name in ("Ours", "Get"):
        assert found[name].facts["guardrails"][0]["denies_regions"][0] == "cn-hongkong"
    assert "guardrails/0" in found["Other"].unknown
