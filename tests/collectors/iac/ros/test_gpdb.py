# ruff: noqa: E501 - templates are easier to read on long lines
"""Instances of AnalyticDB for PostgreSQL of ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

_PUBLIC = "  P: {Type: ALIYUN::GPDB::InstancePublicConnection, Properties: {DBInstanceId: !Ref G, Port: 5432, ConnectionStringPrefix: g}}\n"


@pytest.mark.parametrize("kind", ["DBInstance", "ElasticDBInstance"])
@pytest.mark.parametrize(
    ("ranges", "public"),
    [("127.0.0.1", False), ("'10.0.0.0/8,0.0.0.0/0'", True), ("!Ref Who", None), ("null", False)],
)
def test_who_reaches_an_instance(stack: Read, kind: str, ranges: str, public: bool | None) -> None:
    found = stack(
        f"  G: {{Type: ALIYUN::GPDB::{kind}, Properties: {{DBInstanceDescription: reports, SecurityIPList: {ranges}}}}}\n"
        + _PUBLIC,
        head="Parameters: {Who: {Type: String}}\n",
    )["G"]
    assert (found.name, found.facts["exposure"].get("public")) == ("reports", public)


def test_a_list_beside_the_instance_and_its_key(stack: Read) -> None:
    found = stack(
        "  G: {Type: ALIYUN::GPDB::ElasticDBInstance, Properties: {EncryptionType: CloudDisk, EncryptionKey: key-1}}\n"
        "  L: {Type: ALIYUN::GPDB::DBInstanceIPArray, Properties: {DBInstanceId: !Ref G, SecurityIPList: [0.0.0.0/0]}}\n"
        + _PUBLIC
    )["G"]
    assert found.facts["exposure"]["public"] is True
    assert found.facts["encryption"]["key_id"] == "key-1"
