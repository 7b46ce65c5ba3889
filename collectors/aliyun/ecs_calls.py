"""Calls of ECS that several services make."""

from __future__ import annotations

from collectors.calls import Call, Scope


def ecs_call(
    operation: str,
    result: str,
    scope: Scope = "region",
    *,
    paged: bool = True,
    action: str = "",
) -> Call:
    """The declaration of a call of ECS. RAM's actions bear the names of its operations, apart from
    the one that `action` names."""
    return Call(
        provider="aliyun",
        service="ecs",
        operation=operation,
        permission=f"ecs:{action or operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_NETWORK_INTERFACES = ecs_call(
    "DescribeNetworkInterfaces", "NetworkInterfaceSets.NetworkInterfaceSet"
)
DESCRIBE_INSTANCES = ecs_call("DescribeInstances", "Instances.Instance")
DESCRIBE_DISKS = ecs_call("DescribeDisks", "Disks.Disk")
DESCRIBE_SNAPSHOTS = ecs_call("DescribeSnapshots", "Snapshots.Snapshot")
DESCRIBE_IMAGES = ecs_call("DescribeImages", "Images.Image")

IMAGE_STATES = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated"
"""What DescribeImages takes for every state; by itself it shows those that are available."""

VTPM_TAG = "acs:ecs:supportVtpm"
"""The system's own tag of instances with a vTPM (ECS, "Use trusted instances")."""
