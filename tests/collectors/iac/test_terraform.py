"""Terraform directories: what is known, what is a reference, and what must not look known."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac import evaluation
from collectors.iac.blocks import Block, Reference
from collectors.iac.evaluation import CrashedError, evaluate
from collectors.iac.loaded import BrokenProjectError, Loaded
from collectors.iac.terraform import load
from collectors.iac.terraform_files import calls, modules
from tests.collectors.iac.conftest import Write

UNSET = Unknown("var.unset has no value here")


def _blocks(loaded: Loaded) -> dict[str, Block]:
    return {block.address: block for block in loaded.blocks}


def _values(write: Write, arguments: str, more: str = "", **files: str) -> dict[str, Any]:
    """The values of one resource with these arguments."""
    text = f'variable "unset" {{}}\nresource "aws_instance" "x" {{\n{arguments}\n}}\n{more}'
    return _blocks(load(write(text, **files)))["aws_instance.x"].values


KNOWN = [
    ('ami = "a"', "a"),
    ("ami = 5", 5),
    ("ami = true", True),
    ('ami = upper("a")', "A"),
    ("ami = var.given", "g"),
    ("ami = local.joined", "g-local"),
    ("ami = var.object.name", "n"),
    ('ami = var.given == "g" ? "yes" : "no"', "yes"),
    ('ami = "${var.given}-x"', "g-x"),
    ('ami = merge({ a = "b" }, var.object)', {"a": "b", "name": "n"}),
    ('ami = [for each in ["a", "b"] : upper(each)]', ["A", "B"]),
    ("ami = length(var.object)", 1),
    ('ami = jsonencode({ a = ["b"] })', '{"a":["b"]}'),
    ("ami = aws_s3_bucket.b.bucket", "named"),
]
GIVEN = """
variable "given" { default = "g" }
variable "object" { default = { name = "n" } }
variable "nothing" { default = null }
locals { joined = "${var.given}-local" }
resource "aws_s3_bucket" "b" { bucket = "named" }
"""


@pytest.mark.parametrize(("argument", "value"), KNOWN)
def test_what_is_known(project: Write, argument: str, value: Any) -> None:
    assert _values(project, argument, GIVEN) == {"ami": value}


@pytest.mark.parametrize(
    "argument",
    [
        "ami = var.unset",
        'ami = lookup(var.unset, "p", false)',
        'ami = coalesce(var.unset, "a")',
        'ami = concat(var.unset, ["a"])',
        'ami = merge(var.unset, { a = "b" })',
        "ami = length(var.unset)",
        "ami = jsonencode(var.unset)",
        'ami = jsonencode({ statement = [{ Principal = var.unset, Effect = "Allow" }] })',
        'ami = var.unset ? "a" : "b"',
        'ami = var.unset == "a"',
        "ami = !var.unset",
        "ami = [for each in var.unset : each.id]",
        "ami = var.unset[*].id",
        'ami = "x-${var.unset}"',
        'ami = format("%s-%s", var.unset, "b")',
        "ami = local.hidden",
        "ami = local.emptied",
    ],
)
def test_what_an_unset_variable_decides_is_not_known(project: Write, argument: str) -> None:
    """tfparse takes an unset variable for an empty one in functions: length(var.unset) is 0."""
    more = 'locals {\n  hidden = var.unset\n  emptied = merge(var.unset, { a = "b" })\n}\n'
    found = _values(project, argument, more)["ami"]
    assert isinstance(found, Unknown), found


@pytest.mark.parametrize(
    "argument", ["ami = null", "ami = var.nothing", 'ami = var.given == "g" ? null : "x"']
)
def test_a_known_null_is_not_given(project: Write, argument: str) -> None:
    assert _values(project, argument, GIVEN) == {}


@pytest.mark.parametrize("word", ["False", "True", "yes"])
def test_a_bare_word_is_no_value_and_not_left_out_either(project: Write, word: str) -> None:
    """tfparse makes nothing of it, as of an argument that is not written; Terraform refuses it."""
    found = _values(project, f"publicly_accessible = {word}\nlist = [{word}]")
    assert found["publicly_accessible"] == Unknown(f"{word} could not be evaluated")
    assert isinstance(found["list"], Unknown) or found["list"] == [found["publicly_accessible"]]


@pytest.mark.parametrize("argument", ['ami = templatefile("x.tpl", {})', 'ami = file("nope")'])
def test_a_function_that_cannot_be_evaluated(project: Write, argument: str) -> None:
    found = _values(project, argument)["ami"]
    assert isinstance(found, Unknown)
    assert "could not be evaluated" in found.reason


def test_parts_of_a_list_or_map(project: Write) -> None:
    values = _values(
        project,
        'vpc_security_group_ids = [aws_security_group.g.id, var.unset, "sg-1"]\n'
        'tags = { a = var.unset, b = "c" }',
        'resource "aws_security_group" "g" {}',
    )
    assert values == {
        "vpc_security_group_ids": [Reference("aws_security_group.g"), UNSET, "sg-1"],
        "tags": {"a": UNSET, "b": "c"},
    }


def test_references(project: Write) -> None:
    values = _values(
        project,
        "ami = data.aws_ami.a.id\n"
        "private_ip = aws_instance.other.private_ip\n"
        'subnet_id = aws_subnet.s["a"].id\n'
        "host_id = module.m.id\n"
        "security_groups = [module.m.id, aws_instance.other.id]\n"
        'key_name = "${aws_instance.other.id}-key"\n'
        "user_data = jsonencode({ a = aws_instance.other.arn })",
        'resource "aws_instance" "other" {}\n'
        'data "aws_ami" "a" {}\n'
        'resource "aws_subnet" "s" { for_each = toset(["a"]) }\n'
        'module "m" { source = "./m" }\n',
        **{"m/main.tf": 'resource "aws_x_y" "z" {}\noutput "id" { value = aws_x_y.z.id }\n'},
    )
    assert values == {
        "ami": Reference("data.aws_ami.a"),
        "private_ip": Reference("aws_instance.other", "private_ip"),
        "subnet_id": Reference('aws_subnet.s["a"]'),
        "host_id": Reference("module.m.aws_x_y.z"),
        "security_groups": [Reference("module.m.aws_x_y.z"), Reference("aws_instance.other")],
        "key_name": Unknown("aws_instance.other.id is known after apply"),
        "user_data": Unknown("aws_instance.other.arn is known after apply"),
    }


def test_nested_and_dynamic_blocks(project: Write) -> None:
    values = _values(
        project,
        """
  root_block_device {
    encrypted = var.unset
  }
  ebs_block_device {
    device_name = "a"
  }
  ebs_block_device {
    device_name = "b"
  }
  dynamic "ephemeral_block_device" {
    for_each = ["c", "d"]
    content {
      device_name = ephemeral_block_device.value
    }
  }
  dynamic "network_interface" {
    for_each = var.unset
    content {
      device_index = network_interface.key
    }
  }
