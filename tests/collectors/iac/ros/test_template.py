"""ROS templates: how they are found, nested and joined, and what is said of what was not read."""

from __future__ import annotations

import json
from pathlib import Path

from collectors.iac.check import collect
from tests.collectors.iac.conftest import Read, documents
from tests.collectors.iac.ros.conftest import HEAD

BUCKET = {"Type": "ALIYUN::OSS::Bucket", "Properties": {"BucketName": "data"}}


def test_templates_are_found_by_what_they_hold(folder: Path) -> None:
    template = {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"Json": BUCKET}}
    (folder / "a.json").write_text(json.dumps(template))
    (folder / "b.yml").write_text(
        "Resources:\n  Yaml: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: b}}\n"
    )
    (folder / "aws.yml").write_text("Resources:\n  Aws: {Type: AWS::S3::Bucket}\n")
    (folder / "notes.yml").write_text("note: ALIYUN::OSS::Bucket is what we use\n")
    manifest, found = documents(folder)
    assert {name: each.provider for name, each in found.items()} == {
        "Json": "aliyun",
        "Yaml": "aliyun",
        "Aws": "aws",
    }
    assert manifest.failed_calls == []


def test_the_region_may_be_given(folder: Path) -> None:
    template = {"Resources": {"Data": BUCKET}}
    (folder / "a.json").write_text(json.dumps(template))
    _, found = documents(folder, **{"ALIYUN::Region": "cn-hangzhou"})
    assert (found["Data"].region, found["Data"].country) == ("cn-hangzhou", "CN")
    assert "region" in documents(folder)[1]["Data"].unknown


def test_a_nested_stack_is_read_with_what_it_is_given(folder: Path) -> None:
    (folder / "db.yml").write_text(
        HEAD + "Parameters: {Ips: {Type: String}}\nResources:\n"
        "  Db: {Type: ALIYUN::RDS::DBInstance, Properties:"
        " {Engine: MySQL, EngineVersion: '8.0', SecurityIPList: !Ref Ips}}\n"
        "Outputs: {Id: {Value: !GetAtt Db.DBInstanceId}}\n"
    )
    (folder / "main.yml").write_text(
        HEAD + "Resources:\n"
        "  Inner: {Type: ALIYUN::ROS::Stack,"
        " Properties: {TemplateURL: db.yml, Parameters: {Ips: 10.0.0.0/8}}}\n"
        "  More: {Type: ALIYUN::RDS::DBInstanceSecurityIps, Properties:"
        " {DBInstanceId: !GetAtt Inner.Outputs.Id, DBInstanceIPArrayAttribute: 172.16.0.1}}\n"
    )
    manifest, found = documents(folder)
    assert set(found) == {"Inner.Db"}
    assert found["Inner.Db"].facts["allow_list"] == ["10.0.0.0/8", "172.16.0.1/32"]
    assert manifest.failed_calls == []


def test_a_nested_stack_elsewhere_is_said(folder: Path) -> None:
    (folder / "main.yml").write_text(
        HEAD + "Resources:\n"
        "  B: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: b}}\n"
        "  Net: {Type: ALIYUN::ROS::Stack, Properties: {TemplateURL: 'oss://ros/net.yml'}}\n"
    )
    manifest = collect([folder], Path("snapshot"), tool_version="test")
    (failed,) = manifest.failed_calls
    assert failed.code == "ModuleNotRead"
    assert "its template is not a local file" in failed.message


def test_parameters_by_their_type(stack: Read) -> None:
    found = stack(
        """
  A: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: !Select [0, !Ref Names], Tags: !Ref Tags}}
  B: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: b, AccessControl: !Ref Stored}}
  C: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: c, AccessControl: !Ref Hidden}}
  D: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: d, Tags: !Ref Broken}}
""",
        """Parameters:
  Names: {Type: CommaDelimitedList, Default: 'one,two'}
  Tags: {Type: Json, Default: '{"system": "web"}'}
  Broken: {Type: Json, Default: '{'}
  Stored: {Type: 'ALIYUN::OOS::Parameter::Value', Default: private}
  Hidden: {Type: String, NoEcho: true, Default: private}
""",
    )
    assert (found["A"].name, found["A"].tags) == ("one", {"system": "web"})
    assert "exposure/public" in found["B"].unknown
    assert "exposure/public" in found["C"].unknown
    assert "tags" in found["D"].unknown


