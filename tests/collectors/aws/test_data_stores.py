"""Tables, warehouses, caches and search domains, over the example company and as pure functions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws import cache_facts, search_facts
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.reachability import Ground
from collectors.aws.redshift_facts import backup, is_audited, switch
from collectors.aws.services import dynamodb, elasticache, opensearch, redshift
from collectors.aws.volume_backup import NO_BACKUP
from collectors.document import Unknown
from collectors.facts.shared import BackupCopy, Exposure, Replica, Rule, Tls
from examples.company.account import MAIN_REGION
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import XML, Reply, query_error, scripted

DENIAL = Unknown("AccessDenied: x:Y")


def test_tables(collected: Any) -> None:
    found = collected(dynamodb.tables)
    good, bad = found["core-sessions"].facts, found["mall-carts"].facts
    assert good["encryption"]["key_manager"] == "customer"
    assert bad["encryption"]["key_manager"] == "provider"
    assert good["backup"]["point_in_time"] is True
    assert good["backup"]["retention_days"] == 35
    assert bad["backup"] == {
        "enabled": False,
        "retention_days": 0,
        "point_in_time": False,
        "copies": [],
    }
    assert good["exposure"] == {"public": False, "via": []}
    assert bad["exposure"] == {"public": True, "via": ["policy"]}
    assert (good["deletion_protection"], bad["deletion_protection"]) == (True, False)
    assert found["mall-carts"].tags["system"] == "internet-mall"


def test_tables_of_which_something_is_denied(collected: Any) -> None:
    found = collected(
        dynamodb.tables,
        "DescribeTable",
        "GetResourcePolicy",
        "DescribeContinuousBackups",
        "ListTagsOfResource",
    )["mall-carts"]
    assert not {"encryption", "replicas", "deletion_protection", "backup"} & found.facts.keys()
    assert found.facts["exposure"] == {}
    assert found.unknown["exposure/public"] == "AccessDenied: dynamodb:GetResourcePolicy"
    (listed,) = collected(dynamodb.tables, "ListTables").values()
    assert listed.unlisted
    found = collected(dynamodb.tables, "DescribeContinuousBackups")["mall-carts"]
    assert found.unknown["backup/enabled"] == "AccessDenied: dynamodb:DescribeContinuousBackups"


def test_replicas_of_tables(open_account: OpenAccount) -> None:
    account = open_account("http://127.0.0.1:9")
    there = {"RegionName": "cn-northwest-1", "ReplicaArn": "arn:aws-cn:dynamodb:b:111122223333:t"}
    table = {"Replicas": [there, {"RegionName": "cn-north-1"}]}
    assert dynamodb.replicas(account, "cn-north-1", table) == [
        Replica(region="cn-northwest-1", account="111122223333")
    ]
    assert dynamodb.replicas(account, "cn-north-1", {"GlobalTableVersion": "2017.11.29"}) == (
        Unknown("the replicas of a global table of the version of 2017 are not read")
    )


def test_a_warehouse(collected: Any) -> None:
    facts = collected(redshift.clusters)["core-warehouse"].facts
    assert (facts["network_kind"], facts["private_endpoint"]) == ("vpc", True)
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["tls"]["required"] is False
    assert facts["audit_log"]["enabled"] is False
    assert facts["backup"]["retention_days"] == 30
    assert facts["subnet_routes_to_internet"] is False
    assert facts["encryption"]["key_manager"] == "customer"
    found = collected(
        redshift.clusters,
        "DescribeClusterParameters",
        "DescribeLoggingStatus",
        "DescribeClusterSubnetGroups",
    )["core-warehouse"]
    assert found.unknown["tls/required"] == "AccessDenied: redshift:DescribeClusterParameters"
    assert found.unknown["audit_log/enabled"] == "AccessDenied: redshift:DescribeLoggingStatus"
    unseen = "AccessDenied: redshift:DescribeClusterSubnetGroups"
    assert found.unknown["network_kind"] == found.unknown["private_endpoint"] == unseen
    assert found.unknown["subnet_routes_to_internet"] == unseen
    (listed,) = collected(redshift.clusters, "DescribeClusters").values()
    assert listed.unlisted


def test_what_redshift_audits() -> None:
    on, off = {"enable_user_activity_logging": "true"}, {"enable_user_activity_logging": "false"}
    assert is_audited({"LoggingEnabled": False}, DENIAL) is False
    assert is_audited({"LoggingEnabled": True}, on) is True
    assert is_audited({"LoggingEnabled": True}, off) is False
    assert is_audited({"LoggingEnabled": True}, DENIAL) == DENIAL
    to_cloudwatch = {"LoggingEnabled": True, "LogDestinationType": "cloudwatch"}
    assert is_audited(to_cloudwatch | {"LogExports": ["connectionlog"]}, on) is False
    assert is_audited(to_cloudwatch | {"LogExports": ["useractivitylog"]}, on) is True
    assert switch({}, "require_ssl") == Unknown(
        "the parameter require_ssl has no value of its own: the engine's default holds"
    )


def test_snapshots_of_redshift() -> None:
    item = {
        "AutomatedSnapshotRetentionPeriod": 7,
        "ClusterSnapshotCopyStatus": {"DestinationRegion": "cn-northwest-1"},
    }
    found = backup(item, "123456789012", NO_BACKUP)
    assert (found.enabled, found.retention_days) == (True, 7)
    assert found.copies == [
        BackupCopy(region="cn-northwest-1", account="123456789012", kind="snapshot-copy")
    ]
    assert backup({"AutomatedSnapshotRetentionPeriod": 0}, "1", NO_BACKUP) == NO_BACKUP


def test_caches(collected: Any) -> None:
    found = collected(elasticache.caches)
    good, bad = found["core-cache"].facts, found["mall-cache"].facts
    assert (good["authentication"], bad["authentication"]) == (True, False)
    assert (good["multi_zone"], good["backup"]["retention_days"]) == (True, 7)
    assert good["audit_log"] is None
    # moto lists no nodes of replication groups.
    hidden = "the nodes of the replication group are not listed"
    assert found["core-cache"].unknown["network_kind"] == hidden
    assert found["mall-cache"].tags["system"] == "internet-mall"
    assert bad["network_kind"] == "vpc"
    assert bad["subnet_routes_to_internet"] is False
    denied = collected(elasticache.caches, "DescribeCacheClusters", "DescribeCacheSubnetGroups")
    reason = "AccessDenied: elasticache:DescribeCacheClusters"
    assert denied["core-cache"].unknown["firewall_ids"] == reason
    assert any(one.unlisted for one in denied.values())
    denied = collected(
        elasticache.caches, "DescribeReplicationGroups", "DescribeServerlessCaches", "DescribeUsers"
    )
    assert len([one for one in denied.values() if one.unlisted]) == 2


def test_who_signs_in_to_a_cache() -> None:
    free = {
        "UserName": "default",
        "AccessString": "on ~* +@all",
        "UserGroupIds": ["team"],
        "Authentication": {"Type": "no-password"},
    }
    asks = cache_facts.asks_who
    assert asks("memcached", {"AuthTokenEnabled": True}, ["team"], []) is False
    assert asks("redis", {"AuthTokenEnabled": True}, [], DENIAL) is True
    assert asks("redis", {}, [], []) is False
    assert asks("valkey", {}, ["team"], [free]) is False
    assert asks("valkey", {}, ["other"], [free]) == Unknown(
        "the users of the user group of the cache are not listed"
    )
    signs_in = free | {"Authentication": {"Type": "password"}}
    assert asks("valkey", {}, ["team"], [signs_in]) is True
    assert asks("valkey", {}, ["team"], [signs_in, free | {"UserName": "reader"}]) is False
    assert asks("valkey", {}, ["team"], [free | {"AccessString": "off -@all"}]) is True
    assert asks("valkey", {}, ["team"], [free | {"Authentication": {"Type": "iam"}}]) is True
    assert asks("valkey", {}, ["team"], DENIAL) == DENIAL


def test_tls_of_a_cache() -> None:
    off = Tls(minimum="none", required=False, policy=None)
    assert cache_facts.tls({"TransitEncryptionEnabled": False}, "7.1") == off
    on = {"TransitEncryptionEnabled": True}
    untold = Unknown("ElastiCache does not tell whether plaintext is accepted beside TLS")
    assert cache_facts.tls(on, "6.2").required is True
    assert cache_facts.tls(on, "7.1").required == untold
    assert cache_facts.tls(on, DENIAL).required == untold
    assert cache_facts.tls(on | {"TransitEncryptionMode": "preferred"}, "7.1").required is False
    assert cache_facts.tls(on | {"TransitEncryptionMode": "required"}, "7.1").required is True


def test_a_global_datastore_and_a_serverless_cache(open_account: OpenAccount) -> None:
    with scripted() as server:
        groups = (
            "<ReplicationGroups><ReplicationGroup><ReplicationGroupId>here</ReplicationGroupId>"
            "<ARN>arn:aws-cn:elasticache:cn-north-1:123456789012:replicationgroup:here</ARN>"
            "<GlobalReplicationGroupInfo><GlobalReplicationGroupId>all</GlobalReplicationGroupId>"
            "</GlobalReplicationGroupInfo></ReplicationGroup></ReplicationGroups>"
        )
        members = "".join(
            "<GlobalReplicationGroupMember><ReplicationGroupId>here</ReplicationGroupId>"
            f"<ReplicationGroupRegion>{region}</ReplicationGroupRegion>"
            "</GlobalReplicationGroupMember>"
            for region in ("cn-north-1", "cn-northwest-1")
        )
        caches = (
            "<ServerlessCaches><member><ServerlessCacheName>open</ServerlessCacheName>"
            "<ARN>arn:aws-cn:elasticache:cn-north-1:123456789012:serverlesscache:open</ARN>"
            "<Engine>valkey</Engine><ConnectionType>public</ConnectionType>"
            "<SnapshotRetentionLimit>3</SnapshotRetentionLimit></member></ServerlessCaches>"
        )
        everywhere = (
            f"<GlobalReplicationGroup><Members>{members}</Members></GlobalReplicationGroup>"
        )

        def answer(operation: str, inner: str) -> list[Reply]:
            result = f"<{operation}Result>{inner}</{operation}Result>"
            return [Reply(body=f"<{operation}Response>{result}</{operation}Response>", kind=XML)]

        server.replies = {
            "DescribeReplicationGroups": answer("DescribeReplicationGroups", groups),
            "DescribeCacheClusters": answer("DescribeCacheClusters", "<CacheClusters/>"),
            "DescribeServerlessCaches": answer("DescribeServerlessCaches", caches),
            "DescribeGlobalReplicationGroups": answer(
                "DescribeGlobalReplicationGroups",
                f"<GlobalReplicationGroups>{everywhere}</GlobalReplicationGroups>",
            ),
            "*": [query_error("AccessDenied", 403)],
        }
        account = open_account(server.url, MAIN_REGION)
        here, open_ = elasticache.caches(account, MAIN_REGION)
        assert here.facts["replicas"] == [{"region": "cn-northwest-1", "account": "123456789012"}]
        assert open_.facts["exposure"] == {"public": True, "via": ["endpoint"]}
        assert (open_.facts["network_kind"], open_.facts["authentication"]) == ("public", False)
        assert open_.facts["tls"]["required"] is True
        assert open_.facts["encryption"]["key_manager"] == "provider"
        server.replies["DescribeGlobalReplicationGroups"] = server.replies["*"]
        here, _ = elasticache.caches(open_account(server.url, MAIN_REGION), MAIN_REGION)
        denied = "AccessDenied: elasticache:DescribeGlobalReplicationGroups"
        assert here.unknown["replicas"] == denied


def test_nodes_with_ipv6_addresses() -> None:
    table = {
        "VpcId": "vpc-1",
        "Associations": [{"Main": True}],
        "Routes": [{"GatewayId": "igw-1", "DestinationIpv6CidrBlock": "::/0"}],
    }
    rule = Rule(direction="ingress", protocol="tcp", from_port=6379, to_port=6379, sources=["::/0"])
    ground = Ground(subnets={}, tables=[table], rules={"sg-1": [rule]})
    closed = Exposure(public=False, via=[])
    assert nodes_exposure(ground, ["s"], "vpc-1", ["sg-1"], "dual_stack").public is True
    assert nodes_exposure(ground, ["s"], "vpc-1", ["sg-1"], "ipv4") == closed
    assert nodes_exposure(ground, DENIAL, "vpc-1", ["sg-1"], None) == closed
    assert nodes_exposure(ground, DENIAL, "vpc-1", ["sg-1"], "ipv6").public == DENIAL


def test_a_search_domain(collected: Any) -> None:
    facts = collected(opensearch.domains)["mall-search"].facts
    assert (facts["engine"], facts["engine_version"]) == ("opensearch", "2.11")
    assert facts["network_kind"] == "public"
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["authentication"] is False
    assert facts["tls"] == {
        "minimum": "1.0",
        "required": False,
        "policy": "Policy-Min-TLS-1-0-2019-07",
    }
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    for denied in ("ListDomainNames", "DescribeDomains"):
        (listed,) = collected(opensearch.domains, denied).values()
        assert listed.unlisted


def policy(principal: Any, **conditions: Any) -> str:
    return json.dumps(
        {
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": principal,
                    "Action": "es:*",
                    "Resource": "*",
                    **({"Condition": conditions} if conditions else {}),
                }
            ]
        }
    )


BY_ADDRESS = policy("*", IpAddress={"aws:SourceIp": "192.0.2.0/24"})
BY_ORGANISATION = policy("*", StringEquals={"aws:PrincipalOrgID": "o-1"})


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ({"AccessPolicies": policy("*")}, False),
        ({"AccessPolicies": BY_ADDRESS}, False),
        ({"AccessPolicies": BY_ORGANISATION}, True),
        ({"AccessPolicies": policy({"AWS": "123456789012"})}, True),
        ({"AccessPolicies": ""}, True),
        ({"AccessPolicies": policy("*"), "AdvancedSecurityOptions": {"Enabled": True}}, True),
        ({"AdvancedSecurityOptions": {"Enabled": True, "AnonymousAuthEnabled": True}}, False),
    ],
)
def test_who_signs_in_to_a_domain(domain: dict[str, Any], expected: bool) -> None:
    assert search_facts.asks_who(domain) is expected


def test_what_else_a_domain_says() -> None:
    arn = "arn:aws-cn:logs:cn-north-1:123456789012:log-group:audit:*"
    log = {"AUDIT_LOGS": {"CloudWatchLogsLogGroupArn": arn, "Enabled": True}}
    audited = {"LogPublishingOptions": log, "AdvancedSecurityOptions": {"Enabled": True}}
    assert search_facts.audit_group(audited) == arn
    assert search_facts.audit_group({"LogPublishingOptions": log}) is None
    assert search_facts.engine_of("Elasticsearch_7.10") == ("elasticsearch", "7.10")
    assert search_facts.engine_of("6.8") == ("elasticsearch", "6.8")
    unknown = Unknown("the security policy Policy-New is not known to this version")
    new = {"DomainEndpointOptions": {"TLSSecurityPolicy": "Policy-New", "EnforceHTTPS": True}}
    assert search_facts.tls(new) == Tls(minimum=unknown, required=True, policy="Policy-New")
    paused = {"AutomatedSnapshotPauseOptions": {"State": "Active"}}
    assert isinstance(search_facts.backup(paused).enabled, Unknown)
    assert search_facts.backup({}).enabled is True
    assert search_facts.multi_zone({"ClusterConfig": {"ZoneAwarenessEnabled": True}}) is True
    assert isinstance(search_facts.multi_zone({}), Unknown)