""",
    )
    assert values == {
        "root_block_device": [{"encrypted": UNSET}],
        "ebs_block_device": [{"device_name": "a"}, {"device_name": "b"}],
        "ephemeral_block_device": [{"device_name": "c"}, {"device_name": "d"}],
        "network_interface": UNSET,
    }


def test_a_resource_whose_number_is_not_known_does_not_vanish(project: Write) -> None:
    """tfparse shows no instance of it: one block stands for all, with what the source says."""
    found = _blocks(
        load(
            project(
                """
variable "unset" {}
resource "aws_security_group" "g" {}
resource "aws_security_group_rule" "r" {
  for_each          = var.unset
  type              = "ingress"
  from_port         = 22
  cidr_blocks       = ["0.0.0.0/0"]
  description       = each.key
  security_group_id = aws_security_group.g.id
}
resource "aws_instance" "none" { count = 0 }
resource "aws_instance" "empty" { for_each = {} }
resource "aws_instance" "perhaps" { count = var.unset ? 1 : 0 }
"""
            )
        )
    )
    assert sorted(found) == [
        "aws_instance.perhaps[0]",
        "aws_security_group.g",
        "aws_security_group_rule.r",
    ]
    assert found["aws_security_group_rule.r"].values == {
        "type": "ingress",
        "from_port": 22,
        "cidr_blocks": ["0.0.0.0/0"],
        "description": Unknown("each.key is not known before apply"),
        "security_group_id": Reference("aws_security_group.g"),
    }


MODULE = 'variable "name" {}\nresource "aws_s3_bucket" "b" {\n  bucket = var.name\n}\n'


def test_modules(project: Write) -> None:
    loaded = load(
        project(
            """