def test_what_adds_to_a_resource_elsewhere_is_counted(folder: Path) -> None:
    (folder / "main.yml").write_text(
        HEAD + "Resources:\n"
        "  B: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: b}}\n"
        "  Ips: {Type: ALIYUN::RDS::DBInstanceSecurityIps, Properties:"
        " {DBInstanceId: rm-1, DBInstanceIPArrayAttribute: 0.0.0.0/0}}\n"
        "  Other: {Type: ALIYUN::FC::Service, Properties: {}}\n"
    )
    manifest, found = documents(folder)
    assert set(found) == {"B"}
    assert manifest.unmapped == {"ALIYUN::RDS::DBInstanceSecurityIps": 1, "ALIYUN::FC::Service": 1}


def test_an_addition_that_may_not_be_made_leaves_the_list_open(stack: Read) -> None:
    found = stack(
        """
  Cache: {Type: ALIYUN::REDIS::Instance, Properties: {VSwitchId: v, Connections: {PublicConnection: {ConnectionPort: 1}}}}
  Ips: {Type: ALIYUN::REDIS::Whitelist, Condition: Remote, Properties: {InstanceId: !Ref Cache, SecurityIps: 0.0.0.0/0}}
""",  # noqa: E501
        "Parameters: {Who: {Type: String}}\nConditions: {Remote: !Equals [!Ref Who, admin]}\n",
    )
    assert "exposure/public" in found["Cache"].unknown


def test_a_resource_of_a_strange_shape_does_not_vanish(folder: Path) -> None:
    (folder / "main.yml").write_text(
        HEAD + "Resources:\n"
        "  Good: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: b}}\n"
        "  Bad: {Type: ALIYUN::POLARDB::DBCluster, Properties: {HotStandbyCluster: [x], DBType: 7}}\n"  # noqa: E501
        "  Worse: {Type: ALIYUN::OSS::Bucket, Properties: [1, 2]}\n"
    )
    _, found = documents(folder)
    assert {"Good", "Bad", "Worse"} <= set(found)


def test_terraform_in_a_template_is_not_read_and_said(folder: Path) -> None:
    (folder / "tf.yml").write_text(
        HEAD + "Transform: Aliyun::Terraform-v1.5\n"
        'Workspace:\n  main.tf: |-\n    resource "alicloud_oss_bucket" "b" {}\n'
    )
    manifest, found = documents(folder)
    (failed,) = manifest.failed_calls
    assert (failed.code, failed.resource) == ("TransformNotApplied", "infra/tf.yml")
    assert "Aliyun::Terraform-v1.5" in failed.message
    assert found == {}


def test_data_sources_are_no_resources(folder: Path) -> None:
    (folder / "main.yml").write_text(
        HEAD + "Resources:\n"
        "  B: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: !GetAtt Q.Name}}\n"
        "  Q: {Type: DATASOURCE::OSS::Bucket, Properties: {BucketName: x}}\n"
    )
    manifest, found = documents(folder)
    assert set(found) == {"B"}
    assert manifest.unmapped == {}


def test_a_part_that_may_not_be_made_is_in_doubt_by_name_too(stack: Read) -> None:
    found = stack(
        """
  Data: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: data, AccessControl: public-read}}
  Block: {Type: ALIYUN::OSS::BucketPublicAccessBlock, Condition: Remote, Properties: {Bucket: data, BlockPublicAccess: true}}
""",  # noqa: E501
        "Parameters: {Who: {Type: String}}\nConditions: {Remote: !Equals [!Ref Who, admin]}\n",
    )
    assert "public_access_block" in found["Data"].unknown
    assert found["Data"].facts["exposure"]["public"] is True
