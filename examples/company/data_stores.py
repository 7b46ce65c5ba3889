"""Tables, a warehouse, caches and a search domain."""

from __future__ import annotations

from examples.company.account import (
    CORE,
    MAIN_REGION,
    MALL,
    Account,
    allow,
    arn,
    pairs,
    policy_document,
)
from examples.company.databases import PASSWORD
from examples.company.keys import Keys
from examples.company.network import Networks


def fill_data_stores(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has these."""
    if region != MAIN_REGION:
        return
    _tables(account, region, keys)
    _warehouse(account, region, networks, keys)
    _caches(account, region, networks, keys)
    _search(account, region)


def _tables(account: Account, region: str, keys: Keys) -> None:
    dynamodb = account.client("dynamodb", region)
    for name, tags in (("core-sessions", CORE), ("mall-carts", MALL)):
        dynamodb.create_table(
            TableName=name,
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
            SSESpecification={
                "Enabled": True,
                "SSEType": "KMS",
                "KMSMasterKeyId": keys.keys["core-data"],
            }
            if tags is CORE
            else {"Enabled": False},
            DeletionProtectionEnabled=tags is CORE,
            Tags=pairs(tags),
        )
        account.made("dynamodb", "table")
    dynamodb.update_continuous_backups(
        TableName="core-sessions",
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
    )
    # bad: everybody may read the carts
    dynamodb.put_resource_policy(
        ResourceArn=arn("dynamodb", "table/mall-carts", region),
        Policy=policy_document([allow(["dynamodb:GetItem"], Principal="*")]),
    )


def _warehouse(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Private and encrypted; its audit log is off, which is bad."""
    redshift = account.client("redshift", region)
    redshift.create_cluster_subnet_group(
        ClusterSubnetGroupName="core-warehouse",
        Description="The core system's warehouse",
        SubnetIds=[networks.subnets["core-data-a"], networks.subnets["core-data-b"]],
    )
    redshift.create_cluster_parameter_group(
        ParameterGroupName="core-warehouse",
        ParameterGroupFamily="redshift-1.0",
        Description="The core system's warehouse",
    )
    redshift.create_cluster(
        ClusterIdentifier="core-warehouse",
        NodeType="ra3.xlplus",
        MasterUsername="owner",
        MasterUserPassword=PASSWORD,
        ClusterSubnetGroupName="core-warehouse",
        ClusterParameterGroupName="core-warehouse",
        VpcSecurityGroupIds=[networks.firewalls["core-db"]],
        PubliclyAccessible=False,
        Encrypted=True,
        KmsKeyId=keys.keys["core-data"],
        AutomatedSnapshotRetentionPeriod=30,
        Tags=pairs(CORE),
    )
    account.made("redshift", "cluster")
    redshift.create_cluster_snapshot(
        SnapshotIdentifier="core-warehouse-before-release",
        ClusterIdentifier="core-warehouse",
        Tags=pairs(CORE),
    )
    account.made("redshift", "snapshot")


def _caches(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    elasticache = account.client("elasticache", region)
    elasticache.create_cache_subnet_group(
        CacheSubnetGroupName="core-cache",
        CacheSubnetGroupDescription="The core system's caches",
        SubnetIds=[networks.subnets["core-data-a"], networks.subnets["core-data-b"]],
    )
    elasticache.create_replication_group(
        ReplicationGroupId="core-cache",
        ReplicationGroupDescription="Sessions of the core system",
        Engine="redis",
        NumCacheClusters=2,
        AutomaticFailoverEnabled=True,
        MultiAZEnabled=True,
        SnapshotRetentionLimit=7,
        AuthToken=PASSWORD,
        TransitEncryptionEnabled=True,
        AtRestEncryptionEnabled=True,
        KmsKeyId=keys.keys["core-data"],
        CacheSubnetGroupName="core-cache",
        SecurityGroupIds=[networks.firewalls["core-db"]],
        Tags=pairs(CORE),
    )
    # bad: in the clear, and it asks nobody who they are
    elasticache.create_cache_cluster(
        CacheClusterId="mall-cache",
        Engine="redis",
        EngineVersion="5.0.6",
        CacheNodeType="cache.t3.micro",
        NumCacheNodes=1,
        CacheSubnetGroupName="core-cache",
        SecurityGroupIds=[networks.firewalls["mall-db"]],
        Tags=pairs(MALL),
    )
    account.made("elasticache", "cache", 2)


def _search(account: Account, region: str) -> None:
    """The bad one: outside of any network, for everybody, in the clear, without audit."""
    name = "mall-search"
    account.client("opensearch", region).create_domain(
        DomainName=name,
        EngineVersion="OpenSearch_2.11",
        ClusterConfig={"InstanceType": "m5.large.search", "InstanceCount": 1},
        AccessPolicies=policy_document([allow(["es:*"], Principal="*")]),
        EncryptionAtRestOptions={"Enabled": False},
        DomainEndpointOptions={
            "EnforceHTTPS": False,
            "TLSSecurityPolicy": "Policy-Min-TLS-1-0-2019-07",
        },
        TagList=pairs(MALL),
    )
    account.made("opensearch", "domain")
