"""Calls about data and its backups that moto does not serve, answered as AWS answers them.

The server's process alone imports this.
"""

from __future__ import annotations

import json
from typing import Any

from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths as backup_paths
from moto.core.responses import ActionResult
from moto.dax.responses import DAXResponse
from moto.ec2.models import ec2_backends
from moto.efs.responses import EFSResponse
from moto.efs.urls import url_paths as efs_paths
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse
from moto.memorydb.models import MemoryDBBackend, MemoryDBSnapshot, MemoryDBUser
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

OPTED_IN = {"DynamoDB": True, "EBS": True, "EC2": True, "EFS": True, "FSx": True, "RDS": True}


def answer_data() -> None:
    """Teach moto the calls, before its server starts."""
    efs_paths["/2015-02-01/file-systems/replication-configurations"] = EFSResponse.dispatch
    backup_paths["{0}/account-settings$"] = BackupResponse.dispatch
    backup_paths["{0}/backup-vaults/(?P<name>[^/]+)/access-policy$"] = BackupResponse.dispatch
    for owner, name, answer in (
        (BackupResponse, "describe_region_settings", _region_settings),
        (BackupResponse, "get_backup_vault_access_policy", _vault_policy),
        (BackupResponse, "put_backup_vault_access_policy", _put_vault_policy),
        (BackupResponse, "create_backup_selection", _create_selection),
        (BackupResponse, "list_backup_selections", _selections),
        (BackupResponse, "get_backup_selection", _selection),
        (EFSResponse, "describe_replication_configurations", _no_replications),
        (ElastiCacheResponse, "describe_serverless_caches", _no_caches),
        (DAXResponse, "describe_subnet_groups", _subnets_of_dax),
    ):
        setattr(owner, name, answer)
    MemoryDBBackend.describe_users = _users_of_memory  # type: ignore[method-assign]
    MemoryDBBackend.describe_snapshots = _snapshots_of_memory  # type: ignore[method-assign]
    _without_serverless_warehouses()
    ElastiCacheBackend.list_tags_for_resource = _tags_of_cache  # type: ignore[method-assign]


def _no_replications(_self: EFSResponse) -> str:
    return json.dumps({"Replications": []})


def _tags_of_cache(self: ElastiCacheBackend, arn: str) -> dict[str, list[dict[str, str]]]:
    """The tags of a cache in any partition: moto takes ARNs of the partition aws alone."""
    return self.tagging_service.list_tags_for_resource(arn)


_describe_users = MemoryDBBackend.describe_users
_describe_snapshots = MemoryDBBackend.describe_snapshots


def _users_of_memory(
    self: MemoryDBBackend, user_name: str | None = None, filters: list[dict[str, Any]] | None = None
) -> list[MemoryDBUser]:
    """Users in the access control list that they are named for: moto has no lists."""
    found = _describe_users(self, user_name, filters)
    for user in found:
        user.acl_names = [user.user_name.partition("-")[0]]
    return found


def _snapshots_of_memory(
    self: MemoryDBBackend,
    cluster_name: str | None = None,
    snapshot_name: str | None = None,
    source: str | None = None,
) -> list[MemoryDBSnapshot]:
    """The snapshots of a source as requests name it, which is not how answers do."""
    named = {"user": "manual", "system": "automated"}.get(source or "", source)
    return _describe_snapshots(self, cluster_name, snapshot_name, named)


def _subnets_of_dax(self: DAXResponse) -> str:
    """The subnets of the group in which moto puts every cluster."""
    subnets = ec2_backends[self.current_account][self.region].describe_subnets()
    place = next(subnet.vpc_id for subnet in subnets if not subnet.default_for_az)
    inside = [{"SubnetIdentifier": subnet.id} for subnet in subnets if subnet.vpc_id == place]
    group = {"SubnetGroupName": "default", "VpcId": place, "Subnets": inside}
    return json.dumps({"SubnetGroups": [group]})


def _no_caches(_self: ElastiCacheResponse) -> ActionResult:
    return ActionResult({"ServerlessCaches": []})


def _without_serverless_warehouses() -> None:
    """Redshift Serverless, which moto does not have at all, as in an account that does not use it:
    every list that it is asked for is empty."""
    lists = ("workgroups", "namespaces", "snapshots")
    empty = json.dumps({name: [] for name in lists}).encode()
    dispatch = DomainDispatcherApplication.__call__

    def answer(self: DomainDispatcherApplication, environ: Any, start: Any) -> Any:
        if "/redshift-serverless/aws4_request" not in environ.get("HTTP_AUTHORIZATION", ""):
            return dispatch(self, environ, start)
        start("200 OK", [("Content-Type", "application/json"), ("x-amzn-RequestId", "1")])
        return [empty]

    DomainDispatcherApplication.__call__ = answer  # type: ignore[method-assign, assignment]


def _region_settings(_self: BackupResponse) -> str:
    return json.dumps({"ResourceTypeOptInPreference": OPTED_IN})


def _kept(self: BackupResponse, name: str) -> dict[str, Any]:
    """What the backend keeps under a name of ours."""
    kept: dict[str, Any] = self.backup_backend.__dict__.setdefault(name, {})
    return kept


def _vault_policy(self: BackupResponse) -> Any:
    name = self.path.split("/")[-2]
    policy = _kept(self, "policies_of_vaults").get(name)
    if policy is None:
        body = json.dumps({"Code": "ResourceNotFoundException", "Message": "no policy"})
        return 400, {"status": 400, "x-amzn-ErrorType": "ResourceNotFoundException"}, body
    return json.dumps({"BackupVaultName": name, "Policy": policy})


def _put_vault_policy(self: BackupResponse) -> str:
    _kept(self, "policies_of_vaults")[self.path.split("/")[-2]] = json.loads(self.body)["Policy"]
    return "{}"


def _create_selection(self: BackupResponse) -> str:
    plan = self.path.rstrip("/").split("/")[-2]
    selection = json.loads(self.body)["BackupSelection"]
    _kept(self, "selections_of_plans").setdefault(plan, []).append(selection)
    return json.dumps({"SelectionId": selection["SelectionName"], "BackupPlanId": plan})


def _selections(self: BackupResponse) -> str:
    plan = self.path.rstrip("/").split("/")[-2]
    found = _kept(self, "selections_of_plans").get(plan, [])
    listed = [{"SelectionId": one["SelectionName"], "BackupPlanId": plan} for one in found]
    return json.dumps({"BackupSelectionsList": listed})


def _selection(self: BackupResponse) -> str:
    *_, plan, _, name = self.path.rstrip("/").split("/")
    found = _kept(self, "selections_of_plans")[plan]
    (selection,) = (one for one in found if one["SelectionName"] == name)
    return json.dumps({"BackupSelection": selection, "SelectionId": name, "BackupPlanId": plan})