variable "unset" {}
module "one" {
  source = "./bucket"
  name   = "first"
}
module "each" {
  source   = "./bucket"
  for_each = toset(["a", "b"])
  name     = each.key
}
module "none" {
  source = "./bucket"
  count  = 0
  name   = "n"
}
module "many" {
  source   = "./bucket"
  for_each = var.unset
  name     = "m"
}
""",
            **{"bucket/main.tf": MODULE},
        )
    )
    found = _blocks(loaded)
    assert {address: block.values for address, block in found.items()} == {
        "module.one.aws_s3_bucket.b": {"bucket": "first"},
        'module.each["a"].aws_s3_bucket.b': {"bucket": "a"},
        'module.each["b"].aws_s3_bucket.b': {"bucket": "b"},
        "module.many.aws_s3_bucket.b": {"bucket": Unknown("var.name is not known before apply")},
    }
    source = found["module.one.aws_s3_bucket.b"].source
    assert (source.uri, source.start_line, source.end_line) == ("infra/bucket/main.tf", 2, 4)
    assert loaded.unread == []


def test_a_module_that_is_not_here_is_said(project: Write) -> None:
    loaded = load(
        project(
            'module "vpc" {\n  source = "a/vpc/aws"\n}\nmodule "gone" {\n  source = "./gone"\n}\n'
        )
    )
    assert [each.message for each in loaded.unread] == [
        "infra/main.tf:1: module vpc (a/vpc/aws) was not read: it is not in .terraform.",
        "infra/main.tf:4: module gone (./gone) was not read: its folder does not exist.",
    ]


def test_variable_files_in_terraforms_order(project: Write) -> None:
    values = _values(
        project,
        "ami = var.a\nhost_id = var.b\nkey_name = var.c",
        'variable "a" {}\nvariable "b" {}\nvariable "c" {}\n',
        **{
            "terraform.tfvars": 'a = "plain"\nb = "plain"\n',
            "x.auto.tfvars": 'b = "automatic"\n',
            "other.tfvars": 'c = "not loaded"\n',
        },
    )
    assert values == {
        "ami": "plain",
        "host_id": "automatic",
        "key_name": Unknown("var.c has no value here"),
    }


def test_providers_and_their_aliases(project: Write) -> None:
    found = _blocks(
        load(
            project(
                """
variable "unset" {}
provider "aws" { region = "cn-north-1" }
provider "aws" {
  alias  = "abroad"
  region = "eu-west-1"
}
provider "alicloud" { region = var.unset }
resource "aws_s3_bucket" "home" {}
resource "aws_s3_bucket" "away" { provider = aws.abroad }
resource "alicloud_oss_bucket" "x" {}
resource "azurerm_storage_account" "y" {}
module "there" {
  source    = "./bucket"
  name      = "m"
  providers = { aws = aws.abroad }
}
module "here" {
  source = "./bucket"
  name   = "m"
}
""",
                **{"bucket/main.tf": MODULE},
            )
        )
    )
    assert {address: b.provider_values.get("region") for address, b in found.items()} == {
        "aws_s3_bucket.home": "cn-north-1",
        "aws_s3_bucket.away": "eu-west-1",
        "alicloud_oss_bucket.x": UNSET,
        "azurerm_storage_account.y": None,
        "module.there.aws_s3_bucket.b": "eu-west-1",
        "module.here.aws_s3_bucket.b": "cn-north-1",
    }


def test_every_broken_file_is_named(project: Write) -> None:
    root = project(
        'module "m" { source = "./m" }\nresource "aws_s3_bucket" "x" {\n  bucket = \n}\n',
        **{"good.tf": 'resource "aws_kms_key" "k" {}\n', "m/bad.tf": 'resource "a" {{\n'},
    )
    with pytest.raises(BrokenProjectError) as broken:
        load(root)
    assert [each.name for each in broken.value.unread] == ["infra/m/bad.tf", "infra/main.tf"]
    assert broken.value.unread[1].message.startswith("infra/main.tf:3: Invalid expression")


def test_modules_and_what_they_call(project: Write) -> None:
    root = project(
        'module "m" { source = "./modules/m" }\n',
        **{
            "modules/m/main.tf": "",
            "envs/prod/main.tf": 'module "m" { source = "../../modules/m" }\n',
            ".terraform/modules/x/main.tf": "",
            "docs/readme.md": "",
        },
    )
    assert modules(root) == [root, root / "envs" / "prod", root / "modules" / "m"]
    assert [each.resolve() for each in calls(root)] == [(root / "modules" / "m").resolve()]
    assert list(calls(root / "modules" / "m")) == []


def test_a_file_that_makes_the_parser_fail_ends_no_more_than_itself(project: Write) -> None:
    """tfparse panics on a type that is not one; it runs in a process of its own."""
    root = project('variable "x" {\n  type = list(object({ a = list }))\n}\n')
    with pytest.raises(BrokenProjectError, match="Check a plan file instead") as broken:
        load(root)
    assert [each.code for each in broken.value.unread] == ["ParserFailed"]


def test_one_process_parses_project_after_project_from_wherever_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after one that it does not survive."""
    failing = 'variable "x" {\n  type = list(object({ a = list }))\n}\n'
    for name, text in {"a": "", "failing": failing, "b": ""}.items():
        (tmp_path / name / "infra").mkdir(parents=True)
        (tmp_path / name / "infra" / "main.tf").write_text(
            f'output "{name}" {{ value = 1 }}\n{text}'
        )
    for name in ("a", "b"):
        monkeypatch.chdir(tmp_path / name)
        (output,) = evaluate(Path("infra"))["output"]
        assert output["__tfmeta"]["label"] == name
        with pytest.raises(CrashedError):
            evaluate(tmp_path / "failing" / "infra")


