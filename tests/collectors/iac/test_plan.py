"""Plan files: what is planned, what is known after apply, who refers to whom, and no secrets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown, UserError
from collectors.iac.blocks import Block, Reference
from collectors.iac.check import collect
from collectors.iac.plan import load

AFTER_APPLY = Unknown("known after apply")


def _plan(tmp_path: Path, **parts: Any) -> dict[str, Block]:
    path = tmp_path / "plan.json"
    plan = {"format_version": "1.2", "planned_values": {"root_module": {}}} | parts
    path.write_text(json.dumps(plan, indent=1), encoding="utf-8")
    return {block.address: block for block in load(path, "plan.json")}


def _resource(address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    kind, name = address.split(".")[-2:]
    return {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "values": values,
    } | more


def _one(
    tmp_path: Path,
    values: dict[str, Any],
    unknown: dict[str, Any],
    expressions: dict[str, Any] | None,
    sensitive: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The values of one resource that is planned so."""
    address = "aws_instance.x"
    planned = _resource(address, values, sensitive_values=sensitive or {})
    change = {"address": address, "change": {"actions": ["create"], "after_unknown": unknown}}
    declared = [] if expressions is None else [{"address": address, "expressions": expressions}]
    found = _plan(
        tmp_path,
        planned_values={"root_module": {"resources": [planned]}},
        resource_changes=[change],
        configuration={"root_module": {"resources": declared}},
    )
    return found[address].values


def test_planned_values_and_the_provider_s_choices(tmp_path: Path) -> None:
    values = _one(
        tmp_path,
        {"ami": "a", "monitoring": False, "key_name": None, "tags": {"a": "b"}},
        {"arn": True, "tenancy": True, "tags": {}},
        {"ami": {"constant_value": "a"}, "tags": {"references": ["local.tags"]}},
    )
    assert values == {"ami": "a", "monitoring": False, "tags": {"a": "b"}}


def test_what_is_written_and_not_known(tmp_path: Path) -> None:
    values = _one(
        tmp_path,
        {"tags": {"a": None, "b": "c"}, "security_groups": [None, "sg-1"]},
        {
            "ami": True,
            "subnet_id": True,
            "host_id": True,
            "tags": {"a": True},
            "security_groups": [True, False],
        },
        {
            "ami": {"references": ["data.aws_ami.a.id", "data.aws_ami.a", "var.x"]},
            "subnet_id": {
                "references": ['aws_subnet.s["a"].id', 'aws_subnet.s["a"]', "aws_subnet.s"]
            },
            "host_id": {"references": ["random_id.r.hex", "random_id.r"]},
            "tags": {"references": ["random_id.r.hex", "random_id.r"]},
            "security_groups": {"references": ["var.x"]},
        },
    )
    assert values == {
        "ami": AFTER_APPLY,
        "subnet_id": Reference('aws_subnet.s["a"]'),
        "host_id": Reference("random_id.r", "hex"),
        "tags": {"a": AFTER_APPLY, "b": "c"},
        "security_groups": [AFTER_APPLY, "sg-1"],
    }


def test_without_a_configuration_nothing_is_left_out(tmp_path: Path) -> None:
    assert _one(tmp_path, {}, {"tenancy": True}, None) == {"tenancy": AFTER_APPLY}


def test_several_references_are_a_list(tmp_path: Path) -> None:
    groups = ["aws_security_group.a.id", "aws_security_group.a", "aws_security_group.b.id"]
    values = _one(
        tmp_path,
        {},
        {"vpc_security_group_ids": True},
        {"vpc_security_group_ids": {"references": [*groups, "aws_security_group.b"]}},
    )
    assert values == {
        "vpc_security_group_ids": [
            Reference("aws_security_group.a"),
            Reference("aws_security_group.b"),
        ]
    }


def test_nested_blocks(tmp_path: Path) -> None:
    values = _one(
        tmp_path,
        {"root_block_device": [{"volume_size": 8, "encrypted": None}], "ebs_block_device": []},
        {"root_block_device": [{"encrypted": True, "volume_id": True}], "ebs_block_device": []},
        {"root_block_device": [{"encrypted": {"references": ["var.x"]}, "volume_size": {}}]},
    )
    assert values == {
        "root_block_device": [{"volume_size": 8, "encrypted": AFTER_APPLY}],
        "ebs_block_device": [],
    }


def test_sensitive_values_are_not_read(tmp_path: Path) -> None:
    values = _one(
        tmp_path,
        {
            "ami": "s3cr3t",
            "tags": {"a": "s3cr3t", "b": "c"},
            "root_block_device": [{"kms": "s3cr3t"}],
        },
        {},
        {"ami": {}, "tags": {}, "root_block_device": [{"kms": {}}]},
        {"ami": True, "tags": {"a": True}, "root_block_device": [{"kms": True}]},
    )
    assert "s3cr3t" not in repr(values)
    assert isinstance(values["ami"], Unknown)
    assert values["tags"]["b"] == "c"


def test_user_data(tmp_path: Path) -> None:
    digest = "0" * 40
    text = _one(tmp_path, {"user_data": digest}, {}, {"user_data": {"constant_value": "#!/bin/sh"}})
    assert text == {"user_data": "#!/bin/sh"}
    hidden = _one(tmp_path, {"user_data": digest}, {}, {"user_data": {"references": ["var.x"]}})
    assert hidden == {"user_data": Unknown("a plan has only the digest of user data")}


