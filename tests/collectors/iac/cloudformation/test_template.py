"""Templates: how they are found, nested, looped and bounded, and what is said of bad ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectors.document import UserError
from collectors.iac.check import collect
from tests.collectors.iac.conftest import documents

BUCKET = {"Resources": {"Data": {"Type": "AWS::S3::Bucket"}}}
GROUP = "  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}\n"


def test_templates_are_found_by_what_they_hold(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(BUCKET, indent="\t"))
    (folder / "b.template").write_text("Resources:\n  Other: {Type: AWS::S3::Bucket}\n")
    (folder / "values.yaml").write_text("note: AWS::S3::Bucket is what we use\n")
    (folder / "package.json").write_text("{}")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "c.json").write_text(json.dumps(BUCKET))
    manifest, found = documents(folder)
    assert set(found) == {"Data", "Other"}
    assert manifest.failed_calls == []


def test_terraform_and_cloudformation_are_one_snapshot(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps(BUCKET))
    (folder / "main.tf").write_text('resource "aws_kms_key" "k" {}\n')
    _, found = documents(folder)
    assert {each.native_type for each in found.values()} == {"AWS::S3::Bucket", "aws_kms_key"}


def test_a_nested_stack_is_read_with_what_it_is_given(folder: Path) -> None:
    (folder / "net.yaml").write_text(f"Parameters: {{Vpc: {{Type: String}}}}\nResources:\n{GROUP}")
    (folder / "main.yaml").write_text(
        "Resources:\n"
        "  Net: {Type: AWS::CloudFormation::Stack,"
        " Properties: {TemplateURL: net.yaml, Parameters: {Vpc: vpc-1}}}\n"
        "  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt Net.Outputs.Name}}\n"
    )
    with (folder / "net.yaml").open("a") as file:
        file.write("Outputs: {Name: {Value: named-there}}\n")
    manifest, found = documents(folder)
    assert set(found) == {"Net.G", "B"}
    assert found["Net.G"].facts["vpc_id"] == "vpc-1"
    assert found["Net.G"].source
    assert found["Net.G"].source.uri == "infra/net.yaml"
    assert found["B"].name == "named-there"
    assert manifest.failed_calls == []


MAYBE = "Parameters: {Who: {Type: String}}\nConditions: {Maybe: !Equals [!Ref Who, x]}\n"


def test_a_nested_stack_that_may_not_be_made_says_nothing_certain_of_others(folder: Path) -> None:
    policy = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
    (folder / "policy.yaml").write_text(
        "Parameters: {Name: {Type: String}}\nResources:\n"
        "  Own: {Type: AWS::S3::Bucket}\n"
        "  P: {Type: AWS::S3::BucketPolicy,"
        f" Properties: {{Bucket: !Ref Name, PolicyDocument: {json.dumps(policy)}}}}}\n"
        "  Q: {Type: AWS::S3::BucketPolicy,"
        f" Properties: {{Bucket: !Ref Own, PolicyDocument: {json.dumps(policy)}}}}}\n"
    )
    stack = "Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: policy.yaml, Parameters: "
    for condition, open_ in (("", False), ("Condition: Maybe, ", True)):
        (folder / "main.yaml").write_text(
            f"{MAYBE}Resources:\n  B: {{Type: AWS::S3::Bucket}}\n"
            f"  Net: {{{condition}{stack}{{Name: !Ref B}}}}}}\n"
        )
        found = documents(folder)[1]
        assert ("exposure/public" in found["B"].unknown) is open_
        assert found["Net.Own"].facts["exposure"]["public"] is True


def test_parameters_that_a_nested_stack_may_be_given_have_no_defaults(folder: Path) -> None:
    (folder / "net.yaml").write_text(
        f"Parameters: {{Vpc: {{Type: String, Default: vpc-0}}}}\nResources:\n{GROUP}"
    )
    (folder / "main.yaml").write_text(
        f"{MAYBE}Resources:\n  Net: {{Type: AWS::CloudFormation::Stack, Properties:"
        " {TemplateURL: net.yaml, Parameters: !If [Maybe, {Vpc: vpc-1}, {}]}}\n"
    )
    assert "vpc_id" in documents(folder)[1]["Net.G"].unknown


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://bucket.s3.amazonaws.com/net.yaml", "its template is not a local file"),
        ("nowhere.yaml", "No such file or directory"),
        ("../../../../../../etc/passwd", "lies outside"),
        ("main.yaml", "nests itself"),
    ],
)
def test_a_nested_stack_that_is_not_read_is_said(folder: Path, url: str, why: str) -> None:
    (folder / "main.yaml").write_text(
        "Resources:\n"
        "  B: {Type: AWS::S3::Bucket}\n"
        f"  Net: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {url}}}}}\n"
    )
    snapshot = folder.parent / "snapshot"
    manifest = collect([folder / "main.yaml"], snapshot, tool_version="test")
    (failed,) = manifest.failed_calls
    assert failed.code == "ModuleNotRead"
    assert why in failed.message
    assert failed.message.startswith("infra/main.yaml:3: ")


def test_a_loop_makes_each_resource(folder: Path) -> None:
    (folder / "main.yaml").write_text(
        "AWSTemplateFormatVersion: '2010-09-09'\n"
        "Transform: AWS::LanguageExtensions\n"
        "Resources:\n"
        "  Fn::ForEach::Buckets:\n"
        "    - Name\n"
        "    - [Alpha, Beta]\n"
        "    - B${Name}: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub 'x-${Name}'}}\n"
    )
    manifest, found = documents(folder)
    assert {name: each.name for name, each in found.items()} == {
        "BAlpha": "x-Alpha",
        "BBeta": "x-Beta",
    }
    assert manifest.failed_calls == []


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("AWSTemplateFormatVersion: x\nResources:\n  A: [\n", ":4: ", "expected"),
        ("AWSTemplateFormatVersion: x\nResources: 7\n", "", "no section Resources"),
        ("AWSTemplateFormatVersion: x\n---\nResources: {}\n", ":2: ", "expected a single document"),
        (
            "AWSTemplateFormatVersion: x\nResources:\n"
            + "".join(f"  x{i}: &x{i} [{f'*x{i - 1}, ' * 9 if i else '1'}]\n" for i in range(12)),
            ":",
            "holds more than 1,000,000 values",
        ),
        ("AWSTemplateFormatVersion: x\nResources:\n  A: " + "[" * 150 + "]" * 150, ":3: ", "deep"),
    ],
)  # fmt: skip
def test_a_broken_template_is_named_with_its_line(
    folder: Path, text: str, where: str, why: str
) -> None:
    (folder / "bad.yaml").write_text(text)
    (folder / "good.json").write_text(json.dumps(BUCKET))
    snapshot = folder.parent / "snapshot"
    with pytest.raises(UserError, match=r"bad\.yaml") as error:
        collect([folder / "bad.yaml"], snapshot, tool_version="test")
    assert where in error.value.message
    assert why in error.value.message


def test_a_broken_template_beside_a_good_one(folder: Path) -> None:
    (folder / "bad.yaml").write_text("AWSTemplateFormatVersion: x\nResources:\n  A: [\n")
    (folder / "good.json").write_text(json.dumps(BUCKET))
    manifest, found = documents(folder)
    assert set(found) == {"Data"}
    (failed,) = manifest.failed_calls
    assert (failed.code, failed.resource) == ("NotValid", "infra/bad.yaml")


def test_macros_and_resources_without_a_type_are_said(folder: Path) -> None:
    (folder / "main.yaml").write_text(
        "Transform: [AWS::Serverless-2016-10-31, Rewrite]\n"
        "Resources:\n  B: {Type: AWS::S3::Bucket}\n  C: {Properties: {}}\n"
        "  D: {Type: AWS::Nothing::Known}\n"
    )
    manifest, _ = documents(folder)
    assert {each.code for each in manifest.failed_calls} == {"TransformNotApplied", "NotUnderstood"}
    assert manifest.unmapped == {"AWS::Nothing::Known": 1}


def test_what_is_not_understood_does_not_vanish(folder: Path) -> None:
    resources = {
        "Server": ("AWS::EC2::Instance", {"NetworkInterfaces": ["eni-1"]}),
        "Balancer": ("AWS::ElasticLoadBalancingV2::LoadBalancer", {}),
        "Listener": (
            "AWS::ElasticLoadBalancingV2::Listener",
            {
                "LoadBalancerArn": {"Ref": "Balancer"},
                "Protocol": "HTTPS",
                "Port": 443,
                "Certificates": [{"Ref": "Certificate"}],
            },
        ),
    }
    template = {
        "Parameters": {"Certificate": {"Type": "String"}},
        "Resources": {
            name: {"Type": kind, "Properties": properties}
            for name, (kind, properties) in resources.items()
        },
    }
    (folder / "a.json").write_text(json.dumps(template))
    manifest, found = documents(folder)
    (failed,) = manifest.failed_calls
    assert "Server could not be read" in failed.message
    assert {"metadata_token_required", "disks_encrypted"} <= set(found["Server"].unknown)
    (listener,) = found["Balancer"].facts["listeners"]
    assert listener["tls"]["minimum"] == "1.0"
