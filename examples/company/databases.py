"""Relational databases."""

from __future__ import annotations

from typing import Any

from examples.company.account import (
    CORE,
    MAIN_REGION,
    MALL,
    Account,
    arn,
    pairs,
)
from examples.company.keys import Keys
from examples.company.network import Networks

PASSWORD = "Example-Only-2019"


def fill_databases(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region."""
    if region == MAIN_REGION:
        _ledger(account, region, networks, keys)
        _orders(account, region, networks)
    else:
        _standby(account, region, networks, keys)


def _ledger(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """The good one: private, two zones, customer key, 30 days, TLS forced, logs exported."""
    rds = account.client("rds", region)
    _parameters(account, rds)
    rds.create_db_subnet_group(
        DBSubnetGroupName="core-data",
        DBSubnetGroupDescription="The core system's data subnets",
        SubnetIds=[networks.subnets["core-data-a"], networks.subnets["core-data-b"]],
        Tags=pairs(CORE),
    )
    account.made("rds", "subnet-group")
    rds.create_db_instance(
        DBInstanceIdentifier="core-ledger",
        DBName="ledger",
        Engine="postgres",
        EngineVersion="16.3",
        DBInstanceClass="db.r6g.large",
        AllocatedStorage=200,
        StorageType="gp3",
        MasterUsername="ledger_admin",
        MasterUserPassword=PASSWORD,
        DBSubnetGroupName="core-data",
        VpcSecurityGroupIds=[networks.firewalls["core-db"]],
        DBParameterGroupName="core-postgres",
        PubliclyAccessible=False,
        MultiAZ=True,
        StorageEncrypted=True,
        KmsKeyId=keys.keys["core-data"],
        BackupRetentionPeriod=30,
        CopyTagsToSnapshot=True,
        DeletionProtection=True,
        AutoMinorVersionUpgrade=True,
        EnableCloudwatchLogsExports=["postgresql", "upgrade"],
        EnableIAMDatabaseAuthentication=True,
        Tags=pairs(CORE),
    )
    account.made("rds", "db-instance")
    rds.create_db_snapshot(
        DBSnapshotIdentifier="core-ledger-before-release",
        DBInstanceIdentifier="core-ledger",
        Tags=pairs(CORE),
    )
    account.made("rds", "db-snapshot")


def _parameters(account: Account, rds: Any) -> None:
    """TLS is forced; both regions need the group, for the replica takes the name along."""
    rds.create_db_parameter_group(
        DBParameterGroupName="core-postgres",
        DBParameterGroupFamily="postgres16",
        Description="TLS only, statements recorded",
        Tags=pairs(CORE),
    )
    rds.modify_db_parameter_group(
        DBParameterGroupName="core-postgres",
        Parameters=[
            {
                "ParameterName": name,
                "ParameterValue": value,
                "ApplyMethod": "immediate",
            }
            for name, value in (("rds.force_ssl", "1"), ("log_statement", "ddl"))
        ],
    )
    account.made("rds", "parameter-group")


def _orders(account: Account, region: str, networks: Networks) -> None:
    """The bad one: public behind the OA system's open group, in the clear, one zone, one day of
    backups, no protection."""
    rds = account.client("rds", region)
    rds.create_db_subnet_group(
        DBSubnetGroupName="mall-data",
        DBSubnetGroupDescription="The mall's data subnets",
        SubnetIds=[networks.subnets["mall-data-a"], networks.subnets["mall-data-b"]],
        Tags=pairs(MALL),
    )
    account.made("rds", "subnet-group")
    rds.create_option_group(
        OptionGroupName="mall-mysql",
        EngineName="mysql",
        MajorEngineVersion="5.7",
        OptionGroupDescription="The mall's MySQL, without an audit plug-in",
    )
    account.made("rds", "option-group")
    rds.create_db_instance(
        DBInstanceIdentifier="mall-orders",
        DBName="orders",
        Engine="mysql",
        EngineVersion="5.7.44",
        DBInstanceClass="db.m5.large",
        AllocatedStorage=100,
        MasterUsername="root",
        MasterUserPassword=PASSWORD,
        DBSubnetGroupName="mall-data",
        OptionGroupName="mall-mysql",
        VpcSecurityGroupIds=[networks.firewalls["mall-db"], networks.firewalls["oa-all"]],
        PubliclyAccessible=True,
        MultiAZ=False,
        StorageEncrypted=False,
        BackupRetentionPeriod=1,
        DeletionProtection=False,
        AutoMinorVersionUpgrade=False,
        Tags=pairs(MALL),
    )
    account.made("rds", "db-instance")
    # bad: in the clear, and restorable by every account there is
    rds.create_db_snapshot(
        DBSnapshotIdentifier="mall-orders-for-test",
        DBInstanceIdentifier="mall-orders",
        Tags=pairs(MALL),
    )
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier="mall-orders-for-test",
        AttributeName="restore",
        ValuesToAdd=["all"],
    )
    account.made("rds", "db-snapshot")


def _standby(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """A read replica of the ledger at the standby site.

    Without a subnet group of its own: moto 5.2 looks for that in the region of the source.
    """
    rds = account.client("rds", region)
    _parameters(account, rds)
    rds.create_db_instance_read_replica(
        DBInstanceIdentifier="core-ledger-standby",
        SourceDBInstanceIdentifier=arn("rds", "db:core-ledger", MAIN_REGION),
        DBInstanceClass="db.r6g.large",
        VpcSecurityGroupIds=[networks.firewalls["core-standby-db"]],
        PubliclyAccessible=False,
        KmsKeyId=keys.keys["core-data"],
        SourceRegion=MAIN_REGION,
        Tags=pairs(CORE),
    )
    account.made("rds", "db-instance")