def test_what_exists_already_is_referred_to_by_its_id(tmp_path: Path) -> None:
    group = _resource("aws_security_group.g", {"id": "sg-1", "name": "g"})
    rule = _resource(
        "aws_security_group_rule.r", {"security_group_id": "sg-1", "description": "sg-1"}
    )
    written = {
        "security_group_id": {"references": ["aws_security_group.g.id", "aws_security_group.g"]},
        "description": {"constant_value": "sg-1"},
    }
    found = _plan(
        tmp_path,
        planned_values={"root_module": {"resources": [group, rule]}},
        configuration={
            "root_module": {
                "resources": [{"address": "aws_security_group_rule.r", "expressions": written}]
            }
        },
    )
    assert found["aws_security_group_rule.r"].values == {
        "security_group_id": Reference("aws_security_group.g", "id"),
        "description": "sg-1",
    }


def test_modules_pass_references_through(tmp_path: Path) -> None:
    inner = _resource('module.m["a"].aws_instance.x', {})
    unknown = {"subnet_id": True, "host_id": True}
    found = _plan(
        tmp_path,
        planned_values={"root_module": {"child_modules": [{"resources": [inner]}]}},
        resource_changes=[
            {"address": 'module.m["a"].aws_instance.x', "change": {"after_unknown": unknown}}
        ],
        configuration={
            "root_module": {
                "module_calls": {
                    "m": {
                        "expressions": {"subnet": {"references": ["module.n.id", "module.n"]}},
                        "module": {
                            "resources": [
                                {
                                    "address": "aws_instance.x",
                                    "expressions": {
                                        "subnet_id": {"references": ["var.subnet"]},
                                        "host_id": {
                                            "references": ["aws_ec2_host.h.id", "aws_ec2_host.h"]
                                        },
                                    },
                                }
                            ]
                        },
                    },
                    "n": {
                        "module": {
                            "outputs": {
                                "id": {
                                    "expression": {
                                        "references": ["aws_subnet.s.id", "aws_subnet.s"]
                                    }
                                }
                            }
                        }
                    },
                }
            }
        },
    )
    assert found['module.m["a"].aws_instance.x'].values == {
        "subnet_id": Reference("module.n.aws_subnet.s"),
        "host_id": Reference('module.m["a"].aws_ec2_host.h'),
    }


def test_the_instance_of_the_same_key(tmp_path: Path) -> None:
    address = 'aws_s3_bucket_acl.a["x.y"]'
    planned = _resource(address, {}) | {"type": "aws_s3_bucket_acl", "name": "a"}
    references = {"references": ["aws_s3_bucket.b", "each.key"]}
    found = _plan(
        tmp_path,
        planned_values={"root_module": {"resources": [planned]}},
        resource_changes=[{"address": address, "change": {"after_unknown": {"bucket": True}}}],
        configuration={
            "root_module": {
                "resources": [
                    {"address": "aws_s3_bucket_acl.a", "expressions": {"bucket": references}}
                ]
            }
        },
    )
    assert found[address].values == {"bucket": Reference('aws_s3_bucket.b["x.y"]')}


def test_providers(tmp_path: Path) -> None:
    names = ("home", "away", "later")
    resources = [_resource(f"aws_s3_bucket.{name}", {}) for name in names]
    found = _plan(
        tmp_path,
        variables={"region": {"value": "cn-north-1"}},
        planned_values={"root_module": {"resources": resources}},
        configuration={
            "provider_config": {
                "aws": {"expressions": {"region": {"references": ["var.region"]}}},
                "aws.abroad": {"expressions": {"region": {"constant_value": "eu-west-1"}}},
                "aws.later": {"expressions": {"region": {"references": ["local.x"]}}},
            },
            "root_module": {
                "resources": [
                    {"address": f"aws_s3_bucket.{name}", "provider_config_key": key}
                    for name, key in zip(names, ("aws", "aws.abroad", "aws.later"), strict=True)
                ]
            },
        },
    )
    assert [found[f"aws_s3_bucket.{name}"].provider_values["region"] for name in names] == [
        "cn-north-1",
        "eu-west-1",
        Unknown("the provider's argument is decided at run time"),
    ]


def test_a_resource_stands_on_the_line_of_its_address(tmp_path: Path) -> None:
    found = _plan(
        tmp_path,
        planned_values={"root_module": {"resources": [_resource("aws_s3_bucket.b", {})]}},
    )
    source = found["aws_s3_bucket.b"].source
    text = (tmp_path / "plan.json").read_text().splitlines()[source.start_line - 1]
    assert text.strip() == '"address": "aws_s3_bucket.b",'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"format_version": "1.2", "planned', "not valid JSON"),
        (b"PK\x03\x04\xff\xfe", "binary"),
        (b'{"format_version": "1.0", "values": {"root_module": {}}}', "is a Terraform state"),
        (b'{"Resources": {}}', "is not a Terraform plan"),
        (b"[]", "is not a Terraform plan"),
        (b'{"format_version": "2.0", "planned_values": {}}', "plan format 2.0"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match=words) as refused:
        load(path, "plan.json")
    assert refused.value.hint


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, None),
        ({"errored": False, "complete": True}, None),
        ({"errored": True, "complete": False}, "planning failed"),
        ({"complete": False}, "leaves resources out"),
    ],
)
def test_a_plan_that_is_not_whole_is_said(
    tmp_path: Path, told: dict[str, bool], words: str | None
) -> None:
    planned = {"root_module": {"resources": [_resource("aws_ebs_volume.v", {})]}}
    path = tmp_path / "plan.json"
    plan = {"format_version": "1.2", "planned_values": planned} | told
    # Some shells write a mark before it.
    path.write_text(json.dumps(plan), encoding="utf-8-sig")
    manifest = collect([path], tmp_path / "snapshot", tool_version="test")
    assert manifest.counts == {"compute.disk": 1}
    codes = [(call.code, words in call.message) for call in manifest.failed_calls if words]
    assert codes == ([("PlanNotWhole", True)] if words else [])
    assert len(manifest.failed_calls) == len(codes)
