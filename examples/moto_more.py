"""Calls that moto does not serve, beside those that it does, answered as AWS answers them.

The server's process alone imports this.
"""

from __future__ import annotations

import json
from typing import Any

from moto.awslambda.exceptions import GenericResourcNotFound
from moto.awslambda.responses import LambdaResponse
from moto.awslambda.urls import url_paths as lambda_paths
from moto.backup.models import BackupBackend
from moto.core.responses import ActionResult
from moto.directconnect.responses import DirectConnectResponse
from moto.ec2.responses import EC2Response
from moto.eks.responses import EKSResponse
from moto.eks.urls import url_paths as eks_paths
from moto.iam.responses import IamResponse
from moto.moto_api._internal import mock_random
from moto.wafv2.responses import WAFV2Response
from moto.workspaces.models import workspaces_backends

_set_lock = BackupBackend.put_backup_vault_lock_configuration
_LONG_AGO = 1_704_067_200.0
"""The first day of 2024."""

VERSIONS = {
    "1.35": "STANDARD_SUPPORT",
    "1.34": "STANDARD_SUPPORT",
    "1.33": "EXTENDED_SUPPORT",
    "1.32": "EXTENDED_SUPPORT",
    "1.31": "UNSUPPORTED",
}
"""Versions of Kubernetes, as EKS supports them at the time that the example plays."""


def answer_more() -> None:
    """Teach moto the calls, before its server starts."""
    for owner, name, answer in (
        (EKSResponse, "describe_cluster_versions", _cluster_versions),
        (LambdaResponse, "list_function_url_configs", _function_urls),
        (IamResponse, "list_server_certificate_tags", _no_tags),
        (DirectConnectResponse, "create_private_virtual_interface", _new_interface),
        (DirectConnectResponse, "describe_virtual_interfaces", _interfaces),
        (WAFV2Response, "list_resources_for_web_acl", _behind_web_acl),
        (EC2Response, "get_instance_metadata_defaults", _metadata_defaults),
    ):
        setattr(owner, name, answer)
    eks_paths["{0}/cluster-versions$"] = EKSResponse.dispatch
    lambda_paths["{0}/(?P<api_version>[^/]+)/functions/(?P<name>[\\w_:%-]+)/urls$"] = (
        LambdaResponse.dispatch
    )
    BackupBackend.put_backup_vault_lock_configuration = _lock_of_old  # type: ignore[method-assign]
    # Of the China regions Ningxia alone has them; one region of the example shows every service.
    workspaces_backends._additional_regions = ["cn-north-1"]


def _cluster_versions(_self: EKSResponse) -> ActionResult:
    return ActionResult(
        {
            "clusterVersions": [
                {"clusterVersion": version, "clusterType": "eks", "versionStatus": status}
                for version, status in VERSIONS.items()
            ]
        }
    )


def _metadata_defaults(_self: EC2Response) -> ActionResult:
    """The account asks new instances for a session token where nothing else says."""
    return ActionResult({"AccountLevel": {"HttpTokens": "required"}})


def _function_urls(self: LambdaResponse) -> str:
    """The URL of the function itself, made long ago: moto keeps none for aliases."""
    name = self.path.split("/")[-2]
    try:
        config = self.backend.get_function_url_config(name).to_dict()
        found: list[Any] = [config | {"CreationTime": "2024-01-01T00:00:00.000+0000"}]
    except GenericResourcNotFound:
        found = []
    return json.dumps({"FunctionUrlConfigs": found})


def _no_tags(_self: IamResponse) -> ActionResult:
    return ActionResult({"Tags": [], "IsTruncated": False})


def _new_interface(self: DirectConnectResponse) -> str:
    """A private virtual interface, which is up at once."""
    asked = json.loads(self.body)
    wanted = asked["newPrivateVirtualInterface"]
    item = {
        **{key: wanted[key] for key in wanted if key not in {"authKey", "tags"}},
        "virtualInterfaceId": f"dxvif-{mock_random.get_random_hex(8)}",
        "virtualInterfaceType": "private",
        "virtualInterfaceState": "available",
        "connectionId": asked["connectionId"],
        "ownerAccount": self.current_account,
        "region": self.region,
        "tags": wanted.get("tags", []),
    }
    _kept(self).append(item)
    return json.dumps(item)


def _interfaces(self: DirectConnectResponse) -> str:
    return json.dumps({"virtualInterfaces": _kept(self)})


def _kept(self: DirectConnectResponse) -> list[dict[str, Any]]:
    """The virtual interfaces of the account and region: moto's reset forgets them with the rest."""
    found: list[dict[str, Any]] = vars(self.directconnect_backend).setdefault("interfaces", [])
    return found


def _lock_of_old(
    self: BackupBackend,
    backup_vault_name: str,
    min_retention_days: int | None,
    max_retention_days: int | None,
    changeable_for_days: int | None,
) -> None:
    """A lock whose days to change it are over: in the example it was set long ago."""
    _set_lock(self, backup_vault_name, min_retention_days, max_retention_days, changeable_for_days)
    if changeable_for_days is not None:
        self.vaults[backup_vault_name].lock_date = _LONG_AGO


def _behind_web_acl(self: WAFV2Response) -> str:
    """The load balancers of a web ACL: nothing else is associated in the example."""
    asked = json.loads(self.body)
    is_balancer = asked.get("ResourceType") == "APPLICATION_LOAD_BALANCER"
    acl = self.wafv2_backend.wacls[asked["WebACLArn"]]
    return json.dumps({"ResourceArns": acl.associated_resources if is_balancer else []})
