"""Databases in memory, what stands before databases, and what copies between them."""

from __future__ import annotations

from examples.company.account import CORE, MAIN_REGION, MALL, Account, arn, pairs
from examples.company.databases import PASSWORD
from examples.company.keys import Keys
from examples.company.network import Networks


def fill_fast_stores(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has these."""
    if region != MAIN_REGION:
        return
    _memory(account, region, networks, keys)
    # bad: in the clear on disk and on the way, one node
    account.client("dax", region).create_cluster(
        ClusterName="mall-front",
        NodeType="dax.r4.large",
        IamRoleArn=arn("iam", "role/mall-front"),
        ReplicationFactor=1,
        Tags=pairs(MALL),
    )
    account.made("dax", "cluster")
    _before_databases(account, region, networks, keys)


def _memory(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    memory = account.client("memorydb", region)
    for system in ("core", "mall"):
        memory.create_subnet_group(
            SubnetGroupName=f"{system}-memory",
            SubnetIds=[networks.subnets[f"{system}-data-{zone}"] for zone in "ab"],
        )
    memory.create_user(
        UserName="core-positions",
        AuthenticationMode={"Type": "password", "Passwords": [PASSWORD]},
        AccessString="on ~* +@all",
        Tags=pairs(CORE),
    )
    memory.create_cluster(
        ClusterName="core-positions",
        NodeType="db.r6g.large",
        ACLName="core",
        SubnetGroupName="core-memory",
        SecurityGroupIds=[networks.firewalls["core-db"]],
        KmsKeyId=keys.keys["core-data"],
        SnapshotRetentionLimit=30,
        Tags=pairs(CORE),
    )
    # bad: asks nobody who they are, in the clear, no snapshots
    memory.create_cluster(
        ClusterName="mall-baskets",
        NodeType="db.t4g.small",
        ACLName="open-access",
        TLSEnabled=False,
        SubnetGroupName="mall-memory",
        SecurityGroupIds=[networks.firewalls["mall-db"]],
        Tags=pairs(MALL),
    )
    account.made("memorydb", "cluster", 2)
    memory.create_snapshot(
        ClusterName="core-positions",
        SnapshotName="core-positions-before-release",
        Tags=pairs(CORE),
    )
    account.made("memorydb", "snapshot")


def _before_databases(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    # bad: takes plaintext
    account.client("rds", region).create_db_proxy(
        DBProxyName="mall-orders",
        EngineFamily="MYSQL",
        Auth=[{"AuthScheme": "SECRETS", "IAMAuth": "DISABLED"}],
        RoleArn=arn("iam", "role/mall-orders"),
        RequireTLS=False,
        VpcSubnetIds=[networks.subnets[f"mall-data-{zone}"] for zone in "ab"],
        VpcSecurityGroupIds=[networks.firewalls["mall-db"]],
        Tags=pairs(MALL),
    )
    account.made("rds", "proxy")
    # bad: in one zone
    account.client("dms", region).create_replication_instance(
        ReplicationInstanceIdentifier="mall-to-warehouse",
        ReplicationInstanceClass="dms.t3.medium",
        EngineVersion="3.5.4",
        AutoMinorVersionUpgrade=True,
        MultiAZ=False,
        PubliclyAccessible=False,
        KmsKeyId=keys.keys["mall-data"],
        VpcSecurityGroupIds=[networks.firewalls["mall-db"]],
        Tags=pairs(MALL),
    )
    account.made("dms", "replication instance")
