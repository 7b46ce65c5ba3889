"""Control policies of the resource directory. Source: ALIYUN::ResourceManager::ControlPolicy and
ControlPolicyAttachment of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.control_policy import ATTACHMENT, POLICY
from collectors.iac.ros.resources.shared import plain, policy
from collectors.iac.stacks.resource import Resource, Translation


def control_policy(resource: Resource) -> Iterator[Block]:
    """A policy of its own document."""
    values = {
        "control_policy_name": resource.get("ControlPolicyName"),
        "effect_scope": resource.get("EffectScope"),
        "policy_document": policy(resource.get("PolicyDocument")),
    }
    yield resource.block(POLICY, values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ResourceManager::ControlPolicy": control_policy,
    "ALIYUN::ResourceManager::ControlPolicyAttachment": plain(
        ATTACHMENT, {"PolicyId": "policy_id", "TargetId": "target_id"}
    ),
}
