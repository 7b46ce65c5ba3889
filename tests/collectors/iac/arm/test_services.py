"""Machines and databases of ARM templates, with Azure's own defaults."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collectors.iac.arm.test_template import GROUP
from tests.collectors.iac.conftest import Read

GROUP_ID = "[resourceId('Microsoft.Network/networkSecurityGroups', 'web')]"
NETWORK: dict[str, Any] = {
    "type": "Microsoft.Network/virtualNetworks",
    "name": "net",
    "properties": {
        "subnets": [{"name": "front", "properties": {"networkSecurityGroup": {"id": GROUP_ID}}}]
    },
}
ADDRESS = {"type": "Microsoft.Network/publicIPAddresses", "name": "ip", "properties": {}}
INTERFACE: dict[str, Any] = {
    "type": "Microsoft.Network/networkInterfaces",
    "name": "nic",
    "properties": {
        "ipConfigurations": [
            {
                "name": "one",
                "properties": {
                    "subnet": {
                        "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net',"
                        " 'front')]"
                    },
                    "publicIPAddress": {
                        "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"
                    },
                },
            }
        ]
    },
}


def _machine(system: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "Microsoft.Compute/virtualMachines",
        "name": "vm",
        "location": "chinaeast2",
        "properties": {
            "osProfile": system,
            "networkProfile": {
                "networkInterfaces": [
                    {"id": "[resourceId('Microsoft.Network/networkInterfaces', 'nic')]"}
                ]
            },
            "storageProfile": {
                "imageReference": {
                    "publisher": "Canonical", "offer": "ubuntu", "sku": "22", "version": "latest",
                }
            },
            **more,
        },
    }  # fmt: skip


def test_a_machine_that_the_internet_reaches(deployment: Read) -> None:
    linux = {"linuxConfiguration": {"ssh": {"publicKeys": [{"keyData": "x"}]}}}
    more = {"securityProfile": {"uefiSettings": {"secureBootEnabled": True}}}
    resources = [GROUP, NETWORK, ADDRESS, INTERFACE, _machine(linux, **more)]
    found = deployment(resources)["Microsoft.Compute/virtualMachines/vm"]
    assert found.facts["exposure"] == {"public": True, "via": ["public-ip+firewall"]}
    assert found.facts["password_login"] is True
    assert (found.facts["key_pair"], found.facts["secure_boot"]) == (True, True)
    assert found.facts["vtpm"] is False
    assert found.facts["image_id"] == "Canonical:ubuntu:22:latest"


def test_a_machine_without_passwords_and_one_of_windows(deployment: Read) -> None:
    off = {"linuxConfiguration": {"disablePasswordAuthentication": True}}
    windows = {"windowsConfiguration": {"enableAutomaticUpdates": False}}
    one, two = _machine(off), {**_machine(windows), "name": "win"}
    found = deployment([one, two])
    assert found["Microsoft.Compute/virtualMachines/vm"].facts["password_login"] is False
    win = found["Microsoft.Compute/virtualMachines/win"]
    assert win.facts["password_login"] is True
    assert win.facts["patch"]["managed"] is False
    # Its interface is not in the template.
    assert "exposure/public" in win.unknown


@pytest.mark.parametrize(
    ("image", "patched"),
    [
        ({"publisher": "MicrosoftWindowsServer"}, True),
        ({"publisher": "Canonical"}, False),
        ({"publisher": "MicrosoftSQLServer"}, None),
        ({"id": "/images/golden"}, None),
    ],
)
def test_the_system_is_told_by_who_published_the_image(
    deployment: Read, image: dict[str, str], patched: bool | None
) -> None:
    machine = _machine({"adminPassword": "x"})
    machine["properties"]["storageProfile"] = {"imageReference": image}
    found = deployment([machine])["Microsoft.Compute/virtualMachines/vm"]
    assert found.facts["password_login"] is True
    if patched is None:
        assert "Linux or Windows" in found.unknown["patch/managed"]
    else:
        assert found.facts["patch"]["managed"] is patched


@pytest.mark.parametrize("system", ["Linux", "Windows"])
def test_a_machine_of_a_prepared_disk(deployment: Read, system: str) -> None:
    machine = _machine({})
    disk = {"createOption": "Attach", "osType": system, "managedDisk": {"id": "/d"}}
    machine["properties"] = {"storageProfile": {"osDisk": disk}}
    found = deployment([machine])["Microsoft.Compute/virtualMachines/vm"]
    assert "settings of its own" in found.unknown["patch/managed"]
    assert ("password_login" in found.unknown) == (system == "Linux")


def test_a_flexible_server_with_its_rules_and_parameters(deployment: Read) -> None:
    kind = "Microsoft.DBforPostgreSQL/flexibleServers"
    server: dict[str, Any] = {
        "type": kind,
        "name": "pg",
        "properties": {
            "version": "16",
            "backup": {"backupRetentionDays": 14, "geoRedundantBackup": "Disabled"},
            "highAvailability": {"mode": "ZoneRedundant"},
            "network": {"publicNetworkAccess": "Enabled"},
        },
    }
    rule = {
        "type": f"{kind}/firewallRules",
        "name": "pg/all",
        "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"},
    }
    plain = {
        "type": f"{kind}/configurations",
        "name": "pg/require_secure_transport",
        "properties": {"value": "off"},
    }
    (found,) = deployment([server, rule, plain]).values()
    assert found.native_type == kind
    assert found.facts["exposure"]["public"] is True
    assert found.facts["tls"]["required"] is False
    assert found.facts["backup"]["retention_days"] == 14
    assert found.facts["multi_zone"] is True
    server["properties"]["network"] = {"publicNetworkAccess": "Disabled"}
    (found,) = deployment([server, rule, plain]).values()
    assert found.facts["exposure"]["public"] is False


def test_a_database_with_its_server(deployment: Read) -> None:
    kind = "Microsoft.Sql/servers"
    server = {
        "type": kind,
        "name": "sql",
        "location": "chinaeast2",
        "properties": {"minimalTlsVersion": "1.2", "publicNetworkAccess": "Enabled"},
    }
    database = {"type": f"{kind}/databases", "name": "sql/shop", "properties": {}}
    encryption = {
        "type": f"{kind}/databases/transparentDataEncryption",
        "name": "sql/shop/current",
        "properties": {"state": "Disabled"},
    }
    audit = {
        "type": f"{kind}/auditingSettings",
        "name": "sql/default",
        "properties": {"state": "Enabled", "storageEndpoint": "https://x", "retentionDays": 200},
    }
    (found,) = deployment([server, database, encryption, audit]).values()
    assert found.native_type == f"{kind}/databases"
    assert found.facts["encryption"]["enabled"] is False
    assert found.facts["tls"]["minimum"] == "1.2"
    assert found.facts["audit_log"]["retention_days"] == 200
    (bare,) = deployment([{**server, "properties": {}}, database]).values()
    assert bare.facts["encryption"]["enabled"] is True
    assert bare.facts["audit_log"]["enabled"] is False
    assert "tls/minimum" in bare.unknown


def test_what_may_not_be_made_leaves_its_parent_in_doubt(deployment: Read) -> None:
    """Databases are encrypted unless a child says otherwise, and this one may say so."""
    kind = "Microsoft.Sql/servers"
    encryption = {
        "type": f"{kind}/databases/transparentDataEncryption",
        "name": "sql/shop/current",
        "condition": "[equals(parameters('env'), 'test')]",
        "properties": {"state": "Disabled"},
    }
    resources = [
        {"type": kind, "name": "sql", "location": "chinaeast2", "properties": {}},
        {"type": f"{kind}/databases", "name": "sql/shop", "properties": {}},
        encryption,
    ]
    sections = {"parameters": {"env": {"type": "string"}}}
    (found,) = deployment(resources, **sections).values()
    assert "encryption/enabled" in found.unknown
    (found,) = deployment(resources, {"env": "test"}, **sections).values()
    assert found.facts["encryption"]["enabled"] is False


def test_properties_that_are_decided_at_deployment_are_not_the_defaults(deployment: Read) -> None:
    kind = "Microsoft.Sql/servers"
    properties = "[reference('elsewhere').properties]"
    (found,) = deployment(
        [
            {"type": kind, "name": "sql", "location": "chinaeast2", "properties": properties},
            {"type": f"{kind}/databases", "name": "sql/shop", "properties": properties},
        ]
    ).values()
    assert {"tls/minimum", "multi_zone"} <= set(found.unknown)


def test_a_cache(deployment: Read) -> None:
    cache = {
        "type": "Microsoft.Cache/Redis",
        "name": "cache",
        "properties": {
            "enableNonSslPort": True,
            "minimumTlsVersion": "1.2",
            "redisConfiguration": {"authnotrequired": "true"},
        },
    }
    (found,) = deployment([cache]).values()
    assert found.facts["tls"] == {"minimum": "1.2", "required": False, "policy": None}
    assert found.facts["authentication"] is False
    assert found.facts["exposure"]["public"] is True
    (plain,) = deployment([{**cache, "properties": {}}]).values()
    assert "tls/minimum" in plain.unknown


def test_a_cosmos_account_with_its_defaults(deployment: Read) -> None:
    kind = "Microsoft.DocumentDB/databaseAccounts"
    account: dict[str, Any] = {
        "type": kind,
        "name": "c",
        "location": "chinanorth3",
        "properties": {"locations": [{"locationName": "China North 3", "failoverPriority": 0}]},
    }
    (found,) = deployment([account]).values()
    assert found.native_type == kind
    assert found.facts["exposure"]["public"] is True
    assert (found.facts["multi_zone"], found.facts["replicas"]) == (False, [])
    assert found.unknown["tls/minimum"] == "minimalTlsVersion is not written"
    account["properties"] |= {
        "publicNetworkAccess": "Disabled",
        "minimalTlsVersion": "Tls12",
        "backupPolicy": {
            "type": "Continuous",
            "continuousModeProperties": {"tier": "Continuous7Days"},
        },
    }
    (found,) = deployment([account]).values()
    assert found.facts["exposure"]["public"] is False
    assert (found.facts["tls"]["minimum"], found.facts["backup"]["retention_days"]) == ("1.2", 7)
    account["properties"] = {"ipRules": [{"ipAddressOrRange": "203.0.113.0/24"}]}
    (found,) = deployment([account]).values()
    assert found.facts["allow_list"] == ["203.0.113.0/24"]


@pytest.mark.parametrize("engine", ["MySQL", "MariaDB"])
def test_a_single_server(deployment: Read, engine: str) -> None:
    kind = f"Microsoft.DBfor{engine}/servers"
    server: dict[str, Any] = {
        "type": kind,
        "name": "m",
        "properties": {"sslEnforcement": "Enabled", "publicNetworkAccess": "Disabled"},
    }
    (found,) = deployment([server]).values()
    assert (found.facts["engine"], found.facts["tls"]["required"]) == (engine.lower(), True)
    # Without a word a single server takes every version of TLS.
    assert (found.facts["exposure"]["public"], found.facts["tls"]["minimum"]) == (False, "1.0")
    rule = {
        "type": f"{kind}/firewallRules",
        "name": "m/all",
        "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"},
    }
    server["properties"] = {"sslEnforcement": "Disabled"}
    (found,) = deployment([server, rule]).values()
    assert (found.facts["exposure"]["public"], found.facts["tls"]["required"]) == (True, False)


def test_an_audit_of_one_database(deployment: Read) -> None:
    sql = "Microsoft.Sql/servers"
    audit = {"state": "Enabled", "storageEndpoint": "https://logs/", "retentionDays": 200}
    resources: list[Any] = [
        {"type": sql, "name": "s", "properties": {"minimalTlsVersion": "1.3"}},
        {"type": f"{sql}/databases", "name": "s/d", "properties": {}},
        {"type": f"{sql}/databases/auditingSettings", "name": "s/d/default", "properties": audit},
    ]
    (found,) = deployment(resources).values()
    assert found.facts["audit_log"]["retention_days"] == 200
    assert found.facts["tls"]["minimum"] == "1.3"


def test_a_managed_instance_with_its_database(deployment: Read) -> None:
    kind = "Microsoft.Sql/managedInstances"
    instance = {"minimalTlsVersion": "1.2", "requestedBackupStorageRedundancy": "Local"}
    retention = {
        "type": f"{kind}/databases/backupShortTermRetentionPolicies",
        "name": "i/d/default",
        "properties": {"retentionDays": 14},
    }
    protector = {"serverKeyType": "AzureKeyVault", "uri": "https://v/keys/k"}
    resources: list[Any] = [
        {"type": kind, "name": "i", "location": "chinanorth3", "properties": instance},
        {"type": f"{kind}/databases", "name": "i/d", "properties": {}},
        {"type": f"{kind}/encryptionProtector", "name": "i/current", "properties": protector},
        retention,
    ]
    (found,) = deployment(resources).values()
    assert found.native_type == f"{kind}/databases"
    assert found.facts["exposure"]["public"] is False
    assert (found.facts["backup"]["retention_days"], found.facts["backup"]["copies"]) == (14, [])
    assert found.facts["encryption"]["key_manager"] == "customer"


def test_the_log_of_blobs_is_a_setting_of_their_service(deployment: Read) -> None:
    kind = "Microsoft.Storage/storageAccounts"
    setting: dict[str, Any] = {
        "type": "Microsoft.Insights/diagnosticSettings",
        "name": "d",
        "scope": f"[resourceId('{kind}/blobServices', 'store', 'default')]",
        "properties": {
            "storageAccountId": "/subscriptions/s/a",
            "logs": [{"categoryGroup": "allLogs", "enabled": True}],
        },
    }
    account: dict[str, Any] = {"type": kind, "name": "store", "properties": {}}
    service = {"type": f"{kind}/blobServices", "name": "store/default", "properties": {}}
    found = deployment([account, service, setting])[f"{kind}/store"]
    assert found.facts["logging"]["enabled"] is True
    # Where the service stands in no template the setting leads to something that is not known.
    found = deployment([account, setting])[f"{kind}/store"]
    assert "logging/enabled" in found.unknown
    assert deployment([account])[f"{kind}/store"].facts["logging"]["enabled"] is False


def test_a_lifecycle_policy_leaves_open_how_long_the_activity_log_is_kept(deployment: Read) -> None:
    kind = "Microsoft.Storage/storageAccounts"
    export = {
        "type": "Microsoft.Insights/diagnosticSettings",
        "name": "export",
        "properties": {
            "storageAccountId": f"[resourceId('{kind}', 's')]",
            "logs": [{"category": "Administrative", "enabled": True}],
        },
    }
    delete = {"delete": {"daysAfterCreationGreaterThan": 30}}
    rule = {"enabled": True, "definition": {"actions": {"version": delete}}}
    policy = {
        "type": f"{kind}/managementPolicies",
        "name": "s/default",
        "properties": {"policy": {"rules": [rule]}},
    }
    account: dict[str, Any] = {"type": kind, "name": "s", "properties": {}}

    def kept(*more: dict[str, Any]) -> Any:
        found = deployment([account, export, *more])
        audit = next(one for one in found.values() if one.type == "account.audit")
        return audit.facts["trails"][0], found[f"{kind}/s"].facts["lifecycle"]

    trail, lifecycle = kept()
    assert (trail["retention_days"], lifecycle) == (None, None)
    trail, lifecycle = kept(policy)
    assert "retention_days" not in trail
    assert lifecycle["noncurrent_expiry_days"] == 30


def test_a_search_service(deployment: Read) -> None:
    kind = "Microsoft.Search/searchServices"
    rules = {"ipRules": [{"value": "203.0.113.0/24"}]}
    resource = {"type": kind, "name": "s", "location": "chinaeast2", "properties": {}}
    found = deployment([resource])[f"{kind}/s"]
    assert found.facts["exposure"]["public"] is True
    resource["properties"] = {"networkRuleSet": rules, "replicaCount": 2}
    found = deployment([resource])[f"{kind}/s"]
    assert found.facts["allow_list"] == ["203.0.113.0/24"]
    resource["properties"] = {"networkRuleSet": rules, "publicNetworkAccess": "disabled"}
    assert deployment([resource])[f"{kind}/s"].facts["allow_list"] == []


def test_a_container_group(deployment: Read) -> None:
    kind = "Microsoft.ContainerInstance/containerGroups"
    variables = [
        {"name": "DB_PASSWORD", "secureValue": "hunter2hunter2"},
        {"name": "API_KEY", "value": "hunter2hunter2"},
    ]
    context = {"capabilities": {"add": ["SYS_ADMIN"]}}
    container = {"environmentVariables": variables, "securityContext": context}
    resource = {
        "type": kind,
        "name": "g",
        "location": "chinaeast2",
        "properties": {
            "containers": [{"name": "web", "properties": container}],
            "ipAddress": {"type": "Public"},
        },
    }
    facts = deployment([resource])[f"{kind}/g"].facts
    assert (facts["public_address"], facts["privileged_containers"]) == (True, ["web"])
    assert facts["environment_secrets"] is True
    quiet = {"containers": [{"name": "web", "properties": {"environmentVariables": variables[:1]}}]}
    facts = deployment([resource | {"properties": quiet}])[f"{kind}/g"].facts
    assert (facts["public_address"], facts["environment_secrets"]) == (False, False)
    inside = quiet | {"subnetIds": [{"id": "/subnets/s"}], "ipAddress": {"type": "Private"}}
    facts = deployment([resource | {"properties": inside}])[f"{kind}/g"].facts
    assert (facts["network_kind"], facts["public_address"]) == ("vpc", False)


def test_a_pool_of_synapse(deployment: Read) -> None:
    kind = "Microsoft.Synapse/workspaces"
    workspace = {"type": kind, "name": "w", "location": "chinaeast2", "properties": {}}
    pool = {"type": f"{kind}/sqlPools", "name": "w/p", "location": "chinaeast2", "properties": {}}
    rule = {
        "type": f"{kind}/firewallRules",
        "name": "w/all",
        "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"},
    }
    facts = deployment([workspace, pool, rule])[f"{kind}/sqlPools/w/p"].facts
    assert (facts["exposure"]["public"], facts["encryption"]["enabled"]) == (True, False)
    encrypted = {
        "type": f"{kind}/sqlPools/transparentDataEncryption",
        "name": "w/p/current",
        "properties": {"status": "Enabled"},
    }
    facts = deployment([workspace, pool, encrypted])[f"{kind}/sqlPools/w/p"].facts
    assert (facts["encryption"]["key_manager"], facts["allow_list"]) == ("provider", [])
    key = {"encryption": {"cmk": {"key": {"keyVaultUrl": "https://k"}}}}
    facts = deployment([workspace | {"properties": key}])[f"{kind}/w"].facts
    assert facts["encryption"]["key_manager"] == "customer"
    unwritten = {"encryption": {"cmk": {"key": {"name": "k"}}}}
    found = deployment([workspace | {"properties": unwritten}])[f"{kind}/w"]
    assert found.unknown["encryption/key_manager"] == "the key is not written"


def test_a_file_share(deployment: Read) -> None:
    kind = "Microsoft.Storage/storageAccounts"
    rules = {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}]}
    account = {
        "type": kind,
        "name": "a",
        "location": "chinaeast2",
        "sku": {"name": "Standard_LRS"},
        "properties": {"networkAcls": rules},
    }
    share = {"type": f"{kind}/fileServices/shares", "name": "a/default/files", "properties": {}}
    facts = deployment([account, share])[f"{kind}/fileServices/shares/a/default/files"].facts
    assert (facts["mount_ranges"], facts["exposure"]["public"]) == (["203.0.113.0/24"], False)


def test_topics_of_event_grid(deployment: Read) -> None:
    written = {"minimumTlsVersionAllowed": "1.0"}
    kinds = [f"Microsoft.EventGrid/{kind}" for kind in ("topics", "domains", "namespaces")]
    resources = [
        {"type": kind, "name": name, "location": "chinaeast2", "properties": properties}
        for kind in kinds
        for name, properties in (("old", written), ("open", {}))
    ]
    found = deployment(resources)
    for kind in kinds:
        assert found[f"{kind}/old"].facts["tls"]["minimum"] == "1.0"
        assert "tls/minimum" in found[f"{kind}/open"].unknown


def test_services_of_web_pubsub(deployment: Read) -> None:
    kind = "Microsoft.SignalRService/webPubSub"

    def judged(properties: dict[str, Any], **hub: Any) -> tuple[Any, Any]:
        service = {"type": kind, "name": "s", "location": "chinaeast2", "properties": properties}
        beside = {"type": f"{kind}/hubs", "name": "s/chat", "properties": hub}
        facts = deployment([service, beside])[f"{kind}/s"].facts
        return facts.get("public"), facts.get("authorization")

    rules = {"defaultAction": "Deny", "publicNetwork": {"allow": []}}
    assert judged({}) == (True, "token")
    assert judged({"networkACLs": rules}, anonymousConnectPolicy="Allow") == (False, "none")
    assert judged({"networkACLs": {"publicNetwork": {}}}) == (None, "token")
    assert judged({"publicNetworkAccess": "Disabled"}) == (False, "token")
    kind = "Microsoft.SignalRService/SignalR"
    signalr = {"type": kind, "name": "r", "location": "chinaeast2"}
    found = deployment([signalr | {"properties": {"networkACLs": rules}}])[f"{kind}/r"]
    assert (found.facts["public"], found.facts["authorization"]) == (False, "token")
    log = {
        "type": "Microsoft.Insights/diagnosticSettings",
        "name": "d",
        "scope": f"[resourceId('{kind}', 'r')]",
        "properties": {
            "storageAccountId": "/store",
            "logs": [{"categoryGroup": "allLogs", "enabled": True}],
        },
    }
    flag = {"flag": "EnableConnectivityLogs", "value": "true"}
    category = {"name": "ConnectivityLogs", "enabled": "false"}
    told: tuple[tuple[dict[str, Any], bool | None], ...] = (
        ({}, None),
        ({"features": [flag]}, True),
        ({"features": [flag], "resourceLogConfiguration": {"categories": [category]}}, False),
    )
    for properties, enabled in told:
        found = deployment([signalr | {"properties": properties}, log])[f"{kind}/r"]
        assert found.facts["logging"].get("enabled") is enabled


def test_data_explorer_app_configuration_and_ai_services(deployment: Read) -> None:
    kusto, store = "Microsoft.Kusto/clusters", "Microsoft.AppConfiguration/configurationStores"
    ai = "Microsoft.CognitiveServices/accounts"
    key = {"keyVaultUri": "https://k/", "keyName": "adx"}
    written: dict[str, dict[str, Any]] = {
        f"{kusto}/c": {"enableDiskEncryption": True, "keyVaultProperties": key},
        f"{kusto}/open": {},
        f"{store}/s": {
            "publicNetworkAccess": "Enabled",
            "encryption": {"keyVaultProperties": {"keyIdentifier": "https://k/keys/c"}},
        },
        f"{ai}/a": {"disableLocalAuth": True, "networkAcls": {"defaultAction": "Deny"}},
    }
    resources: list[dict[str, Any]] = [
        {"type": kind, "name": name, "location": "chinaeast2", "properties": properties}
        for full, properties in written.items()
        for kind, _, name in (full.rpartition("/"),)
    ]
    resources[0]["zones"] = ["1", "2"]
    replica = {"type": f"{store}/replicas", "name": "s/far", "location": "China East 3"}
    found = deployment([*resources, replica])
    cluster, opened = found[f"{kusto}/c"].facts, found[f"{kusto}/open"].facts
    assert (cluster["encryption"]["key_id"], cluster["multi_zone"]) == ("https://k/keys/adx", True)
    assert (opened["encryption"]["enabled"], opened["exposure"]["public"]) == (False, True)
    facts = found[f"{store}/s"].facts
    assert (facts["exposure"]["public"], facts["encryption"]["key_manager"]) == (True, "customer")
    assert [one["region"] for one in facts["replicas"]] == ["chinaeast3"]
    assert (found[f"{ai}/a"].facts["public"], found[f"{ai}/a"].facts["authorization"]) == (
        False,
        "token",
    )


def test_an_agent_that_collects_by_a_rule(deployment: Read) -> None:
    kind = "Microsoft.Compute/virtualMachines"
    machine = {"type": kind, "name": "vm", "location": "chinanorth3", "properties": {}}
    agent = {"type": "AzureMonitorLinuxAgent", "publisher": "Microsoft.Azure.Monitor"}
    collected = {
        "dataSources": {"performanceCounters": [{"streams": ["Microsoft-Perf"]}]},
        "dataFlows": [{"streams": ["Microsoft-Perf"], "destinations": ["logs"]}],
    }
    rules = "Microsoft.Insights/dataCollectionRules"
    link = {"dataCollectionRuleId": f"[resourceId('{rules}', 'r')]"}
    found = deployment(
        [
            machine,
            {"type": f"{kind}/extensions", "name": "vm/a", "properties": agent},
            {"type": rules, "name": "r", "location": "chinanorth3", "properties": collected},
            {
                "type": "Microsoft.Insights/dataCollectionRuleAssociations",
                "name": "l",
                "scope": f"[resourceId('{kind}', 'vm')]",
                "properties": link,
            },
        ]
    )
    machine_found = next(one for one in found.values() if one.type == "compute.instance")
    assert machine_found.facts["monitoring"] is True
