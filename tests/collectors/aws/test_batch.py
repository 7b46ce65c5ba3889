"""Job definitions of AWS Batch over real HTTP."""

from __future__ import annotations

from typing import Any

from collectors.aws.services.batch import job_definitions
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, fault_proxy

REGION = "cn-north-1"
SAFE: dict[str, Any] = {"image": "a", "command": ["a"], "memory": 128, "vcpus": 1}
PASSWORD = [{"name": "DB_PASSWORD", "value": "Example-Only-2019!"}]


def test_the_newest_revision_of_each_name(
    fresh_moto: str, client: Client, open_account: OpenAccount
) -> None:
    batch = client("batch", REGION)
    for properties in (SAFE, SAFE | {"privileged": True, "environment": PASSWORD}):
        batch.register_job_definition(
            jobDefinitionName="nightly", type="container", containerProperties=properties
        )
    with fault_proxy(fresh_moto) as proxy:
        (found,) = job_definitions(open_account(proxy.url, REGION), REGION)
        assert found.id == f"arn:aws-cn:batch:{REGION}:{ACCOUNT_ID}:job-definition/nightly"
        assert found.facts["privileged_containers"] == ["nightly"]
        assert found.facts["environment_secrets"] is True
        assert found.facts["exposure"] is None
        # Nobody has made the group yet that jobs write to.
        assert "logging/enabled" in found.unknown
        assert PASSWORD[0]["value"] not in str(found)
        proxy.decide = lambda request: DENIED
        (refused,) = job_definitions(open_account(proxy.url, REGION), REGION)
        assert (refused.unlisted, refused.facts) == (True, {})
