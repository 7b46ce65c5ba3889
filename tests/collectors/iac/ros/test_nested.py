"""Stacks whose template is written into the one that calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.collectors.iac.conftest import documents
from tests.collectors.iac.ros.conftest import HEAD

OUTER = (
    HEAD
    + """Parameters: {Ips: {Type: String, Default: 0.0.0.0/0}}
Resources:
  Inner:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateURL: oss://ros/elsewhere.yml
      Parameters: {Ips: 10.0.0.0/8}
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Parameters: {Ips: {Type: String}}
        Resources:
          Db:
            Type: ALIYUN::RDS::DBInstance
            Properties: {Engine: MySQL, EngineVersion: '8.0', SecurityIPList: !Ref Ips}
        Outputs: {Id: {Value: !GetAtt Db.DBInstanceId}}
  More:
    Type: ALIYUN::RDS::DBInstanceSecurityIps
    Properties: {DBInstanceId: !GetAtt Inner.Outputs.Id, DBInstanceIPArrayAttribute: 172.16.0.1}
"""
)


def test_a_template_that_is_written_into_another(folder: Path) -> None:
    """It goes before a URL, and a Ref in it means its own parameter."""
    (folder / "main.yml").write_text(OUTER)
    manifest, found = documents(folder)
    assert set(found) == {"Inner.Db"}
    db = found["Inner.Db"]
    assert db.facts["allow_list"] == ["10.0.0.0/8", "172.16.0.1/32"]
    assert db.source and (db.source.uri, db.source.start_line) == ("infra/main.yml", 13)
    assert manifest.failed_calls == []


def test_a_template_that_is_written_as_a_text(folder: Path) -> None:
    bucket = {"Type": "ALIYUN::OSS::Bucket", "Properties": {"AccessControl": "public-read"}}
    body = json.dumps({"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"B": bucket}})
    stack = {"Type": "ALIYUN::ROS::Stack", "Properties": {"TemplateBody": body}}
    outer = {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"Inner": stack}}
    (folder / "main.json").write_text(json.dumps(outer, indent=1))
    found = documents(folder)[1]["Inner.B"]
    assert found.facts["exposure"]["public"] is True
    assert found.source and found.source.lines["exposure"].line == 7


def test_a_file_that_a_written_template_calls(folder: Path) -> None:
    (folder / "bucket.yml").write_text(HEAD + "Resources: {B: {Type: ALIYUN::OSS::Bucket}}\n")
    inner = "{Resources: {Deep: {Type: ALIYUN::ROS::Stack, Properties: {TemplateURL: bucket.yml}}}}"
    (folder / "main.yml").write_text(
        f"{HEAD}Resources: {{Inner: {{Type: ALIYUN::ROS::Stack,"
        f" Properties: {{TemplateBody: {inner}}}}}}}\n"
    )
    assert set(documents(folder)[1]) == {"Inner.Deep.B"}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{Description: none}", "TemplateBody is no template"),
        ("'{'", "TemplateBody: "),
        ("!Ref Body", "TemplateBody is no template"),
    ],
)
def test_a_written_template_that_is_not_read_is_said(folder: Path, body: str, why: str) -> None:
    (folder / "main.yml").write_text(
        f"{HEAD}Parameters: {{Body: {{Type: Json}}}}\nResources:\n"
        "  B: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: b}}\n"
        f"  Net: {{Type: ALIYUN::ROS::Stack, Properties: {{TemplateBody: {body}}}}}\n"
    )
    manifest, found = documents(folder)
    (failed,) = manifest.failed_calls
    assert failed.message.startswith("infra/main.yml:5: the nested stack Net was not read: " + why)
    assert manifest.unmapped == {"ALIYUN::ROS::Stack": 1}
    assert set(found) == {"B"}
