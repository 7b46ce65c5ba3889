"""What stands beside databases in ARM templates: keys, parameters, replicas and links."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

SINGLE = "Microsoft.DBforPostgreSQL/servers"
SQL = "Microsoft.Sql/servers"
CACHE = "Microsoft.Cache/redis"


def resource(kind: str, name: str, location: str = "chinanorth3", **properties: Any) -> Any:
    return {"type": kind, "name": name, "location": location, "properties": properties}


def named(kind: str, *names: str) -> str:
    return f"[resourceId('{kind}', {', '.join(repr(name) for name in names)})]"


def test_a_single_server(deployment: Read) -> None:
    found = deployment(
        [
            resource(SINGLE, "s"),
            resource(f"{SINGLE}/keys", "s/k", serverKeyType="AzureKeyVault", uri="https://v/k"),
            resource(f"{SINGLE}/configurations", "s/pgaudit.log", value="WRITE"),
            resource(f"{SINGLE}/configurations", "s/shared_preload_libraries", value="pgaudit"),
            resource(
                SINGLE, "r", "eastus", createMode="Replica", sourceServerId=named(SINGLE, "s")
            ),
        ]
    )
    server, replica = (each for each in found.values() if each.type == "database.instance")
    assert server.facts["encryption"]["key_manager"] == "customer"
    # Written, and sent nowhere.
    assert server.facts["audit_log"]["enabled"] is False
    assert server.facts["replicas"] == [{"region": "eastus", "account": "template"}]
    assert "encryption/key_manager" in replica.unknown


def test_databases_of_azure_sql_that_are_copied(deployment: Read) -> None:
    databases = f"{SQL}/databases"
    partner: dict[str, Any] = {
        "partnerServers": [{"id": named(SQL, "b")}],
        "databases": [named(databases, "a", "d")],
    }
    copy: dict[str, Any] = {
        "createMode": "Secondary",
        "sourceDatabaseId": named(databases, "a", "d"),
    }
    for other in (
        resource(f"{SQL}/failoverGroups", "a/g", **partner),
        resource(databases, "b/d", "eastus", **copy),
    ):
        servers = [resource(SQL, "a"), resource(SQL, "b", "eastus")]
        found = deployment([*servers, resource(databases, "a/d"), other])
        first = next(one for one in found.values() if "replicas" in one.facts)
        assert first.facts["replicas"] == [{"region": "eastus", "account": "template"}]


def test_caches_that_are_linked(deployment: Read) -> None:
    link = {
        "linkedRedisCacheId": named(CACHE, "b"),
        "linkedRedisCacheLocation": "East US",
        "serverRole": "Secondary",
    }
    found = deployment(
        [
            resource(CACHE, "a"),
            resource(CACHE, "b", "eastus"),
            resource(f"{CACHE}/linkedServers", "a/b", **link),
        ]
    )
    first = next(iter(found.values()))
    assert first.facts["replicas"] == [{"region": "eastus", "account": "template"}]
