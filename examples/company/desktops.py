"""Desktops and notebooks of the office."""

from __future__ import annotations

from examples.company.account import MAIN_REGION, OA, Account, arn, pairs
from examples.company.databases import PASSWORD
from examples.company.keys import Keys
from examples.company.network import Networks


def fill_desktops(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has these."""
    if region != MAIN_REGION:
        return
    directory = account.client("ds", region).create_directory(
        Name="oa.example.com",
        Password=PASSWORD,
        Size="Small",
        VpcSettings={
            "VpcId": networks.vpcs["mall"],
            "SubnetIds": [networks.subnets["mall-data-a"], networks.subnets["mall-data-b"]],
        },
    )["DirectoryId"]
    workspaces = account.client("workspaces", region)
    workspaces.register_workspace_directory(DirectoryId=directory)
    # bad: what its user keeps is in the clear
    workspaces.create_workspaces(
        Workspaces=[
            {
                "DirectoryId": directory,
                "UserName": "li.na",
                "BundleId": "wsb-example00",
                "VolumeEncryptionKey": keys.keys["mall-data"],
                "RootVolumeEncryptionEnabled": True,
                "UserVolumeEncryptionEnabled": False,
                "WorkspaceProperties": {"RootVolumeSizeGib": 80, "UserVolumeSizeGib": 50},
                "Tags": pairs(OA),
            }
        ]
    )
    account.made("workspaces", "workspace")
    # bad: with a key of the service
    account.client("sagemaker", region).create_notebook_instance(
        NotebookInstanceName="oa-forecasts",
        InstanceType="ml.t3.medium",
        RoleArn=arn("iam", "role/oa-forecasts"),
        Tags=pairs(OA),
    )
    account.made("sagemaker", "notebook instance")
