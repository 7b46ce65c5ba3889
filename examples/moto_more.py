"""Calls that moto does not serve, beside those that it does, answered as AWS answers them.

The server's process alone imports this.
"""

from __future__ import annotations

import json
from typing import Any

from moto.awslambda.exceptions import GenericResourcNotFound
from moto.awslambda.responses import LambdaResponse
from moto.awslambda.urls import url_paths as lambda_paths
from moto.core.responses import ActionResult
from moto.directconnect.responses import DirectConnectResponse
from moto.eks.responses import EKSResponse
from moto.eks.urls import url_paths as eks_paths
from moto.iam.responses import IamResponse
from moto.wafv2.responses import WAFV2Response

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
    EKSResponse.describe_cluster_versions = _cluster_versions  # type: ignore[attr-defined]
    eks_paths["{0}/cluster-versions$"] = EKSResponse.dispatch
    LambdaResponse.list_function_url_configs = _function_urls  # type: ignore[attr-defined]
    lambda_paths["{0}/(?P<api_version>[^/]+)/functions/(?P<name>[\\w_:%-]+)/urls$"] = (
        LambdaResponse.dispatch
    )
    IamResponse.list_server_certificate_tags = _no_tags  # type: ignore[attr-defined]
    DirectConnectResponse.describe_virtual_interfaces = _no_interfaces  # type: ignore[attr-defined]
    WAFV2Response.list_resources_for_web_acl = _behind_web_acl  # type: ignore[attr-defined]


def _cluster_versions(_self: EKSResponse) -> ActionResult:
    return ActionResult(
        {
            "clusterVersions": [
                {"clusterVersion": version, "clusterType": "eks", "versionStatus": status}
                for version, status in VERSIONS.items()
            ]
        }
    )


def _function_urls(self: LambdaResponse) -> str:
    """The URL of the function itself: moto keeps none for aliases."""
    name = self.path.split("/")[-2]
    try:
        found: list[Any] = [self.backend.get_function_url_config(name).to_dict()]
    except GenericResourcNotFound:
        found = []
    return json.dumps({"FunctionUrlConfigs": found})


def _no_tags(_self: IamResponse) -> ActionResult:
    return ActionResult({"Tags": [], "IsTruncated": False})


def _no_interfaces(_self: DirectConnectResponse) -> str:
    return json.dumps({"virtualInterfaces": []})


def _behind_web_acl(self: WAFV2Response) -> str:
    """The load balancers of a web ACL: nothing else is associated in the example."""
    asked = json.loads(self.body)
    is_balancer = asked.get("ResourceType") == "APPLICATION_LOAD_BALANCER"
    acl = self.wafv2_backend.wacls[asked["WebACLArn"]]
    return json.dumps({"ResourceArns": acl.associated_resources if is_balancer else []})
