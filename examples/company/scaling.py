"""Machines that come and go: launch templates, and the groups that use them, scaled to zero at
night."""

from __future__ import annotations

import base64
from typing import Any

import msgspec

from examples.company.account import CORE, MAIN_REGION, MALL, Account, Tags, specification
from examples.company.compute import VENDOR_IMAGE
from examples.company.identity import PASSWORD
from examples.company.network import Networks


class Template(msgspec.Struct, frozen=True):
    """A launch template, and the subnet of its group."""

    name: str
    tags: Tags
    subnet: str
    is_hardened: bool


TEMPLATES = (
    Template("core-batch", CORE, "core-app-a", is_hardened=True),
    # bad: public addresses, no session tokens, and a password in the start script
    Template("mall-peak", MALL, "mall-public-a", is_hardened=False),
)


def fill_scaling(account: Account, region: str, networks: Networks) -> None:
    """Fill one region; only production scales."""
    if region != MAIN_REGION:
        return
    for template in TEMPLATES:
        _template(account, region, template, networks.subnets[template.subnet])
    # bad: of old, and of no group any more
    account.client("autoscaling", region).create_launch_configuration(
        LaunchConfigurationName="mall-2019", ImageId=VENDOR_IMAGE, InstanceType="t3.micro"
    )
    account.made("autoscaling", "launch-configuration")


def _template(account: Account, region: str, template: Template, subnet: str) -> None:
    interface = {"DeviceIndex": 0, "AssociatePublicIpAddress": not template.is_hardened}
    data: dict[str, Any] = {
        "ImageId": VENDOR_IMAGE,
        "InstanceType": "t3.micro",
        "NetworkInterfaces": [interface],
    }
    if not template.is_hardened:
        script = f"#!/bin/sh\nexport DB_PASSWORD={PASSWORD}\n"
        data["UserData"] = base64.b64encode(script.encode()).decode()
        data["MetadataOptions"] = {"HttpTokens": "optional"}
    account.client("ec2", region).create_launch_template(
        LaunchTemplateName=template.name,
        LaunchTemplateData=data,
        TagSpecifications=specification("launch-template", template.name, template.tags),
    )
    account.made("ec2", "launch-template")
    account.client("autoscaling", region).create_auto_scaling_group(
        AutoScalingGroupName=template.name,
        LaunchTemplate={"LaunchTemplateName": template.name, "Version": "$Latest"},
        MinSize=0,
        MaxSize=8,
        DesiredCapacity=0,
        VPCZoneIdentifier=subnet,
    )
    account.made("autoscaling", "group")