def test_a_process_that_has_ended_unseen_is_closed_whatever_it_did_not_take() -> None:
    parser = evaluation._Parser()
    process = parser._running()
    process.popen.kill()
    os.waitid(os.P_PID, process.popen.pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(CrashedError):
        evaluation._line(process, [])
    parser.close()
    assert process.popen.returncode is not None


def test_a_random_number_is_not_known(project: Write) -> None:
    """tfparse makes one up."""
    random = 'resource "random_integer" "r" {\n  min = 1\n  max = 400\n}\n'
    group = (
        'resource "aws_cloudwatch_log_group" "g" {\n'
        '  name = "g-${random_integer.r.result}"\n'
        "  retention_in_days = random_integer.r.result\n}\n"
    )
    values = {each.address: each.values for each in load(project(random + group)).blocks}
    found = values["aws_cloudwatch_log_group.g"]
    known = [name for name, value in found.items() if not isinstance(value, Unknown | Reference)]
    assert (known, sorted(found)) == ([], ["name", "retention_in_days"])


def test_locals_that_name_each_other_in_many_ways(project: Write) -> None:
    """Each is looked at once: one by one there are 2**40 ways from the first to the last."""
    names = "".join(f"  a{n} = local.a{n + 1} && local.a{n + 1}\n" for n in range(40))
    circle = "  b = local.c\n  c = local.b || true\n"
    disks = "".join(
        f'resource "aws_ebs_volume" "{name}" {{ encrypted = local.{name} }}\n'
        for name in ("a0", "b", "c")
    )
    loaded = load(project("locals {\n" + names + "  a40 = true\n" + circle + "}\n" + disks))
    values = {each.name: each.values["encrypted"] for each in loaded.blocks}
    assert values["a0"] is True
    assert isinstance(values["b"], Unknown)
    assert isinstance(values["c"], Unknown)


def test_files_of_opentofu(project: Write) -> None:
    loaded = load(
        project(
            'resource "aws_kms_key" "a" {}\n',
            **{
                "more.tofu": 'resource "aws_kms_key" "b" {}\n',
                "more_override.tofu": 'resource "aws_kms_key" "a" {\n  is_enabled = false\n}\n',
            },
        )
    )
    assert loaded.unread == []
    values = {each.address: dict(each.values) for each in loaded.blocks}
    assert values == {"aws_kms_key.a": {"is_enabled": False}, "aws_kms_key.b": {}}
    with pytest.raises(BrokenProjectError) as broken:
        load(project("", **{"bad.tofu": "resource {"}))
    assert broken.value.unread[0].message.startswith("infra/bad.tofu:1: ")


@pytest.mark.parametrize("name", ["main.tofu", "main.tofu.json", "m/main.tofu"])
def test_files_of_opentofu_that_are_not_read_are_said(project: Write, name: str) -> None:
    loaded = load(
        project(
            'module "m" { source = "./m" }\n',
            **{"m/main.tf": "", name: "{}" if name.endswith("json") else ""},
        )
    )
    assert [each.code for each in loaded.unread] == ["TofuFile"]
    assert loaded.unread[0].name == f"infra/{name}"


BASE = """
variable "acl" { default = "private" }
variable "given" { default = "a" }
locals { kind = "private" }
provider "aws" {
  region  = "cn-north-1"
  profile = "p"
}
resource "aws_s3_bucket" "b" {
  bucket = "named"
  acl    = "private"
}
resource "aws_security_group" "g" {
  for_each = toset(["a", "b"])
  name     = each.key
  ingress { from_port = 443 }
  egress { from_port = 1 }
}
resource "aws_kms_key" "k" {
  policy     = "{}"
  is_enabled = true
}
"""


@pytest.mark.parametrize("name", ["override.tf", "a_override.tf", "z_override.tf"])
def test_an_override_file_changes_what_it_overrides(project: Write, name: str) -> None:
    override = """
resource "aws_s3_bucket" "b" { acl = "public-read" }
resource "aws_security_group" "g" {
  ingress { from_port = 22 }
  ingress { from_port = 23 }
}
resource "aws_kms_key" "k" { policy = null }
resource "aws_ebs_volume" "new" {}
provider "aws" { region = "us-east-1" }
"""
    loaded = load(project(BASE, **{name: override}))
    found = _blocks(loaded)
    assert len(loaded.blocks) == len(found) == 5
    assert found["aws_s3_bucket.b"].values == {"bucket": "named", "acl": "public-read"}
    assert found["aws_s3_bucket.b"].source.uri == "infra/main.tf"
    for key in "ab":
        assert found[f'aws_security_group.g["{key}"]'].values == {
            "name": key,
            "ingress": [{"from_port": 22}, {"from_port": 23}],
            "egress": [{"from_port": 1}],
        }
    assert found["aws_kms_key.k"].values == {"is_enabled": True}
    assert "aws_ebs_volume.new" in found
    provider = found["aws_s3_bucket.b"].provider_values
    assert provider == {"region": "us-east-1", "profile": "p"}


def test_override_files_come_in_the_order_of_their_names(project: Write) -> None:
    text = 'resource "aws_s3_bucket" "b" {{ acl = "{}" }}\n'
    files = {"b_override.tf": text.format("two"), "a_override.tf": text.format("one")}
    found = _blocks(load(project(BASE, **files)))
    assert found["aws_s3_bucket.b"].values["acl"] == "two"


def test_an_overridden_variable_or_local_is_not_known(project: Write) -> None:
    uses = """
resource "aws_s3_bucket" "v" { acl = var.acl }
resource "aws_s3_bucket" "l" { acl = local.kind }
resource "aws_s3_bucket" "t" { acl = var.given }
"""
    override = """
variable "acl" { default = "public-read" }
variable "given" { default = "b" }
locals { kind = "public-read" }
"""
    files = {"override.tf": override, "terraform.tfvars": 'given = "t"\n'}
    found = _blocks(load(project(BASE + uses, **files)))
    assert found["aws_s3_bucket.v"].values["acl"] == Unknown(
        "var.acl is declared again by an override file"
    )
    assert found["aws_s3_bucket.l"].values["acl"] == Unknown(
        "local.kind is declared again by an override file"
    )
    assert found["aws_s3_bucket.t"].values["acl"] == "t"


def test_an_override_is_of_its_own_module(project: Write) -> None:
    text = 'resource "aws_s3_bucket" "b" { acl = "private" }\n'
    files = {"m/main.tf": text, "override.tf": text.replace("private", "public-read")}
    found = _blocks(load(project(text + 'module "m" { source = "./m" }\n', **files)))
    assert found["aws_s3_bucket.b"].values["acl"] == "public-read"
    assert found["module.m.aws_s3_bucket.b"].values["acl"] == "private"
