"""How templates are found: each in its own language, none skipped without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectors.document import UserError
from collectors.iac.check import collect
from collectors.snapshot import Manifest, open_snapshot
from tests.collectors.iac.conftest import Write, documents

PLAN = {
    "format_version": "1.2",
    "planned_values": {
        "root_module": {
            "resources": [
                {
                    "address": "aws_ebs_volume.v",
                    "mode": "managed",
                    "type": "aws_ebs_volume",
                    "name": "v",
                    "values": {"encrypted": True, "tags": {"was": "AWS::EC2::Volume"}},
                }
            ]
        }
    },
}
BUCKET = '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}'


def _said(manifest: Manifest) -> list[tuple[str, str]]:
    return [(each.resource, each.code) for each in manifest.failed_calls]


def _nested(folder: Path, name: str, *children: str) -> None:
    stacks = {
        f"S{number}": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": child}}
        for number, child in enumerate(children)
    }
    made = {f"B{Path(name).stem}": {"Type": "AWS::S3::Bucket"}}
    (folder / name).write_text(json.dumps({"Resources": {**made, **stacks}}))


@pytest.mark.parametrize("named", [True, False], ids=["file", "folder"])
def test_a_plan_that_mentions_another_language_is_a_plan(folder: Path, named: bool) -> None:
    (folder / "plan.json").write_text(json.dumps(PLAN))
    manifest, found = documents(folder / "plan.json" if named else folder)
    assert found["aws_ebs_volume.v"].native_type == "aws_ebs_volume"
    assert manifest.failed_calls == []


def test_what_only_mentions_a_language_is_left_alone(folder: Path) -> None:
    (folder / "a.json").write_text(BUCKET)
    state = {"format_version": "1.0", "note": '"planned_values": AWS::S3::Bucket'}
    (folder / "notes.json").write_text(json.dumps(state))
    manifest, found = documents(folder)
    assert set(found) == {"B"}
    assert manifest.failed_calls == []


def test_the_sign_of_a_template_may_stand_far_down(folder: Path) -> None:
    comment = "# a long header\n" * 10_000
    (folder / "a.yaml").write_text(f"{comment}Resources:\n  B: {{Type: AWS::S3::Bucket}}\n")
    assert set(documents(folder)[1]) == {"B"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.yaml", "Resources:\n  B:\n    Type: AWS::S3::Bucket\n   Properties: {\n"),
        ("b.json", '{"Resources": {"B": {"Type": "AWS::S3::Bucket"'),
        ("b.yaml", "Resources:\n  B:\n    Type: ALIYUN::OSS::Bucket\n   Properties: {\n"),
        ("b.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"),
        ("b.json", '{"format_version": "1.2", "planned_values": {"root_module":'),
    ],
    ids=["yaml", "json", "ros", "no resources", "cut plan"],
)
def test_a_broken_template_beside_a_good_one_is_said(folder: Path, name: str, text: str) -> None:
    (folder / "a.json").write_text(BUCKET)
    (folder / name).write_text(text)
    manifest, found = documents(folder)
    assert set(found) == {"B"}
    assert _said(manifest) == [(f"infra/{name}", "NotValid")]


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    (folder / "a.json").write_text(BUCKET)
    (folder / "b.yaml").symlink_to("nowhere.yaml")
    manifest, _ = documents(folder)
    assert _said(manifest) == [("infra/b.yaml", "NotReadable")]
    assert manifest.failed_calls[0].message.startswith(
        "infra/b.yaml: it could not be read: No such"
    )


def test_a_terraform_file_that_cannot_be_read_is_said(project: Write) -> None:
    disk = 'resource "aws_ebs_volume" "v" { encrypted = true }\n'
    root = project(**{"a/main.tf": disk, "b/main.tf": 'module "c" { source = "../c" }\n'})
    (root / "a" / "folder.tf").mkdir()
    (root / "c").mkdir()
    (root / "c" / "main.tf").symlink_to("nowhere.tf")
    manifest, found = documents(root)
    assert set(found) == {"aws_ebs_volume.v"}
    assert _said(manifest) == [("infra/c/main.tf", "NotReadable")]


def test_files_of_terraform_and_opentofu_are_found(folder: Path) -> None:
    (folder / "a.json").write_text(BUCKET)
    disk = '{"resource": {"aws_ebs_volume": {"NAME": {"size": 1}}}}'
    for name in ("json/main.tf.json", "tofu/main.tofu.json", "plain/main.tofu"):
        (folder / name).parent.mkdir()
        text = disk.replace("NAME", name[0]) if "json" in name else ""
        (folder / name).write_text(text)
    (folder / "plain" / "main.tf").write_text('resource "aws_ebs_volume" "p" { size = 1 }')
    for name in ("node_modules/x/main.tf", "node_modules/x/cdk.tf.json", ".hidden/main.tf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("resource {")
    manifest, found = documents(folder)
    assert set(found) == {"B", "aws_ebs_volume.j", "aws_ebs_volume.t", "aws_ebs_volume.p"}
    assert _said(manifest) == [("infra/plain/main.tofu", "TofuFile")]


def test_nothing_but_what_cannot_be_read(folder: Path) -> None:
    (folder / "b.yaml").symlink_to("nowhere.yaml")
    with pytest.raises(UserError, match=r"infra/b\.yaml: it could not be read"):
        documents(folder)


def test_templates_that_nest_each_other_in_a_circle_are_read(folder: Path) -> None:
    _nested(folder, "a.json", "b.json")
    _nested(folder, "b.json", "a.json")
    _nested(folder, "c.json", "b.json")
    manifest, found = documents(folder)
    assert set(found) >= {"Bc", "S0.Bb", "S0.S0.Ba"}
    assert "nests itself" in manifest.failed_calls[0].message


def test_a_circle_that_nothing_leads_into_is_read_once(folder: Path) -> None:
    _nested(folder, "a.json", "b.json")
    _nested(folder, "b.json", "a.json")
    _, found = documents(folder)
    assert set(found) == {"Ba", "S0.Bb"}


def test_modules_that_call_each_other_in_a_circle_are_said(project: Write) -> None:
    disk = 'resource "aws_ebs_volume" "v" { encrypted = true }\n'
    root = project(
        **{
            "a/main.tf": f'module "b" {{ source = "../b" }}\n{disk}',
            "b/main.tf": f'module "a" {{ source = "../a" }}\n{disk}',
        }
    )
    manifest, _ = documents(root)
    assert _said(manifest) == [("infra/a", "NotValid"), ("infra/b", "NotValid")]


def test_what_a_broken_project_calls_is_read_for_itself(project: Write) -> None:
    root = project(
        'module "m" { source = "./modules/m" }\nresource "a" "b" {\n  c =\n}\n',
        **{
            "modules/m/main.tf": 'module "n" { source = "../n" }\n',
            "modules/n/main.tf": 'resource "aws_ebs_volume" "v" { encrypted = true }\n',
        },
    )
    manifest, found = documents(root)
    assert set(found) == {"module.n.aws_ebs_volume.v"}
    assert _said(manifest) == [("infra/main.tf", "NotValid")]


def test_what_is_named_twice_is_read_once(folder: Path) -> None:
    (folder / "a.json").write_text(BUCKET)
    manifest = collect([folder, folder / "a.json"], Path("snapshot"), tool_version="test")
    assert manifest.counts == {"storage.bucket": 1}
    assert len(list(open_snapshot(Path("snapshot")))) == 1


def test_parameters_that_no_template_has_are_said(folder: Path) -> None:
    (folder / "a.yaml").write_text(f"Parameters: {{Here: {{Type: String}}}}\n{BUCKET[1:-1]}\n")
    (folder / "b.json").write_text(
        '{"$schema": "https://x/deploymentTemplate.json#", "parameters": {"There": {}},'
        ' "resources": []}'
    )
    idle: list[list[str]] = []
    given = {"Here": "1", "there": "2", "AWS::Region": "cn-north-1", "Hier": "3"}
    collect([folder], Path("snapshot"), tool_version="test", parameters=given, idle=idle.append)
    assert idle == [["Hier"]]


def _arm(folder: Path, name: str, link: str, tail: str = "") -> None:
    linked = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": f"to-{link}",
        "properties": {"templateLink": {"relativePath": link}},
    }
    disk = {
        "type": "Microsoft.Compute/disks",
        "apiVersion": "2023-04-02",
        "name": Path(name).stem,
        "location": "chinanorth3",
        "properties": {"diskSizeGB": 8},
    }
    template = {"$schema": "https://x/deploymentTemplate.json#", "resources": [disk, linked]}
    (folder / name).write_text(json.dumps(template) + tail)


def test_arm_templates_in_a_circle_and_below_a_broken_one(folder: Path) -> None:
    _arm(folder, "a.json", "b.json")
    _arm(folder, "b.json", "a.json")
    _arm(folder, "broken.json", "c.json", tail="}")
    _arm(folder, "c.json", "none.json")
    manifest, found = documents(folder)
    assert {each.name for each in found.values()} == {"a", "b", "c"}
    assert ("infra/broken.json", "NotValid") in _said(manifest)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("README.md", "# infra\n", "is no template that mlps reads"),
        ("values.yaml", "replicas: 3\n", "is no template that mlps reads"),
        ("tfplan", "PK\x03\x04\0\0", "not valid JSON"),
        ("plan.json", '{"format_version": ', "not valid JSON"),
    ],
)
def test_a_file_that_is_named_and_is_none(
    folder: Path, name: str, content: str, words: str
) -> None:
    (folder / name).write_text(content)
    with pytest.raises(UserError, match=words):
        collect([folder / name], folder / "snapshot", tool_version="1")
