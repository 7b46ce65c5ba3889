"""Volumes of WorkSpaces and of notebooks: over the example company, and as services leave things
out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.services import sagemaker, workspaces
from collectors.document import Document
from examples.company.account import MAIN_REGION
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import JSON, Reply, scripted
from tests.collectors.iac.mappers.hand import block, documents
from tests.faults.proxy import DENIED, FaultProxy


@pytest.fixture
def collected(company_proxy: FaultProxy, open_account: OpenAccount) -> Any:
    def collect(collector: Any, *denied: str) -> list[Document]:
        company_proxy.decide = lambda request: DENIED if request.operation in denied else None
        return list(collector(open_account(company_proxy.url, MAIN_REGION), MAIN_REGION))

    return collect


def test_desktops_of_the_company(collected: Any) -> None:
    root, user = collected(workspaces.disks)
    assert (root.id.rpartition("/")[2], user.id.rpartition("/")[2]) == ("root", "user")
    assert root.facts["encryption"]["key_manager"] == "customer"
    assert root.facts["size_bytes"] == 80 * 1024**3
    assert user.facts["encryption"]["enabled"] is False
    assert root.tags["system"] == user.tags["system"] == "oa"
    assert user.facts["attached"] is True
    values = {
        "root_volume_encryption_enabled": True,
        "volume_encryption_key": "alias/mine",
        "workspace_properties": [{"root_volume_size_gib": 80, "user_volume_size_gib": 50}],
    }
    planned = documents(block("aws_workspaces_workspace.w", values))
    for live, one in zip((root, user), planned, strict=True):
        assert_alike(
            live, one, known={"encryption/enabled", "encryption/key_manager", "size_bytes"}
        )


def test_notebooks_of_the_company(collected: Any) -> None:
    (found,) = collected(sagemaker.disks)
    assert (found.name, found.tags["system"]) == ("oa-forecasts", "oa")
    assert found.facts["encryption"]["enabled"] is True
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.facts["size_bytes"] == 5 * 1024**3
    (planned,) = documents(block("aws_sagemaker_notebook_instance.n", {}))
    assert_alike(found, planned, known={"encryption/key_manager", "size_bytes"})


def test_what_is_denied_is_unknown(collected: Any) -> None:
    for collector, listing in (
        (workspaces.disks, "DescribeWorkspaces"),
        (sagemaker.disks, "ListNotebookInstances"),
    ):
        (unlisted,) = collected(collector, listing)
        assert unlisted.unlisted
    for collector, operation, path, service in (
        (workspaces.disks, "DescribeTags", "tags", "workspaces"),
        (sagemaker.disks, "ListTags", "tags", "sagemaker"),
        (sagemaker.disks, "DescribeNotebookInstance", "encryption/key_manager", "sagemaker"),
    ):
        for one in collected(collector, operation):
            assert one.unknown[path] == f"AccessDenied: {service}:{operation}"


@pytest.mark.parametrize(
    ("told", "enabled"),
    [
        ({}, [False, False]),
        ({"RootVolumeEncryptionEnabled": True, "VolumeEncryptionKey": "k"}, [True, False]),
        ({"UserVolumeEncryptionEnabled": True}, [False, True]),
        # A key encrypts something, and nothing says what.
        ({"VolumeEncryptionKey": "k"}, [None, None]),
    ],
)
def test_what_workspaces_leaves_out(
    open_account: OpenAccount, told: dict[str, Any], enabled: list[bool | None]
) -> None:
    with scripted() as server:
        server.replies = {
            "DescribeWorkspaces": [
                Reply(200, json.dumps({"Workspaces": [{"WorkspaceId": "ws-1", **told}]}), JSON)
            ],
            "DescribeTags": [Reply(200, json.dumps({"TagList": []}), JSON)],
            "*": [Reply(403, "{}", JSON)],
        }
        found = list(workspaces.disks(open_account(server.url), "us-east-1"))
    assert [one.facts["encryption"].get("enabled") for one in found] == enabled
    assert all("size_bytes" in one.unknown for one in found)
